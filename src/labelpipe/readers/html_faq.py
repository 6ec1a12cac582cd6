"""Which pieces of a page are questions, and which words answer them."""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from labelpipe.readers.html_pieces import MARKS, Piece
from labelpipe.readers.questions import is_question
from labelpipe.vocabulary.pages import is_faq_heading

MAX_CLIMB = 40
"""How many elements up a question and its answer may have their common one."""

ANSWERS = ("paragraph", "list_item", "callout", "caption")

Pairs = list[tuple[str, str, str]]


def mark_faqs(pieces: list[Piece], asking: list[Piece], stated: Pairs) -> list[Piece]:
    """Mark the questions of a page and gather each one's answer in one piece.

    `asking`: the pieces that stand where a question may. `stated`: the pairs that the page's JSON-LD states, with their
    locators. What the page shows is not said twice.
    """
    unseen = _match_stated(pieces, stated)
    openings = [
        piece for piece in asking if piece.kind == "heading" and not piece.question and is_faq_heading(piece.words)
    ]
    if openings:
        _mark_zones(pieces, openings)
    questions = pieces if stated or openings else asking
    found = False
    for piece in questions:
        if _asks(piece):
            piece.kind, piece.level, found = "faq_question", 0.0, True
    out = _with_answers(pieces) if found else pieces
    return [*out, *_unseen(unseen, out[-1].element)] if unseen and out else out


def _asks(piece: Piece) -> bool:
    if piece.question:
        return piece.kind not in ("noise", "highlight") and piece.kind not in MARKS
    may = piece.candidate and not piece.level and piece.kind in ("heading", "list_item")
    return may and is_question(piece.words)


def _fold(words: str) -> str:
    return "".join(letter for letter in words.casefold() if letter.isalnum())


def _match_stated(pieces: list[Piece], stated: Pairs) -> Pairs:
    """Mark the pieces that show a stated question, and return the pairs that the page does not show."""
    if not stated:
        return []
    shown: dict[str, Piece] = {}
    for piece in pieces:
        if piece.kind not in MARKS and piece.kind != "noise":
            shown.setdefault(_fold(piece.words), piece)
    unseen: Pairs = []
    for question, answer, locator in dict.fromkeys(stated):
        if showing := shown.get(_fold(question)):
            showing.question = True
        elif _fold(answer) not in shown:
            unseen.append((question, answer, locator))
    return unseen


def _mark_zones(pieces: list[Piece], openings: list[Piece]) -> None:
    """Mark the questions below each heading that announces them."""
    wanted = {id(opening) for opening in openings}
    for start, piece in enumerate(pieces):
        if id(piece) in wanted:
            _mark_zone(pieces, start)


def _mark_zone(pieces: list[Piece], start: int) -> None:
    opening = pieces[start]
    asked: float | None = None
    for number, piece in enumerate(pieces[start + 1 :], start + 1):
        if piece.kind == "heading":
            asks = is_question(piece.words)
            same = asks and (asked is None or piece.level == asked)
            if 0 < piece.level <= opening.level and not same:
                return
            if asks or not piece.level or piece.level == asked:
                piece.question, asked = True, piece.level or asked
        elif piece.kind in ("paragraph", "list_item") and is_question(piece.words):
            piece.question = _is_answered(pieces[number + 1 : number + 8])


def _is_answered(behind: list[Piece]) -> bool:
    after = next((piece for piece in behind if piece.kind not in (*MARKS, "noise", "image")), None)
    return after is not None and after.kind in ANSWERS and not is_question(after.words)


def _with_answers(pieces: list[Piece]) -> list[Piece]:
    """Gather the words behind each question, as far as its element or its panel reaches."""
    out: list[Piece] = []
    answer: Piece | None = None
    reach: _Reach | None = None
    for piece in pieces:
        if piece.kind == "faq_question":
            reach, answer = _Reach(piece), None
        elif reach is not None and piece.kind not in MARKS and piece.kind not in ("noise", "image"):
            if piece.kind not in ANSWERS or not reach.holds(piece):
                ends = piece.kind != "table_row" or not reach.holds(piece)
                reach, answer = (None if ends else reach), None
            elif answer is None:
                piece.kind = "faq_answer"
                answer = piece
            else:
                answer.words = f"{answer.words} {piece.words}"
                continue
        out.append(piece)
    return out


class _Reach:
    """How far the answer to a question goes: to the end of the element that holds the question and what follows it."""

    def __init__(self, question: Piece) -> None:
        self._question = question
        self._holder: etree._Element | None = None

    def holds(self, piece: Piece) -> bool:
        if self._holder is None:
            above = list(_climb(self._question.element))
            self._holder = next((element for element in _climb(piece.element) if element in above), None)
            return self._holder is not None
        return self._holder in _climb(piece.element)


def _climb(element: etree._Element) -> Iterator[etree._Element]:
    yield element
    yield from islice(element.iterancestors(), MAX_CLIMB)


def _unseen(pairs: Pairs, element: etree._Element) -> Iterator[Piece]:
    """Yield what the page states in its JSON-LD and shows nowhere."""
    for question, answer, locator in pairs:
        yield Piece("faq_question", question, locator, element)
        yield Piece("faq_answer", answer, locator, element)

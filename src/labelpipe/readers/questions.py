"""Questions and answers: where the page opens them, and what of them is left."""

import re

from labelpipe.readers.lines import Piece
from labelpipe.vocabulary.pages import is_faq_heading, is_page_heading

MAX_QUESTION_CHARACTERS = 200
MIN_PAIRS = 3
"""As many questions in a row, each with an answer, are a FAQ even without a heading that says so."""

_QUESTION = re.compile(r"(?:Q(?:uestion)?\s*\d*[.:]\s*)?[\"“¿]?\w.*\?[\"”]?$", re.S)
_TEXT = ("paragraph", "heading")


def mark_questions(pieces: list[Piece]) -> None:
    """Mark questions and answers, with the questions there or without."""
    content = [piece for piece in pieces if piece.kind not in ("noise", "disclaimer", "field_label", "field_value")]
    opened = [index for index, piece in enumerate(content) if piece.kind == "heading" and is_faq_heading(piece.text)]
    for start in opened:
        _mark_zone(content, start + 1)
    if not opened:
        _mark_runs(content)


def _mark_zone(content: list[Piece], start: int) -> None:
    """Mark everything behind the heading, up to the page's next heading."""
    for piece in content[start:]:
        if piece.kind in _TEXT and is_question(piece.text):
            piece.kind = "faq_question"
        elif piece.kind == "paragraph":
            piece.kind = "faq_answer"
        elif piece.kind == "heading" or is_page_heading(piece.text):
            return


def _mark_runs(content: list[Piece]) -> None:
    """Mark questions that follow each other, each with a paragraph behind it."""
    run: list[tuple[Piece, Piece]] = []
    index = 0
    while index < len(content):
        here, after = content[index], content[index + 1] if index + 1 < len(content) else None
        if here.kind in _TEXT and is_question(here.text) and after and after.kind == "paragraph":
            run.append((here, after))
            index += 2
            continue
        _close_run(run)
        run = []
        index += 1
    _close_run(run)


def _close_run(run: list[tuple[Piece, Piece]]) -> None:
    if len(run) >= MIN_PAIRS:
        for question, answer in run:
            question.kind, answer.kind = "faq_question", "faq_answer"


def is_question(line: str) -> bool:
    """A short line that ends in a question mark."""
    return len(line) <= MAX_QUESTION_CHARACTERS and bool(_QUESTION.fullmatch(line))

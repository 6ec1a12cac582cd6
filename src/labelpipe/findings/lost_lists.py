"""Lists that are announced and not there: a lead-in with its items gone, told from a colon that opens prose."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

import numpy as np

from labelpipe.learned import Features, LinearModel, words
from labelpipe.model import Block, Finding
from labelpipe.remembered import Remembered
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

MIN_CHANCE = 0.5
"""How likely a list must have stood here before we say so."""

KEPT_LISTS_PENALTY = 1.5
"""In nats: where a page's other lists came through, a colon without one more likely opens prose."""

LONGEST_END = 40
"""Characters: more than any wording that cannot end a sentence has."""

_ANNOUNCERS = ("paragraph", "callout", "faq_answer")
_CLOSERS = ("list_item", "table_row")
_OPENERS = ("heading", "faq_question")
_IGNORED = ("noise", "disclaimer", "field_label", "field_value")
_STOPS = (".", "!", "?")
_SENTENCE_START = re.compile(r"(?<=[.!?])[\"”’)]*\s+(?=\W*[A-Z\d])")
_CONTENT_WORD_LETTERS = 5
_NUMBERS = frozenset(("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "several", "both"))


def lost_lists(blocks: tuple[Block, ...], has_markup: bool = False) -> list[Finding]:
    """Find the paragraphs, callouts and answers that announce a list which is not there.

    `has_markup`: the source still has its own; what follows there under the same heading is what was announced, be it
    a list or paragraphs that look like one.
    """
    announcing = [pair for pair in lead_ins(blocks) if not (has_markup and pair[1] and pair[1].kind not in _OPENERS)]
    if not announcing:
        return []
    prose, lost = _scores(announcing).T
    penalty = KEPT_LISTS_PENALTY if _keeps_lists(blocks) else 0.0
    likely = lost - prose - penalty > np.log(MIN_CHANCE / (1 - MIN_CHANCE))
    return [_finding(block) for (block, _), is_lost in zip(announcing, likely.tolist(), strict=True) if is_lost]


def _scores(announcing: Sequence[tuple[Block, Block | None]]) -> np.ndarray:
    """Return the model's scores of prose and of a lost list for each pair, shape (pairs, 2)."""
    keys = ["\n".join((one.kind, one.text, *((after.kind, after.text) if after else ()))) for one, after in announcing]
    asked = dict(zip(keys, announcing, strict=True))
    rows = _remembered.all(keys, lambda new: map(bytes, _model().scores([features(*asked[key]) for key in new])))
    return np.frombuffer(b"".join(rows)).reshape(len(announcing), -1)


_remembered: Remembered[bytes] = Remembered()


def lead_ins(blocks: tuple[Block, ...]) -> Iterator[tuple[Block, Block | None]]:
    """Yield each block that seems to announce something that no list or table follows, and the block after it."""
    content = [block for block in blocks if block.kind not in _IGNORED]
    for block, after in zip(content, [*content[1:], None], strict=False):
        if block.kind in _ANNOUNCERS and announces(block.text) and not _goes_on(block, after):
            yield block, after


def _goes_on(block: Block, after: Block | None) -> bool:
    """Whether what was announced follows, or the sentence itself on a line of its own."""
    if after is None:
        return False
    return after.kind in _CLOSERS or (not block.text.endswith(":") and after.text[0].islower())


def announces(text: str) -> bool:
    """A text that stops at a colon, or at words that cannot end a sentence."""
    return text.endswith(":") or (not text.endswith(_STOPS) and bool(_open_end().search(text[-LONGEST_END:])))


def features(block: Block, after: Block | None) -> Features:
    """Return what the model sees: the announcing clause, its end, and how the next block begins."""
    clause = last_sentence(block.text)
    printed = words(clause)
    said = ["many" if word in _NUMBERS else word for word in printed]
    return {
        "said ": said,
        **{f"end{size} ": [" ".join(said[-size:])] for size in (1, 2, 3)},
        "cue ": _cues().keys_in(clause),
        "kind ": [block.kind],
        "length ": [str(min(len(said) // 4, 5))],
        "plural end ": [str(said[-1].endswith("s") if said else None)],
        "plurals ": [str(min(sum(map(_is_plural, said)), 3))],
        **_features_after(printed, after),
    }


def last_sentence(text: str) -> str:
    """Return the sentence that ends the text."""
    return _SENTENCE_START.split(text)[-1]


def _features_after(printed: list[str], after: Block | None) -> Features:
    if after is None or after.kind not in _ANNOUNCERS:
        return {"then ": [after.kind if after else "end"]}
    opening = _SENTENCE_START.split(after.text, 1)[0]
    first = words(opening)
    shared = len(_stems(printed) & _stems(first))
    return {
        "then ": [after.kind],
        "shared ": [str(min(shared, 2))],
        "then length ": [str(min(len(first) // 6, 4))],
        **{f"opens{size} ": [" ".join(first[:size])] for size in (1, 2)},
        "after ": [key for key in _cues().keys_in(opening) if key.startswith("back")],
    }


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))


def _stems(printed: list[str]) -> set[str]:
    return {word[:_CONTENT_WORD_LETTERS] for word in printed if len(word) >= _CONTENT_WORD_LETTERS}


def _keeps_lists(blocks: tuple[Block, ...]) -> bool:
    """Whether a list stands behind a lead-in somewhere on the page."""
    content = [block for block in blocks if block.kind not in _IGNORED]
    return any(
        a.kind in _ANNOUNCERS and b.kind == "list_item" and announces(a.text) for a, b in itertools.pairwise(content)
    )


def _finding(block: Block) -> Finding:
    clause = last_sentence(block.text)
    return Finding(
        rule="lost_list",
        severity=load("findings")["lost_list"]["severity"],
        message=f"A list is announced and does not follow: “{clause}”",
        block_no=block.block_no,
        char_start=block.char_start,
        char_end=block.char_end,
        evidence=clause,
    )


@cache
def _cues() -> PhraseBook:
    vocabulary = load("lead_ins")
    return PhraseBook({key: vocabulary[key] for key in ("single", "several", "back")})


@cache
def _open_end() -> re.Pattern[str]:
    wordings = "|".join(map(re.escape, load("lead_ins")["open_ends"]))
    return re.compile(rf"\b(?:{wordings})[\s,–—-]*$", re.I)


@cache
def _model() -> LinearModel:
    with files(__package__).joinpath("lost_lists.npz").open("rb") as file:
        return LinearModel.from_arrays(np.load(file))

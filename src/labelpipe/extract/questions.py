"""The question a person would have asked, from the answer and what it seems to answer."""

import re
from collections.abc import Iterable
from functools import cache

from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

UNNAMED = "this medicine"

USED = "used"
"""The key of the words that say of a drug that one uses it rather than takes it."""

OPENING_SENTENCES = 2

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_YES_OR_NO = re.compile(
    r"(?:yes|no|nope|yep|certainly|absolutely|definitely|sure|usually|not necessarily)\b(?! more| less)", re.I
)
_ASKS_FOR_MORE = re.compile(r"(?:Wh|How)")
"""What yes or no does not answer."""


def inferred_question(intent: str, answer: str, brand: str | None, substances: Iterable[str]) -> str:
    """Return the question a person would ask about the drug, put so that the answer's first words fit it.

    Args:
        intent: what the answer seems to answer.
        answer: its words.
        brand: the page's name for the drug.
        substances: the drug's generic names, as the header has them.
    """
    opening = " ".join(_SENTENCE_END.split(answer, OPENING_SENTENCES)[:OPENING_SENTENCES])
    found = _openings().keys_in(opening)
    use = USED in found
    wording = _wording(intent, found, bool(_YES_OR_NO.match(answer)))
    wording = wording.replace("{taking}", "using" if use else "taking").replace("{take}", "use" if use else "take")
    return wording.replace("{name}", name_in(answer, brand, substances))


def name_in(answer: str, brand: str | None, substances: Iterable[str]) -> str:
    """Return the drug's name as the answer itself says it, else the page's.

    >>> name_in("Taken with food, metformin is kinder.", "Glucophage", ["Metformin Hydrochloride"])
    'metformin'
    """
    generics = [name.split()[0].casefold() for name in substances if name.split()]
    folded = answer.casefold()
    for name in filter(None, (brand, *generics)):
        if name.casefold() in folded and re.search(rf"\b{re.escape(name)}\b", answer, re.I):
            return name
    return brand or next(iter(generics), UNNAMED)


def _wording(intent: str, found: Iterable[str], is_yes_or_no: bool) -> str:
    """Return the first wording of the intent among what was found in the opening, else the intent's own."""
    entry = load("intents")[intent]
    for owner, _, wording in (key.partition("/") for key in found):
        if owner == intent and not (is_yes_or_no and _ASKS_FOR_MORE.match(wording)):
            return wording
    return str(entry.get("yes_no", entry["question"]) if is_yes_or_no else entry["question"])


@cache
def _openings() -> PhraseBook:
    """Return what variants open with, under keys of the form `INTENT/QUESTION` in the vocabulary's order, and USED."""
    variants = {
        f"{intent}/{variant['question']}": variant["opens_with"]
        for intent, entry in load("intents").items()
        for variant in entry.get("variants", ())
    }
    return PhraseBook(variants | {USED: load("questions")["used"]})

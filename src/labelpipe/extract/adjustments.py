"""Whether the dose changes where the kidneys or the liver are weak: one row for each thing that sentences say of it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from labelpipe.extract.own_names import is_about_another
from labelpipe.extract.sentences import Span, clauses, sentences, without_references
from labelpipe.model import Adjustment, Block, Dose
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import AnyOf, PhraseBook, any_of

ORGANS = ("renal", "hepatic")
CONFIDENCE = {"prose": 0.9, "section": 0.85, "dose": 0.8}

_SECTIONS = ("dosage_and_administration", "use_in_specific_populations", "clinical_pharmacology", "pharmacokinetics")
_SPEAKING = ("paragraph", "callout", "list_item", "faq_answer")
_GLUED = re.compile(r"\s:\s")
"""Twice in a sentence: `Hepatic Impairment : ... Renal Impairment : ...`, several items without a stop between."""
_CLEARANCE = re.compile(
    r"(?:(?:creatinine clearance|CrCl|ClCr|eGFR)(?:\s*\([^()]*\))?[\w\s,]{0,30}?)?"
    r"(?:[<>≤≥]\s*=?|less than|below|under|above|greater than|at least|up to)?\s*"
    r"\d+(?:\.\d+)?(?:\s*(?:-|–|to|and)\s*<?\s*\d+(?:\.\d+)?)?\s*mL\s*/\s*min(?:\s*/\s*1\.73\s*m(?:2|²))?",
    re.I,
)


class Said(NamedTuple):
    """What a clause says of one organ."""

    organ: str
    state: str
    condition: str | None
    method: str


def read_adjustments(
    blocks: tuple[Block, ...], doses: tuple[Dose, ...], names: frozenset[str]
) -> tuple[Adjustment, ...]:
    """Return what the words say, each once; an organ of which they say nothing has one `not_stated` row.

    A dose for those whose organ is weak is evidence where no sentence says whether the dose changes.
    """
    rows: dict[Said, Adjustment] = {}
    for block, sentence, said in _in_sentences(blocks, names):
        start = block.char_start + sentence.start
        place = (block.block_no, start, start + len(sentence.text), sentence.text)
        rows.setdefault(said, Adjustment(0, said.organ, said.state, said.condition, *place, said.method, _sure(said)))
    found = [*rows.values()]
    told = {row.organ for row in found}
    found += _from_doses(doses, told)
    told = {row.organ for row in found}
    found += [Adjustment(0, organ, "not_stated") for organ in ORGANS if organ not in told]
    return tuple(row._replace(adjustment_no=number) for number, row in enumerate(found, 1))


def _sure(said: Said) -> float:
    return CONFIDENCE[said.method]


def _from_doses(doses: tuple[Dose, ...], told: set[str]) -> Iterator[Adjustment]:
    """Yield the first dose that is given for an organ of which no sentence speaks."""
    seen = set(told)
    for dose in doses:
        organ = (dose.population or "").removesuffix("_impairment")
        if organ in ORGANS and organ not in seen and not _elsewhere().search(dose.quote):
            seen.add(organ)
            place = (dose.block_no, dose.char_start, dose.char_end, dose.quote)
            yield Adjustment(0, organ, "required", _condition(dose.quote), *place, "dose", CONFIDENCE["dose"])


def _in_sentences(blocks: tuple[Block, ...], names: frozenset[str]) -> Iterator[tuple[Block, Span, Said]]:
    for block in blocks:
        home = _home(block)
        if block.kind in _SPEAKING and (home or block.section in _SECTIONS):
            for sentence in sentences(block.text):
                for said in _statements(sentence, home, names):
                    yield block, sentence, said


def _home(block: Block) -> str | None:
    """Return the organ that a block's section is about."""
    organ = (block.section or "").removesuffix("_impairment")
    return organ if organ in ORGANS else None


def _statements(sentence: Span, home: str | None, names: frozenset[str]) -> Iterator[Said]:
    """Yield what a sentence says of each organ; a clause without an organ is about the sentence's only one."""
    plain = Span(without_references(sentence.text), sentence.start)
    of_sentence = _organs().keys_in(plain.text)
    if not (of_sentence or home) or not _states().hits(plain.text):
        return
    if plain.text.rstrip().endswith("?") or len(_GLUED.findall(plain.text)) > 1:
        return
    for clause in clauses(plain):
        state = state_of(clause.text)
        organs = _organs().keys_in(clause.text) or (of_sentence if len(of_sentence) == 1 else [])
        method = "prose" if organs else "section"
        if state and not _elsewhere().search(clause.text) and not is_about_another(clause.text, names):
            for organ in organs or filter(None, [home]):
                if organs or state != "not_recommended":
                    yield Said(organ, state, _condition(clause.text), method)


def state_of(clause: str) -> str | None:
    """Return what the words say of the dose: required, not_required, not_recommended; None where they do not say."""
    state = next(iter(_states().keys_in(clause)), None)
    return None if state == "unknown" else state


def _condition(words: str) -> str | None:
    """Return the words that say how weak the organ is, from the first of them to the last, as printed."""
    spans = [match.span() for match in (*_CLEARANCE.finditer(words), *_conditions().finditer(words))]
    if not spans:
        return None
    first, last = min(spans)[0], max(end for _, end in spans)
    if last - first > 120:
        first, last = min(spans)
    is_open = words[first:last].count("(") > words[first:last].count(")")
    return words[first : last + (is_open and words[last : last + 1] == ")")].strip(" (")


@cache
def _organs() -> PhraseBook:
    return PhraseBook(load("adjustments")["organs"])


@cache
def _states() -> PhraseBook:
    words = load("adjustments")
    dose = f"({'|'.join(words['dose'])})"
    return PhraseBook({state: [one.replace("{dose}", dose) for one in told] for state, told in words["states"].items()})


@cache
def _elsewhere() -> AnyOf:
    return any_of(load("adjustments")["elsewhere"]["words"])


@cache
def _conditions() -> AnyOf:
    return any_of(load("adjustments")["condition"]["words"])

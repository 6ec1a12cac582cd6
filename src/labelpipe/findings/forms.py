"""The same label given more than once: in other versions, or in formats whose sections do not say the same words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import NamedTuple

from labelpipe.model import HIGHLIGHTS, Finding, Form

MIN_SHARED = 0.95
"""So much of a section's words has to stand in the other form too; flattening changes a word here and there."""

MAX_PATHS = 10
"""Other documents that a message names."""

_WORD = re.compile(r"[^\W\d_]+|\d+")


class _Difference(NamedTuple):
    """A section that says more here than there: how many words, how many of them are missing, and where they stand."""

    section: str
    n_words: int
    n_missing: int
    elsewhere: str | None

    def __str__(self) -> str:
        where = f", most of them under {self.elsewhere}" if self.elsewhere else ""
        return f"{self.section}: {self.n_missing} of {self.n_words} words{where}"


def compare_forms(forms: Iterable[Form]) -> Iterator[tuple[str, Finding]]:
    """Yield (doc_id, finding) for labels of which several documents were given, by set id and path."""
    ordered = sorted(forms, key=lambda form: (form.set_id, form.label_version or "", form.source_path))
    for _, label in groupby(ordered, key=lambda form: form.set_id):
        together = list(label)
        yield from _other_versions(together)
        for one, other in pairwise(together):
            if one.label_version == other.label_version:
                yield from _disagreement(one, other)
                yield from _disagreement(other, one)


def _other_versions(forms: list[Form]) -> Iterator[tuple[str, Finding]]:
    for form in forms:
        others = [one for one in forms if one.label_version != form.label_version]
        if others:
            told = ", ".join(f"{one.label_version or '(none)'} ({one.source_path})" for one in others[:MAX_PATHS])
            more = f" and {len(others) - MAX_PATHS} more" if len(others) > MAX_PATHS else ""
            message = f"this is version {form.label_version or '(none)'} of a label given in others too: {told}{more}"
            yield form.doc_id, Finding("other_version", "info", message, evidence=told)


def _disagreement(here: Form, there: Form) -> Iterator[tuple[str, Finding]]:
    """Yield a finding where sections have words here that they do not have there."""
    differences = list(_differences(_counted(here), _counted(there)))
    if differences:
        told = "; ".join(map(str, differences))
        message = f"the same version as {there.source_format} ({there.source_path}) does not say all that this does: "
        yield here.doc_id, Finding("formats_disagree", "info", message + told, evidence=told)


def _counted(form: Form) -> dict[str, Counter[str]]:
    return {section: Counter(_WORD.findall(words.casefold())) for section, words in form.words.items()}


def _differences(here: Mapping[str, Counter[str]], there: Mapping[str, Counter[str]]) -> Iterator[_Difference]:
    for section, words in here.items():
        if section == HIGHLIGHTS:  # flattening puts them into their sections
            continue
        missing = words - there.get(section, Counter()) - there.get(HIGHLIGHTS, Counter())
        if missing.total() > (1 - MIN_SHARED) * words.total():
            found = {other: (missing & (said - here.get(other, Counter()))).total() for other, said in there.items()}
            best = max(found, key=lambda other: found[other], default=None)
            is_there = best is not None and found[best] > missing.total() / 2
            yield _Difference(section, words.total(), missing.total(), best if is_there else None)

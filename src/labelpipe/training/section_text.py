"""Single sections of labels as plain text: paragraphs that the words' model learns from, in no document's order."""

import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from labelpipe.sections.headings import section_of_heading
from labelpipe.training.corpora import Labelled, group_sections, markers, squeeze
from labelpipe.training.monographs import Item
from labelpipe.training.spl import FAMILY

SECTION_OF_FOLDER = {"clinicalPharmacology": "clinical_pharmacology", "drugInteractions": "drug_interactions"}
MIN_CHARACTERS = 60
"""Shorter lines are titles; those that name a part of the section open it."""

_LONG_WORD = re.compile(r"[a-z]{5,}")


def read_section_text(path: Path, drugs: Collection[str]) -> Labelled | None:
    """Return the section's paragraphs, None where it has none; its drug is that of `drugs` which it names most."""
    section = SECTION_OF_FOLDER[path.parent.name]
    text = path.read_text(encoding="utf-8", errors="replace")
    named = Counter(word for word in _LONG_WORD.findall(text.lower()) if word in drugs)
    drug = named.most_common(1)[0][0] if named else path.stem
    items: list[Item] = []
    part = section
    for line in filter(None, map(squeeze, text.split("\n"))):
        if len(line) >= MIN_CHARACTERS:
            items += markers([("paragraph", line)], FAMILY.get(part, (part,)))
        elif (title := section_of_heading(line)) and title[0] in FAMILY.get(section, ()):
            part = title[0]
    return Labelled(drug, "label", group_sections(path.stem, [items])) if items else None

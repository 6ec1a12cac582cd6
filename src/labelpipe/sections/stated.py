"""Sections as a structured source states them: by code, by a title that names one, or by what they stand in."""

from collections.abc import Sequence
from functools import cache

from labelpipe.model import Finding, Reading, StatedSection
from labelpipe.sections.headings import section_of_heading
from labelpipe.vocabulary import load

OLD_PRECAUTIONS = "42232-9"
"""The code of the section that holds, in labels of the older format, what has sections of its own in the newer."""

Placed = tuple[str, str]
"""A section slug and what says so: `code 34067-9`, `title: Renal Impairment`, `in: code 43684-0`."""


def stated_slugs(sections: Sequence[StatedSection]) -> dict[int, Placed]:
    """Return the slug of each stated section, by its number.

    A section's own code decides. Without a known code its title does, where that names a part of the section around it
    (`Lactation` under use in specific populations); else it is what it stands in. Sections outside coded ones are not
    in the result: a title alone is a hint, and `votes` weighs it.
    """
    placed: dict[int, Placed] = {}
    for section in sections:
        around = placed.get(section.parent_no) if section.parent_no else None
        if found := _by_code(section) or _by_title(section, around) or _inherited(around):
            placed[section.section_no] = found
    return placed


def stated_sections(reading: Reading) -> dict[int, Placed]:
    """Return the section of each block that stands in a stated section whose slug is known, by block number."""
    slugs = stated_slugs(reading.stated_sections)
    return {
        number: slugs[section.section_no]
        for section in reading.stated_sections
        if section.section_no in slugs
        for number in section.block_nos
    }


def unknown_codes(reading: Reading) -> tuple[Finding, ...]:
    """Return a finding for each code that the vocabulary does not know, at the first block that has it."""
    first: dict[str, int | None] = {}
    for section in reading.stated_sections:
        if section.code and section.code not in _silent() and section.code not in section_of_code():
            first.setdefault(section.code, section.block_nos[0] if section.block_nos else None)
    return tuple(
        Finding("unknown_section_code", "warning", f"the section code {code} is not known", block_no, evidence=code)
        for code, block_no in first.items()
    )


@cache
def section_of_code() -> dict[str, str]:
    """Return the section slug of each code the vocabulary knows."""
    known = {**load("sections"), **load("spl")["sections"]}
    out: dict[str, str] = dict(load("spl")["counts_as"])
    for slug, entry in known.items():
        for code in (entry.get("loinc"), *entry.get("also", ())):
            if code:
                out[code] = slug
    return out


def _by_code(section: StatedSection) -> Placed | None:
    slug = section_of_code().get(section.code or "")
    return (slug, f"code {section.code}") if slug else None


def _by_title(section: StatedSection, around: Placed | None) -> Placed | None:
    """Return what the title names, where the section around it can hold that.

    Dosing in renal impairment is dosing; but the precautions of an older label hold pregnancy and interactions.
    """
    if not section.title or around is None or not (around[0] in _holders() or around[1].endswith(OLD_PRECAUTIONS)):
        return None
    named = section_of_heading(section.title)
    if named is None:
        return None
    slug, words = named
    is_whole = section.title.casefold().strip(" .:").endswith(words.casefold()) and len(words) > len(section.title) / 2
    is_part = load("sections").get(slug, {}).get("parent") == around[0]
    if is_part or (is_whole and around[1].endswith(OLD_PRECAUTIONS)):
        return slug, f"title: {words}"
    return None


def _inherited(around: Placed | None) -> Placed | None:
    if around is None:
        return None
    slug, evidence = around
    return slug, evidence if evidence.startswith("in: ") else f"in: {evidence}"


@cache
def _holders() -> frozenset[str]:
    """Sections in which a title may name another one."""
    return frozenset(entry["parent"] for entry in load("sections").values() if "parent" in entry)


@cache
def _silent() -> frozenset[str]:
    return frozenset(load("spl")["silent_codes"])

"""What section a heading opens, by its wording."""

import re
from functools import cache

import re2

from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.pages import is_page_heading

_NUMBERING = re.compile(r"^\W*(?:section\s+)?(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[A-Z][.)])\s+", re.I)


def section_of_heading(heading: str) -> tuple[str, str] | None:
    """Return the section slug a heading names and the words that name it, or None where it names none.

    The wording that covers most of the heading wins: `Pediatric Dosing` is dosing only if no longer wording is.
    """
    named = sections_named(heading)
    return max(named.items(), key=lambda item: len(item[1])) if named else None


def sections_named(heading: str) -> dict[str, str]:
    """Return every section a heading names, with its longest words for it: `Doses for Children` names two."""
    if is_page_heading(heading):
        return {}
    words = _NUMBERING.sub("", heading).strip(" .:-–—")
    folded = words.casefold()
    if section := _whole().get(folded):
        return {section: words}
    named: dict[str, str] = {}
    for index in sorted(_part_set().Match(folded) or ()):
        section, expression = _parts()[index]
        match = expression.search(folded)
        if match and len(match[0]) > len(named.get(section, "")):
            named[section] = match[0]
    return named


@cache
def _whole() -> dict[str, str]:
    """Wordings that are the entire heading; a plural is written with a final `*`."""
    out: dict[str, str] = {}
    for section, wordings in load("headings").items():
        for wording in wordings.get("whole", ()):
            out[wording.rstrip("*").casefold()] = section
            if wording.endswith("*"):
                out[wording[:-1].casefold() + "s"] = section
    return out


@cache
def _parts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (section, re.compile(pattern(wording), re.I))
        for section, wordings in load("headings").items()
        for wording in wordings.get("part", ())
    )


@cache
def _part_set() -> re2.Set:
    matcher = re2.Set.SearchSet()
    for _, expression in _parts():
        matcher.Add(f"(?i){expression.pattern}")
    matcher.Compile()
    return matcher

"""The words: headings, cues, units, boilerplate and codes, as data files that a pharmacist can review.

A phrase in these files is matched without case and at word boundaries. `*` stands for the rest of a word, `...` for up
to six words between, `(a|b)` for either.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from labelpipe.vocabulary.overlay import laid_over, overlay_files

SUPPORTED_LANGUAGES = ("en",)
"""Languages whose words are in these files (ISO 639-1)."""

_GAP = r"(?:\W+\w+){0,6}?\W+"


@cache
def load(name: str) -> dict[str, Any]:
    """Return the vocabulary file `name`.toml, with a user's own words laid over it where there are any.

    Raises:
        ConfigError: a user's file cannot be laid over ours.
    """
    ours = tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return laid_over(name, ours, users_files())


@cache
def users_files() -> tuple[Path, ...]:
    """Return the vocabulary files of the user."""
    known = (entry.name for entry in files(__name__).iterdir())
    return overlay_files(frozenset(name.removesuffix(".toml") for name in known if name.endswith(".toml")))


def check_users_files() -> None:
    """Lay the user's files over ours before anything is parsed.

    Raises:
        ConfigError: one of them cannot be.
    """
    for path in users_files():
        load(path.stem)


def pattern(phrase: str) -> str:
    """Return the regular expression of a phrase; only syntax that `re` and RE2 share.

    >>> pattern("(renal|kidney) disease*")
    '\\\\b(?:renal|kidney) disease\\\\w*'
    """
    out = phrase.replace("(", "(?:").replace(" ... ", _GAP).replace(" ...", _GAP).replace("...", r"\W*")
    out = out.replace("*", r"\w*")
    start = r"\b" if re.match(r"[\w(]", phrase) else ""
    end = r"\b" if re.search(r"[\w)]$", phrase) else ""
    return f"{start}{out}{end}"


@cache
def sections() -> tuple[str, ...]:
    """Return the slugs of the sections that can be found without a code, in the order a full label prints them."""
    return tuple(load("sections"))


def all_sections() -> tuple[str, ...]:
    """Return the slugs of all sections, those too that stand only where a source states them."""
    return (*sections(), *load("spl")["sections"])


@cache
def kinds() -> tuple[str, ...]:
    """Return what a block can be."""
    return (
        "noise",
        "disclaimer",
        "field_label",
        "field_value",
        "heading",
        "paragraph",
        "list_item",
        "callout",
        "table_row",
        "faq_question",
        "faq_answer",
        "caption",
        "footnote",
        "image",
        "highlight",
    )


@cache
def populations() -> tuple[str, ...]:
    """Return whom a block or a dose can be about."""
    return tuple(load("populations"))


@cache
def topics() -> tuple[str, ...]:
    """Return what a block can be about within its section."""
    return tuple(load("topics"))


@cache
def intents() -> tuple[str, ...]:
    """Return what a question can ask."""
    return tuple(load("intents"))


@cache
def kinetic_parameters() -> tuple[str, ...]:
    """Return the kinetic parameters that are read."""
    return tuple(load("kinetics"))


@cache
def finding_rules() -> tuple[str, ...]:
    """Return the rules of the ledger."""
    return tuple(load("findings"))

"""Whether a word names another substance than the label's drug: a metabolite, one ingredient of two, a medicine."""

import re
from functools import cache
from typing import NamedTuple

from labelpipe.vocabulary import load

_SAME_STEM = 5
_WORDS = re.compile(r"[\w][\w,'′-]*[\w]")
_LETTERS = re.compile(r"[^\W\d_][\w-]+")
_CODE = re.compile(r"[A-Z]{1,4}-?\d{1,6}|[A-Z][A-Za-z]{0,3}[A-Z][A-Z\d]*|\d+[A-Z]+\d*")


class Names(NamedTuple):
    """A label's own names, folded; where it has several active ingredients, `several` are theirs and `own` the rest.

    `stems` are those of both that are long enough to be told at the end of a longer word.
    """

    own: frozenset[str]
    several: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()


def names_of(own: frozenset[str], ingredients: tuple[str, ...]) -> Names:
    """Return a label's names; the value of a medicine of several ingredients is one ingredient's, and says of which."""
    firsts = frozenset(words[0].casefold() for ingredient in ingredients if (words := _LETTERS.findall(ingredient)))
    several = firsts if len(firsts) > 1 else frozenset()
    return Names(own - several, several, tuple(sorted(n for n in own | several if len(n) >= _SAME_STEM)))


def ingredient_in(words: str, names: Names) -> str | None:
    """Return which of several ingredients words name, as they print it; None where they name two."""
    if not names.several:
        return None
    found = {word.casefold(): word for word in _LETTERS.findall(words) if word.casefold() in names.several}
    return next(iter(found.values())) if len(found) == 1 else None


def metabolite_in(words: str, names: Names) -> str | None:
    """Return the metabolite that words name, such as `norzerbaline`; None beside the drug's own name."""
    found: dict[str, str] = {}
    for word in _WORDS.findall(words):
        folded = word.casefold()
        if folded in names.own or folded in names.several:
            return None
        if _is_derived(folded, names) or (_metabolites().fullmatch(word) and not _is_own(folded, names)):
            found[folded] = word
    return next(iter(found.values())) if len(found) == 1 else None


def _is_derived(word: str, names: Names) -> bool:
    """Whether a word is a label's name with more before it: `hydroxy-zerbaline`, but not `14C-zerbaline`."""
    if not word.endswith(names.stems):
        return False
    before = word.removesuffix(next(stem for stem in names.stems if word.endswith(stem)))
    return bool(before) and not (before.endswith("-") and (len(before) < _SAME_STEM or before.startswith("radio")))


def substance_in(name: str, names: Names) -> str | None:
    """Return the name where it is a substance's and none of the label's own, else None.

    Everyday words are told from names by how they end and by a list; a code (`M4`, `ODV`) is a name.
    """
    word = name.casefold()
    if word in _everyday() or _is_own(word, names):
        return None
    if _CODE.fullmatch(name):
        return name
    is_name = len(word) > _SAME_STEM and not _endings().search(word)
    return name if is_name else None


def is_everyday(word: str) -> bool:
    """Whether a word is in the list of those that are no names: `the`, `plasma`."""
    return word.casefold() in _everyday()


def _is_own(word: str, names: Names) -> bool:
    return any(_is_same(word, own) for own in names.own)


def _is_same(word: str, own: str) -> bool:
    """Whether a word is a label's name: the same, with a suffix (`-gxly`), or cut off in print."""
    shorter, longer = sorted((word, own), key=len)
    return word == own or (len(shorter) >= _SAME_STEM and longer.startswith(shorter))


@cache
def _everyday() -> frozenset[str]:
    return frozenset(load("kinetics_prose")["analytes"]["none"])


@cache
def _metabolites() -> re.Pattern[str]:
    return re.compile("|".join(load("kinetics_prose")["analytes"]["metabolites"]), re.I)


@cache
def _endings() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(load('kinetics_prose')['analytes']['endings'])})$")

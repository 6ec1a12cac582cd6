"""For whom and by which route a dose is: what its own words say, else its sentence, its list's lead-in, its heading."""

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from labelpipe.extract.bands import NO_BANDS, Bands, bands_in
from labelpipe.extract.dose_routes import routes_said
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook, any_of

ADULT_YEARS = 18
OLD_YEARS = 65

_LABEL = re.compile(r"^\W*(?P<label>[^.:;]{2,80}?)\s*[:–—]\s")
_NUMBERED = re.compile(r"^\s*\d+\.\d+\s")
_TAKES_UP = re.compile(
    r"\W*(?:the (?:daily |subsequent |recommended |usual |starting )*dos(?:e|age)|this|it|they|if|increases?|doses?"
    r"|dosages?|subsequent|then|based on|titrate|in such)\b",
    re.I,
)
_THESE = re.compile(r"\b(?:these|such|this)\s+(?:children|patients|adolescents|infants|people|population|age)\b", re.I)


class Scope(NamedTuple):
    """Whom words speak of, and by which routes."""

    population: str | None = None
    bands: Bands = NO_BANDS
    routes: tuple[str, ...] = ()

    def over(self, other: "Scope") -> "Scope":
        """Return this scope, filled from a wider one where it says nothing."""
        if self is NO_SCOPE or other is NO_SCOPE:
            return other if self is NO_SCOPE else self
        return Scope(self.population or other.population, self.bands.over(other.bands), self.routes or other.routes)


NO_SCOPE = Scope()


@lru_cache(maxsize=4096)
def scope_of(words: str, is_title: bool = False) -> Scope:
    """Return the scope that words state; of two populations the last, nearest to what follows, in a title the first."""
    if not words.strip():
        return NO_SCOPE
    bands = bands_in(words)
    found = Scope(_population(words, is_title) or _of_age(bands), bands, routes_said(words))
    return NO_SCOPE if found == NO_SCOPE else found


def may_say_whom(words: str) -> bool:
    """Whether words may speak of some people: what costs less than `scope_of` and says so of most that do not."""
    return bool(_populations().hits(words)) or any(word in words for word in ("year", "month", "age", " kg"))


def label_of(text: str) -> str:
    """Return what stands before a colon at the beginning of a text, as in `Adults: 5 mg`, or nothing."""
    match = _LABEL.match(text)
    return match["label"] if match else ""


def names_form(label: str) -> bool:
    """Whether a label names how a medicine is given: what was said of the way before no longer counts."""
    return bool(label) and bool(routes_said(label) or _forms().search(label))


def goes_on(sentence: str, scope: Scope) -> bool:
    """Whether whom the sentence before spoke of still counts: it does not where a part of its own begins.

    Of the old and of the ill only what takes up the sentence before is said: `The dose may be raised to 6 mg`.
    """
    if _NUMBERED.match(sentence) or (label_of(sentence) and not scope_of(label_of(sentence)).population):
        return False
    return scope.population == "pediatric" or takes_up(sentence)


def takes_up(sentence: str) -> bool:
    """Whether a sentence goes on from the one before it: `The dose may be raised`, `these children`."""
    return bool(_TAKES_UP.match(sentence) or _THESE.search(sentence))


def _population(words: str, is_title: bool) -> str | None:
    book = _populations()
    if "adult" in words:
        words = _as_others().sub(lambda match: " " * len(match[0]), words)
    places = []
    for hit in book.hits(words):
        found = [match.end() for match in re.finditer(re.escape(book.words(words, hit)), words)]
        places.append((min(found) if is_title else max(found), book.key(hit)))
    if {"adult", "pediatric"} == {key for _, key in places} and _together().search(words):
        return "adult"
    if is_title and not places:
        return next(iter(_titles().keys_in(words)), None)
    return (min if is_title else max)(places)[1] if places else None


def _of_age(bands: Bands) -> str | None:
    """Return whom a band of age is about, where it is one or the other."""
    if bands.age_high_years is not None and bands.age_high_years <= ADULT_YEARS:
        return "pediatric"
    return "geriatric" if bands.age_low_years is not None and bands.age_low_years >= OLD_YEARS else None


@cache
def _together() -> re.Pattern[str]:
    return re.compile("|".join(pattern(phrase) for phrase in load("doses")["together"]["words"]), re.I)


@cache
def _as_others() -> re.Pattern[str]:
    return re.compile("|".join(pattern(phrase) for phrase in load("doses")["no_whom"]["words"]), re.I)


@cache
def _forms() -> Any:
    return any_of(f"{form.casefold()}*" for form in load("products")["dosage_forms"])


@cache
def _titles() -> PhraseBook:
    return PhraseBook(load("doses")["title_populations"])


@cache
def _populations() -> PhraseBook:
    return PhraseBook(load("doses")["populations"])

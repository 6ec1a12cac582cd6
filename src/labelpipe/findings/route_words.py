"""Whether words that name a route say it of the label's own drug: not of another, of a study, of what must not be."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import re2

from labelpipe.model import Document, Facts
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import AnyOf, any_of
from labelpipe.vocabulary.routes import foreign_routes, routes_in

_OF = re.compile(r"\s+(?:\w+\s+){0,2}of\s+")
_OUTSIDE = ("CUTANEOUS", "DENTAL", "OPHTHALMIC", "OTIC", "PERCUTANEOUS", "PERIODONTAL", "TRANSDERMAL", "VAGINAL")
"""Products that are for the surface too: what is topical is not foreign to them."""


class RouteWords:
    """The names of a label's drug and the routes of its products, against which sentences are held."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self.own = [product.known_route for product in facts.products if product.known_route]
        self._names, self._forms = _names(document), _form_words(facts)
        self._outside = any(near in mine for near in _OUTSIDE for mine in self.own)

    def routes(self, sentence: str, is_dosing: bool) -> tuple[list[str], list[str]]:
        """Return the routes that a sentence speaks of, and those that no product has and that it ties the drug to.

        Among the doses of a page (`is_dosing`) the drug need not be named.
        """
        said = self._told(sentence)
        if not is_dosing and not self._names.search(said):
            return [], []
        spoken = routes_in(said)
        foreign = foreign_routes(spoken, self.own)
        if not foreign or (not is_dosing and _words("studies").search(said)):
            return spoken, []
        return spoken, [route for route in foreign if self._is_meant(sentence, said, route, is_dosing)]

    def _is_meant(self, sentence: str, said: str, route: str, is_dosing: bool) -> bool:
        if route == "TOPICAL" and self._outside:
            return False
        spans = (match.span() for match in _route(route).finditer(said))
        return any(self._is_own(sentence[:start], sentence[end:], is_dosing) for start, end in spans)

    def _is_own(self, before: str, behind: str, is_dosing: bool) -> bool:
        """Whether a route, by the words before and behind it, is said of the drug."""
        if _denied().search(before) or _words("denied_behind").match(behind.lstrip(" ,")):
            return False
        behind = behind.lstrip()
        of = _OF.match(f" {behind}")
        if self._names.match(behind) or (of and self._names.match(behind[of.end() - 1 :])):
            return True
        if any(True for _ in self._others(behind[:60])):
            return False
        last = max((match.end() for match in self._names.finditer(before)), default=None)
        other = max(self._others(before), default=None)
        if last is None:
            return is_dosing and other is None
        return (other is None or other < last) and not _words("other_things").search(before[last:])

    def _others(self, words: str) -> Iterator[int]:
        """Yield where the names of other medicines end."""
        yield from (match.end() for match in _medicines().finditer(words) if not self._names.search(match[0]))

    def _told(self, words: str) -> str:
        """Blank what looks like a route and is none (`intravenous fluids`), and the products' own forms."""
        words = _no_route().sub(lambda match: " " * len(match[0]), words)
        return self._forms.sub(lambda match: " " * len(match[0]), words) if self._forms else words


def forbids(lead_in: str) -> bool:
    """Whether words lead into a list of what must not be: `Never:`, `Do not`."""
    return lead_in.rstrip().endswith(":") and bool(_words("denied").search(lead_in[-120:]))


def _names(document: Document) -> AnyOf:
    """The names the page uses for the drug; of a generic name its first word, as prose says `baclofen`."""
    names = [document.brand_name, *document.active_ingredients]
    names += [
        name.split()[0] for name in (document.generic_name, *document.active_ingredients) if name and name.split()
    ]
    known = sorted({name.casefold() for name in names if name and len(name) > 2}, key=lambda name: (-len(name), name))
    return AnyOf(rf"(?i)\b(?:{'|'.join(map(re.escape, known)) or 'no name'})")


def _form_words(facts: Facts) -> re.Pattern[str] | None:
    """Return what the products are called by their form: a tablet for under the tongue says nothing of swallowing."""
    forms = {product.dosage_form.split(",")[0].split()[0] for product in facts.products if product.dosage_form}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms)))})s?\b", re.I) if forms else None


@cache
def _no_route() -> re.Pattern[str]:
    words = [*load("products")["no_route"]["words"], *load("contradictions")["routes"]["no_route"]]
    return re.compile("|".join(pattern(phrase) for phrase in words), re.I)


@cache
def _route(route: str) -> re.Pattern[str]:
    return re.compile("|".join(map(pattern, load("products")["prose"][route])), re.I)


@cache
def _words(name: str) -> AnyOf:
    return any_of(load("contradictions")["routes"][name])


@cache
def _denied() -> re.Pattern[str]:
    words = load("contradictions")["routes"]
    far, near = ("|".join(map(pattern, words[name])) for name in ("denied", "denied_next"))
    return re.compile(rf"(?:{far})(?:\W+\w+){{0,6}}\W*$|(?:{near})\W*$", re.I)


@cache
def _medicines() -> Any:
    """Return the expression of the names of medicines, and of classes of them."""
    lists = load("substances")
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = 64 << 20
    phrases = [
        *lists["names"],
        *lists["classes"],
        *lists["everyday"],
        *lists["ends"],
        *load("safety")["boxed_warning"]["stems"],
    ]
    return re2.compile("|".join(map(pattern, phrases)), options)

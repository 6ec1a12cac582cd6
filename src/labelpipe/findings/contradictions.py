"""Where the words disagree with the product, or with themselves."""

import re
from collections.abc import Iterator
from functools import cache

from labelpipe.findings.losses import about
from labelpipe.model import Block, Document, Facts, Finding
from labelpipe.vocabulary import load, pattern
from labelpipe.vocabulary.phrases import PhraseBook
from labelpipe.vocabulary.routes import foreign_routes, naming_routes, routes_in

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_SPEAKING = ("paragraph", "list_item", "callout", "faq_answer")


def route_mismatches(document: Document, blocks: tuple[Block, ...], facts: Facts) -> Iterator[Finding]:
    """Paragraphs about a route that none of the products has, and doses that may belong to it.

    A route counts where a sentence names the drug with it or where it stands among the doses: another drug's route
    (vitamin K into a vein) is no mismatch. Where the page speaks of such routes at least as often as of its own, a dose
    that names no route is doubtful too. A regulator's label tells of studies and of other drugs with other routes, and
    its doses are its products': only its dosing sections count, and there a sentence that names the drug.
    """
    own = [product.known_route for product in facts.products if product.known_route]
    if not own:
        return
    names, forms = _names(document), _form_words(facts)
    dosing = load("doses")["where"]["sections"]
    whole = document.source_tier != "regulator"
    speaking = [block for block in blocks if block.kind in _SPEAKING and (whole or block.section in dosing)]
    foreign: set[str] = set()
    n_own, n_foreign = 0, 0
    for index in naming_routes([block.text for block in speaking]):
        block = speaking[index]
        told = _told(block.text) if whole and block.section in dosing else _naming(names, block.text)
        spoken = routes_in(forms.sub(" ", told) if forms else told)
        strange = foreign_routes(spoken, own)
        foreign |= set(strange)
        n_foreign += bool(strange)
        n_own += len(spoken) > len(strange)
        if strange:
            message = f"{block.locator}: speaks of {_listed(strange)}; the page's products are {_listed(own)}"
            yield about(block, "route_mismatch", "warning", message, _listed(strange))
    if foreign and whole and n_foreign >= n_own:
        yield from _doses_without_route(blocks, facts, sorted(foreign), own)


def _doses_without_route(
    blocks: tuple[Block, ...], facts: Facts, foreign: list[str], own: list[str]
) -> Iterator[Finding]:
    doubtful = {dose.block_no for dose in facts.doses if dose.route_method != "stated"}
    for block in blocks:
        if block.block_no in doubtful:
            message = (
                f"{block.locator}: doses that name no route, on a page of {_listed(own)} products that also speaks of "
                f"{_listed(foreign)}; they are tied to no product"
            )
            yield about(block, "route_mismatch", "warning", message, f"route not named; page: {_listed(foreign)}")


def boxed_warning_by_route(facts: Facts) -> Iterator[Finding]:
    """A boxed warning stated for one route and denied for another."""
    present = [row for row in facts.boxed_warnings if row.state == "present"]
    absent = [row for row in facts.boxed_warnings if row.state == "absent"]
    if not present or not absent or {row.scope_route for row in present} == {row.scope_route for row in absent}:
        return
    stated, denied = present[0], absent[0]
    message = f"a boxed warning is stated for {_scope(stated.scope_route)} and denied for {_scope(denied.scope_route)}"
    yield Finding(
        "boxed_warning_by_route",
        "warning",
        message,
        stated.block_no,
        stated.char_start,
        stated.char_end,
        f"{stated.quote} | {denied.quote}",
    )


def boxed_warning_contradiction(facts: Facts) -> Iterator[Finding]:
    """A boxed warning both stated and denied for one route, or for the label as a whole."""
    stated = {row.scope_route: row for row in facts.boxed_warnings if row.state == "present"}
    for denied in facts.boxed_warnings:
        present = stated.get(denied.scope_route)
        if denied.state == "absent" and present and all(_named().hits(row.quote or "") for row in (present, denied)):
            yield Finding(
                "boxed_warning_contradiction",
                "warning",
                f"a boxed warning is both stated and denied for {_scope(denied.scope_route)}",
                denied.block_no,
                denied.char_start,
                denied.char_end,
                f"{present.quote} | {denied.quote}",
            )


def _scope(route: str | None) -> str:
    return route or "the label as a whole"


def _names(document: Document) -> list[str]:
    """The names the page uses for the drug; of a generic name its first word, as prose says `baclofen`."""
    names = [document.brand_name, *document.active_ingredients]
    names += [
        name.split()[0] for name in (document.generic_name, *document.active_ingredients) if name and name.split()
    ]
    return sorted({name.casefold() for name in names if name and len(name) > 2})


def _naming(names: list[str], words: str) -> str:
    """Return the sentences that name the drug."""
    named = (sentence for sentence in _SENTENCE_END.split(words) if any(name in sentence.casefold() for name in names))
    return _told(" ".join(named))


def _told(words: str) -> str:
    """Return the words less what looks like a route and is none (`intravenous fluids`, `never into a vein`)."""
    return _no_route().sub(" ", words)


def _form_words(facts: Facts) -> re.Pattern[str] | None:
    """Return what the products are called by their form: a tablet for under the tongue says nothing of swallowing."""
    forms = {product.dosage_form.split(",")[0].split()[0] for product in facts.products if product.dosage_form}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(forms)))})s?\b", re.I) if forms else None


@cache
def _named() -> PhraseBook:
    return PhraseBook(load("contradictions")["boxed_warning"])


@cache
def _no_route() -> re.Pattern[str]:
    return re.compile("|".join(pattern(words) for words in load("products")["no_route"]["words"]), re.I)


def _listed(words: list[str]) -> str:
    return ", ".join(dict.fromkeys(words))

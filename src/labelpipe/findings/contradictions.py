"""Where the words disagree with the product, or with themselves."""

from collections.abc import Iterator

from labelpipe.findings.losses import about
from labelpipe.model import Block, Document, Facts, Finding
from labelpipe.vocabulary import load
from labelpipe.vocabulary.routes import foreign_routes, routes_in

_SPEAKING = ("paragraph", "list_item", "callout", "faq_answer")


def route_mismatches(document: Document, blocks: tuple[Block, ...], facts: Facts) -> Iterator[Finding]:
    """Paragraphs about a route that none of the products has, and doses that may belong to it.

    A route counts where the drug is named with it or where it stands among the doses: another drug's route (vitamin K
    into a vein) is no mismatch. Where the page speaks of such a route, a dose that names no route is doubtful too.
    """
    own = [product.route for product in facts.products if product.route]
    names = _names(document)
    dosing = load("doses")["where"]["sections"]
    foreign: set[str] = set()
    for block in blocks:
        if block.kind in _SPEAKING and (block.section in dosing or _mentions(names, block.text)):
            strange = foreign_routes(routes_in(block.text), own)
            foreign |= set(strange)
            if strange:
                message = f"{block.locator}: speaks of {_listed(strange)}; the page's products are {_listed(own)}"
                yield about(block, "route_mismatch", "warning", message, _listed(strange))
    if foreign:
        yield from _doses_without_route(blocks, facts, sorted(foreign), own)


def _doses_without_route(
    blocks: tuple[Block, ...], facts: Facts, foreign: list[str], own: list[str]
) -> Iterator[Finding]:
    doubtful = {dose.block_no for dose in facts.doses if dose.route is None}
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


def _scope(route: str | None) -> str:
    return route or "the label as a whole"


def _names(document: Document) -> list[str]:
    """The names the page uses for the drug; of a generic name its first word, as prose says `baclofen`."""
    names = [document.brand_name, *document.active_ingredients]
    names += [
        name.split()[0] for name in (document.generic_name, *document.active_ingredients) if name and name.split()
    ]
    return sorted({name.casefold() for name in names if name and len(name) > 2})


def _mentions(names: list[str], words: str) -> bool:
    folded = words.casefold()
    return any(name in folded for name in names)


def _listed(words: list[str]) -> str:
    return ", ".join(dict.fromkeys(words))

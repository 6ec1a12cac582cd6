"""Words about a route that none of the products has, and doses that may belong to it."""

import re
from collections.abc import Iterator, Sequence

from labelpipe.findings.losses import about
from labelpipe.findings.route_words import RouteWords, forbids
from labelpipe.model import Block, Document, Facts, Finding
from labelpipe.vocabulary import load
from labelpipe.vocabulary.routes import naming_routes

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_SPEAKING = ("paragraph", "list_item", "callout", "faq_answer")
_DOSING = "dosage_and_administration"


def route_mismatches(document: Document, blocks: tuple[Block, ...], facts: Facts) -> Iterator[Finding]:
    """Paragraphs about a route that none of the products has, and doses that may belong to it.

    A route counts where a sentence ties the drug to it, or stands among the doses of a page: another drug's route
    (vitamin K into a vein), one that is to be avoided and one of a study are no mismatch. Where the page speaks of such
    routes at least as often as of its own, a dose that names no route is doubtful too. A regulator's label tells of
    studies and of other forms: only its dosing sections count, and there a sentence that ties the drug to the route.
    """
    words = RouteWords(document, facts)
    if not words.own:
        return
    dosing = load("doses")["where"]["sections"]
    whole = document.source_tier != "regulator" and document.set_id is None
    speaking = [block for block in blocks if block.kind in _SPEAKING and (whole or block.section in dosing)]
    foreign: set[str] = set()
    n_own, n_foreign = 0, 0
    for index in naming_routes([block.text for block in speaking]):
        block = speaking[index]
        is_dosing = whole and block.section == _DOSING
        told = [words.routes(said, is_dosing) for said in _SENTENCE_END.split(block.text)]
        strange = sorted({route for _, routes in told for route in routes})
        if strange and not _is_forbidden(speaking, index):
            foreign |= {*strange}
            n_foreign += 1
            message = f"{block.locator}: speaks of {_listed(strange)}; the page's products are {_listed(words.own)}"
            yield about(block, "route_mismatch", "warning", message, _listed(strange))
        n_own += any(len(spoken) > len(routes) for spoken, routes in told)
    if foreign and whole and n_foreign >= n_own:
        yield from _doses_without_route(blocks, facts, sorted(foreign), words.own)


def _is_forbidden(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block is the item of a list of what must not be done: `Never:`, `Do not`."""
    if blocks[index].kind != "list_item":
        return False
    above = next((block for block in reversed(blocks[:index]) if block.kind != "list_item"), None)
    return above is not None and forbids(above.text)


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


def _listed(words: list[str]) -> str:
    return ", ".join(dict.fromkeys(words))

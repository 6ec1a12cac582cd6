"""Where a page's words say its products: the rows that hold their codes and their ingredients, and their titles."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from labelpipe.model import Block, Ingredient, Product

CODE = re.compile(r"NDC:\s*([\d-]+)")
UNII = re.compile(r"\s*\(UNII:\s*([0-9A-Z]{10})\).*$", re.S)

CONFIDENCE = 0.99
"""All of those of the labels that are there as a page and as SPL are the same in both."""


def cite(
    blocks: Sequence[Block], products: tuple[Product, ...], ingredients: tuple[Ingredient, ...]
) -> tuple[tuple[Product, ...], tuple[Ingredient, ...]]:
    """Return the products and ingredients with the words that say them, as far as one row does."""
    if not products:
        return products, ingredients
    codes: dict[str, Block] = {}
    contents: dict[tuple[str, str, str | None], Block] = {}
    for block in blocks:
        if block.kind == "table_row":
            for code in CODE.findall(block.text):
                codes.setdefault(code, block)
            cells = block.text.split("\t")
            if found := UNII.search(cells[0]):
                contents.setdefault((cells[0][: found.start()], found[1], cells[-1].strip() or None), block)
    titles = [block for block in blocks if block.kind in ("field_value", "table_row") and "\t" not in block.text]
    return (
        tuple(one._replace(**_quoting(codes.get(one.ndc or "") or _title(titles, one))) for one in products),
        tuple(one._replace(**_quoting(contents.get((one.name, one.unii or "", one.strength)))) for one in ingredients),
    )


def _title(titles: Iterable[Block], product: Product) -> Block | None:
    """Return the title of a product that has no code of its own, such as a part of a kit."""
    return next((block for block in titles if block.text.startswith(f"{product.name} ")), None)


def _quoting(block: Block | None) -> dict[str, Any]:
    return {**block.quoted(), "method": "table", "confidence": CONFIDENCE} if block else {}

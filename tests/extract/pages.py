"""Small pages for the tests of this folder: read by the real reader, placed where the test says."""

from labelpipe.extract.products import read_products
from labelpipe.extract.tables import Grid, read_grids
from labelpipe.model import Block, Product, Source
from labelpipe.readers import read

HEADER = "Brand Name\n{brand}\nGeneric Name\n{generic}\nActive Ingredient\n{active}\n"


def blocks_of(page: str) -> tuple[Block, ...]:
    """Read a page."""
    return read(Source("page.txt", page.encode())).blocks


def headed(
    page: str, brand: str = "Zerbal", generic: str = "Zerbaline", active: str = "Zerbaline"
) -> tuple[Block, ...]:
    """Read a page that has a header with these names."""
    return blocks_of(HEADER.format(brand=brand, generic=generic, active=active) + page)


def placed(blocks: tuple[Block, ...], section: str, population: str | None = None) -> tuple[Block, ...]:
    """Put all prose into one section, as a heading would."""
    return tuple(
        block._replace(section=section, section_method="stated", population=population)
        if block.kind in ("paragraph", "list_item", "callout")
        else block
        for block in blocks
    )


def grids_of(*lines: str) -> tuple[Grid, ...]:
    """Read the tables of a page."""
    return read_grids(blocks_of("\n".join(lines)))


def products_of(*lines: str) -> tuple[Product, ...]:
    """Read the products of a page."""
    return read_products(grids_of(*lines))

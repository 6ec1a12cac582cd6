"""Placed blocks to facts: tables, FAQ pairs, products, kinetic values, warnings, doses."""

from labelpipe.extract.adjustments import read_adjustments
from labelpipe.extract.boxed_warnings import read_boxed_warnings
from labelpipe.extract.classifications import read_classifications
from labelpipe.extract.contraindications import read_contraindications
from labelpipe.extract.doses import read_doses
from labelpipe.extract.faqs import read_faqs, tag_answers
from labelpipe.extract.header import read_document
from labelpipe.extract.interactions import read_interactions
from labelpipe.extract.kinetics import read_kinetics
from labelpipe.extract.own_names import own_names
from labelpipe.extract.products import read_ingredients, read_products, with_terms
from labelpipe.extract.stated_tables import kinetic_grids, stated_grids, stated_tables
from labelpipe.extract.tables import cell_rows, read_grids, table_rows
from labelpipe.model import Block, Document, Facts, Reading

__all__ = ["extract_facts", "read_document", "tag_answers"]


def extract_facts(reading: Reading, blocks: tuple[Block, ...], document: Document) -> Facts:
    """Read every kind of fact from the placed blocks of a document; what its format states is taken as it is."""
    is_text = reading.source_format == "text"
    grids = read_grids(blocks) if is_text else stated_grids(reading, blocks)
    is_regulator = document.source_tier == "regulator"
    found = reading.products if is_regulator or reading.products else read_products(grids)
    products = tuple(map(with_terms, found))
    names = tuple(filter(None, (document.brand_name, document.generic_name, *document.active_ingredients)))
    own = own_names(blocks, names)
    doses = read_doses(blocks, products, grids, names, whole=not is_regulator)
    return Facts(
        tables=table_rows(grids) if is_text else stated_tables(reading, blocks),
        table_cells=cell_rows(grids) if is_text else reading.table_cells,
        faqs=read_faqs(blocks, document.brand_name, _substances(document)),
        products=products,
        ingredients=reading.ingredients or read_ingredients(blocks, products, document.active_ingredients),
        pharmacokinetics=read_kinetics(
            grids if is_text else kinetic_grids(grids), blocks, own, document.active_ingredients, reading.text
        ),
        boxed_warnings=read_boxed_warnings(blocks, names),
        contraindications=read_contraindications(blocks, own),
        interactions=read_interactions(blocks, own),
        classifications=read_classifications(blocks, own),
        doses=doses,
        adjustments=read_adjustments(blocks, doses, own),
    )


def _substances(document: Document) -> tuple[str, ...]:
    """Return the drug's names other than its brand's."""
    return tuple(filter(None, (*document.active_ingredients, document.generic_name)))

"""What an openFDA record says about the label as a whole, and its products."""

from collections.abc import Sequence
from typing import Any

from labelpipe.model import Ingredient, Product
from labelpipe.readers.openfda_json import Record, encoded, strings
from labelpipe.readers.spl import as_date
from labelpipe.vocabulary import load
from labelpipe.vocabulary.ndc import ndc_columns


def stated_columns(record: Record, facts: dict[str, Any]) -> dict[str, Any]:
    """Return the columns of the documents row that the record states."""
    first = {
        column: next(iter(_strings(facts.get(name))), None) for column, name in load("openfda")["document"].items()
    }
    own = {name: next(iter(_strings(record.get(name))), None) for name in ("set_id", "version", "effective_time")}
    set_id = own["set_id"] or next(iter(_strings(facts.get("spl_set_id"))), None)
    stated = {
        **first,
        "label_id": set_id,
        "set_id": set_id,
        "label_version": own["version"],
        "effective_date": as_date(own["effective_time"]),
        "active_ingredients": tuple(_strings(facts.get("substance_name"))),
        "source_tier": "regulator",
    }
    for name, kind in load("openfda")["classes"].items():
        if found := _strings(facts.get(name)):
            stated |= {"pharm_class": found[0].removesuffix(f" [{kind}]"), "pharm_class_type": kind}
            break
    return {name: value for name, value in stated.items() if value}


def read_products(facts: dict[str, Any]) -> tuple[Product, ...]:
    """Return a product for each package code, with what the record says of all of them."""
    packages = _strings(facts.get("package_ndc"))
    bare = [code for code in _strings(facts.get("product_ndc")) if not any(p.startswith(code + "-") for p in packages)]
    shared: dict[str, Any] = {}
    for column, field in load("openfda")["products"].items():
        values = _strings(facts.get(field))
        shared[column] = values[0] if len(values) == 1 else None  # of several nothing says which is whose
    codes = enumerate([*packages, *bare], 1)
    return tuple(Product(product_no=number, **{**shared, **ndc_columns(code)}) for number, code in codes)


def read_ingredients(facts: dict[str, Any], products: Sequence[Product]) -> tuple[Ingredient, ...]:
    """Return the active ingredients as those of each product; a UNII only where there is one of both."""
    substances, uniis = _strings(facts.get("substance_name")), _strings(facts.get("unii"))
    unii = uniis[0] if len(substances) == len(uniis) == 1 else None  # each list is in an order of its own
    return tuple(
        Ingredient(product.product_no, number, name, unii)
        for product in products
        for number, name in enumerate(substances, 1)
    )


def _strings(value: Any) -> list[str]:
    return [encoded(text).decode() for text in strings(value)]

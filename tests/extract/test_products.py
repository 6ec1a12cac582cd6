"""Products: told by column names or by what the cells are."""

import pytest
from pages import blocks_of, products_of

from labelpipe.extract.products import column_of, read_ingredients, read_products, with_terms
from labelpipe.extract.tables import read_grids
from labelpipe.model import Product


@pytest.mark.parametrize(
    ("cell", "column"),
    [
        ("ORAL", "route"),
        ("Intramuscular; Intravenous", "route"),
        ("AURICULAR (OTIC)", "route"),
        ("TABLET, FILM COATED", "dosage_form"),
        ("SOLUTION/ DROPS", "dosage_form"),
        ("capsule", "dosage_form"),
        ("12345-678", "ndc"),
        ("12345678", "ndc"),
        ("5 mg/1", "strength"),
        ("25 mg/1; 100 mg/1", "strength"),
        ("0.1%", "strength"),
        ("2024-01-01", None),
        ("Take with food", None),
        ("", None),
    ],
)
def test_a_cell_tells_its_column(cell: str, column: str | None) -> None:
    assert column_of(cell) == column


def test_row_without_column_names() -> None:
    [product] = products_of("| 25 ug/h | PATCH, EXTENDED RELEASE | TRANSDERMAL | 12345-678 |")
    assert (product.strength_text, product.strength_value, product.strength_per_unit) == ("25 ug/h", 25, "h")
    assert (product.dosage_form, product.route) == ("PATCH, EXTENDED RELEASE", "TRANSDERMAL")
    assert (product.ndc, product.ndc_labeler, product.ndc_product) == ("12345-678", "12345", "678")


def test_columns_in_any_order_with_names() -> None:
    [product] = products_of(
        "| NDC | Route | Brand | Form | Strength | Status |",
        "|---|---|---|---|---|---|",
        "| 12345-678-90 | oral | Zerbal Forte | Tablet | 10 mg | Active |",
    )
    assert (product.name, product.route, product.dosage_form) == ("Zerbal Forte", "ORAL", "Tablet")
    assert (product.strength_value, product.ndc11, product.marketing_status) == (10, "12345067890", "Active")


def test_columns_in_any_order_without_names() -> None:
    [product] = products_of("| ORAL | 12345-678 | 10 mg/1 | TABLET |")
    assert (product.route, product.strength_value, product.dosage_form) == ("ORAL", 10, "TABLET")


def test_several_routes_stay_a_list() -> None:
    [product] = products_of("| 10 mg/mL | INJECTION | INTRAMUSCULAR; INTRAVENOUS | 12345-678 |")
    assert product.route == "INTRAMUSCULAR; INTRAVENOUS"


def test_several_ingredients_keep_the_strengths_words() -> None:
    products = products_of("| 50 mg/1; 12.5 mg/1 | TABLET | ORAL | 12345-678 |")
    assert [(p.strength_text, p.strength_value) for p in products] == [("50 mg/1; 12.5 mg/1", None)]
    ingredients = read_ingredients((), products, ("Zerbaline", "Orvadol"))
    assert [(i.name, i.strength) for i in ingredients] == [("Zerbaline", None), ("Orvadol", None)]


def test_a_sole_ingredient_has_the_products_strength() -> None:
    products = products_of("| 5 mg/1 | TABLET | ORAL | 12345-678 |")
    assert [(i.name, i.strength) for i in read_ingredients((), products, ("Zerbaline",))] == [("Zerbaline", "5 mg/1")]


def test_code_that_fits_no_layout_is_kept_as_printed() -> None:
    [product] = products_of("| 5 mg/1 | TABLET | ORAL | 1234567890 |")
    assert (product.ndc, product.ndc_labeler, product.ndc11) == ("1234567890", None, None)


@pytest.mark.parametrize(
    "lines",
    [
        ("| Vehicle | Strength | Good for |", "|---|---|---|", "| Cream | 0.1% | dry skin |"),
        ("| Infection | Dose | Route |", "|---|---|---|", "| Sepsis | 2 g | INTRAVENOUS |"),
        ("| Tmax | 2 h |",),
        ("| Age | Amount | Days |", "|---|---|---|", "| Adult | 50 mg | 7 |"),
    ],
)
def test_other_tables_list_no_products(lines: tuple[str, ...]) -> None:
    assert products_of(*lines) == ()


def test_a_product_has_the_terms_of_its_form_and_route_and_keeps_the_words() -> None:
    [product] = products_of(
        "| NDC | Route | Form | Strength |",
        "|---|---|---|---|",
        "| 12345-678 | by mouth | Film-coated tablets | 10 mg |",
    )
    named = with_terms(product)
    assert (named.dosage_form, named.dosage_form_term) == ("Film-coated tablets", "TABLET, FILM COATED")
    assert (named.dosage_form_code, named.route_code) == ("C42931", "C38288")
    assert (named.route, named.route_term, named.known_route) == ("BY MOUTH", "ORAL", "ORAL")


def test_what_is_no_term_has_none() -> None:
    named = with_terms(Product(1, dosage_form="Prefilled pen", route="BY PUMP"))
    assert (named.dosage_form_term, named.dosage_form_code, named.route_term, named.route_code) == (None,) * 4
    assert (named.dosage_form, named.known_route) == ("Prefilled pen", "BY PUMP")


def test_a_product_quotes_its_row() -> None:
    row = "| 5 mg/1 | TABLET | ORAL | 12345-678 |"
    [product] = products_of("Zerbal comes as:", row)
    assert (product.block_no, product.char_start, product.char_end) == (2, 17, 17 + len(row))
    assert (product.quote, product.method) == (row, "table")


def test_an_ingredient_quotes_its_name_in_the_header() -> None:
    page = "Brand Name\nZerbal Plus\nActive Ingredient\nZerbaline; Orvadol\n| 5 mg/1 | TABLET | ORAL | 12345-678 |"
    blocks = blocks_of(page)
    ingredients = read_ingredients(blocks, read_products(read_grids(blocks)), ("Zerbaline", "Orvadol"))
    assert [(i.quote, i.method) for i in ingredients] == [("Zerbaline", "header"), ("Orvadol", "header")]
    assert all(page[i.char_start : i.char_end] == i.quote for i in ingredients)


def test_an_ingredient_that_no_header_names_quotes_nothing() -> None:
    [ingredient] = read_ingredients((), products_of("| 5 mg/1 | TABLET | ORAL | 12345-678 |"), ("Zerbaline",))
    assert (ingredient.quote, ingredient.block_no, ingredient.method) == (None, None, "stated")

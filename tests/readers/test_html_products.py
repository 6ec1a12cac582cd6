"""The products that the regulator's pages print below a label, in tables in tables."""

from labelpipe.model import Ingredient, Product, Reading, Source
from labelpipe.readers.html import read_html

CELL = '<td class="formItem">'


def table(heading: str, *rows: str) -> str:
    head = f'<tr><td colspan="4" class="formHeadingTitle">{heading}</td></tr>'
    return f"<tr><td><table>{head}{''.join(f'<tr>{row}</tr>' for row in rows)}</table></td></tr>"


def product(name: str, what: str, *tables: str) -> str:
    title = f'<strong>{name} </strong><br><span class="contentTableReg">{what}</span>'
    return f'<tr><td class="contentTableTitle">{title}</td></tr>{"".join(tables)}'


LORVEL = (
    table(
        "Product Information",
        f'<td class="formLabel">Item Code (Source)</td>{CELL}NDC:12345-678(NDC:54321-678)</td>',
        f'<td class="formLabel">Route of Administration</td>{CELL}INTRAMUSCULAR, INTRAVENOUS</td>',
    ),
    table(
        "Active Ingredient/Active Moiety",
        f"{CELL}<strong>LORVATINE</strong> (UNII: AAA111BBB2)</td>{CELL}5 mg in 2 mL</td>",
    ),
    table("Inactive Ingredients", f"{CELL}<strong>WATER</strong> (UNII: 059QF0KO0R) </td>{CELL} </td>"),
    table("Packaging", f"{CELL}1</td>{CELL}NDC:12345-678-30</td>", f"{CELL}2</td>{CELL}NDC:12345-678-90</td>"),
    table("Marketing Information", "<th>Category</th><th>Number</th>", f"{CELL}NDA</td>{CELL}NDA000001</td>"),
)


def page(*products: str) -> Reading:
    labeler = '<table><tr><td class="formHeadingReg"><span>Labeler - </span>Tern Laboratories (123)</td></tr></table>'
    data = f'<div class="DataElementsTables"><table>{"".join(products)}</table>{labeler}</div>'
    uses = '<div data-sectionCode="34067-9"><h1>USES</h1><p>It helps.</p></div>'
    return read_html(Source("page.html", f"<!doctype html><body>{uses}{data}</body>".encode()))


def test_a_product_has_its_packages_its_approval_and_its_ingredients() -> None:
    reading = page(product("LORVEL", "lorvatine injection, solution", *LORVEL))
    first, second = reading.products
    assert (first.ndc, first.ndc11, second.ndc) == ("12345-678-30", "12345067830", "12345-678-90")
    assert (first.name, first.dosage_form, first.route) == (
        "LORVEL",
        "injection, solution",
        "INTRAMUSCULAR; INTRAVENOUS",
    )
    assert (first.strength_text, first.strength_value, first.strength_unit) == ("5 mg in 2 mL", 5, "mg")
    assert (first.strength_per_value, first.strength_per_unit) == (2, "mL")
    assert (first.marketing_category, first.application_number) == ("NDA", "NDA000001")
    assert [(one.name, one.unii, one.is_active) for one in reading.ingredients[:2]] == [
        ("LORVATINE", "AAA111BBB2", True),
        ("WATER", "059QF0KO0R", False),
    ]


def test_products_and_ingredients_quote_the_rows_that_say_them() -> None:
    reading = page(product("LORVEL", "lorvatine injection, solution", *LORVEL))
    said: list[Product | Ingredient] = [*reading.products, *reading.ingredients]
    assert all(one.quote and one.quote == reading.text[one.char_start : one.char_end] for one in said)
    assert "NDC:12345-678-90" in (reading.products[1].quote or "")
    assert (reading.ingredients[0].quote or "").startswith("LORVATINE (UNII: AAA111BBB2)")
    assert {one.method for one in said} == {"table"}


def test_a_product_without_a_code_quotes_its_title() -> None:
    [swab] = page(product("ZERBAL", "zerbaline swab")).products
    assert (swab.quote, swab.method) == ("ZERBAL zerbaline swab", "table")


def test_a_strength_without_in_is_per_tablet() -> None:
    strength = table("Active Ingredient/Active Moiety", f"{CELL}ZERBALINE (UNII: AAA111BBB2)</td>{CELL}25 mg</td>")
    [tablet] = page(product("ZERBAL", "zerbaline tablet", strength)).products
    assert (tablet.strength_text, tablet.strength_value, tablet.strength_unit) == ("25 mg", 25, "mg")
    assert (tablet.strength_per_value, tablet.strength_per_unit) == (1, "1")


def test_the_label_is_called_what_its_first_product_is() -> None:
    stated = page(product("LORVEL", "lorvatine injection, solution", *LORVEL)).stated
    assert (stated["brand_name"], stated["generic_name"]) == ("LORVEL", "lorvatine")
    assert (stated["active_ingredients"], stated["labeler"]) == (("LORVATINE",), "Tern Laboratories")


def test_the_parts_of_a_kit_are_products_and_the_kit_has_its_own_approval() -> None:
    part = '<tr><td class="contentTableTitle">Part 1 of 1</td></tr>'
    approval = table("Marketing Information", "<th>Category</th><th>Number</th>", f"{CELL}unapproved</td>{CELL}</td>")
    packages = table("Packaging", f"{CELL}1</td>{CELL}NDC:99999-001-01</td>")
    kit = product("LORVEL KIT", "lorvatine kit", packages)
    reading = page(kit, part, product("LORVEL", "lorvatine injection, solution", *LORVEL), approval)
    assert [(one.name, one.marketing_category) for one in reading.products] == [
        ("LORVEL KIT", "unapproved"),
        ("LORVEL", "NDA"),
        ("LORVEL", "NDA"),
    ]


def test_what_the_page_says_about_the_label_is_no_part_of_its_text() -> None:
    reading = page(product("LORVEL", "lorvatine injection, solution", *LORVEL))
    kinds = {block.text: block.kind for block in reading.blocks}
    assert kinds["LORVEL lorvatine injection, solution"] == "field_value"
    assert kinds["It helps."] == "paragraph"

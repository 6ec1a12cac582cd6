"""By which route a dose is given, and to which product it belongs."""

import pytest
from pages import blocks_of, placed, products_of

from labelpipe.extract.dose_routes import Owners, routes_said
from labelpipe.extract.doses import read_doses

ROUTES = [
    ("Take one tablet.", ("ORAL",)),
    ("Inhale the contents of one capsule.", ("RESPIRATORY (INHALATION)",)),
    ("by oral inhalation", ("RESPIRATORY (INHALATION)",)),
    ("for every 45 mg of oral morphine", ()),
    ("One drop goes into the affected eye.", ("OPHTHALMIC",)),
    ("It is given through a vein or under the skin.", ("SUBCUTANEOUS",)),
    ("It is injected into the thigh muscle.", ("INTRAMUSCULAR",)),
    ("an intravitreal injection", ("INTRAVITREAL",)),
    ("colon or rectal cancer", ()),
    ("in infections (urethral, cervical, rectal), 1 g is given orally", ("ORAL",)),
    ("spots under the skin", ()),
    ("one day after the last oral dose", ()),
    ("for patients switching from oral zerbaline", ()),
    ("4 mg of oral zerbaline a day before that", ()),
    ("a vague memory of a puffy lip", ()),
]


@pytest.mark.parametrize(("words", "routes"), ROUTES, ids=[row[0] for row in ROUTES])
def test_words_name_a_route(words: str, routes: tuple[str, ...]) -> None:
    assert routes_said(words) == routes


ORAL = "| {strength} mg/1 | {form} | ORAL | 12345-{product} |"
TWO_STRENGTHS = [ORAL.format(strength=s, form="TABLET", product=p) for s, p in ((5, "678"), (10, "679"))]
TWO_FORMS = [ORAL.format(strength=s, form=f, product=p) for s, f, p in ((5, "TABLET", "678"), (5, "CAPSULE", "679"))]


@pytest.mark.parametrize(
    ("lines", "product_no"),
    [(TWO_STRENGTHS, 1), (TWO_FORMS, None)],
    ids=["strengths of one product: its first", "two dosage forms: neither"],
)
def test_packages_and_strengths_are_one_product(lines: list[str], product_no: int | None) -> None:
    assert Owners(products_of(*lines), [], []).product_no("ORAL") == product_no


PUMP = "| 5 mg/mL | INJECTION | INTRATHECAL | 12345-678 |"
PAGE = "Take 5 mg twice daily.\n"


@pytest.mark.parametrize(
    ("line", "more", "route", "method", "product_no"),
    [
        ("| 5 mg/1 | TABLET | ORAL | 12345-678 |", "", "ORAL", "inferred", 1),
        ("| 5 mg/1 | TABLET | ORAL | 12345-678 |", "Never give it into the vein.", None, None, None),
        (
            PUMP,
            "The tablets differ. Take it daily.",
            "ORAL",
            "inferred",
            None,
        ),
        (PUMP, "The tablets differ.", None, None, None),
        ("| 5 mg/1 | TABLET | ORAL | 12345-678 |", "By mouth, take 5 mg.", "ORAL", "inferred", 1),
    ],
    ids=["the products' own", "another is spoken of", "advice as for the other", "no such advice", "stated elsewhere"],
)
def test_the_route_of_a_dose_that_names_none(
    line: str, more: str, route: str | None, method: str | None, product_no: int | None
) -> None:
    blocks = placed(blocks_of(f"{PAGE}{more}\n"), "dosage_and_administration")
    dose = read_doses(blocks, products_of(line))[0]
    assert (dose.route, dose.route_method, dose.product_no) == (route, method, product_no)


@pytest.mark.parametrize(("route", "method"), [("SUBLINGUAL", "inferred"), ("ORAL", "stated")])
def test_a_tablet_goes_where_the_products_do(route: str, method: str) -> None:
    blocks = placed(blocks_of("Use one tablet at night.\n"), "dosage_and_administration")
    [dose] = read_doses(blocks, products_of(f"| 5 mg/1 | TABLET | {route} | 12345-678 |"))
    assert (dose.route, dose.route_method, dose.product_no) == (route, method, 1)

"""Dosage forms and routes as printed, and the FDA's terms for them."""

import re
from itertools import permutations

import pytest

from labelpipe.vocabulary import load
from labelpipe.vocabulary.product_terms import dosage_form_term, route_terms

FORMS = load("product_terms")["dosage_forms"]
ROUTES = load("product_terms")["routes"]


@pytest.mark.parametrize(
    ("printed", "term"),
    [
        ("TABLET, FILM COATED", "TABLET, FILM COATED"),
        ("injection, solution", "INJECTION, SOLUTION"),
        ("Film-Coated Tablets", "TABLET, FILM COATED"),
        ("extended-release tablets (film coated)", "TABLET, FILM COATED, EXTENDED RELEASE"),
        ("XR capsules", "CAPSULE, EXTENDED RELEASE"),
        ("Enteric-coated tablet", "TABLET, DELAYED RELEASE"),
        ("ODT", "TABLET, ORALLY DISINTEGRATING"),
        ("Oral Solution, USP", "SOLUTION"),
        ("powder for oral suspension", "POWDER, FOR SUSPENSION"),
        ("solution for injection", "INJECTION, SOLUTION"),
        ("lyophilised powder for solution for infusion", "INJECTION, POWDER, LYOPHILIZED, FOR SOLUTION"),
        ("rectal suppositories", "SUPPOSITORY"),
        ("transdermal patches", "PATCH"),
        ("SOLUTION/DROPS", "SOLUTION/ DROPS"),
        ("powder for injection", None),
        ("softgel", None),
        ("prefilled syringe", None),
        ("oral", None),
        ("tablet and cream", None),
        ("", None),
        (None, None),
    ],
)
def test_a_dosage_form_is_the_term_that_says_the_same_words(printed: str | None, term: str | None) -> None:
    found = dosage_form_term(printed)
    assert (found and found.name) == term


@pytest.mark.parametrize(
    ("printed", "terms"),
    [
        ("ORAL", "ORAL"),
        ("by mouth", "ORAL"),
        ("IV; SC", "INTRAVENOUS; SUBCUTANEOUS"),
        ("im or iv", "INTRAMUSCULAR; INTRAVENOUS"),
        ("Oral, ORAL", "ORAL"),
        ("inhalation", "RESPIRATORY (INHALATION)"),
        ("INTRACORONAL, DENTAL", "INTRACORONAL, DENTAL"),
        ("oral; somewhere", None),
        ("pump", None),
        (None, None),
    ],
)
def test_a_route_is_a_term_where_every_part_of_it_is(printed: str | None, terms: str | None) -> None:
    found = route_terms(printed)
    assert (found and found.name) == terms


@pytest.mark.parametrize("name", FORMS)
def test_every_term_is_itself_in_any_order_and_case(name: str) -> None:
    words = re.split(r"[ ,/]+", name)
    for order in [words, words[::-1], *list(permutations(words))[:6]]:
        found = dosage_form_term(" ".join(order).lower())
        assert found == (name, FORMS[name])


def test_codes_are_ncis_and_each_is_one_terms() -> None:
    codes = [*FORMS.values(), *ROUTES.values()]
    assert all(re.fullmatch(r"C\d{5,6}", code) for code in codes)
    assert len(codes) == len({*codes})


def test_every_wording_leads_to_a_term_that_there_is() -> None:
    for name, wordings in load("product_terms")["route_words"].items():
        assert name in ROUTES
        assert {found.name for wording in wordings if (found := route_terms(wording))} == {name}

"""Labels by name and by code: every form of an NDC leads to its product."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb
import pytest
from samples import make_label, publish

PRODUCTS = {
    "4-4-2": ("0006-0952-54", "0006", "0952", "54"),
    "5-3-2": ("70001-604-30", "70001", "604", "30"),
    "5-4-1": ("60575-4112-1", "60575", "4112", "1"),
    "product": ("12345-678", "12345", "678", None),
}


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("lookups")
    label = make_label("Lörvel")
    [product] = label.facts.products
    products = tuple(
        product._replace(product_no=n, ndc=ndc, ndc_labeler=labeler, ndc_product=code, ndc_package=package)
        for n, (ndc, labeler, code, package) in enumerate(PRODUCTS.values(), 1)
    )
    publish([replace(label, facts=replace(label.facts, products=products)), make_label("Tarvel Forte")], folder)
    with duckdb.connect(str(folder / "labels.duckdb"), read_only=True) as con:
        yield con


def ask(con: duckdb.DuckDBPyConnection, sql: str, *values: object) -> list[tuple[Any, ...]]:
    return con.execute(sql, list(values)).fetchall()


@pytest.mark.parametrize(
    ("layout", "code"),
    [
        *(("4-4-2", code) for code in ("0006-0952-54", "0006095254", "00006-0952-54", "00006095254", "000006-0952-54")),
        *(("4-4-2", code) for code in ("000006095254", "NDC 0006-0952-54", " 0006 0952 54 ")),
        *(("5-3-2", code) for code in ("70001-604-30", "7000160430", "70001-0604-30", "70001060430", "070001060430")),
        *(("5-4-1", code) for code in ("60575-4112-1", "6057541121", "60575-4112-01", "60575411201", "060575411201")),
    ],
)
def test_every_form_of_a_package_code_finds_the_package(con: duckdb.DuckDBPyConnection, layout: str, code: str) -> None:
    assert ask(con, "SELECT ndc FROM find_ndc($1) WHERE matched = 'package'", code) == [(PRODUCTS[layout][0],)]


@pytest.mark.parametrize(
    ("layout", "code"),
    [
        *(("4-4-2", code) for code in ("0006-0952", "00060952", "00006-0952", "000060952")),
        *(("5-3-2", code) for code in ("70001-604", "70001604", "70001-0604", "700010604", "70001-604-99")),
        *(("product", code) for code in ("12345-678", "12345678", "12345-678-90", "12345067890")),
    ],
)
def test_a_product_code_and_another_package_find_the_product(
    con: duckdb.DuckDBPyConnection, layout: str, code: str
) -> None:
    rows = ask(con, "SELECT matched, ndc, name FROM find_ndc($1)", code)
    assert ("product", PRODUCTS[layout][0], "Lörvel") in rows


@pytest.mark.parametrize("code", ["", "7", "99999-999-99", "not a code", "70001-604-30-1", "1234567890123"])
def test_what_is_no_code_finds_nothing(con: duckdb.DuckDBPyConnection, code: str) -> None:
    assert ask(con, "FROM find_ndc($1)", code) == []


@pytest.mark.parametrize("macro", ["find_brand", "find_label", "label"])
@pytest.mark.parametrize("name", ["Lörvel", "LORVEL", "lorvel"])
def test_a_brand_is_found_whatever_its_case_and_accents(con: duckdb.DuckDBPyConnection, macro: str, name: str) -> None:
    assert {path for (path,) in ask(con, f"SELECT source_path FROM {macro}($1)", name)} == {"lörvel.txt"}


def test_a_name_is_found_by_its_first_words_but_not_by_half_a_word(con: duckdb.DuckDBPyConnection) -> None:
    assert ask(con, "SELECT brand_name FROM find_brand('tarvel')") == [("Tarvel Forte",)]
    assert ask(con, "FROM find_brand('tarv')") == []


def test_an_ingredient_finds_all_its_labels(con: duckdb.DuckDBPyConnection) -> None:
    assert len(ask(con, "FROM find_ingredient('lorvatine')")) == 2


def test_a_section_of_a_drug_by_brand_and_by_ingredient(con: duckdb.DuckDBPyConnection) -> None:
    for drug, labels in (("lorvatine", 2), ("Tarvel Forte", 1)):
        rows = ask(con, "SELECT DISTINCT doc_id, title FROM section_of($1, 'indications_and_usage')", drug)
        assert [title for _, title in rows] == ["Uses"] * labels

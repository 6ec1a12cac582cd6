"""Labels of the same ingredients and route that say other things, found over a whole build."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from samples import make_label, publish

from labelpipe.findings.other_labels import tell_other_labels
from labelpipe.model import Finding, Label
from labelpipe.store.other_labels import read_other_labels


def having(label: Label, table: str, **values: Any) -> Label:
    """Return the label, its only row of a table with other values."""
    [row] = getattr(label.facts, table)
    return replace(label, facts=replace(label.facts, **{table: (row._replace(**values),)}))


def found(folder: Path, *labels: Label) -> list[tuple[str, Finding]]:
    """Publish the labels and return the findings across them, with the path of the document each is about."""
    assert publish(labels, folder) == []
    paths = {label.doc_id: label.document.source_path for label in labels}
    with duckdb.connect(str(folder / "labels.duckdb"), read_only=True) as con:
        return [(paths[doc_id], finding) for doc_id, finding in tell_other_labels(read_other_labels(con))]


LORVEL, TARVEL = make_label("Lorvel"), make_label("Tarvel")


def maximum(label: Label, amount: float, population: str = "adult") -> Label:
    return having(label, "doses", kind="maximum", value_high=amount, population=population)


def test_labels_that_say_the_same_are_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, LORVEL, TARVEL) == []


def test_a_boxed_warning_that_another_label_has(tmp_path: Path) -> None:
    [(path, finding)] = found(tmp_path, having(LORVEL, "boxed_warnings", state="present"), TARVEL)
    assert (path, finding.rule, finding.severity) == ("tarvel.txt", "other_label_boxed_warning", "info")
    assert "lorvel.txt" in finding.message


def test_half_lives_that_are_far_apart(tmp_path: Path) -> None:
    findings = found(tmp_path, LORVEL, having(TARVEL, "pharmacokinetics", value_low=30, value_high=40))
    assert sorted((path, finding.evidence) for path, finding in findings) == [
        ("lorvel.txt", "6 to 6 h | 30 to 40 h"),
        ("tarvel.txt", "30 to 40 h | 6 to 6 h"),
    ]
    assert all("gone after 6 hours" in (finding.quote or "") for _, finding in findings)


def test_half_lives_that_are_near_are_no_finding(tmp_path: Path) -> None:
    assert found(tmp_path, LORVEL, having(TARVEL, "pharmacokinetics", value_low=8, value_high=8)) == []


def test_maxima_for_the_same_people(tmp_path: Path) -> None:
    findings = found(tmp_path, maximum(LORVEL, 20), maximum(TARVEL, 40))
    assert sorted((path, finding.evidence) for path, finding in findings) == [
        ("lorvel.txt", "20 mg | 40 mg"),
        ("tarvel.txt", "40 mg | 20 mg"),
    ]
    assert {finding.rule for _, finding in findings} == {"other_label_maximum"}


@pytest.mark.parametrize("other", [maximum(TARVEL, 20), maximum(TARVEL, 40, "pediatric")])
def test_the_same_maximum_and_other_people_are_no_finding(other: Label, tmp_path: Path) -> None:
    assert found(tmp_path, maximum(LORVEL, 20), other) == []


DIFFERENT = {
    "another route": having(maximum(TARVEL, 40), "products", route="TOPICAL"),
    "another ingredient": replace(
        maximum(TARVEL, 40), document=TARVEL.document._replace(active_ingredients=("Tarvatine",))
    ),
    "another version of the label": replace(maximum(TARVEL, 40), document=TARVEL.document._replace(label_id="lorvel")),
}


@pytest.mark.parametrize("other", DIFFERENT.values(), ids=DIFFERENT)
def test_only_labels_of_the_same_ingredients_and_routes_are_compared(other: Label, tmp_path: Path) -> None:
    assert found(tmp_path, maximum(LORVEL, 20), other) == []

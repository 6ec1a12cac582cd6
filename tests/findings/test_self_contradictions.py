"""Pages that contradict themselves, whole, and pages that only look as if they did: contradictions/expected.toml."""

import tomllib
from pathlib import Path

import pytest

from labelpipe.model import Source
from labelpipe.pipeline import parse_source

CASES = Path(__file__).parent / "contradictions"
EXPECTED = tomllib.loads((CASES / "expected.toml").read_text(encoding="utf-8"))
RULES = {rule for found in EXPECTED.values() for rule, _ in found}


@pytest.mark.parametrize("page", sorted(path.stem for path in CASES.glob("*.txt")))
def test_a_page_is_told_its_contradictions_and_no_others(page: str) -> None:
    label = parse_source(Source(f"{page}.txt", (CASES / f"{page}.txt").read_bytes()))
    found = [(one.rule, one.quote or "") for one in label.findings if one.rule in RULES]
    expected = EXPECTED.get(page, [])
    assert [rule for rule, _ in found] == [rule for rule, _ in expected]
    assert all(words in quote for (_, quote), (_, words) in zip(found, expected, strict=True))


def test_every_page_that_is_expected_is_there() -> None:
    assert all((CASES / f"{page}.txt").is_file() for page in EXPECTED)

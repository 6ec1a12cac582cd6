"""National Drug Codes in each of their layouts."""

import pytest

from labelpipe.vocabulary.ndc import ndc_columns, parse_ndc


@pytest.mark.parametrize(
    ("printed", "eleven", "twelve"),
    [
        ("1234-5678-90", "01234567890", "001234567890"),  # 4-4-2
        ("12345-678-90", "12345067890", "012345067890"),  # 5-3-2
        ("12345-6789-0", "12345678900", "012345678900"),  # 5-4-1
        ("12345-6789-01", "12345678901", "012345678901"),  # 5-4-2, zeros filled in
        ("123456-7890-12", None, "123456789012"),  # 6-4-2, the form of 2033
        ("NDC 12345-678-90", "12345067890", "012345067890"),
        ("NDC: 1234-5678-90", "01234567890", "001234567890"),
    ],
)
def test_package_codes(printed: str, eleven: str | None, twelve: str) -> None:
    code = parse_ndc(printed)
    assert code is not None
    assert (code.eleven, code.twelve) == (eleven, twelve)


@pytest.mark.parametrize(
    ("printed", "segments"),
    [
        ("1234-5678", ("1234", "5678")),  # 4-4
        ("12345-678", ("12345", "678")),  # 5-3
        ("12345-6789", ("12345", "6789")),  # 5-4
        ("123456-7890", ("123456", "7890")),  # 6-4
    ],
)
def test_product_codes_have_no_certain_long_form(printed: str, segments: tuple[str, str]) -> None:
    code = parse_ndc(printed)
    assert code is not None
    assert (code.labeler, code.product) == segments
    assert (code.package, code.eleven, code.twelve) == (None, None, None)


@pytest.mark.parametrize(
    "printed",
    ["", "1234567890", "12345678901", "1234-567-89", "123-4567-89", "2024-01-01", "12345-6789-012", "call 555-0199"],
)
def test_other_numbers_are_no_ndc(printed: str) -> None:
    assert parse_ndc(printed) is None


@pytest.mark.parametrize("printed", ["1234567890", "1234-567-89", "12345-67-890", "12-3456"])
def test_a_code_of_no_layout_is_kept_and_not_cut_up(printed: str) -> None:
    columns = ndc_columns(printed)
    assert columns.pop("ndc") == printed
    assert set(columns.values()) == {None}

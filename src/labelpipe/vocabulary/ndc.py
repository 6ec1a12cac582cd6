"""National Drug Codes (21 CFR 207.33): three layouts of ten digits, and the 12-digit form in force from 2033-03-07.

Payers print a fourth, 5-4-2, with the zeros already filled in.
"""

import re
from dataclasses import dataclass

_PACKAGE_LAYOUTS = {(4, 4, 2), (5, 3, 2), (5, 4, 1), (6, 3, 2), (6, 4, 1), (6, 4, 2), (5, 4, 2)}
_PRODUCT_LAYOUTS = {(4, 4), (5, 3), (5, 4), (6, 3), (6, 4)}
_DIGITS = re.compile(r"(?:NDC[\s:#]*)?\d{10,11}", re.I)
_NDC = re.compile(r"(?:NDC[\s:#]*)?(\d{4,6})-(\d{3,4})(?:-(\d{1,2}))?", re.I)


@dataclass(frozen=True, slots=True)
class Ndc:
    """The segments of a code as printed; `eleven` and `twelve` only where the hyphens make them certain."""

    labeler: str | None
    product: str | None
    package: str | None
    eleven: str | None
    twelve: str | None


def parse_ndc(text: str) -> Ndc | None:
    """Return the segments of a hyphenated product or package code, or None where the text is no such code.

    >>> parse_ndc("66794-155-01").eleven
    '66794015501'
    """
    match = _NDC.fullmatch(text.strip())
    if not match:
        return None
    labeler, product, package = match.groups()
    layout = tuple(len(part) for part in (labeler, product, package) if part)
    if layout not in (_PACKAGE_LAYOUTS if package else _PRODUCT_LAYOUTS):
        return None
    if package is None:
        return Ndc(labeler, product, None, None, None)
    twelve = f"{labeler:0>6}{product:0>4}{package:0>2}"
    return Ndc(labeler, product, package, None if len(labeler) == 6 else twelve[1:], twelve)


def is_ambiguous(text: str) -> bool:
    """Whether a code is ten or eleven digits without hyphens: they fit several layouts, and so several codes.

    >>> is_ambiguous("1234567890"), is_ambiguous("1234-5678-90")
    (True, False)
    """
    return _DIGITS.fullmatch(text.strip()) is not None


def ndc_columns(text: str | None) -> dict[str, str | None]:
    """Return a code as printed and, where it has the hyphens of an NDC, its segments and its long forms.

    >>> ndc_columns("66794-155-01")["ndc11"]
    '66794015501'
    """
    code = (parse_ndc(text) if text else None) or Ndc(None, None, None, None, None)
    return {
        "ndc": text,
        "ndc_labeler": code.labeler,
        "ndc_product": code.product,
        "ndc_package": code.package,
        "ndc11": code.eleven,
        "ndc12": code.twelve,
    }

"""Words that a spreadsheet would run as a formula, made harmless, and back again.

A text that begins with one of STARTS gets an apostrophe in front, as OWASP's page on CSV injection says; so does one
that begins with an apostrophe, so that taking one away gives every text back as it was. Numbers are left alone.
"""

import pyarrow as pa
import pyarrow.compute as pc

STARTS = "=+-@\t\r\n＝＋－＠'"
"""What makes a cell a formula (the wide forms too, which East Asian spreadsheets know), and the apostrophe itself."""


def defused(words: pa.Array) -> pa.Array:
    """Return the texts with an apostrophe before each that a spreadsheet might run; NULL stays NULL."""
    risky = pc.is_in(pc.utf8_slice_codeunits(words, 0, 1), value_set=pa.array(list(STARTS)))
    return pc.if_else(risky, pc.binary_join_element_wise("'", words, ""), words)


def fused(words: str) -> str:
    """Return a text as it was before it was defused."""
    return words.removeprefix("'")

"""Bytes to text: what a file declares, what has to be assumed, and mojibake."""

import codecs

import pytest
from ftfy import fix_encoding
from ftfy.badness import is_bad
from hypothesis import given
from hypothesis import strategies as st

from labelpipe.errors import UndecodableText
from labelpipe.model import Finding, Reading, Source
from labelpipe.readers import read
from labelpipe.readers.encoding import repair_mojibake

PAGE = "Don’t take more than 5 µg – ever.\nÁlvaro’s résumé costs 3 €.\n"


def read_bytes(data: bytes) -> Reading:
    return read(Source("page.txt", data))


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


DECLARED = {
    "utf-8": PAGE.encode(),
    "utf-8 with mark": codecs.BOM_UTF8 + PAGE.encode(),
    "utf-16-le with mark": codecs.BOM_UTF16_LE + PAGE.encode("utf-16-le"),
    "utf-16-be with mark": codecs.BOM_UTF16_BE + PAGE.encode("utf-16-be"),
    "utf-32-le with mark": codecs.BOM_UTF32_LE + PAGE.encode("utf-32-le"),
    "utf-32-be with mark": codecs.BOM_UTF32_BE + PAGE.encode("utf-32-be"),
}


@pytest.mark.parametrize("data", DECLARED.values(), ids=DECLARED)
def test_declared_encoding_gives_the_words_without_mark_or_finding(data: bytes) -> None:
    reading = read_bytes(data)
    assert reading.text == PAGE
    assert reading.findings == ()


ASSUMED = {
    "utf-16-le": ("utf-16-le", PAGE.encode("utf-16-le")),
    "utf-16-be": ("utf-16-be", PAGE.encode("utf-16-be")),
    "windows-1252": ("windows-1252", PAGE.encode("cp1252")),
}


@pytest.mark.parametrize(("encoding", "data"), ASSUMED.values(), ids=ASSUMED)
def test_assumed_encoding_is_named_in_a_finding(encoding: str, data: bytes) -> None:
    reading = read_bytes(data)
    assert reading.text == PAGE
    assert rules(reading.findings) == ["encoding_assumed"]
    assert reading.findings[0].evidence == encoding


def test_line_ends_stay_as_they_were() -> None:
    assert read_bytes(b"One tablet.\r\nTwo tablets.\rThree.\n").text == "One tablet.\r\nTwo tablets.\rThree.\n"


@pytest.mark.parametrize("data", [codecs.BOM_UTF16_LE + b"odd", codecs.BOM_UTF8 + b"caf\xe9 and more"])
def test_bytes_that_break_the_promise_of_their_mark_are_rejected(data: bytes) -> None:
    with pytest.raises(UndecodableText, match="save the file again as UTF-8"):
        read_bytes(data)


def mojibake(words: str) -> str:
    """UTF-8 that was read as Windows-1252."""
    return words.encode().decode("cp1252")


def test_mojibake_is_repaired_line_by_line_with_the_place_and_the_old_words() -> None:
    first, second, third = "A plain line.", "Don’t take more than 5 µg – ever.", "It’s still the café."
    reading = read_bytes("\r\n".join([first, mojibake(second), "", mojibake(third)]).encode())
    assert reading.text == "\r\n".join([first, second, "", third])
    assert rules(reading.findings) == ["encoding_repaired", "encoding_repaired"]
    assert [reading.text[f.char_start : f.char_end] for f in reading.findings] == [second, third]
    assert [f.evidence for f in reading.findings] == [mojibake(second), mojibake(third)]


@pytest.mark.parametrize(
    "words",
    [
        "“Quoted” – don’t… 5 µg ± 2 °C ≥ 3 × 10³ — naïve Ångström, São Paulo, İstanbul",
        "Ãlvar and Âme are names; the mark ™ costs 5 €.",
        "Таблетку глотают целиком. 用水送服。 ازدرد القرص 💊",
    ],
)
def test_words_that_are_right_are_left_alone(words: str) -> None:
    reading = read_bytes(words.encode())
    assert reading.text == words
    assert reading.findings == ()


@given(st.text("ÃÂâàŒœØÙÐÎ€™Š¢°±²µ×§¦ªº‚Ä√≈ВГЂўβ\x92\xa0\xad–’“”•é aZ.1,?", max_size=12))
def test_no_line_that_ftfy_calls_bad_is_passed_over(line: str) -> None:
    assert repair_mojibake(line)[0] == (fix_encoding(line) if is_bad(line) else line)

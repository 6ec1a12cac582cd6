"""Whatever the text, its blocks rebuild it; whatever the bytes, reading returns or says why not."""

import re
from contextlib import suppress

from hypothesis import assume, example, given
from hypothesis import strategies as st

import labelpipe
from labelpipe.errors import UnreadableSource
from labelpipe.model import Block, Source
from labelpipe.readers import read

SCRAPED_LINES = st.sampled_from(
    [
        "Loading...",
        "Take it Loading... with water",
        "Brand Name",
        "Lorvel",
        "LorvatineCategory",
        "Manufacturer: Tern Laboratories",
        "Variants",
        "3",
        "This does not replace medical advice.",
        "| 5 mg/1 | TABLET | ORAL | 12345-678 |",
        "|---|---|",
        "> Important: keep it dry.",
        "- a rash",
        "1. Wash your hands.",
        "2. Possible Side Effects",
        "The complaints heard most often are:",
        "dry mouth",
        "Common questions about Lorvel",
        "Can I drink wine with it?",
        "A glass now and then does no harm.",
        "Related drugs",
        "Donâ€™t drive.",
        "",
    ]
)
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", " \t\n", "\u2028", "\x85", "\x0b", "\u200b\n", ""])
PAGES = st.lists(st.tuples(SCRAPED_LINES | st.text(max_size=30), LINE_ENDS), max_size=25).map(
    lambda lines: "".join(line + end for line, end in lines)
)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=200) | PAGES
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])


def assert_blocks_rebuild(text: str, blocks: tuple[Block, ...]) -> None:
    at = 0
    for number, block in enumerate(blocks, 1):
        assert block.block_no == number
        assert block.char_start >= at
        assert not text[at : block.char_start].strip()
        assert block.text == text[block.char_start : block.char_end]
        assert block.text.strip()
        assert not re.search(r"[\r\n]", block.text)
        at = block.char_end
    assert not text[at:].strip()


@given(TEXTS, ENCODINGS)
@example("Loading...\x00Loading...", "utf-8")
@example("\ufeff\ufeffTake one tablet.", "utf-8-sig")
def test_blocks_rebuild_any_text(text: str, encoding: str) -> None:
    data = text.encode(encoding, errors="ignore")
    try:
        reading = read(Source("page.txt", data))
    except UnreadableSource:
        assume(False)
    assert_blocks_rebuild(reading.text, reading.blocks)


@given(PAGES)
def test_a_page_in_utf_8_is_read_as_it_is(page: str) -> None:
    assume(page.strip() and "â€" not in page)
    try:
        reading = read(Source("page.txt", page.encode()))
    except UnreadableSource:
        assume(False)
    if not reading.findings:
        assert reading.text == page.removeprefix("\ufeff")


BYTES = (
    st.binary(max_size=300)
    | st.tuples(
        st.sampled_from([b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"PK\x03\x04", b"<?xml ", b"<p>", b'{"', b"%PDF-"]),
        st.binary(max_size=100),
    ).map(b"".join)
    | TEXTS.map(lambda text: text.encode("utf-8", errors="ignore"))
)


@given(BYTES)
def test_reading_any_bytes_returns_or_says_why_not(data: bytes) -> None:
    with suppress(UnreadableSource):
        reading = read(Source("page.txt", data))
        assert_blocks_rebuild(reading.text, reading.blocks)


@given(BYTES)
def test_parsing_any_bytes_returns_or_says_why_not(data: bytes) -> None:
    with suppress(UnreadableSource):
        label = labelpipe.parse(data)
        assert_blocks_rebuild(label.text, label.blocks)

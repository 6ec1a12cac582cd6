"""What each element of a page becomes. A case is a file: `# why`, the page, `---`, the blocks as `kind | words`."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from bs4 import BeautifulSoup, Comment, Doctype
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from labelpipe.errors import EmptySource, MalformedSource, UnreadableSource
from labelpipe.model import Block, Reading, Source
from labelpipe.readers.html import read_html
from labelpipe.readers.html_markup import MAX_BYTES, MAX_TAGS

CASES = sorted(Path(__file__).parent.glob("html_cases/*.case"))
SHARED = Path(os.environ.get("LABELPIPE_SHARED", "/nowhere"))
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="LABELPIPE_SHARED names no folder of labels")

SAID_ELSEWHERE = {"faq_json_ld_shown"}
"""Cases with words that stand in no text node."""
LOST_BY_THE_OTHER = {"unclosed", "broken_off_in_a_tag"}
"""Cases whose markup BeautifulSoup repairs in its own way."""


def read_page(page: str | bytes) -> Reading:
    return read_html(Source("page.html", page.encode() if isinstance(page, str) else page))


def load_case(case: Path) -> tuple[str, list[str]]:
    lines = case.read_text(encoding="utf-8").splitlines()[1:]
    at = lines.index("---")
    return "\n".join(lines[:at]), lines[at + 1 :]


def line_of(block: Block) -> str:
    field = f" {block.field}" if block.field else ""
    return f"{block.kind}{field} | {block.text}".replace("\t", "\\t")


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_page_becomes_the_blocks_of_the_case(case: Path) -> None:
    page, expected = load_case(case)
    assert [line_of(block) for block in read_page(page).blocks] == expected


# An independent reading: the words of the text nodes, as BeautifulSoup finds them.


def text_nodes(page: str | bytes) -> Counter[str]:
    soup = BeautifulSoup(page, "html.parser", from_encoding="utf-8" if isinstance(page, bytes) else None)
    body = soup.body or soup
    nodes = [
        str(node)
        for node in body.find_all(string=True)
        if not isinstance(node, Comment | Doctype)
        and not any(above.name in ("script", "style", "head") for above in node.parents)
    ]
    return Counter("".join("".join(nodes).split()))


def said(reading: Reading) -> Counter[str]:
    return Counter("".join("".join(block.text.split()) for block in reading.blocks if block.kind != "image"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_every_character_is_in_exactly_one_block(case: Path) -> None:
    if case.stem in SAID_ELSEWHERE | LOST_BY_THE_OTHER:
        pytest.skip("the two readings differ on purpose")
    page, _ = load_case(case)
    page = page.replace("<body></html>", "").replace("</body></html>", "")
    assert said(read_page(page)) == text_nodes(page)


def spans_hold(reading: Reading) -> bool:
    ends = 0
    for number, block in enumerate(reading.blocks, 1):
        if (
            block.block_no != number
            or block.char_start < ends
            or reading.text[block.char_start : block.char_end] != block.text
        ):
            return False
        ends = block.char_end + 1
    return True


TAGS = (
    *(
        "p",
        "div",
        "span",
        "b",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "table",
        "tr",
        "td",
        "th",
        "section",
    ),
    *("blockquote", "details", "summary", "button", "nav", "header", "aside", "sup", "br", "a"),
)
ATTRIBUTES = ("", ' class="faq"', ' id="x" hidden', ' aria-controls="x"', ' class="spinner"', ' role="heading"')


@st.composite
def pages(draw: st.DrawFn, depth: int = 4) -> str:
    """A page of nested elements, whatever stands in whatever."""
    out = []
    for _ in range(draw(st.integers(1, 4))):
        tag, attributes = draw(st.sampled_from(TAGS)), draw(st.sampled_from(ATTRIBUTES))
        inner = (
            draw(pages(depth - 1))
            if depth and draw(st.booleans())
            else draw(st.sampled_from(("", "it", "Why so?", "1/2")))
        )
        out.append(f"<{tag}{attributes}>{inner}" + (f"</{tag}>" if draw(st.booleans()) else ""))
        out.append(draw(st.sampled_from(("", " ", "tail"))))
    return "".join(out)


@given(pages())
def test_no_markup_loses_or_repeats_a_word(page: str) -> None:
    try:
        reading = read_page(page)
    except EmptySource:
        assert not text_nodes(page)
    else:
        assert spans_hold(reading)
        assert said(reading) == text_nodes(page)


@given(st.binary(max_size=300))
def test_no_bytes_crash_the_reader(data: bytes) -> None:
    with suppress(UnreadableSource):
        assert spans_hold(read_html(Source("page.html", data)))


# What is stated beside the words.


def test_sections_follow_the_levels_of_the_headings() -> None:
    page = "<h1>Lorvel</h1><p>a</p><h2>Uses</h2><p>b</p><h3>Sleep</h3><p>c</p><h2>Storage</h2><p>d</p>"
    outline = [(s.section_no, s.parent_no, s.depth, s.title, s.block_nos) for s in read_page(page).stated_sections]
    assert outline == [
        (1, None, 1, "Lorvel", (1, 2)),
        (2, 1, 2, "Uses", (3, 4)),
        (3, 2, 3, "Sleep", (5, 6)),
        (4, 1, 2, "Storage", (7, 8)),
    ]


def test_coded_sections_keep_their_codes_and_panels_their_titles() -> None:
    page = (
        '<div data-sectionCode="34067-9"><h1>USES</h1><p>a</p>'
        '<div data-sectionCode="42229-5"><h2>Sleep</h2>b</div></div>'
        '<h2>More</h2><button aria-controls="s">Storage</button><div id="s" hidden><h2>Dry</h2><p>c</p></div><p>d</p>'
    )
    outline = [(s.parent_no, s.code, s.title) for s in read_page(page).stated_sections]
    assert outline == [
        (None, "34067-9", "USES"),
        (1, "42229-5", "Sleep"),
        (None, None, "More"),
        (3, None, "Storage"),
        (4, None, "Dry"),
    ]
    assert read_page(page).stated_sections[2].block_nos[-1] == len(read_page(page).blocks)


def test_cells_stand_at_their_place_in_the_grid() -> None:
    page, _ = load_case(Path(__file__).parent / "html_cases/table_spans.case")
    reading = read_page(page)
    table = reading.tables[0]
    assert (table.caption, table.n_rows, table.n_columns, table.n_header_rows) == ("Doses", 3, 3, 2)
    cells = {(c.row_no, c.column_no): (c.text, c.row_span, c.column_span, c.header_path) for c in reading.table_cells}
    assert cells[1, 1] == ("Weight", 2, 1, ())
    assert cells[1, 2] == ("Dose", 1, 2, ())
    assert cells[2, 3] == ("High", 1, 1, ("Dose",))
    assert cells[3, 3] == ("2 mg or 3 mg", 1, 1, ("Dose", "High"))


def test_footnotes_are_tied_to_their_marks() -> None:
    page, _ = load_case(Path(__file__).parent / "html_cases/table_footnotes.case")
    reading = read_page(page)
    noted = {cell.text: cell.footnotes for cell in reading.table_cells if cell.footnotes}
    assert noted == {"Rash": ("Seen twice.",)}
    assert any(block.text.startswith("Rash*") for block in reading.blocks)


def test_meta_elements_state_columns() -> None:
    page = (
        '<html lang="EN-us"><head><meta name="documentSetId" content="abc"><meta name="documentEffectiveTime" '
        'content="20240131"></head><body><p>a</p></body></html>'
    )
    reading = read_page(page)
    assert reading.language == "en"
    assert {name: str(value) for name, value in reading.stated.items()} == {
        "set_id": "abc",
        "label_id": "abc",
        "effective_date": "2024-01-31",
    }


def test_locators_find_their_elements() -> None:
    for case in CASES:
        if case.stem in SAID_ELSEWHERE | LOST_BY_THE_OTHER | {"after_the_end"}:
            continue
        page, _ = load_case(case)
        root = etree.HTML(page.replace("<![CDATA[", "").replace("]]>", ""), etree.HTMLParser(remove_comments=True))
        for block in read_page(page).blocks:
            found = cast(list[etree._Element], root.xpath(block.locator))
            assert len(found) == 1, (case.stem, block)
            letters = Counter("".join(cast(Iterator[str], found[0].itertext())))
            if block.kind not in ("image", "faq_answer", "list_item"):
                assert not Counter("".join(block.text.split())) - letters, (case.stem, block)


@pytest.mark.parametrize(
    ("data", "words", "rules"),
    [
        ("<p>5 µg – café</p>".encode(), "5 µg – café", []),
        ("<p>5 µg – café</p>".encode("cp1252"), "5 µg – café", ["encoding_assumed"]),
        (b'<meta charset="utf-8">' + "<p>5 µg – café</p>".encode("cp1252"), "5 µg – café", ["encoding_assumed"]),
        (b'<meta charset="iso-8859-1">' + "<p>5 µg – café</p>".encode("cp1252"), "5 µg – café", []),
        (b'<meta charset="iso-8859-1">' + "<p>5 µg – café</p>".encode(), "5 µg – café", []),
        ("<p>5 µg – café</p>".encode("utf-16"), "5 µg – café", []),
        (b'<meta charset="shift_jis">' + "<p>薬</p>".encode("shift_jis"), "薬", []),
        ("<p>donâ€™t</p>".encode(), "don’t", ["encoding_repaired"]),
    ],
)
def test_encodings(data: bytes, words: str, rules: list[str]) -> None:
    reading = read_html(Source("page.html", data))
    assert (reading.text, [finding.rule for finding in reading.findings]) == (words, rules)


@pytest.mark.parametrize(
    "data",
    [
        b"<div>" * 5000 + b"x",
        b"<p>" + b" " * MAX_BYTES + b"x",
        b"<p>a" * (MAX_TAGS + 1),
        b"<p " + b" ".join(b"a%d" % number for number in range(60_000)) + b">x",
    ],
    ids=["deep", "large", "many elements", "many attributes"],
)
def test_hostile_pages_are_rejected(data: bytes) -> None:
    with pytest.raises(MalformedSource):
        read_html(Source("page.html", data))


@pytest.mark.parametrize("data", [b"", b"<html><body></body></html>", b"<script>words()</script>", b"<!-- words -->"])
def test_a_page_without_words_is_rejected(data: bytes) -> None:
    with pytest.raises(EmptySource):
        read_html(Source("page.html", data))


# Real pages, where they are at hand.


def real_pages(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((SHARED / folder).glob("*.html"))


@shared
def test_real_pages_are_read_once_and_wholly() -> None:
    for path in real_pages("corpus/leaflets", "corpus/dailymed_html", "gold/monographs/scraped"):
        reading = read_html(Source(path.name, path.read_bytes()))
        assert spans_hold(reading), path
        assert said(reading) == text_nodes(path.read_bytes()), path


@shared
def test_monographs_are_exact() -> None:
    for path in real_pages("gold/monographs/scraped"):
        reading = read_html(Source(path.name, path.read_bytes()))
        gold = [json.loads(line) for line in Path(f"{path}.gold.jsonl").read_text(encoding="utf-8").splitlines()]
        kinds = [(block.kind, block.text) for block in reading.blocks]
        asked = ("faq_question", "faq_answer")
        pairs = [(a.text, b.text) for a, b in pairwise(reading.blocks) if (a.kind, b.kind) == asked]
        assert pairs == [(entry["question"], entry["answer"]) for entry in gold if entry["kind"] == "faq"]
        for entry in gold:
            if entry["kind"] in ("paragraph", "list_item", "callout"):
                assert (entry["kind"], " ".join(entry["text"].split())) in kinds
            elif entry["kind"] == "table":
                assert entry["rows"] in list(grids(reading))


def grids(reading: Reading) -> Iterator[list[list[str]]]:
    for table in reading.tables:
        cells = [cell for cell in reading.table_cells if cell.table_no == table.table_no]
        yield [[cell.text for cell in cells if cell.row_no == row] for row in range(1, table.n_rows + 1)]

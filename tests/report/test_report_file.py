"""report.html as a file: the same for the same build, closed to all but its own script and style."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from samples import make_label, publish

from labelpipe.report.marks import Span, cut
from labelpipe.report.page import visible
from labelpipe.report.write import write_report


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report_file")
    publish([make_label(name) for name in ("Lorvel", "Tarvel", "<b>Marvel")], folder / "out")
    for name in ("report.html", "again.html"):
        write_report(folder / "out/labels.duckdb", folder / name)
    return folder


def test_the_same_build_gives_the_same_bytes(folder: Path) -> None:
    assert (folder / "report.html").read_bytes() == (folder / "again.html").read_bytes()


def test_the_policy_names_the_script_and_the_style_and_nothing_else(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    policy = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', page)[0].replace("&#39;", "'")
    for tag in ("script", "style"):
        (words,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert f"{tag}-src 'sha256-{b64encode(sha256(words.encode()).digest()).decode()}';" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_nothing_is_loaded_and_nothing_is_inline(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert not re.search(r"<[^>]+\s(?:style|on\w+|src)=", page)
    assert all(link.startswith("#") for link in re.findall(r'\shref="([^"]*)"', page))


def test_every_id_is_there_once_and_every_link_leads_somewhere(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in re.findall(r'\shref="(#[^"]*)"', page)} <= set(ids)


def test_a_name_that_is_markup_is_words(folder: Path) -> None:
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "<b>Marvel" not in page
    assert "&lt;b&gt;Marvel" in page


def test_control_characters_are_shown() -> None:
    assert visible("a\u202eb\x00c\u2066") == "a⟨U+202E⟩b⟨U+0000⟩c⟨U+2066⟩"
    assert visible("line\n\ttab é") == "line\n\ttab é"


def test_spans_that_overlap_are_cut_where_either_ends() -> None:
    pieces = cut("abcdef", [Span("x", 0, 4), Span("y", 2, 6)])
    assert [(piece.text, piece.names) for piece in pieces] == [("ab", ("x",)), ("cd", ("x", "y")), ("ef", ("y",))]
    assert "".join(piece.text for piece in pieces) == "abcdef"

"""Search: whose words are found, in what order, and how the snippet marks them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from samples import make_label, publish

from labelpipe.store import search_index

WORDS = (
    "Alcohol withdrawal can bring seizures.",
    "A glass of alcohol now and then does no harm, so nobody minds.",
    "Take it with food.",
    "Its naïve users mistake the patches for plasters; a patch is none.",
    "Alcohol. Alcohol. Alcohol is not allowed.",
)


def label_of(name: str, words: tuple[str, ...]) -> Any:
    """A label whose paragraphs are these words."""
    label = make_label(name)
    blocks, at = [], 0
    for number, text in enumerate(words, 1):
        block = label.blocks[4]._replace(block_no=number, text=text, char_start=at, char_end=at + len(text))
        blocks.append(block._replace(locator=f"line {number}"))
        at += len(text) + 1
    facts = label.facts.__class__()
    return replace(label, text="\n".join(words), blocks=tuple(blocks), sections=(), facts=facts, findings=())


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("search")
    publish([label_of("Lorvel", WORDS), label_of("Tarvel", ("Store it dry.",))], folder)
    with duckdb.connect(str(folder / "labels.duckdb"), read_only=True) as con:
        yield con


def found(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[int, str]]:
    return con.execute(
        "SELECT block_no, snippet FROM search($1, mark_start := '<', mark_end := '>')", [query]
    ).fetchall()


def test_passages_with_all_words_come_first(con: duckdb.DuckDBPyConnection) -> None:
    assert [block_no for block_no, _ in found(con, "alcohol withdrawal")] == [1, 5, 2]


@pytest.mark.parametrize(
    ("query", "snippet"),
    [
        ("seizure", "Alcohol withdrawal can bring <seizures>."),
        ("SEIZURES!", "Alcohol withdrawal can bring <seizures>."),
        ("naive", "Its <naïve> users mistake the patches for plasters; a patch is none."),
        ("patch", "Its naïve users mistake the <patches> for plasters; a <patch> is none."),
        ("no harm", "A glass of alcohol now and then does <no> <harm>, so nobody minds."),
    ],
)
def test_words_find_their_other_forms_and_are_marked(con: duckdb.DuckDBPyConnection, query: str, snippet: str) -> None:
    assert [words for _, words in found(con, query)] == [snippet]


@pytest.mark.parametrize("query", ["", "the", "zebra", "%", "' OR 1=1 --", "\\p{"])
def test_what_is_nowhere_finds_nothing(con: duckdb.DuckDBPyConnection, query: str) -> None:
    assert found(con, query) == []


def test_no_more_than_asked_for(con: duckdb.DuckDBPyConnection) -> None:
    assert len(con.execute("FROM search('alcohol', max_hits := 2)").fetchall()) == 2


def test_long_passages_are_cut_around_the_words(tmp_path: Path) -> None:
    filler = "word " * 200
    publish([label_of("Lorvel", (f"{filler}needle {filler}",))], tmp_path)
    with duckdb.connect(str(tmp_path / "labels.duckdb"), read_only=True) as con:
        [(_, snippet)] = found(con, "needle")
    assert snippet.startswith("… word")
    assert snippet.endswith("word …")
    assert "<needle>" in snippet
    assert len(snippet) < 300


POSTINGS = """
    SELECT word, doc_id, block_no, n_times
    FROM search_index.postings JOIN search_index.words USING (word_no) JOIN search_index.passages USING (text_no)
    ORDER BY ALL
"""


def test_the_index_does_not_depend_on_its_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    labels = [label_of(name, (*WORDS, f"{name} is for {name} only")) for name in ("Lorvel", "Tarvel", "Zorvel")]
    results = []
    for chunk in (1, 1000):
        monkeypatch.setattr(search_index, "CHUNK_TEXTS", chunk)
        publish(labels, tmp_path / str(chunk))
        with duckdb.connect(str(tmp_path / str(chunk) / "labels.duckdb"), read_only=True) as con:
            hits = con.execute("FROM search('alcohol lorvel')").fetchall()
            results.append((hits, con.execute(POSTINGS).fetchall()))
    assert results[0] == results[1]
    assert all(results[0])

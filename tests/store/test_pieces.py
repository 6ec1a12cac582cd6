"""Rows that are sorted piece by piece: the same files, in less memory."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from samples import make_label, publish

from labelpipe.errors import PublishError
from labelpipe.store import pieces
from labelpipe.store.pieces import MAX_PIECES, is_in, piece_of
from labelpipe.store.release import Release

NAMES = ("Lorvel", "Tarvel", "Zorvel", "Marvel", "Norvel")
ids = st.integers(0, (1 << 64) - 1).map(lambda number: f"{number:016x}")


@given(ids, st.integers(1, MAX_PIECES))
def test_a_document_is_in_one_piece(doc_id: str, n_pieces: int) -> None:
    number = piece_of(doc_id, n_pieces)
    near = range(max(0, number - 1), min(n_pieces, number + 2))
    conditions = ", ".join(is_in(other, n_pieces) for other in near)
    (found,) = duckdb.execute(f"SELECT {conditions} FROM (SELECT '{doc_id}' AS doc_id)").fetchall()
    assert found == tuple(other == number for other in near)


def test_the_files_are_the_same_in_many_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(map(make_label, NAMES), tmp_path / "one")
    monkeypatch.setattr(pieces, "SHARE_OF_MEMORY", 0)
    publish(map(make_label, NAMES), tmp_path / "many")
    for path in (tmp_path / "one/parquet").iterdir():
        assert path.read_bytes() == (tmp_path / "many/parquet" / path.name).read_bytes()
    with duckdb.connect(str(tmp_path / "many/labels.duckdb"), read_only=True) as con:
        found = con.execute("SELECT doc_id FROM texts").fetchall()
    assert found == sorted(found)


def test_a_build_that_is_short_of_memory_keeps_what_was_parsed(tmp_path: Path) -> None:
    def runs_short() -> None:
        with Release(tmp_path / "out", "run-1") as release, duckdb.connect(config={"memory_limit": "8MB"}) as con:
            release.parts.folder.mkdir()
            (release.parts.folder / "part").touch()
            con.execute("SELECT list(range) FROM range(10_000_000)")

    with pytest.raises(PublishError, match=r"Out of Memory.*; what was parsed is taken up by .*--memory-mb"):
        runs_short()
    assert [path.name for path in (tmp_path / "out/releases").glob("*/parts/*")] == ["part"]

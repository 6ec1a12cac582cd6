"""Publishing: one step from the last good build to the next, whatever goes wrong on the way."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from samples import make_label, publish

from labelpipe.errors import OutputNotFound, PublishError
from labelpipe.store.release import KEPT_RELEASES, Release, published_database

HOLD_THE_LOCK = """
import sys
from pathlib import Path
from labelpipe.store.release import Release
with Release(Path(sys.argv[1]), "other"):
    print("holding", flush=True)
    sys.stdin.readline()
"""


def brands(output: Path) -> list[str]:
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:
        return [name for (name,) in con.execute("SELECT brand_name FROM documents ORDER BY 1").fetchall()]


def releases(output: Path) -> list[str]:
    return sorted(path.name for path in (output / "releases").iterdir())


def test_a_build_is_a_release_and_three_links(tmp_path: Path) -> None:
    publish([make_label()], tmp_path / "out", "run-1")
    links = {path.name: str(path.readlink()) for path in (tmp_path / "out").iterdir() if path.is_symlink()}
    assert links == {
        "current": "releases/run-1",
        "labels.duckdb": "current/labels.duckdb",
        "parquet": "current/parquet",
        "datapackage.json": "current/datapackage.json",
    }
    assert sorted(path.name for path in (tmp_path / "out/releases/run-1").iterdir()) == [
        "SHA256SUMS",
        "datapackage.json",
        "labels.duckdb",
        "parquet",
    ]


def test_an_output_folder_can_be_moved(tmp_path: Path) -> None:
    publish([make_label("Lorvel")], tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / "moved")
    assert brands(tmp_path / "moved") == ["Lorvel"]


def test_the_next_build_replaces_the_last_and_old_readers_keep_reading(tmp_path: Path) -> None:
    publish([make_label("Lorvel")], tmp_path, "run-1")
    with duckdb.connect(str(tmp_path / "releases/run-1/labels.duckdb"), read_only=True) as reader:
        for number in range(2, 3 + KEPT_RELEASES):
            publish([make_label("Tarvel")], tmp_path, f"run-{number}")
        assert not (tmp_path / "releases/run-1").exists()
        assert reader.execute("SELECT brand_name FROM documents").fetchall() == [("Lorvel",)]
        assert brands(tmp_path) == ["Tarvel"]


def test_the_newest_releases_are_kept(tmp_path: Path) -> None:
    for number in range(1, 6):
        publish([make_label()], tmp_path, f"run-{number}")
    assert releases(tmp_path) == [f"run-{number}" for number in range(6 - KEPT_RELEASES, 6)]


def test_the_current_release_is_kept_even_when_the_clock_went_backwards(tmp_path: Path) -> None:
    for run_id in ("run-8", "run-9", "run-1"):
        publish([make_label(run_id)], tmp_path, run_id)
    assert brands(tmp_path) == ["run-1"]


def test_two_processes_cannot_build_into_one_folder(tmp_path: Path) -> None:
    publish([make_label("Lorvel")], tmp_path)
    command = [sys.executable, "-c", HOLD_THE_LOCK, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "holding\n"
        with pytest.raises(PublishError, match="another build is writing"), Release(tmp_path, "run-2"):
            pass
        assert brands(tmp_path) == ["Lorvel"]
        other.communicate("done\n")
    publish([make_label("Tarvel")], tmp_path, "run-2")
    assert brands(tmp_path) == ["Tarvel"]


def test_a_build_that_fails_leaves_the_last_one_and_nothing_else(tmp_path: Path) -> None:
    publish([make_label("Lorvel")], tmp_path, "run-1")
    with pytest.raises(pa.ArrowInvalid), Release(tmp_path, "run-2") as release:
        release.add({"texts": pa.table({"doc_id": ["x"]}), "blocks": pa.table({"a": [1], "b": [1, 2]})})
    assert brands(tmp_path) == ["Lorvel"]
    assert releases(tmp_path) == ["run-1"]


def test_leftovers_of_a_dead_build_are_cleared(tmp_path: Path) -> None:
    dead = tmp_path / "releases/run-0.building/parts/blocks"
    dead.mkdir(parents=True)
    (dead / "000001.parquet").write_bytes(b"half a file")
    (tmp_path / ".current.new").symlink_to("releases/run-0")
    publish([make_label("Lorvel")], tmp_path, "run-1")
    assert releases(tmp_path) == ["run-1"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".lock",
        "current",
        "datapackage.json",
        "labels.duckdb",
        "parquet",
        "releases",
    ]


@pytest.mark.parametrize("name", ["current", "labels.duckdb", "parquet", "datapackage.json"])
@pytest.mark.parametrize("is_folder", [False, True], ids=["file", "folder"])
def test_what_others_put_there_is_never_overwritten(tmp_path: Path, name: str, is_folder: bool) -> None:
    foreign = tmp_path / name / "notes.txt" if is_folder else tmp_path / name
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text("somebody's work")
    with pytest.raises(PublishError, match="is in the way"):
        publish([make_label()], tmp_path, "run-1")
    assert foreign.read_text() == "somebody's work"
    assert releases(tmp_path) == []
    shutil.rmtree(tmp_path / name) if is_folder else foreign.unlink()
    publish([make_label("Lorvel")], tmp_path, "run-1")
    assert brands(tmp_path) == ["Lorvel"]


def test_an_output_that_cannot_be_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(PublishError, match="cannot be written"):
        publish([make_label()], tmp_path / "out")


def test_where_nothing_was_built_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputNotFound, match="labelpipe build"):
        published_database(tmp_path)
    with pytest.raises(OutputNotFound):
        published_database(tmp_path / "nowhere")

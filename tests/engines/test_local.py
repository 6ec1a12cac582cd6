"""The engine of one machine: what comes of documents that kill, hang or take too long."""

from pathlib import Path

import deadly
import pyarrow.parquet as pq
import pytest
from samples import write_pages

from labelpipe import batches
from labelpipe.batches import Manifest, ParseBatch, compose
from labelpipe.engines import local
from labelpipe.settings import Limits
from labelpipe.sources import find_documents

LIMITS = Limits()
NAMES = ("Lorvel", "Tarvel", "Zorvel", "Norvel", "Marvel", "Dorvel")


def run(raw: Path, folder: Path, workers: int, limits: Limits = LIMITS) -> Manifest:
    """Parse what is in a folder, and return the sum of what became of it."""
    work = ParseBatch(deadly.parse, folder, limits)
    manifests = list(local.run(work, compose(find_documents([raw])), workers))
    return sum(manifests[1:], manifests[0])


def read(folder: Path, table: str) -> list[dict[str, object]]:
    parts = sorted((folder / table).glob("*.parquet"))
    return [row for part in parts for row in pq.read_table(part).to_pylist()]


def rejected(folder: Path) -> list[tuple[object, object]]:
    return sorted((row["source_path"], row["rule"]) for row in read(folder, "rejects"))


def parsed(folder: Path) -> list[str]:
    return sorted(str(row["brand_name"]) for row in read(folder, "documents"))


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let workers import `deadly`; three documents are a batch."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr(batches, "BATCH_SIZE", 3)


def test_a_document_that_kills_is_named_and_the_others_are_kept(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", *NAMES)
    (raw / "m_deadly.txt").write_text("KILL")
    total = run(raw, tmp_path / "parts", workers=2)
    assert (total.n_parsed, total.n_rejected) == (6, 1)
    assert rejected(tmp_path / "parts") == [("m_deadly.txt", "killed_worker")]
    assert parsed(tmp_path / "parts") == sorted(NAMES)


def test_a_worker_that_dies_by_itself_costs_nothing(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", *NAMES)
    (raw / "once.txt").write_text(f"Take ONCE a day, with water.\n{tmp_path / 'memory'}")
    total = run(raw, tmp_path / "parts", workers=2)
    assert (total.n_parsed, total.n_rejected) == (7, 0)
    assert len(parsed(tmp_path / "parts")) == 7


def test_a_document_that_hangs_loses_its_worker_and_is_named(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", "Lorvel", "Tarvel", "Zorvel")
    (raw / "a_stuck.txt").write_text("HANG")
    run(raw, tmp_path / "parts", 2, Limits(seconds=2))
    assert rejected(tmp_path / "parts") == [("a_stuck.txt", "killed_worker")]
    assert parsed(tmp_path / "parts") == ["Lorvel", "Tarvel", "Zorvel"]


@pytest.mark.parametrize("workers", [1, 2])
def test_what_one_document_may_cost_is_limited(tmp_path: Path, workers: int) -> None:
    raw = write_pages(tmp_path / "raw", "Lorvel", "Tarvel")
    (raw / "long.txt").write_text("Take one tablet a day. " * 1000)
    (raw / "slow.txt").write_text("SLOW")
    (raw / "wide.txt").write_text("| a | b | c |\n|---|---|---|\n" + "| 1 | 2 | 3 |\n" * 40)
    (raw / "deep.html").write_text("<html><body>" + "<div>" * 100_000)
    run(raw, tmp_path / "parts", workers, Limits(seconds=2, source_bytes=20_000, table_cells=100))
    rules = dict(rejected(tmp_path / "parts"))
    assert rules["long.txt"] == "size_limit"
    assert rules["slow.txt"] == "time_limit"
    assert rules["wide.txt"] == "table_limit"
    assert parsed(tmp_path / "parts") == ["Lorvel", "Tarvel"]


def test_the_limit_of_cells_is_one_and_can_be_raised(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", "Lorvel")
    (raw / "wide.txt").write_text("| a | b | c |\n|---|---|---|\n" + "| 1 | 2 | 3 |\n" * 40)
    (raw / "wide.html").write_text("<table>" + "<tr><td>1<td>2<td>3" * 40 + "</table>")
    run(raw, tmp_path / "few", 1, Limits(seconds=60, table_cells=100))
    assert rejected(tmp_path / "few") == [("wide.html", "table_limit"), ("wide.txt", "table_limit")]
    run(raw, tmp_path / "many", 1, Limits(seconds=60, table_cells=130))
    assert rejected(tmp_path / "many") == []


def test_batches_depend_on_the_documents_and_on_nothing_else(tmp_path: Path) -> None:
    raw = write_pages(tmp_path / "raw", *NAMES)
    cut = [[given.path for given, _ in batch.documents] for batch in compose(find_documents([raw]))]
    assert cut == [["dorvel.txt", "lorvel.txt", "marvel.txt"], ["norvel.txt", "tarvel.txt", "zorvel.txt"]]

"""A build that knows the last one: what has not changed is not parsed again, and the result is a clean build's."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from samples import write_pages

from labelpipe import batches, fingerprint, pipeline
from labelpipe.contract import TABLES
from labelpipe.errors import GateRefused, NothingBuilt
from labelpipe.model import Label, Source
from labelpipe.pipeline import build
from labelpipe.report import write
from labelpipe.report.document import Page, read_pages
from labelpipe.report.kept_pages import kept_pages
from labelpipe.settings import Gate, Limits, Settings, Share
from labelpipe.store import amend, parquet
from labelpipe.store.checksums import differences
from labelpipe.store.verify import problems
from labelpipe.view.summary import summary_lines
from labelpipe.vocabulary import load, users_files


def ask(output: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def assert_same_bytes(one: Path, other: Path) -> None:
    for name in set(TABLES) - {"runs"}:
        path = Path("parquet", f"{name}.parquet")
        assert (one / path).read_bytes() == (other / path).read_bytes(), name


def assert_as_a_clean_build(raw: Path, output: Path, tmp_path: Path) -> None:
    build([raw], tmp_path / "clean")
    assert_same_bytes(output, tmp_path / "clean")
    assert list(problems(output)) == []


def interrupt(raw: Path, output: Path, batch_size: int) -> None:
    """Have a build stopped by hand at the last page, the batches before it done."""

    def stops(source: Source) -> Label:
        if source.path == "zorvel.txt":
            raise KeyboardInterrupt
        return parse(source)

    parse = pipeline.parse_source
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(batches, "BATCH_SIZE", batch_size)
        patched.setattr(pipeline, "parse_source", stops)
        with pytest.raises(KeyboardInterrupt):
            build([raw], output)


@pytest.fixture
def raw(root: Path, tmp_path: Path) -> Path:
    """Two pages, a page that is given twice, an openFDA response, and a PDF, which is rejected."""
    folder = write_pages(tmp_path / "raw", "Lorvel", "Tarvel", "Zorvel")
    shutil.copy(folder / "lorvel.txt", folder / "once_more.txt")
    for name in ("leaflet_scan.pdf", "openfda_response.xml"):
        shutil.copy(root / "raw" / name, folder)
    return folder


def change_a_page(raw: Path) -> None:
    with (raw / "tarvel.txt").open("a") as page:
        page.write("Keep it out of the reach of children.\n")


def remove_a_page(raw: Path) -> None:
    (raw / "zorvel.txt").unlink()


def move_a_page(raw: Path) -> None:
    (raw / "zorvel.txt").rename(raw / "moved.txt")


def add_a_twin(raw: Path) -> None:
    shutil.copy(raw / "tarvel.txt", raw / "twin.txt")
    shutil.copy(raw / "leaflet_scan.pdf", raw / "leaflet_twin.pdf")


def remove_a_twin(raw: Path) -> None:
    (raw / "once_more.txt").unlink()


def add_a_version(raw: Path) -> None:
    record = json.loads((raw / "openfda_response.xml").read_bytes())["results"][0]
    (raw / "next.json").write_text(json.dumps({**record, "version": "99"}))


@pytest.mark.parametrize("max_amended", [0, 100], ids=["written anew", "amended"])
@pytest.mark.parametrize(
    ("change", "n_parsed", "n_reused", "n_removed"),
    [
        (change_a_page, 1, 4, 0),
        (remove_a_page, 0, 4, 1),
        (move_a_page, 1, 4, 1),
        (add_a_twin, 0, 5, 0),
        (remove_a_twin, 0, 5, 0),
        (add_a_version, 1, 5, 0),
    ],
)
def test_what_changed_is_parsed_and_the_rest_carried_over(
    raw: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    max_amended: float,
    change: Any,
    n_parsed: int,
    n_reused: int,
    n_removed: int,
) -> None:
    monkeypatch.setattr(amend, "MAX_AMENDED", max_amended)
    build([raw], tmp_path / "out")
    change(raw)
    summary = build([raw], tmp_path / "out")
    assert (summary.n_parsed, summary.n_reused, summary.n_removed) == (n_parsed, n_reused, n_removed)
    assert ask(tmp_path / "out", "SELECT n_parsed, n_reused FROM runs") == [(n_parsed, n_reused)]
    assert_as_a_clean_build(raw, tmp_path / "out", tmp_path)


def test_a_database_amended_night_after_night_is_that_of_a_clean_build(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amend, "MAX_AMENDED", 100)
    monkeypatch.setattr(parquet, "ROWS_FOR_A_GROUP", 0.2)  # several row groups, most of them copied
    build([raw], tmp_path / "out")
    for change in (add_a_version, change_a_page, add_a_twin, move_a_page, remove_a_twin):
        change(raw)
        build([raw], tmp_path / "out", Settings(keep=9))
        assert list(problems(tmp_path / "out")) == [], change
    assert_as_a_clean_build(raw, tmp_path / "out", tmp_path)
    for sql in (
        "FROM search('reach of children')",
        "FROM search('blood pressure', max_hits := 99)",
        "FROM label_changes",
    ):
        assert ask(tmp_path / "out", sql) == ask(tmp_path / "clean", sql)
    assert ask(tmp_path / "out", "SELECT (settings->>'n_amended')::INTEGER FROM runs") == [(5,)]
    for release in (tmp_path / "out/releases").iterdir():
        assert list(differences(release)) == []


def test_the_report_keeps_the_pages_of_what_has_not_changed_and_no_others(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amend, "MAX_AMENDED", 100)
    with_report = Settings(report=True)
    build([raw], tmp_path / "out", with_report)
    read: list[str] = []

    def noted(con: duckdb.DuckDBPyConnection, doc_ids: list[str]) -> Iterator[Page]:
        read.extend(doc_ids)
        return read_pages(con, doc_ids)

    for change in (change_a_page, add_a_twin):
        change(raw)
        with monkeypatch.context() as watched:
            watched.setattr(write, "read_pages", noted)
            build([raw], tmp_path / "out", with_report)
    assert len(read) == 2  # the page that changed, and the one that has a twin now
    build([raw], tmp_path / "clean", with_report)
    articles = [kept_pages(tmp_path / name / "report.html", ()) for name in ("out", "clean")]
    assert len(articles[0]) == 5
    assert articles[0] == articles[1]
    after = [(tmp_path / name / "report.html").read_text().partition("<article")[2] for name in ("out", "clean")]
    assert after[0].rpartition("</article>")[0] == after[1].rpartition("</article>")[0]


def test_a_database_amended_too_often_is_written_anew(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(amend, "MAX_AMENDED", 0.8)
    build([raw], tmp_path / "out")
    amended = []
    for _ in range(3):
        change_a_page(raw)
        build([raw], tmp_path / "out")
        amended += ask(tmp_path / "out", "SELECT (settings->>'n_amended')::INTEGER FROM runs")
    assert amended == [(2,), (0,), (2,)]


def test_where_nothing_has_changed_the_last_release_stands(raw: Path, tmp_path: Path) -> None:
    first = build([raw], tmp_path / "out")
    again = build([raw], tmp_path / "out")
    assert (again.is_published, again.run_id) == (False, first.run_id)
    assert (again.n_documents, again.n_parsed, again.n_reused) == (first.n_documents, 0, first.n_parsed)
    assert (again.n_rejected, again.n_duplicates) == (first.n_rejected, first.n_duplicates)


def test_changed_words_of_one_format_concern_its_documents_alone(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([raw], tmp_path / "out")
    theirs = tmp_path / "words"
    theirs.mkdir()
    (theirs / "openfda.toml").write_text('[titles]\npurpose = ["What it is for"]\n')
    monkeypatch.setenv("LABELPIPE_VOCABULARY", str(theirs))
    forget_words()
    try:
        summary = build([raw], tmp_path / "out")
    finally:
        monkeypatch.undo()
        forget_words()
    assert (summary.n_parsed, summary.n_reused) == (2, 3)


def forget_words() -> None:
    for remembered in (load, users_files, fingerprint.parser_version, fingerprint.everything):
        remembered.cache_clear()


def test_each_format_depends_on_its_own_reader_and_not_on_the_others() -> None:
    concerned = {name: {p.name for p in fingerprint._concerning(name)} for name in fingerprint.FORMATS}
    assert all("text.py" not in concerned[name] for name in ("html", "spl", "openfda"))
    assert "openfda_text.py" in concerned["openfda"]
    assert "openfda_text.py" not in concerned["spl"] | concerned["html"] | concerned["text"]
    assert all({"sections.npz", "doses.py", "model.py", "sniff.py"} <= names for names in concerned.values())
    assert all({"rows.py", "fact_tables.py"} <= names for names in concerned.values())
    assert all({"odcs.py", "ddl.py", "pipeline.py"}.isdisjoint(names) for names in concerned.values())
    assert "outline(" in fingerprint._stages()
    words = {name: set(fingerprint._vocabulary(name)) for name in fingerprint.FORMATS}
    assert "openfda" in words["openfda"]
    assert "html" in words["html"]
    assert {"openfda", "html"}.isdisjoint(words["text"])
    assert all({"spl", "cues", "doses"} <= names for names in words.values())


def test_other_limits_are_another_build(raw: Path, tmp_path: Path) -> None:
    build([raw], tmp_path / "out")
    summary = build([raw], tmp_path / "out", Settings(limits=Limits(source_bytes=3000)))
    assert summary.n_reused == 0
    assert summary.n_rejected > 1


def test_rejects_are_parsed_again_when_asked_for(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(source: Source) -> Label:
        if source.path == "tarvel.txt":
            raise KeyError("a mistake")
        return parse(source)

    parse = pipeline.parse_source
    monkeypatch.setattr(pipeline, "parse_source", fails)
    assert build([raw], tmp_path / "out").n_rejected == 2
    monkeypatch.undo()
    assert not build([raw], tmp_path / "out").is_published
    summary = build([raw], tmp_path / "out", Settings(retry_rejects=True))
    assert (summary.n_parsed, summary.n_reused, summary.n_rejected) == (1, 4, 1)
    assert_as_a_clean_build(raw, tmp_path / "out", tmp_path)


def test_rejects_that_are_tried_again_in_vain_are_no_new_release(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (raw / "gone.txt").symlink_to("nowhere")
    first = build([raw], tmp_path / "out")
    assert first.n_rejected == 2
    again = build([raw], tmp_path / "out")
    assert (again.is_published, again.run_id, again.n_rejected) == (False, first.run_id, 2)
    assert not build([raw], tmp_path / "out", Settings(retry_rejects=True)).is_published
    assert summary_lines(again) == [
        f"nothing has changed in 8 documents (2 of them rejected, as before); {tmp_path}/out stands as it was"
    ]
    (raw / "gone.txt").unlink()
    (raw / "gone.txt").write_text("Lorvel is prescribed to adults whose blood pressure stays too high.\n")
    assert build([raw], tmp_path / "out").n_parsed == 1
    assert_as_a_clean_build(raw, tmp_path / "out", tmp_path)


def test_an_interrupted_build_is_taken_up(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interrupt(raw, tmp_path / "out", batch_size=2)
    parse = pipeline.parse_source
    seen: list[str] = []

    def noted(source: Source) -> Label:
        seen.append(source.path)
        return parse(source)

    monkeypatch.setattr(pipeline, "parse_source", noted)
    summary = build([raw], tmp_path / "out")
    assert seen == ["tarvel.txt", "zorvel.txt"]  # the batch that was not done
    assert (summary.n_parsed, summary.n_reused) == (5, 0)
    assert_as_a_clean_build(raw, tmp_path / "out", tmp_path)
    assert not list((tmp_path / "out/releases").glob("*.building"))


def test_a_part_that_a_power_cut_left_empty_is_parsed_again(raw: Path, tmp_path: Path) -> None:
    interrupt(raw, tmp_path / "out", batch_size=2)
    (part, *_) = sorted((tmp_path / "out/releases").glob("*.building/parts/blocks/*.parquet"))
    part.write_bytes(bytes(part.stat().st_size))
    build([raw], tmp_path / "out")
    assert_as_a_clean_build(raw, tmp_path / "out", tmp_path)


def test_an_interrupted_build_of_other_documents_is_of_no_use(raw: Path, tmp_path: Path) -> None:
    interrupt(raw, tmp_path / "out", batch_size=1)
    change_a_page(raw)
    (raw / "lorvel.txt").unlink()
    build([raw], tmp_path / "out")
    assert_as_a_clean_build(raw, tmp_path / "out", tmp_path)


@pytest.mark.parametrize(
    ("gate", "told"),
    [
        (Gate(max_rejects=Share(1)), "2 of 6 documents were rejected, 1 may be: bad.pdf, leaflet_scan.pdf"),
        (Gate(max_rejects=Share.parse("20%")), "2 of 6 documents were rejected"),
        (Gate(max_vanished=Share(0)), "2 of 5 labels are gone since the last build, 0 may be: tarvel, zorvel"),
        (Gate(max_emptied=5), "documents.brand_name has a value in"),
    ],
)
def test_the_gate_lets_no_bad_build_through_and_says_where_to_look(
    raw: Path, tmp_path: Path, gate: Gate, told: str
) -> None:
    build([raw], tmp_path / "out")
    before = (tmp_path / "out/current").readlink()
    (raw / "bad.pdf").write_bytes(b"%PDF-1.7\n")
    for name in ("tarvel", "zorvel"):
        (raw / f"{name}.txt").unlink()
    (raw / "lorvel.txt").write_text("Lorvel is prescribed to adults whose blood pressure stays too high.\n")
    with pytest.raises(GateRefused, match="the last one stands") as refused:
        build([raw], tmp_path / "out", Settings(gate=gate))
    assert told in str(refused.value)
    assert (tmp_path / "out/current").readlink() == before
    forced = build(
        [raw], tmp_path / "out", Settings(gate=Gate(gate.max_rejects, gate.max_vanished, gate.max_emptied, True))
    )
    assert any(told in doubt for doubt in forced.doubts)
    assert (tmp_path / "out/current").readlink() != before


def test_a_build_within_its_gate_is_published(raw: Path, tmp_path: Path) -> None:
    gate = Gate(max_rejects=Share(1), max_vanished=Share.parse("50%"), max_emptied=10)
    build([raw], tmp_path / "out", Settings(gate=gate))
    change_a_page(raw)
    assert build([raw], tmp_path / "out", Settings(gate=gate)).doubts == ()


def test_when_everything_left_is_rejected_the_last_build_stands(raw: Path, tmp_path: Path) -> None:
    build([raw], tmp_path / "out")
    for path in raw.iterdir():
        if path.suffix != ".pdf":
            path.unlink()
    with pytest.raises(NothingBuilt, match=r"leaflet_scan\.pdf"):
        build([raw], tmp_path / "out")
    assert list(problems(tmp_path / "out")) == []

"""Runs as a scheduler starts them: exit codes, logs and summaries for machines, full disks, the way back."""

import json
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from samples import write_pages

from labelpipe.store.verify import problems

Done = subprocess.CompletedProcess[str]


def labelpipe(*words: object, file_bytes: int | None = None) -> Done:
    def limit() -> None:
        if file_bytes:
            resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))

    command = [sys.executable, "-m", "labelpipe", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=limit)


@pytest.fixture
def raw(root: Path, tmp_path: Path) -> Path:
    """Two pages and a PDF."""
    folder = write_pages(tmp_path / "raw", "Lorvel", "Tarvel")
    shutil.copy(root / "raw/leaflet_scan.pdf", folder)
    return folder


def test_a_run_is_told_to_machines(raw: Path, tmp_path: Path) -> None:
    done = labelpipe("build", raw, "-o", tmp_path / "out", "--log-json", "--summary-json", "-")
    assert done.returncode == 0
    summary = json.loads(done.stdout)
    assert (summary["n_documents"], summary["n_parsed"], summary["n_rejected"]) == (3, 2, 1)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["stage"] for event in events if event["event"] == "stage"] == [
        "scan",
        "parse",
        "assemble",
        "report",
        "publish",
    ]
    assert events[-1]["event"] == "built"
    assert summary["exit_code"] == 0
    assert {"timestamp", "level"} <= events[0].keys()


def test_too_many_rejects_end_with_5_and_forced_ones_with_6(raw: Path, tmp_path: Path) -> None:
    refused = labelpipe("build", raw, "-o", tmp_path / "out", "--max-rejects", "10%")
    assert refused.returncode == 5
    assert "1 of 3 documents were rejected, 10 % may be: leaflet_scan.pdf" in refused.stderr
    assert not (tmp_path / "out/current").exists()
    logged = labelpipe("build", raw, "-o", tmp_path / "out", "--max-rejects", "0", "--log-json")
    assert logged.returncode == 5
    assert json.loads(logged.stderr.splitlines()[-1])["kind"] == "GateRefused"
    forced = labelpipe("build", raw, "-o", tmp_path / "out", "--max-rejects", "0", "--force")
    assert forced.returncode == 6
    assert list(problems(tmp_path / "out")) == []
    assert labelpipe("build", raw, "-o", tmp_path / "out", "--max-rejects", "many").returncode == 2


def test_replay_builds_what_the_last_build_was_made_of(raw: Path, tmp_path: Path) -> None:
    labelpipe("build", raw, "-o", tmp_path / "out", "-q", "--max-seconds", "50")
    (raw / "leaflet_scan.pdf").write_text("Lorvel is prescribed to adults whose blood pressure stays too high.\n")
    done = labelpipe("replay", "-o", tmp_path / "out")
    assert done.returncode == 0
    assert "3 of 3 documents built" in done.stderr
    assert "2 were carried over from the last build, and 1 parsed" in done.stderr
    listed = labelpipe("releases", "-o", tmp_path / "out").stdout.splitlines()
    assert [line[:1] for line in listed] == [" ", "*", " "]
    assert labelpipe("rollback", "-o", tmp_path / "out").returncode == 0
    assert labelpipe("releases", "-o", tmp_path / "out").stdout.splitlines()[2].startswith("*")
    assert labelpipe("replay", "-o", tmp_path / "nowhere").returncode == 2


def test_a_full_disk_is_said_and_the_last_build_stands(raw: Path, tmp_path: Path) -> None:
    labelpipe("build", raw, "-o", tmp_path / "out", "-q")
    before = (tmp_path / "out/current").readlink()
    write_pages(raw, "Zorvel")
    done = labelpipe("build", raw, "-o", tmp_path / "out", file_bytes=200_000)
    assert (done.returncode, done.stdout) == (1, "")
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "out/current").readlink() == before
    assert [path.name for path in (tmp_path / "out/releases").iterdir()] == [before.name]
    assert list(problems(tmp_path / "out")) == []


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no file system here that nobody can write")
def test_an_output_that_cannot_be_written_is_said(raw: Path) -> None:
    done = labelpipe("build", raw, "-o", "/proc/labelpipe")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr


def test_a_commit_for_which_there_is_no_room_is_said_too(raw: Path, tmp_path: Path) -> None:
    """The log that DuckDB commits to is what fills the disk here, and not one of the files that are published."""
    done = labelpipe("build", raw, "-o", tmp_path / "out", file_bytes=2_000_000)
    assert done.returncode == 1
    assert "No space left" in done.stderr or "could not be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_summary_of_a_failed_run_is_its_own_and_not_that_of_the_run_before(raw: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary.json"
    labelpipe("build", raw, "-o", tmp_path / "out", "-q", "--summary-json", summary)
    assert json.loads(summary.read_text())["n_parsed"] == 2
    write_pages(raw, "Zorvel")
    labelpipe("build", raw, "-o", tmp_path / "out", "-q", "--max-rejects", "0", "--summary-json", summary)
    told = json.loads(summary.read_text())
    assert (told["exit_code"], told["kind"], told["is_published"]) == (5, "GateRefused", False)
    assert "leaflet_scan.pdf" in told["message"]


def test_a_summary_that_cannot_be_written_is_said_before_the_build(raw: Path, tmp_path: Path) -> None:
    done = labelpipe("build", raw, "-o", tmp_path / "out", "--summary-json", tmp_path / "nowhere/summary.json")
    assert done.returncode == 2
    assert "nowhere/summary.json cannot be written (No such file or directory)" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_folder_without_documents_is_told_from_one_of_bad_documents(tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    done = labelpipe("build", tmp_path / "inbox", "-o", tmp_path / "out")
    assert done.returncode == 3
    assert "there are no files to read" in done.stderr


def test_an_output_inside_the_input_is_refused(raw: Path) -> None:
    done = labelpipe("build", raw, "-o", raw / "out")
    assert done.returncode == 2
    assert "the next build would read it" in done.stderr
    assert not (raw / "out").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_is_stopped_ends_in_order_and_the_next_one_ends_the_work(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    raw = write_pages(tmp_path / "raw", *(f"Lorvel{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(40)))
    command = [sys.executable, "-m", "labelpipe", "build", str(raw), "-o", str(tmp_path / "out"), "--log-json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        next(line for line in process.stderr if '"planned"' in line)
        process.send_signal(number)
        events = [json.loads(line) for line in process.stderr]
    assert process.returncode == code
    assert (events[-1]["kind"], events[-1]["exit_code"]) == ("Interrupted", code)
    assert not (tmp_path / "out/current").exists()
    assert labelpipe("build", raw, "-o", tmp_path / "out", "-q").returncode == 0
    assert list(problems(tmp_path / "out")) == []

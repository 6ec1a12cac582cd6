"""The releases that are still there, the way back, and proof that their files are as they were."""

import subprocess
from pathlib import Path

import pytest
from samples import make_label, publish
from test_release import brands

from labelpipe.errors import OutputNotFound
from labelpipe.store.checksums import differences
from labelpipe.store.past import past_releases, rollback
from labelpipe.store.release import Release


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Three releases, the last one current."""
    for number, name in enumerate(("Lorvel", "Tarvel", "Zorvel"), 1):
        publish([make_label(name)], tmp_path, f"run-{number}")
    return tmp_path


def test_releases_are_listed_with_what_they_hold(output: Path) -> None:
    assert [(one.run_id, one.is_current, one.n_parsed) for one in past_releases(output)] == [
        ("run-3", True, 1),
        ("run-2", False, 1),
        ("run-1", False, 1),
    ]


def test_one_call_goes_back_and_another_further_back(output: Path) -> None:
    assert rollback(output).run_id == "run-2"
    assert brands(output) == ["Tarvel"]
    assert rollback(output).run_id == "run-1"
    assert brands(output) == ["Lorvel"]
    with pytest.raises(OutputNotFound, match="no earlier release"):
        rollback(output)


def test_a_release_can_be_named(output: Path) -> None:
    rollback(output, "run-1")
    rollback(output, "run-3")
    assert brands(output) == ["Zorvel"]
    with pytest.raises(OutputNotFound, match="no release run-9"):
        rollback(output, "run-9")


def test_as_many_releases_stay_as_were_asked_for(tmp_path: Path) -> None:
    for number in range(1, 6):
        with Release(tmp_path, f"run-{number}", keep=4) as release:
            release.database.touch()
            release.publish()
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == [f"run-{n}" for n in range(2, 6)]


def test_the_checksums_are_those_that_sha256sum_reads(output: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=output / "current", check=False)
    assert done.returncode == 0
    assert list(differences(output / "current")) == []


def test_a_file_that_changed_is_gone_or_is_new_is_told(output: Path) -> None:
    release = output / "current"
    (release / "parquet/doses.parquet").unlink()
    (release / "parquet/notes.txt").write_text("somebody's")
    with (release / "parquet/texts.parquet").open("ab") as file:
        file.write(b"x")
    told = [line.removeprefix(f"{release}/parquet/") for line in differences(release)]
    assert told == [
        "doses.parquet is missing",
        "notes.txt does not belong to the release",
        "texts.parquet is not as it was published",
    ]

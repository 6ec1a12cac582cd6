"""Settings: where each comes from, which of two weighs more, and what is wrong with a file that says nonsense."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from samples import write_pages


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "labelpipe", *words]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)


def setting(said: str, command: str, name: str) -> list[str]:
    """Return where a setting comes from and its value, as `labelpipe config` prints them."""
    lines = [line.split(maxsplit=3) for line in said.splitlines()]
    return next(line[2:] for line in lines if line[:2] == [command, name])


def test_flags_weigh_more_than_the_environment_and_that_more_than_the_file(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", "Lorvel")
    assert setting(run(tmp_path, "config").stdout, "build", "output") == ["default", "output"]
    (tmp_path / "labelpipe.toml").write_text('[build]\noutput = "from_file"\n')
    assert setting(run(tmp_path, "config").stdout, "build", "output") == ["labelpipe.toml", "from_file"]
    env = {"LABELPIPE_BUILD_OUTPUT": "from_env"}
    assert setting(run(tmp_path, "config", **env).stdout, "build", "output") == ["environment", "from_env"]
    for words, environment, built in (
        (("build", "raw"), {}, "from_file"),
        (("build", "raw"), env, "from_env"),
        (("build", "raw", "-o", "from_flag"), env, "from_flag"),
    ):
        assert run(tmp_path, *words, **environment).returncode == 0
        assert (tmp_path / built / "labels.duckdb").is_file()


def test_where_builds_go_is_where_every_command_looks(tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", "Lorvel")
    (tmp_path / "labelpipe.toml").write_text('[build]\noutput = "labels"\n[diff]\noutput = "elsewhere"\n')
    assert run(tmp_path, "build", "raw").returncode == 0
    for words in (("validate",), ("releases",), ("query", "FROM documents"), ("show", "Lorvel"), ("replay",)):
        done = run(tmp_path, *words)
        assert done.returncode == 0, done.stderr
    said = run(tmp_path, "config").stdout
    assert setting(said, "query", "output") == ["labelpipe.toml", "labels"]
    assert setting(said, "diff", "output") == ["labelpipe.toml", "elsewhere"]
    assert run(tmp_path, "validate", "-o", "nowhere").returncode == 2


def test_a_file_can_be_named(tmp_path: Path) -> None:
    (tmp_path / "night.toml").write_text("[build]\nquiet = true\n")
    assert setting(run(tmp_path, "--config", "night.toml", "config").stdout, "build", "quiet")[1] == "True"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("[build]\nouput = 'x'\n", "[build] has no setting 'ouput'; it has "),
        ("[bild]\noutput = 'x'\n", "[bild] is no command; it has build, "),
        ("[build\n", "labelpipe.toml cannot be read: "),
        ("vocabulary = 'nowhere'\n", "nowhere is no folder of vocabulary files"),
    ],
)
def test_nonsense_is_not_ignored(words: str, told: str, tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", "Lorvel")
    (tmp_path / "labelpipe.toml").write_text(words)
    done = run(tmp_path, "build", "raw")
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("boilerplate", "nosie_lines = ['x']", "boilerplate.toml: nosie_lines is not known; ours has noise_lines, "),
        ("cues", "[side_effects]\nstrong = ['x']", "cues.toml: side_effects is not known"),
        ("cues", "[overdosage]\nstrong = 'x'", "cues.toml: overdosage: strong is a str, and ours is a list"),
        ("words", "x = 1", "would lie over nothing"),
        ("cues", "[overdosage", "is no TOML"),
    ],
)
def test_words_that_would_be_ignored_are_mistakes(name: str, words: str, told: str, tmp_path: Path) -> None:
    write_pages(tmp_path / "raw", "Lorvel")
    (tmp_path / f"{name}.toml").write_text(words)
    done = run(tmp_path, "build", "raw", LABELPIPE_VOCABULARY=str(tmp_path))
    assert done.returncode == 2
    assert told in done.stderr


def test_a_users_words_lie_over_ours(tmp_path: Path) -> None:
    """Another site's furniture becomes noise, and its heading opens a section, without touching the package."""
    raw = write_pages(tmp_path / "raw", "Lorvel")
    page = raw / "lorvel.txt"
    page.write_text(page.read_text() + "Grab our newsletter!\nWhom we keep it from\nAnyone with gout.\n")
    words = tmp_path / "words"
    words.mkdir()
    (words / "boilerplate.toml").write_text('noise_lines = ["grab our newsletter!"]\n')
    (words / "headings.toml").write_text('[contraindications]\nwhole = ["Whom we keep it from"]\n')
    (tmp_path / "labelpipe.toml").write_text('vocabulary = "words"\n')
    said = run(tmp_path, "show", "raw/lorvel.txt").stdout
    plain = run(tmp_path, "show", "raw/lorvel.txt", LABELPIPE_VOCABULARY="").stdout
    assert "noise" in next(line for line in said.splitlines() if "newsletter" in line)
    assert "contraindications" in next(line for line in said.splitlines() if "gout" in line)
    assert plain != said

"""The rules of the house that no single module shows: import order, file sizes, dependencies, vocabulary."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import re2

from labelpipe.vocabulary import load, pattern, sections

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))
VOCABULARY = sorted(path.stem for path in (ROOT / "src/labelpipe/vocabulary").glob("*.toml"))

MAX_LINES = 250
LONGER = {
    "model.py": "every record that travels, one after the other; cutting it would hide what belongs together",
    "html_walk.py": "one walker with one state; what it does with an element is in files of its own",
}

NO_PHRASES = {"boilerplate", "fields", "findings", "sections", "spreads", "unit_factors", "units"}
"""Vocabulary files whose words are compared as they are, or are expressions of their own."""

NO_PACKAGE = {"labelpipe", *sys.stdlib_module_names}
"""Top-level modules that need not be declared: ours and Python's."""


def test_imports_go_one_way() -> None:
    pytest.importorskip("importlinter")
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "src/labelpipe")))
def test_a_file_holds_one_idea(path: Path) -> None:
    n_lines = len(path.read_text(encoding="utf-8").splitlines())
    assert n_lines <= MAX_LINES or path.name in LONGER, f"{n_lines} lines: cut it, or give the reason above"


def imported_modules() -> dict[str, set[str]]:
    """Return the top-level modules that the package imports, each with the files; training has needs of its own."""
    found: dict[str, set[str]] = {}
    for path in (path for path in SOURCES if path.parent.name != "training"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(path.name)
    return found


def declared_distributions() -> set[str]:
    """Return what the package needs; a line with nothing but an upper bound holds back what another one needs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = (*project["dependencies"], *project["optional-dependencies"]["cluster"])
    needs = (words for words in declared if not re.fullmatch(r"[\w-]+<[\d.]+", words))
    return {re.split(r"[\[<>=!~ ]", words)[0].lower() for words in needs}


def test_every_dependency_is_used() -> None:
    homes = packages_distributions()
    used = {home.lower() for module in imported_modules() for home in homes.get(module, ())}
    assert declared_distributions() <= used


def test_everything_imported_is_declared() -> None:
    homes = packages_distributions()
    for module, files in imported_modules().items():
        given = {home.lower() for home in homes.get(module, ())}
        assert module in NO_PACKAGE or given & declared_distributions(), f"{module}, imported by {sorted(files)}"


def words_of(entry: Any) -> Iterator[str]:
    """Yield every text of a vocabulary entry, however deep."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, dict):
        for value in entry.values():
            yield from words_of(value)
    elif isinstance(entry, list):
        for value in entry:
            yield from words_of(value)


@pytest.mark.parametrize("name", VOCABULARY)
def test_every_phrase_compiles_in_both_engines(name: str) -> None:
    if name in NO_PHRASES:
        return
    for words in words_of(load(name)):
        phrase = re.sub(r"\{\w+\}", "it", words)
        re.compile(pattern(phrase))
        re2.compile(pattern(phrase))


@pytest.mark.parametrize("name", ["cues", "headings"])
def test_words_stand_under_sections_that_exist(name: str) -> None:
    assert set(load(name)) <= set(sections())


def sections_named(entry: Any) -> Iterator[str]:
    """Yield what stands under `section`, `sections`, `parent` and `counts_as`, however deep."""
    if isinstance(entry, dict):
        for key, value in entry.items():
            if key in ("section", "parent") or (key in ("sections", "counts_as") and not is_table_of_tables(value)):
                yield from words_of(value)
            else:
                yield from sections_named(value)


def is_table_of_tables(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(entry, dict) for entry in value.values())


@pytest.mark.parametrize("name", VOCABULARY)
def test_sections_named_in_vocabulary_files_exist(name: str) -> None:
    assert set(sections_named(load(name))) <= set(sections())


SKIPPED_FOLDERS = {"__pycache__", "build", "dist", "output"}
HOSTS = re.compile(rb"https?://[\w.-]*(?:pypi|pythonhosted|artifactory|nexus)|--(?:extra-)?index-url[ =]+\S", re.I)


def repository_files() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        hidden = any(part.startswith(".") and part not in (".ci", ".gitignore") for part in parts)
        if path.is_file() and not hidden and not SKIPPED_FOLDERS & set(parts):
            yield path


def test_no_file_mentions_this_machine_or_a_package_index() -> None:
    here = {str(path) for path in (ROOT, Path.home(), Path(sys.prefix)) if len(path.parts) > 1}
    places = re.compile(rb"(?<![\w.}/])(?:" + b"|".join(re.escape(place.encode()) for place in sorted(here)) + rb")\b")
    for path in repository_files():
        data = path.read_bytes()
        assert not places.search(data), path
        assert not HOSTS.search(data), path

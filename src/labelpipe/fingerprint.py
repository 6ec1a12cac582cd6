"""What a parse depends on besides the document: code, words and models, as one short hash for each source format.

A row made under one fingerprint is the row that the same document gives under it again, so that it need not be parsed.
What only one format's reader uses concerns the documents of that format and no others.
"""

import ast
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from labelpipe._version import __version__
from labelpipe.vocabulary import load

FORMATS = ("text", "html", "spl", "openfda")

_SHARED = ("sections", "extract", "findings", "vocabulary")
_SHARED_MODULES = ("model.py", "learned.py", "ucum.py", "batches.py")
_ROWS = ("__init__.py", "columns.py", "rows.py", "spans.py", "validate.py", "*_tables.py")
"""What of the contract makes rows and checks them; the rest of it is for consumers."""
_ACROSS = ("findings/forms.py", "findings/other_labels.py")
"""What compares documents with each other, in every build anew."""
_READER = re.compile(r"^\s*from labelpipe\.readers\.(\w+) import", re.M)
_LOADED = re.compile(r"\bload\(\"(\w+)\"\)")
_ROOT = Path(str(files("labelpipe")))


@cache
def parser_version(source_format: str) -> str:
    """Return the version of labelpipe with the hash of what the documents of a format depend on: `0.1.0+1f0c...`."""
    return f"{__version__}+{_hash(_concerning(source_format), _vocabulary(source_format), _stages())}"


@cache
def everything() -> str:
    """Return the hash of the whole package and all words: what is published depends on nothing else of ours."""
    found = (path for path in _ROOT.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return _hash(tuple(sorted(found)), tuple(sorted(path.stem for path in (_ROOT / "vocabulary").glob("*.toml"))))


def _concerning(source_format: str) -> tuple[Path, ...]:
    """Return the files of code and models that concern a format: all, less the readers of the other formats."""
    readers = _ROOT / "readers"
    own = _closure(readers / f"{source_format}.py")
    others = frozenset[Path]().union(*(_closure(readers / f"{name}.py") for name in FORMATS)) - own - _before_reading()
    shared = (path for name in _SHARED for path in (_ROOT / name).iterdir() if path.suffix in (".py", ".npz"))
    modules = (_ROOT / name for name in _SHARED_MODULES)
    rows = (path for name in _ROWS for path in (_ROOT / "contract").glob(name))
    return tuple(
        sorted({*shared, *modules, *rows, *readers.glob("*.py")} - others - {_ROOT / name for name in _ACROSS})
    )


def _stages() -> str:
    """Return the words of the function that a document goes through; the rest of its module is about builds."""
    words = (_ROOT / "pipeline.py").read_text(encoding="utf-8")
    functions = {node.name: node for node in ast.parse(words).body if isinstance(node, ast.FunctionDef)}
    return ast.get_source_segment(words, functions["parse_source"]) or ""


def _before_reading() -> frozenset[Path]:
    """Return the modules that tell formats apart and open containers."""
    entries = (_ROOT / "readers" / name for name in ("__init__.py", "containers.py"))
    names = {name for path in entries for name in _READER.findall(path.read_text(encoding="utf-8"))} - {*FORMATS}
    return frozenset[Path]().union(*(_closure(_ROOT / "readers" / f"{name}.py") for name in names))


def _vocabulary(source_format: str) -> tuple[str, ...]:
    """Return the vocabulary files that concern a format: all, less those that only another format's reader loads."""
    loaded = {name for path in _concerning(source_format) if path.suffix == ".py" for name in _loaded(path)}
    known = sorted(path.stem for path in (_ROOT / "vocabulary").glob("*.toml"))
    return tuple(name for name in known if name in loaded or name not in FORMATS)


def _closure(module: Path) -> frozenset[Path]:
    """Return a reader's module with all modules of readers that it imports, directly or through others."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        path = waiting.pop()
        if path not in found and path.is_file():
            found.add(path)
            names = _READER.findall(path.read_text(encoding="utf-8"))
            waiting.extend(path.with_name(f"{name}.py") for name in names)
    return frozenset(found)


@cache
def _loaded(path: Path) -> frozenset[str]:
    return frozenset(_LOADED.findall(path.read_text(encoding="utf-8")))


def _hash(paths: tuple[Path, ...], vocabulary: tuple[str, ...], words: str = "") -> str:
    sha256 = hashlib.sha256(words.encode())
    for path in paths:
        sha256.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for name in vocabulary:
        sha256.update(json.dumps([name, load(name)], default=str).encode())
    return sha256.hexdigest()[:12]

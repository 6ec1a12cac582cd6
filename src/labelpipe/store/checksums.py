"""SHA256SUMS: the hash of every file of a release, in the form that `sha256sum -c` reads."""

import hashlib
from collections.abc import Iterator, Mapping, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

NAME = "SHA256SUMS"

CHUNK_BYTES = 16 << 20
"""Read and hashed at once: while that lasts, another thread can work."""


def write_checksums(folder: Path, known: Mapping[str, str] | None = None) -> None:
    """Write down the hash of every file in a folder; those that are known already, by name, are not hashed again."""
    hashes = known or {}
    lines = [f"{hashes.get(name) or _hash(folder / name)}  {name}\n" for name in _files(folder)]
    (folder / NAME).write_text("".join(lines), encoding="utf-8")


@contextmanager
def hashed_meanwhile(path: Path, hashes: MutableMapping[str, str]) -> Iterator[None]:
    """Hash a file that does not change any more while something else is done; its hash is put to the others."""
    with ThreadPoolExecutor(max_workers=1) as aside:
        hashing = aside.submit(_hash, path)
        yield
        hashes[path.name] = hashing.result()


def differences(folder: Path) -> Iterator[str]:
    """Yield how the files of a folder differ from what was written down, one line each."""
    sums = folder / NAME
    if not sums.is_file():
        yield f"{sums} is missing: nothing says what the files were"
        return
    lines = (line.partition("  ") for line in sums.read_text(encoding="utf-8").splitlines())
    written = {name: sha256 for sha256, _, name in lines}
    there = {*_files(folder)}
    for name in sorted({*written} - there):
        yield f"{folder / name} is missing"
    for name in sorted(there - {*written}):
        yield f"{folder / name} does not belong to the release"
    for name in sorted(there & {*written}):
        if _hash(folder / name) != written[name]:
            yield f"{folder / name} is not as it was published"


def _files(folder: Path) -> list[str]:
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return sorted(name for name in found if name != NAME)


def _hash(path: Path) -> str:
    sha256 = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while chunk := file.read(CHUNK_BYTES):
            sha256.update(chunk)
    return sha256.hexdigest()

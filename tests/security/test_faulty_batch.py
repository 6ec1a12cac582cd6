"""Twenty kinds of fault in a batch of honest documents: each is a reject that says why, and the rest is untouched."""

import bz2
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from labelpipe.contract import DOCUMENT_TABLES
from labelpipe.pipeline import build

RAW = Path(__file__).parents[2] / "raw"
SPL = (RAW / "levothyroxine_spl.xml").read_bytes()
PAGE = (RAW / "pantoprazole_page.html").read_bytes()
OPENFDA = (RAW / "openfda_response.xml").read_bytes()


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def with_broken_checksum(data: bytes) -> bytes:
    """Turn a byte in the middle of what is packed."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]


FAULTS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty.txt": (lambda: b"", "empty_source", "no words"),
    "blank.txt": (lambda: b" \n\t\r\n" * 40, "empty_source", "no words"),
    "only_zeros.txt": (lambda: bytes(5000), "empty_source", "no words"),
    "scan.txt": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 20, "unsupported_format", "Portable Document"),
    "picture.txt": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "unsupported_format", "Portable Network"),
    "letter.txt": (lambda: zipped(**{"[Content_Types].xml": b"<x/>"}), "unsupported_format", "Office"),
    "packed.gz": (lambda: gzip.compress(SPL), "unsupported_format", "gz"),
    "packed.bz2": (lambda: bz2.compress(SPL), "unsupported_format", "bz"),
    "cut_off.xml": (lambda: SPL[: len(SPL) // 2], "malformed_source", "line"),
    "wrong_tag.xml": (lambda: SPL.replace(b"</title>", b"</titel>", 1), "malformed_source", "line"),
    "no_namespace.xml": (lambda: SPL.replace(b' xmlns="urn:hl7-org:v3"', b""), "unsupported_format", "SPL"),
    "feed.xml": (
        lambda: b"<?xml version='1.0'?><rss><channel><item>x</item></channel></rss>",
        "unsupported_format",
        "",
    ),
    "undefined_entity.xml": (lambda: SPL.replace(b"<title>", b"<title>&nosuch;", 1), "malformed_source", "line"),
    "cut_off.json": (lambda: OPENFDA[:2000], "malformed_source", "line"),
    "no_labels.json": (lambda: json.dumps({"results": [{"a": 1}]}).encode(), "unsupported_format", ""),
    "error.json": (lambda: b'{"error": {"code": "NOT_FOUND", "message": "No matches found!"}}', "", ""),
    "no_archive.zip": (lambda: b"PK\x03\x04" + b"x" * 300, "unsafe_archive", "zip"),
    "empty.zip": (lambda: zipped(), "empty_source", "no document"),
    "damaged.zip": (lambda: with_broken_checksum(zipped(**{"a.xml": SPL})), "unsafe_archive", "unpacked"),
    "wordless.html": (lambda: b"<html><body><script>let a = 1</script></body></html>", "empty_source", ""),
    "endless.txt": (lambda: b"- x\n" * 40_000, "too_large", "lines"),
    "program.txt": (lambda: b"\x7fELF" + bytes(range(1, 200)) * 30, "unsupported_format", ""),
}

HONEST = ("gablofen.txt", "levothyroxine_spl.xml", "openfda_response.xml", "pantoprazole_page.html")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A build of honest documents, and one of the same with faulty ones among them."""
    folder = tmp_path_factory.mktemp("faults")
    for name in HONEST:
        for kind in ("clean", "faulty"):
            (folder / kind).mkdir(exist_ok=True)
            (folder / kind / name).write_bytes((RAW / name).read_bytes())
    for name, (make, _, _) in FAULTS.items():
        (folder / "faulty" / name).write_bytes(make())
    for kind in ("clean", "faulty"):
        build([folder / kind], folder / f"{kind}_out")
    return folder / "clean_out", folder / "faulty_out"


def ask(output: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(output / "labels.duckdb"), read_only=True) as con:
        return con.execute(sql).fetchall()


def test_accepted_and_rejected_are_what_was_given(builds: tuple[Path, Path]) -> None:
    _, faulty = builds
    (counts,) = ask(faulty, "SELECT n_documents, n_parsed + n_rejected + n_duplicates, n_rejected FROM runs")
    assert counts[0] == counts[1] == len(FAULTS) + len(HONEST) + 1  # one file of openFDA holds two records
    assert counts[2] == len(FAULTS)


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_a_reject_that_says_why(name: str, builds: tuple[Path, Path]) -> None:
    _, rule, told = FAULTS[name]
    rejects = [row for row in ask(builds[1], "SELECT source_path, rule, message FROM rejects") if name in str(row[0])]
    ((path, said, message),) = rejects
    assert rule in str(said)
    assert said != "internal_error"
    assert str(message).startswith(f"{path}: ")
    assert told in str(message)


@pytest.mark.parametrize("table", DOCUMENT_TABLES)
def test_the_rest_is_untouched(table: str, builds: tuple[Path, Path]) -> None:
    clean, faulty = builds
    assert ask(clean, f"FROM {table} ORDER BY ALL") == ask(faulty, f"FROM {table} ORDER BY ALL")

"""The documents of a batch: files, members of archives, records of bulk files; each once, with a path to find it."""

import hashlib
import io
import json
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest
from samples import PAGE

from labelpipe.model import Source, Unopened
from labelpipe.readers import archives
from labelpipe.sources import Given, doc_id_of, find_documents, open_documents
from labelpipe.store.database import connect
from labelpipe.store.inventory import rows_of, take_inventory

SPL = '<document xmlns="urn:hl7-org:v3"><title>{name} tablets</title></document>'
PICTURE = b"\xff\xd8\xff\xe0 a picture"


def record(name: str) -> dict[str, Any]:
    return {"set_id": name, "purpose": [f"{name} helps against cough."]}


def zipped(*files: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def write(folder: Path, **files: bytes) -> Path:
    for name, data in files.items():
        (folder / name.replace("__", ".")).write_bytes(data)
    return folder


def opened_in(folder: Path) -> list[tuple[Given, Source | Unopened]]:
    """Return each document that is given, once, as a build would open it."""
    with connect(folder.parent / "scratch") as con:
        take_inventory(con, find_documents([folder]))
        return [(given, found or given.open()) for given, found in open_documents(Given(*row) for row in rows_of(con))]


def paths_of(folder: Path) -> list[tuple[str, list[str]]]:
    """Return each document's path, and the other paths that hold the same bytes."""
    with connect(folder.parent / "scratch") as con:
        take_inventory(con, find_documents([folder]))
        return con.execute("SELECT path, other_paths FROM memory.first ORDER BY position").fetchall()


def outcomes(folder: Path) -> list[tuple[str, str]]:
    """Return each path with `document` or the rule of its reject."""
    opened = opened_in(folder)
    return [(given.path, "document" if isinstance(found, Source) else found.error.rule) for given, found in opened]


def test_a_release_is_a_zip_of_zips(tmp_path: Path) -> None:
    inner = zipped(("a.xml", SPL.format(name="Lorvel").encode()), ("carton.jpg", PICTURE))
    other = zipped(("b.xml", SPL.format(name="Tarvel").encode()))
    write(tmp_path, release__zip=zipped(("human/a.zip", inner), ("human/b.zip", other), ("index.txt", PAGE.encode())))
    assert outcomes(tmp_path) == [
        ("release.zip!human/a.zip!a.xml", "document"),
        ("release.zip!human/b.zip!b.xml", "document"),
        ("release.zip!index.txt", "document"),
    ]


def test_bulk_files_in_archives_are_cut_into_records(tmp_path: Path) -> None:
    bulk = json.dumps({"meta": {}, "results": [record("a"), record("b")]}).encode()
    write(tmp_path, bulk__json__zip=zipped(("bulk.json", bulk)), one__json=json.dumps(record("c")).encode())
    found = opened_in(tmp_path)
    assert [given.path for given, _ in found] == ["bulk.json.zip!bulk.json#1", "bulk.json.zip!bulk.json#2", "one.json"]
    for given, opened in found:
        assert isinstance(opened, Source)
        assert given.doc_id == doc_id_of(hashlib.sha256(opened.data).hexdigest())
        assert opened.data == json.dumps(json.loads(opened.data), sort_keys=True, separators=(",", ":")).encode()


def test_the_same_record_is_the_same_document_wherever_it_stands(tmp_path: Path) -> None:
    shuffled = dict(reversed(record("a").items()))
    write(
        tmp_path,
        a__json=json.dumps({"meta": {"last_updated": "2024-01-01"}, "results": [record("a")]}, indent=1).encode(),
        b__ndjson=b"\n".join([json.dumps(record("b")).encode(), json.dumps(shuffled).encode()]),
        c__zip=zipped(("again.json", json.dumps([shuffled]).encode())),
    )
    assert paths_of(tmp_path) == [("a.json", ["b.ndjson#2", "c.zip!again.json"]), ("b.ndjson#1", [])]


def test_a_file_and_the_same_bytes_in_an_archive_are_one_document(tmp_path: Path) -> None:
    write(tmp_path, a__zip=zipped(("page.txt", PAGE.encode())), b__txt=PAGE.encode())
    assert paths_of(tmp_path) == [("a.zip!page.txt", ["b.txt"])]


def test_two_members_of_one_name_are_two_documents(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped(("a.txt", b"Take one."), ("a.txt", b"Take two."))
    write(tmp_path, a__zip=twice)
    assert outcomes(tmp_path) == [("a.zip!a.txt", "document"), ("a.zip!a.txt (2)", "document")]


def test_names_that_climb_out_of_an_archive_are_only_names(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write(inbox, a__zip=zipped(("../../evil.txt", b"Take one."), ("/etc/evil.txt", b"Take two.")))
    assert outcomes(inbox) == [("a.zip!../../evil.txt", "document"), ("a.zip!/etc/evil.txt", "document")]
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.zip"]


def test_what_is_broken_does_not_stop_the_others(tmp_path: Path) -> None:
    whole = zipped(("a.txt", b"Take one tablet a day. " * 50))
    write(
        tmp_path,
        a__zip=zipped(("bad.zip", b"PK\x03\x04 no archive"), ("good.txt", b"Take one.")),
        b__zip=whole[: len(whole) // 2],
        c__zip=zipped(("carton.jpg", PICTURE)),
        d__json=json.dumps({"results": [record("a"), record("b")]}).encode()[:-20],
        e__ndjson=b'{"set_id": "c", "purpose": ["cough"]}\n{"set_id": "d", \n{"set_id": "e", "purpose": ["cold"]}\n',
        f__json=json.dumps([record("f"), {"price": 3}]).encode(),
        g__txt=b"Take two.",
    )
    assert outcomes(tmp_path) == [
        ("a.zip!bad.zip", "unsafe_archive"),
        ("a.zip!good.txt", "document"),
        ("b.zip", "unsafe_archive"),
        ("c.zip", "empty_source"),
        ("d.json#1", "document"),
        ("d.json", "malformed_source"),
        ("e.ndjson#1", "document"),
        ("e.ndjson#2", "malformed_source"),
        ("e.ndjson#3", "document"),
        ("f.json#1", "document"),
        ("f.json#2", "unsupported_format"),
        ("g.txt", "document"),
    ]
    errors = {found.path: str(found.error) for _, found in opened_in(tmp_path) if isinstance(found, Unopened)}
    assert "line 3, column 1" in errors["e.ndjson#2"]
    assert "line 1, column" in errors["d.json"]


def test_a_bomb_is_one_reject_and_the_other_files_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE_BYTES", 1 << 16)
    write(tmp_path, bomb__zip=zipped(("a.txt", b"x" * (1 << 24))), page__txt=PAGE.encode())
    assert outcomes(tmp_path)[-1] == ("page.txt", "document")
    assert {rule for path, rule in outcomes(tmp_path) if path.startswith("bomb.zip")} == {"unsafe_archive"}


def test_a_bulk_file_is_never_held_as_a_whole(tmp_path: Path) -> None:
    records = [record(str(number)) | {"description": ["word " * 2000]} for number in range(2000)]
    bulk = json.dumps({"results": records}).encode()
    write(tmp_path, bulk__zip=zipped(("bulk.json", bulk)))
    del records
    tracemalloc.start()
    given = find_documents([tmp_path])
    n_documents = sum(isinstance(opened, Source) for _, opened in open_documents(given))  # one walk behind the other
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert n_documents == 2000
    assert peak < len(bulk) / 2

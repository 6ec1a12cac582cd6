"""Documents come out of zips in zips with paths that say where they were; hostile archives end in a reject."""

import io
import zipfile
from pathlib import Path

import pytest

from labelpipe.errors import UnreadableSource, UnsafeArchive
from labelpipe.readers import archives
from labelpipe.readers.archives import members

LABEL = b"<document>own words</document>"


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def test_a_release_is_read_through_both_zips() -> None:
    inner = zipped({"label.xml": LABEL, "carton.jpg": b"\xff\xd8\xff\xe0 picture"})
    release = zipped({"20240101_a.zip": inner, "folder/": b"", "notes.txt": b"own words"})
    found = [member.source() for member in members(io.BytesIO(release), "release.zip")]
    assert [(source.path, source.data) for source in found] == [
        ("release.zip!20240101_a.zip!label.xml", LABEL),
        ("release.zip!notes.txt", b"own words"),
    ]


def test_a_member_can_be_read_as_a_stream() -> None:
    found = members(io.BytesIO(zipped({"bulk.json": b"x" * 3_000_000})), "bulk.zip")
    member = next(found)
    with member.open() as stream:
        assert stream.read(10) == b"x" * 10
        assert len(stream.read()) == 2_999_990


def test_a_broken_member_does_not_stop_the_others() -> None:
    inner = bytearray(zipped({"bad.xml": LABEL * 50}))
    inner[40:60] = b"\x00" * 20
    release = zipped({"a.zip": b"PK\x03\x04 no archive", "b.zip": bytes(inner), "c.xml": LABEL})
    outcomes = {}
    for member in members(io.BytesIO(release), "r.zip"):
        try:
            outcomes[member.path] = member.source().data
        except UnreadableSource as error:
            outcomes[member.path] = error.rule.encode()
    assert outcomes["r.zip!a.zip"] == b"unsafe_archive"
    assert outcomes["r.zip!b.zip!bad.xml"] == b"unsafe_archive"
    assert outcomes["r.zip!c.xml"] == LABEL


def test_what_expands_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "FREE_BYTES", 1 << 16)
    bomb = zipped({f"{number}.txt": bytes(1 << 20) for number in range(20)})
    with pytest.raises(UnsafeArchive, match="expands"):
        [member.source() for member in members(io.BytesIO(bomb), "bomb.zip")]


def test_nesting_has_an_end() -> None:
    data = zipped({"x.xml": LABEL})
    for _ in range(4):
        data = zipped({"deeper.zip": data})
    member = next(members(io.BytesIO(data), "deep.zip"))
    with pytest.raises(UnsafeArchive, match="nested"):
        member.source()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"words"])
def test_what_is_no_archive_says_so(data: bytes) -> None:
    with pytest.raises(UnsafeArchive, match=r"x\.zip"):
        list(members(io.BytesIO(data), "x.zip"))


def test_an_empty_archive_holds_nothing() -> None:
    assert list(members(io.BytesIO(zipped({})), "x.zip")) == []


def test_office_documents_are_no_releases() -> None:
    with pytest.raises(UnreadableSource, match="Office"):
        list(members(io.BytesIO(zipped({"[Content_Types].xml": b"<x/>"})), "letter.docx"))


def test_nothing_is_written_to_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    list(members(io.BytesIO(zipped({"../../a.xml": LABEL, "/etc/b.xml": LABEL})), "r.zip"))
    assert not list(tmp_path.iterdir())

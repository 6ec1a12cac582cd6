"""Documents at URLs: the same rows as from a folder, whatever kind of place they are at."""

import functools
import http.server
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from buckets import s3_bucket
from samples import write_pages

from labelpipe.contract import TABLES
from labelpipe.errors import ConfigError
from labelpipe.pipeline import build
from labelpipe.sources import find_documents, open_documents
from labelpipe.urls import find_files, without_password

NAMES = ("Lorvel", "Tarvel", "Zorvel")


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Three pages, one in a folder of its own, an archive with a fourth, and a hidden file."""
    raw = write_pages(tmp_path / "raw", *NAMES)
    (raw / "more").mkdir()
    (raw / "zorvel.txt").rename(raw / "more" / "zorvel.txt")
    other = write_pages(tmp_path / "other", "Norvel")
    with zipfile.ZipFile(raw / "archive.zip", "w") as archive:
        archive.write(other / "norvel.txt", "norvel.txt")
    (raw / ".hidden").write_text("not a document")
    return raw


@pytest.fixture
def web(raw: Path) -> Iterator[str]:
    """A web server that lists and gives what is in the folder."""
    pytest.importorskip("aiohttp", reason="fsspec reads http:// with aiohttp")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(raw))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def bucket(raw: Path) -> Iterator[str]:
    """The folder in a bucket."""
    with s3_bucket() as (fs, url):
        fs.put(f"{raw}/", f"{url}/raw/", recursive=True)
        yield f"{url}/raw"


@pytest.fixture
def memory(raw: Path) -> Iterator[str]:
    """The folder in the memory of this process."""
    fs = fsspec.filesystem("memory")
    fs.put(f"{raw}/", "/labels", recursive=True)
    yield "memory://labels"
    fs.rm("/labels", recursive=True)


@pytest.fixture
def archive(raw: Path, tmp_path: Path) -> str:
    """The folder as an archive that fsspec looks into."""
    with zipfile.ZipFile(tmp_path / "labels.zip", "w") as archive:
        for file in raw.rglob("*"):
            archive.write(file, file.relative_to(raw))
    return f"zip://::file://{tmp_path}/labels.zip"


@pytest.fixture(params=["file", "memory", "archive", "web", "bucket"])
def url(request: pytest.FixtureRequest, raw: Path) -> str:
    return f"file://{raw}" if request.param == "file" else str(request.getfixturevalue(request.param))


def test_documents_at_a_url_are_those_of_the_folder(url: str, raw: Path) -> None:
    near, far = (list(find_documents([root])) for root in (raw, url))
    assert [one[1:] for one in far] == [one[1:] for one in near]
    assert [one.path for one in far] == ["archive.zip!norvel.txt", "lorvel.txt", "more/zorvel.txt", "tarvel.txt"]


def test_they_are_opened_again_with_the_same_bytes(url: str, raw: Path) -> None:
    near, far = (list(find_documents([root])) for root in (raw, url))
    assert [found or one.open() for one, found in open_documents(far)] == [
        found or one.open() for one, found in open_documents(near)
    ]


def test_a_build_from_a_url_gives_the_same_parquet_and_is_carried_over(memory: str, raw: Path, tmp_path: Path) -> None:
    assert build([memory], tmp_path / "far").n_parsed == 4
    build([raw], tmp_path / "near")
    for name in set(TABLES) - {"runs"}:
        path = Path("parquet", f"{name}.parquet")
        assert (tmp_path / "far" / path).read_bytes() == (tmp_path / "near" / path).read_bytes(), name
    assert build([memory], tmp_path / "far").n_reused == 4


def test_a_path_may_be_given_as_text(raw: Path, tmp_path: Path) -> None:
    assert build([str(raw / "lorvel.txt")], tmp_path / "out").n_parsed == 1


def test_one_file_at_a_url_is_a_document(memory: str) -> None:
    assert [one.path for one in find_documents([f"{memory}/more/zorvel.txt"])] == ["zorvel.txt"]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("memory://nothing-there", "FileNotFoundError"),
        ("pigeon://roof", "Protocol not known"),
        ("file:///nowhere/at/all", "FileNotFoundError"),
    ],
)
def test_a_url_where_nothing_is_says_so(url: str, why: str) -> None:
    with pytest.raises(ConfigError, match=why):
        list(find_files(url))


def test_what_goes_away_between_finding_and_reading_is_told(memory: str) -> None:
    found = [one for one in find_documents([memory]) if one.path == "lorvel.txt"]
    fsspec.filesystem("memory").rm("/labels/lorvel.txt")
    ((one, data),) = open_documents(found)
    assert data is None
    opened = one.open()
    assert "FileNotFoundError" in str(opened.error)  # type: ignore[union-attr]


def test_a_password_is_not_written_down() -> None:
    assert without_password("ftp://me:secret@host/labels") == "ftp://me@host/labels"
    assert without_password("s3://bucket/a@b:c") == "s3://bucket/a@b:c"

"""Files at URLs that fsspec knows, such as s3://bucket/labels/: how to find, open, and fetch many of them at once.

A URL that ends with a slash is a folder, and so is all of an archive: zip://::s3://bucket/labels.zip. What fsspec needs
for a kind of URL (s3fs for s3://) and what opens the door there (keys, profiles) is the user's.
"""

import errno
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby, islice
from typing import IO, Any

from labelpipe.errors import ConfigError

AT_ONCE = 64
"""Files that are asked for together, so that a server's delay is waited for once and not for each."""

SMALL_BYTES = 8 << 20
"""Longer files are read one by one, as streams."""


def is_url(name: str) -> bool:
    """Whether it is a URL, and not the path of a file."""
    return "://" in name


def without_password(url: str) -> str:
    """Return a URL that may be written down."""
    return re.sub(r"(://[^/@:]+):[^/@]+@", r"\1@", url)


def file_system(url: str) -> tuple[Any, str]:
    """Return the file system and the path on it.

    Raises:
        ConfigError: fsspec is not installed, does not know such URLs, or lacks what it needs for them.
    """
    archive, _, where = url.partition("::")
    try:
        if where and "://" in archive:
            scheme, _, path = archive.partition("://")
            return _looking_into(f"{scheme}://::{where}"), path
        from fsspec.core import url_to_fs

        fs, path = url_to_fs(url)
    except ImportError as error:
        raise ConfigError(f"{without_password(url)} needs a package: {error}; labelpipe[cluster] has fsspec") from error
    except ValueError as error:
        raise ConfigError(f"{without_password(url)} cannot be opened: {error}") from error
    return fs, path


@lru_cache(maxsize=4)
def _looking_into(archive: str) -> Any:
    """Return the file system of an archive, which reads its directory, and closes it when nobody holds it any more."""
    from fsspec.core import url_to_fs

    return url_to_fs(archive)[0]


def find_files(url: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield (path relative to the folder given, URL) of the files at a URL, in order; hidden files are left out.

    Raises:
        ConfigError: there is nothing, or it cannot be listed.
    """
    fs, path = file_system(url)
    try:
        if url.endswith("/") or "://::" in url or ("http" not in fs.protocol and fs.isdir(path)):
            yield from _walk(fs, path.rstrip("/"), (), url)
        elif fs.exists(path):
            yield (url.partition("::")[0].rpartition("/")[2],), url
        else:
            raise FileNotFoundError(path)
    except Exception as error:  # each file system has errors of its own
        raise ConfigError(
            f"{without_password(url)} cannot be read ({_told(error)}); name a file or a folder"
        ) from error


def open_url(url: str) -> IO[bytes]:
    """Open a file for reading, at any place in it.

    Raises:
        OSError: it cannot be opened.
    """
    try:
        fs, path = file_system(url)
        stream: IO[bytes] = fs.open(path, "rb")
        return stream if getattr(stream, "size", 0) is not None else io.BytesIO(fs.cat_file(path))
    except Exception as error:
        raise OSError(errno.EIO, _told(error)) from error


def fetch(urls: Sequence[str], sizes: Sequence[int | None]) -> list[bytes | None]:
    """Return the bytes of files, asked for together; None for those that are long, or cannot be read like this."""
    data: dict[str, bytes] = {}
    small = [url for url, size in zip(urls, sizes, strict=True) if size is not None and size <= SMALL_BYTES]
    try:
        opened = [(*file_system(url), url) for url in small]
        for fs, group in groupby(opened, key=lambda one: one[0]):
            names = {path: url for _, path, url in group}
            found = fs.cat([*names], on_error="omit")
            data.update((names[path], words) for path, words in found.items())
    except Exception:  # whoever opens one of them alone is told why
        return [None] * len(urls)
    return [data.get(url) for url in urls]


def fetch_all(files: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[tuple[tuple[str, ...], str, bytes | None]]:
    """Yield files with their bytes: of paths, and of what is long, there is None."""
    for far, group in groupby(files, key=lambda one: is_url(one[1])):
        if not far:
            yield from ((parts, file, None) for parts, file in group)
            continue
        while some := list(islice(group, AT_ONCE)):
            urls = [url for _, url in some]
            for (parts, url), data in zip(some, fetch(urls, _sizes(urls)), strict=True):
                yield parts, url, data


def _sizes(urls: Sequence[str]) -> list[int | None]:
    try:
        opened = [file_system(url) for url in urls]
        return [
            size
            for fs, group in groupby(opened, key=lambda one: one[0])
            for size in fs.sizes([path for _, path in group])
        ]
    except Exception:
        return [None] * len(urls)


def _walk(fs: Any, folder: str, above: tuple[str, ...], url: str) -> Iterator[tuple[tuple[str, ...], str]]:
    found = {entry["name"].rstrip("/").rpartition("/")[2]: entry for entry in fs.ls(folder, detail=True)}
    for name, entry in sorted(found.items()):
        path = entry["name"].rstrip("/")
        if not name or name.startswith(".") or path == folder:
            continue
        parts = (*above, name)
        if entry["type"] == "directory":
            yield from _walk(fs, path, parts, url)
        else:
            yield parts, _join(url, "/".join(parts))


def _join(url: str, path: str) -> str:
    """Return the URL of a file in a folder: zip://::s3://b/x.zip and a.txt are zip://a.txt::s3://b/x.zip."""
    links = url.split("::")
    place = next(number for number, link in enumerate(links) if "://" in link)
    links[place] = (
        links[place].removesuffix("/") + "/" + path if not links[place].endswith("://") else links[place] + path
    )
    return "::".join(links)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(": ")

"""The releases that an output folder still has, and the way back to one of them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.parquet as pq

from labelpipe.errors import OutputNotFound
from labelpipe.store.lock import take_lock
from labelpipe.store.release import complete_releases, make_current
from labelpipe.urls import is_url


class Past(NamedTuple):
    """A release, and what its run says of itself."""

    run_id: str
    is_current: bool
    started_at: datetime
    n_documents: int
    n_parsed: int
    n_reused: int
    n_duplicates: int
    n_rejected: int


def past_releases(output: Path) -> list[Past]:
    """Return the releases of a folder, the newest first."""
    current = (output / "current").resolve().name
    return [_read(output / "releases" / name, name == current) for name in complete_releases(output)]


def rollback(output: Path, run_id: str | None = None) -> Past:
    """Make an earlier release the one that readers see: the one named, or the newest before the current one.

    Raises:
        OutputNotFound: there is no such release.
        PublishError: a build is writing the folder.
    """
    if not output.is_dir():
        raise OutputNotFound(f"there is no build in {output}")
    with take_lock(output):
        known = past_releases(output)
        before = [one for one in known if one.run_id < next((c.run_id for c in known if c.is_current), "")]
        chosen = [one for one in known if one.run_id == run_id] if run_id else before
        if not chosen:
            named = f"release {run_id}" if run_id else "earlier release"
            raise OutputNotFound(f"{output} has no {named}; `labelpipe releases` lists what it has")
        make_current(output, chosen[0].run_id)
        return chosen[0]._replace(is_current=True)


def settings_of_run(output: Path) -> dict[str, Any]:
    """Return the settings that the published build was made with.

    Raises:
        OutputNotFound: there is no build.
    """
    path = output / "parquet" / "runs.parquet"
    if not path.is_file():
        raise OutputNotFound(f"there is no build in {output}; run `labelpipe build RAW --output {output}` first")
    (settings,) = pq.read_table(path, columns=["settings"])["settings"].to_pylist()
    found: dict[str, Any] = json.loads(settings)
    return found


def raw_of(output: Path) -> list[Path | str]:
    """Return the files, folders and URLs that the published build was made of.

    Raises:
        OutputNotFound: there is no build, or one of them is not there any more.
    """
    named: list[str] = settings_of_run(output).get("raw", [])
    found = [name if is_url(name) else Path(name) for name in named]
    if gone := [str(name) for name in found if isinstance(name, Path) and not name.exists()]:
        raise OutputNotFound(f"{output} was built from {', '.join(gone)}, which is gone; build from where it is now")
    return found


def _read(folder: Path, is_current: bool) -> Past:
    (row,) = pq.read_table(folder / "parquet" / "runs.parquet").to_pylist()
    told = {name: row[name] for name in Past._fields if name in row}
    return Past(**{**told, "run_id": folder.name}, is_current=is_current)

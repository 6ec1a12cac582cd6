"""What the last release promised, kept as a file, and what has changed since: what breaks consumers, what is new.

A consumer reads columns by name, in any order. It breaks on a table or column that is gone, another type, NULL where
there was always a value, another key, a value that is no longer used; and who checks older builds, on a column that
must now have a value and on other limits. A new table, column or value breaks nobody, and is a minor version.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from labelpipe.contract import SCHEMA_VERSION, TABLES
from labelpipe.contract.promises import promises

RELEASED = "released.json"
"""Name of the file in schemas/."""

Promised = dict[str, Any]
"""{"schema_version": ..., "tables": {name: {"key": [...], "columns": {name: Promise without name and description}}}}"""


def promised_now() -> Promised:
    """Return what the models promise."""
    return {"schema_version": SCHEMA_VERSION, "tables": {name: _table(name) for name in TABLES}}


def _table(name: str) -> dict[str, Any]:
    columns = {}
    for column in promises(name):
        told = {key: value for key, value in asdict(column).items() if value is not None}
        del told["description"]
        columns[told.pop("name")] = told
    return {"key": list(TABLES[name].key), "columns": columns}


def write_released(folder: Path) -> Path:
    """Write down what is promised now as what was released, and return the file's path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / RELEASED
    path.write_text(json.dumps(promised_now(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def read_released(folder: Path) -> Promised | None:
    """Return what was promised by the last release, or None where there is no file of it."""
    path = folder / RELEASED
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def version_complaints(old: Promised, new: Promised) -> list[str]:
    """Return what is wrong with the new version number, and why, one line each; nothing where it says enough."""
    before, after = _version(old), _version(new)
    breaks, news = list(breaking_changes(old, new)), list(additions(old, new))
    if breaks and after[0] <= before[0]:
        return [
            f"breaks consumers of {old['schema_version']}: the major version of SCHEMA_VERSION must go up",
            *(f"  {change}" for change in breaks),
        ]
    if news and after[:2] <= before[:2]:
        return [
            f"new since {old['schema_version']}: the minor version of SCHEMA_VERSION must go up",
            *(f"  {change}" for change in news),
        ]
    if after < before:
        return [f"SCHEMA_VERSION {new['schema_version']} is older than the released {old['schema_version']}"]
    return []


def _version(promised: Promised) -> tuple[int, ...]:
    return tuple(int(part) for part in promised["schema_version"].split("."))


def breaking_changes(old: Promised, new: Promised) -> Iterator[str]:
    """Yield each change that breaks a consumer of the old contract."""
    for table, was in old["tables"].items():
        now = new["tables"].get(table)
        if now is None:
            yield f"{table}: the table is gone"
            continue
        if was["key"] != now["key"]:
            yield f"{table}: the key was {', '.join(was['key'])}, and is {', '.join(now['key'])}"
        for column, promise in was["columns"].items():
            if column not in now["columns"]:
                yield f"{table}.{column}: the column is gone"
            else:
                for change in _column_changes(promise, now["columns"][column]):
                    yield f"{table}.{column}: {change}"


def _column_changes(was: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    if was["type"] != now["type"]:
        yield f"the type was {was['type']}, and is {now['type']}"
    if was["nullable"] != now["nullable"]:
        yield "it may now be NULL" if now["nullable"] else "it must now have a value"
    if was.get("pattern") != now.get("pattern"):
        yield f"the pattern was {was.get('pattern')}, and is {now.get('pattern')}"
    yield from _narrower_values(was.get("values"), now.get("values"))
    for limit in ("minimum", "above", "maximum"):
        if was.get(limit) != now.get(limit):
            yield f"the limit `{limit}` was {was.get(limit)}, and is {now.get(limit)}"


def _narrower_values(was: list[str] | tuple[str, ...] | None, now: list[str] | tuple[str, ...] | None) -> Iterator[str]:
    """A closed list that opens breaks who counts on it as much as a value that is gone."""
    if was is None and now is not None:
        yield "its values are now limited to a list"
    elif was is not None and now is None:
        yield "its values are no longer limited to a list"
    elif was is not None and now is not None and (gone := [value for value in was if value not in now]):
        yield f"no longer among its values: {', '.join(gone)}"


def additions(old: Promised, new: Promised) -> Iterator[str]:
    """Yield each table, column and value that the old contract did not have."""
    for table, now in new["tables"].items():
        was = old["tables"].get(table)
        if was is None:
            yield f"{table}: a new table"
            continue
        for column, promise in now["columns"].items():
            if column not in was["columns"]:
                yield f"{table}.{column}: a new column"
            elif before := was["columns"][column].get("values"):
                new_values = [value for value in promise.get("values") or () if value not in before]
                if new_values:
                    yield f"{table}.{column}: new values {', '.join(new_values)}"

"""What consumers read of the contract, generated from the models: one text for each file of schemas/."""

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from labelpipe.contract import NOTICE, SCHEMA_VERSION, TABLES, TableSpec
from labelpipe.contract.data_package import data_package
from labelpipe.contract.dbt_sources import dbt_sources
from labelpipe.contract.ddl import comments, create_table
from labelpipe.contract.json_schema import json_schema
from labelpipe.contract.odcs import data_contract
from labelpipe.contract.released import RELEASED, promised_now, read_released, version_complaints
from labelpipe.vocabulary import load

GENERATED = "generated from the pandera models in src/labelpipe/contract by `labelpipe schemas`; do not edit"


def schema_files() -> dict[str, str]:
    """Return the text of every file of the published contract by its name."""
    out = {f"{name}.yaml": _pandera(spec) for name, spec in TABLES.items()}
    out |= {f"{name}.schema.json": json_schema(name) + "\n" for name in TABLES}
    out["schema.sql"] = _sql()
    out["data_dictionary.md"] = _dictionary()
    out["datapackage.json"] = json.dumps(data_package(), indent=2, ensure_ascii=False) + "\n"
    out["labels.odcs.yaml"] = _yaml(data_contract())
    out["sources.yml"] = _yaml(dbt_sources())
    return out


def write_schemas(folder: Path) -> list[Path]:
    """Write the files and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in schema_files().items():
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    return paths


def stale_files(folder: Path) -> list[str]:
    """Return the files of the folder that are missing, outdated, or no longer generated."""
    wanted = schema_files()
    stale = [name for name, text in wanted.items() if _read(folder / name) != text]
    ours = {*wanted, RELEASED}
    return sorted([*stale, *(p.name for p in folder.glob("*") if p.name not in ours and not p.name.startswith("."))])


def check_schemas(folder: Path) -> list[str]:
    """Return what is wrong with the folder: stale files, and changes that the schema version does not admit to."""
    stale = stale_files(folder)
    released = read_released(folder)
    return [
        *([f"stale: {', '.join(stale)}; run `labelpipe schemas`"] if stale else []),
        *(version_complaints(released, promised_now()) if released else []),
    ]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _yaml(content: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)
    return f"# {GENERATED}\n{text}"


def _pandera(spec: TableSpec) -> str:
    """Lists and moments go without a dtype, for pandera cannot load theirs back; schema.sql has their types."""
    nameless = [f.name for f in spec.arrow if pa.types.is_nested(f.type) or pa.types.is_timestamp(f.type)]
    text = spec.schema.update_columns({name: {"dtype": None} for name in nameless}).to_yaml()
    return f"# {GENERATED}\n{text}"


def _sql() -> str:
    parts = [f"-- {GENERATED}. Schema version {SCHEMA_VERSION}.\n-- {NOTICE}"]
    for name in TABLES:
        parts.append("\n".join([create_table(name), *comments(name)]))
    return "\n\n".join(parts) + "\n"


def _dictionary() -> str:
    lines = [
        "# Data dictionary",
        "",
        f"<!-- {GENERATED} -->",
        "",
        f"Schema version {SCHEMA_VERSION}. {NOTICE}",
    ]
    for name, spec in TABLES.items():
        lines += ["", f"## {name}", "", spec.comment, "", f"Key: {', '.join(spec.key)}.", ""]
        lines += ["| column | type | NULL | what it holds |", "| --- | --- | --- | --- |"]
        for field in spec.arrow:
            words = spec.descriptions[field.name].replace("|", "\\|")
            lines.append(f"| {field.name} | {field.type} | {'yes' if field.nullable else 'no'} | {words} |")
    lines += ["", "## Finding rules", "", "| rule | severity | what it means |", "| --- | --- | --- |"]
    lines += [f"| {rule} | {entry['severity']} | {entry['meaning']} |" for rule, entry in load("findings").items()]
    return "\n".join(lines) + "\n"

"""The DuckDB file over a dataset: no rows, only views, so that it is small wherever the rows are."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from labelpipe.contract import TABLES
from labelpipe.sql import quoted
from labelpipe.store.views import SUBJECTS

_NEEDS_THE_INDEX = ("lookups", "search")
"""What reads the index of words, which a dataset does not have."""

_SAY_THEIR_BUILD = ("documents", "rejects", "runs")

TWICE = """
CREATE VIEW documents_in_several_builds AS
SELECT doc_id, list(build ORDER BY build) AS builds FROM documents GROUP BY doc_id HAVING count(*) > 1;
COMMENT ON VIEW documents_in_several_builds IS
    'Documents that more than one build of the dataset holds: joins by doc_id give their rows several times';
"""


def write_views(fs: Any, root: str, builds: Mapping[str, Mapping[str, Any]], database: Path) -> None:
    """Write a database of views over the runs that builds name.

    `documents`, `rejects` and `runs` have a column more than the contract: `build`, the build each is of.
    """
    with duckdb.connect() as con:
        if "file" not in fs.protocol:
            con.register_filesystem(fs)
        con.execute(f"ATTACH {quoted(str(database))} AS labels (STORAGE_VERSION 'v1.2.0'); USE labels")
        for table, spec in TABLES.items():
            con.execute(_view(fs, root, table, builds))
            con.execute(f"COMMENT ON VIEW {table} IS {quoted(spec.comment)}")
            for column, words in spec.descriptions.items():
                con.execute(f"COMMENT ON COLUMN {table}.{column} IS {quoted(words)}")
        con.execute(TWICE)
        for subject in SUBJECTS:
            if subject not in _NEEDS_THE_INDEX:
                con.execute(files("labelpipe.sql").joinpath(f"{subject}.sql").read_text(encoding="utf-8"))
        con.execute("USE memory; DETACH labels")


def _view(fs: Any, root: str, table: str, builds: Mapping[str, Mapping[str, Any]]) -> str:
    runs = [f"{root}/parquet/{table}/build={name}/run={told['run_id']}/*/*.parquet" for name, told in builds.items()]
    paths = ", ".join(quoted(run if "file" in fs.protocol else fs.unstrip_protocol(run)) for run in runs)
    hidden = "run, bucket" if table in _SAY_THEIR_BUILD else "build, run, bucket"
    distinct = "DISTINCT" if table == "units" else ""  # every build knows the same units
    return (
        f"CREATE VIEW {table} AS SELECT {distinct} * EXCLUDE ({hidden}) FROM read_parquet([{paths}], "
        "hive_partitioning = true, hive_types_autocast = false, union_by_name = true)"
    )

"""Time every question of docs/questions.md, and three searches, beside a plain scan of what each reads.

    python tools/bench_questions.py [BUILD] [--documents N]

BUILD is the folder of a build (output). Its documents are multiplied under other doc_ids until there are N (10,000),
each copy's words with a mark of their own so that they do not compress into one another; the search index is filled
anew. A scan reads all columns of every table that the question's plan scans. Ends with 1 where a ratio is above 10.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from labelpipe.contract import TABLES
from labelpipe.contract.ddl import about_view, create_table
from labelpipe.store.release import published_database
from labelpipe.store.search_index import fill_search_index
from labelpipe.store.views import create_views

REPOSITORY = Path(__file__).resolve().parent.parent
MOST = 10
RUNS = 3
SEARCHES = ("alcohol withdrawal", "renal impairment dose", "severe allergic reaction")
_QUESTION = re.compile(r"^(?P<asked>[^\n`]+)\n\n```console\n\$ labelpipe query \"(?P<sql>.+)\"$", re.M)
_MARKED = {"text": "{} || ' x' || copy", "quote": "{} || ' x' || copy", "answer": "{} || ' x' || copy"}
_NAMED = ("label_id", "source_path", "brand_name", "generic_name")


def multiply(con: duckdb.DuckDBPyConnection, documents: int) -> None:
    """Fill the tables of the open database with copies of those in `build`; the first copy is as it was."""
    [[n_documents]] = con.execute("SELECT count(*) FROM build.documents").fetchall()
    copies = -(-documents // n_documents)
    for name, spec in TABLES.items():
        con.execute(create_table(name))
        columns = [column for column, *_ in con.execute(f"DESCRIBE build.{name}").fetchall()]
        if "doc_id" not in columns:
            con.execute(f"INSERT INTO {name} FROM build.{name}")
            continue
        listed = ", ".join(_copied(name, column) for column in columns)
        con.execute(
            f"INSERT INTO {name} SELECT {listed} FROM build.{name}, range({copies}) AS t (copy) "
            f"ORDER BY {', '.join(map(str, range(1, 1 + len(spec.key))))}"
        )


def _copied(table: str, column: str) -> str:
    """Return the SQL of a column in a copy."""
    if column == "doc_id":
        return "CASE WHEN copy = 0 THEN doc_id ELSE left(md5(doc_id || copy), 16) END AS doc_id"
    if column == "reject_no":
        return "reject_no + copy * 1000000 AS reject_no"
    if column in _MARKED:
        return f"CASE WHEN copy = 0 THEN {column} ELSE {_MARKED[column].format(column)} END AS {column}"
    if table == "documents" and column in _NAMED:
        return f"CASE WHEN copy = 0 THEN {column} ELSE 'x' || copy || ' ' || {column} END AS {column}"
    return column


def questions() -> Iterator[tuple[str, str]]:
    """Yield each question of docs/questions.md with its SQL, and the searches."""
    page = (REPOSITORY / "docs/questions.md").read_text(encoding="utf-8")
    for match in _QUESTION.finditer(page):
        yield match["asked"], match["sql"].replace("\\$", "$")
    for words in SEARCHES:
        yield f"search: {words}", f"SELECT * FROM search('{words}')"


def scanned(con: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """Return the tables that the plan of a query scans."""
    [[_, plan]] = con.execute(f"EXPLAIN (FORMAT json) {sql}").fetchall()
    found: set[str] = set()

    def walk(node: dict[str, Any]) -> None:
        if table := node.get("extra_info", {}).get("Table"):
            found.add(".".join(table.split(".")[-2:]))
        for child in node.get("children", []):
            walk(child)

    for root in json.loads(plan):
        walk(root)
    return sorted(found)


def milliseconds(con: duckdb.DuckDBPyConnection, sql: str) -> float:
    """Return how long a query takes until all rows are there; the best of several runs, for others use the machine."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        con.execute(sql).fetchall()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def measure(database: Path) -> int:
    """Print the table, and return how many questions take more than they may."""
    slow = 0
    with duckdb.connect(str(database), read_only=True, config={"threads": 2}) as con:
        print(f"{'question ms':>12} {'scan ms':>9} {'ratio':>6}  question  [tables]")
        for asked, sql in questions():
            tables = scanned(con, sql)
            taken = milliseconds(con, sql)
            scan = sum(milliseconds(con, f"SELECT bit_xor(hash(t)) FROM {table} AS t") for table in tables)
            ratio = taken / scan if scan else float("inf")
            slow += ratio > MOST
            print(f"{taken:12.1f} {scan:9.1f} {ratio:6.2f}  {asked}  [{', '.join(tables)}]", flush=True)
    return slow


def main() -> None:
    """Make the database, and measure on it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("build", nargs="?", type=Path, default=Path("output"))
    parser.add_argument("--documents", type=int, default=10_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "many.duckdb"
        with duckdb.connect(str(database), config={"threads": 2, "memory_limit": "2GB"}) as con:
            con.execute(f"ATTACH '{published_database(given.build)}' AS build (READ_ONLY)")
            multiply(con, given.documents)
            con.execute("DETACH build")
            con.execute(about_view())
            for subject in ("label_versions", "history"):
                con.execute(files("labelpipe.sql").joinpath(f"{subject}.sql").read_text(encoding="utf-8"))
            create_views(con)
            fill_search_index(con)
            [[n_documents, n_blocks]] = con.execute(
                "SELECT count(*), (SELECT count(*) FROM blocks) FROM documents"
            ).fetchall()
            print(f"{n_documents} documents, {n_blocks} blocks")
        print(f"{database.stat().st_size / 1e6:.0f} MB")
        sys.exit(1 if measure(database) else 0)


if __name__ == "__main__":
    main()

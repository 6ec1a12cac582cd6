"""Time every question of docs/questions.md, and three searches, beside a plain scan of what each reads.

    python tools/bench_questions.py [BUILD] [--documents N] [--beside LARGE] [--write]

BUILD is the folder of a build (output). Its documents are multiplied under other doc_ids until there are N (10,000),
each copy's words with a mark of their own so that they do not compress into one another; the search index is filled
anew. LARGE is a build that is large already, and is measured as it is. A scan reads all columns of every table that
the question's plan scans. Times are processor time, for others use the machine. --write puts the table into
docs/questions.md. Ends with 1 where a ratio is above 10.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from labelpipe.contract import TABLES
from labelpipe.contract.ddl import about_view, create_table
from labelpipe.store.release import published_database
from labelpipe.store.search_index import fill_search_index
from labelpipe.store.views import create_views

REPOSITORY = Path(__file__).resolve().parent.parent
PAGE = REPOSITORY / "docs/questions.md"
MOST = 10
RUNS = 5
SEARCHES = ("alcohol withdrawal", "renal impairment dose", "severe allergic reaction")
_QUESTION = re.compile(r"^(?P<asked>[^\n`]+)\n\n```console\n\$ labelpipe query \"(?P<sql>.+)\"$", re.M)
_TIMES = re.compile(r"(?<=<!-- times -->\n).*(?=<!-- end of times -->)", re.S)
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
    for match in _QUESTION.finditer(PAGE.read_text(encoding="utf-8")):
        yield match["asked"], match["sql"].replace("\\$", "$")
    for words in SEARCHES:
        yield f"search: {words}", f"SELECT * FROM search('{words}')"


def scanned(con: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """Return the tables that the plan of a query scans; where statistics say that all are empty, those it names."""
    if found := _tables(con, sql):
        return found
    con.execute("PRAGMA disable_optimizer")
    found = _tables(con, sql)
    con.execute("PRAGMA enable_optimizer")
    return found


def _tables(con: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
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
    """Return the processor time of a query until all rows are there: the least of several runs."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        con.execute(sql).fetchall()
        times.append(time.process_time() - start)
    return min(times) * 1000


class Timed(NamedTuple):
    """What a question took, and a scan of what it reads (ms of processor time)."""

    question: float
    scan: float

    @property
    def ratio(self) -> float:
        """How many scans the question takes."""
        return self.question / self.scan


def measure(database: Path, what: str) -> tuple[str, dict[str, Timed]]:
    """Return what was measured on, in words, and the times of every question."""
    times = {}
    with closing(duckdb.connect(str(database), read_only=True, config={"threads": 2})) as con:
        for asked, sql in questions():
            tables = scanned(con, sql)
            scan = sum(milliseconds(con, f"SELECT bit_xor(hash(t)) FROM {table} AS t") for table in tables)
            times[asked] = Timed(milliseconds(con, sql), scan)
            print(f"{times[asked].ratio:6.2f}  {asked}  [{', '.join(tables)}]", file=sys.stderr, flush=True)
        [[n_documents, n_blocks]] = con.execute(
            "SELECT count(*), (SELECT count(*) FROM blocks) FROM documents"
        ).fetchall()
    size = f"{n_documents:,} documents, {n_blocks:,} blocks, {database.stat().st_size / 1e6:.0f} MB"
    return f"{what}: {size}", times


def table(measured: list[tuple[str, dict[str, Timed]]]) -> str:
    """Return the times as a table in Markdown, with what they were measured on."""
    lines = [f"{place}. {about}" for place, (about, _) in enumerate(measured, 1)]
    heads = [f"{place}: ms | scan ms | times the scan" for place in range(1, len(measured) + 1)]
    lines += ["", f"| question | {' | '.join(heads)} |", f"| --- | {' | '.join(['---: | ---: | ---:'] * len(heads))} |"]
    for asked in measured[0][1]:
        cells = [
            f"{times[asked].question:.1f} | {times[asked].scan:.1f} | {times[asked].ratio:.1f}" for _, times in measured
        ]
        lines.append(f"| {asked} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def make(build: Path, documents: int, database: Path) -> None:
    """Write a database with the documents of a build, multiplied."""
    with duckdb.connect(str(database), config={"threads": 2, "memory_limit": "2GB"}) as con:
        con.execute(f"ATTACH '{published_database(build)}' AS build (READ_ONLY)")
        multiply(con, documents)
        con.execute("DETACH build")
        con.execute(about_view())
        create_views(con)
        fill_search_index(con)


def main() -> None:
    """Make the database, measure on it and on those that are there, and tell."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("build", nargs="?", type=Path, default=Path("output"))
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--beside", type=Path, action="append", default=[], help="a large build, measured as it is")
    parser.add_argument("--write", action="store_true", help="put the table into docs/questions.md")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "many.duckdb"
        make(given.build, given.documents, made)
        measured = [measure(made, "The documents of the sample build, multiplied")]
    measured += [measure(published_database(large), "Scraped text, as built") for large in given.beside]
    told = table(measured)
    print(told, end="")
    if given.write:
        PAGE.write_text(_TIMES.sub(lambda _: told, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    sys.exit(any(timed.ratio > MOST for _, times in measured for timed in times.values()))


if __name__ == "__main__":
    main()

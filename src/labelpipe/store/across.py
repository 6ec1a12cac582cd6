"""Findings that depend on other documents: told anew in every build, written where they have changed.

across (doc_id, stage, position, and the columns of a finding)    all of them, in the order in which they are numbered
"""

from collections.abc import Iterable, Iterator
from itertools import islice

import duckdb
import pyarrow as pa

from labelpipe.contract import TABLES
from labelpipe.contract.validate import validate_table
from labelpipe.errors import ContractError
from labelpipe.model import Finding
from labelpipe.store.carry import ACROSS

CHUNK_ROWS = 10_000
OF_FORMS = ("other_version", "formats_disagree")
"""Rules that compare documents of one set id."""

_COLUMNS = "rule, severity, block_no, char_start, char_end, quote, message, evidence"
_NUMBERED = f"SELECT doc_id, {_COLUMNS}, row_number() OVER (PARTITION BY doc_id ORDER BY {{order}}) AS number"
_KEPT = f"""
CREATE TEMP TABLE across AS
SELECT doc_id, 1 AS stage, finding_no AS position, {_COLUMNS}
FROM findings SEMI JOIN (FROM documents ANTI JOIN touched USING (set_id)) USING (doc_id)
WHERE rule IN {OF_FORMS}
"""
_OTHERWISE = f"""
CREATE TEMP TABLE otherwise AS
WITH now AS ({_NUMBERED.format(order="stage, position")} FROM across),
before AS ({_NUMBERED.format(order="finding_no")} FROM findings WHERE rule IN {ACROSS})
SELECT DISTINCT doc_id FROM ((FROM now EXCEPT ALL FROM before) UNION ALL (FROM before EXCEPT ALL FROM now))
"""
_WRITE = f"""
INSERT INTO rewritten FROM otherwise;
DELETE FROM findings WHERE rule IN {ACROSS} AND doc_id IN (FROM otherwise);
INSERT INTO findings BY NAME
SELECT doc_id, {_COLUMNS}, (coalesce(last_no, 0) + number)::INTEGER AS finding_no
FROM ({_NUMBERED.format(order="stage, position")} FROM across SEMI JOIN otherwise USING (doc_id))
LEFT JOIN (SELECT doc_id, max(finding_no) AS last_no FROM findings GROUP BY doc_id) USING (doc_id)
ORDER BY doc_id, finding_no
"""


def write_across(con: duckdb.DuckDBPyConnection, stages: Iterable[Iterable[tuple[str, Finding]]]) -> None:
    """Write down the findings of each stage, (doc_id, finding), behind those that a document has by itself.

    Findings about the forms of labels that are not in `touched` stay as they are.

    Raises:
        ContractError: a rule is not known to depend on other documents, so that its findings would be carried over.
    """
    con.execute(_KEPT)
    for stage, found in enumerate(stages):
        for first, table in _tables(found):
            con.register("incoming", table)
            con.execute(f"INSERT INTO across SELECT doc_id, {stage}, {first} + finding_no, {_COLUMNS} FROM incoming")
            con.unregister("incoming")
    con.execute(_OTHERWISE)
    con.execute(_WRITE)
    con.execute("DROP TABLE temp.across; DROP TABLE temp.otherwise")


def _tables(found: Iterable[tuple[str, Finding]]) -> Iterator[tuple[int, pa.Table]]:
    """Yield findings as tables, with the number of those before each; their own numbers stand for their order."""
    waiting, first = iter(found), 0
    while chunk := list(islice(waiting, CHUNK_ROWS)):
        rows = [
            {"doc_id": doc_id, **finding._asdict(), "finding_no": at} for at, (doc_id, finding) in enumerate(chunk, 1)
        ]
        if unknown := {finding.rule for _, finding in chunk} - {*ACROSS}:
            raise ContractError(f"{sorted(unknown)} have to be named in store/carry.py; please report it")
        yield first, validate_table("findings", pa.Table.from_pylist(rows, schema=TABLES["findings"].arrow)).good
        first += len(chunk)

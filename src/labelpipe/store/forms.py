"""Labels of which a build holds several documents, and the findings about them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import duckdb
import pyarrow as pa

from labelpipe.contract import TABLES
from labelpipe.model import HIGHLIGHTS, Finding, Form
from labelpipe.sql import quoted

_SEVERAL = "SELECT set_id FROM documents WHERE set_id IS NOT NULL GROUP BY set_id HAVING count(*) > 1"
_DOCUMENTS = f"""
    SELECT doc_id, set_id, label_version, source_path, source_format FROM documents
    WHERE set_id IN ({_SEVERAL}) ORDER BY set_id, doc_id
"""
_WORDS = f"""
    SELECT doc_id, section, string_agg(concat_ws(' ', title, text), ' ' ORDER BY section_no)
    FROM sections JOIN documents USING (doc_id)
    WHERE set_id IN ({_SEVERAL}) AND section IS NOT NULL AND section_method = 'stated'
    GROUP BY doc_id, section
    UNION ALL
    SELECT doc_id, {quoted(HIGHLIGHTS)}, string_agg(text, ' ' ORDER BY block_no)
    FROM blocks JOIN documents USING (doc_id)
    WHERE set_id IN ({_SEVERAL}) AND kind = 'highlight'
    GROUP BY doc_id
    ORDER BY ALL
"""


def read_forms(con: duckdb.DuckDBPyConnection) -> Iterator[Form]:
    """Yield the documents whose set id another document has too."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for doc_id, section, said in con.execute(_WORDS).fetchall():
        words[doc_id][section] = said
    for doc_id, set_id, version, path, source_format in con.execute(_DOCUMENTS).fetchall():
        yield Form(doc_id, set_id, version, path, source_format, words[doc_id])


def finding_rows(con: duckdb.DuckDBPyConnection, found: Iterable[tuple[str, Finding]]) -> pa.Table:
    """Return findings of documents that are loaded as rows, numbered on from those that each document has."""
    last = dict(con.execute("SELECT doc_id, max(finding_no) FROM findings GROUP BY doc_id").fetchall())
    rows = []
    for doc_id, finding in found:
        last[doc_id] = last.get(doc_id, 0) + 1
        rows.append({"doc_id": doc_id, **finding._asdict(), "finding_no": last[doc_id]})
    return pa.Table.from_pylist(rows, schema=TABLES["findings"].arrow)

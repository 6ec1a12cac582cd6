"""Labels of which a build holds several documents: what each of them says, section by section."""

from collections.abc import Iterator, Sequence

import duckdb

from labelpipe.model import HIGHLIGHTS, Form
from labelpipe.sql import quoted

SETS_AT_ONCE = 100
"""Labels that are held in memory together."""

_SEVERAL = """
    SELECT set_id FROM documents WHERE set_id IN (SELECT set_id FROM touched)
    GROUP BY set_id HAVING count(*) > 1 ORDER BY set_id
"""
_FORMS = f"""
    WITH here AS (FROM documents WHERE set_id IN (SELECT unnest($1))),
    said AS (
        SELECT doc_id, section, string_agg(concat_ws(' ', title, text), ' ' ORDER BY section_no) AS words
        FROM sections SEMI JOIN here USING (doc_id)
        WHERE section IS NOT NULL AND section_method = 'stated'
        GROUP BY doc_id, section
        UNION ALL
        SELECT doc_id, {quoted(HIGHLIGHTS)}, string_agg(text, ' ' ORDER BY block_no)
        FROM blocks SEMI JOIN here USING (doc_id)
        WHERE kind = 'highlight'
        GROUP BY doc_id
    )
    SELECT doc_id, any_value(set_id), any_value(label_version), any_value(source_path), any_value(source_format),
        coalesce(list((section, words) ORDER BY section, words) FILTER (section IS NOT NULL), [])
    FROM here LEFT JOIN said USING (doc_id)
    GROUP BY doc_id ORDER BY 2, doc_id
"""


def read_forms(con: duckdb.DuckDBPyConnection) -> Iterator[list[Form]]:
    """Yield the documents whose set id another document has too, of labels in `touched`, some labels at a time."""
    sets = [set_id for (set_id,) in con.execute(_SEVERAL).fetchall()]
    for start in range(0, len(sets), SETS_AT_ONCE):
        yield _read(con, sets[start : start + SETS_AT_ONCE])


def _read(con: duckdb.DuckDBPyConnection, sets: Sequence[str]) -> list[Form]:
    return [Form._make((*row[:-1], dict(row[-1]))) for row in con.execute(_FORMS, [sets]).fetchall()]

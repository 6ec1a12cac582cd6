"""Labels of the same active ingredients and routes, and where they differ: decided in SQL over the whole build."""

from collections.abc import Iterator

import duckdb

from labelpipe.model import OtherLabel

MIN_FACTOR = 1.5
"""So far apart half-lives have to be."""

CHUNK_ROWS = 10_000
"""Differences that are held as Python's objects at the same time."""

MIN_CONFIDENCE = 0.8
"""Facts read less surely are not compared."""

_DRUGS = """
    CREATE OR REPLACE TEMP TABLE drugs AS
    WITH labels AS (
        SELECT d.doc_id, coalesce(set_id, label_id) AS label, source_path,
            list_sort(list_distinct(list_transform(active_ingredients, lambda name: lower(name)))) AS ingredients,
            (SELECT list_sort(list(DISTINCT upper(coalesce(route_term, route)))) FROM products AS p
                WHERE p.doc_id = d.doc_id AND route IS NOT NULL) AS routes
        FROM documents AS d
    )
    FROM labels WHERE len(ingredients) > 0 AND len(routes) > 0
    QUALIFY min(label) OVER (PARTITION BY ingredients, routes) <> max(label) OVER (PARTITION BY ingredients, routes)
"""

_PLACE = "{block_no: block_no, char_start: char_start, char_end: char_end, quote: quote}"

_BOXED_WARNINGS = """
    WITH boxed AS (SELECT doc_id, arg_min(quote, boxed_warning_no) AS quote FROM boxed_warnings
        WHERE state = 'present' GROUP BY doc_id),
    warned AS (SELECT ingredients, routes, min(source_path) AS path, arg_min(quote, source_path) AS quote
        FROM drugs JOIN boxed USING (doc_id) GROUP BY ALL)
    SELECT doc_id, 'other_label_boxed_warning', NULL, warned.quote, warned.path, NULL, NULL, NULL, NULL, NULL
    FROM drugs JOIN warned USING (ingredients, routes)
    WHERE doc_id NOT IN (SELECT doc_id FROM boxed)
    AND label NOT IN (SELECT label FROM drugs JOIN boxed USING (doc_id))
    ORDER BY doc_id
"""

_HALF_LIVES = f"""
    WITH lives AS (
        SELECT ingredients, routes, unit, doc_id, any_value(label) AS label, any_value(source_path) AS path,
            min(coalesce(value_mean, value_low)) AS low, max(coalesce(value_mean, value_high)) AS high,
            arg_min({_PLACE}, pk_no) AS first
        FROM drugs JOIN pharmacokinetics AS p USING (doc_id)
        WHERE parameter = 'half_life' AND unit IS NOT NULL AND population IS NULL AND confidence >= {MIN_CONFIDENCE}
            AND coalesce(value_mean, value_low) IS NOT NULL AND coalesce(value_mean, value_high) IS NOT NULL
        GROUP BY ALL
    ),
    ends AS (
        SELECT ingredients, routes, unit,
            arg_min(lives, (high, path)) AS shortest, arg_max(lives, (low, path)) AS longest
        FROM lives GROUP BY ALL
    ),
    apart AS (
        SELECT lives.*, CASE WHEN low > shortest.high * {MIN_FACTOR} THEN shortest
            WHEN high * {MIN_FACTOR} < longest.low THEN longest END AS other
        FROM lives JOIN ends USING (ingredients, routes, unit)
    )
    SELECT doc_id, 'other_label_half_life', printf('%g to %g %s', low, high, unit),
        printf('%g to %g %s', other.low, other.high, unit), other.path, NULL,
        first.block_no, first.char_start, first.char_end, first.quote
    FROM apart WHERE other IS NOT NULL AND other.label <> label ORDER BY doc_id, unit
"""

_SCOPE = (
    "ingredients, routes, population, unit, indication, crcl_low_ml_min, crcl_high_ml_min, hepatic_class, "
    "age_low_years, age_high_years, weight_low_kg, weight_high_kg"
)
"""Maxima of the same scope are for the same people, and can be compared."""

_MAXIMA = f"""
    WITH maxima AS (
        SELECT {_SCOPE}, doc_id, any_value(label) AS label, any_value(source_path) AS path,
            list_sort(list(DISTINCT value_high)) AS amounts, min(dose_no) AS dose_no,
            arg_min({_PLACE}, dose_no) AS first
        FROM drugs JOIN doses AS d USING (doc_id)
        WHERE kind = 'maximum' AND per = 'd' AND population IS NOT NULL AND value_high IS NOT NULL
            AND confidence >= {MIN_CONFIDENCE} AND method = 'prose'
        GROUP BY {_SCOPE}, doc_id
    ),
    scoped AS (
        SELECT *, hash({_SCOPE}) AS scope,
            array_to_string(list_transform(amounts, lambda amount: printf('%g', amount)), ', ') AS told
        FROM maxima
    ),
    ways AS (SELECT scope, amounts, any_value(told) AS told, min(path) AS path, arg_min(label, path) AS label
        FROM scoped GROUP BY scope, amounts),
    apart AS (
        SELECT m.*, w.told AS other_told, w.path AS other_path
        FROM scoped AS m JOIN ways AS w USING (scope)
        WHERE NOT list_has_any(w.amounts, m.amounts) AND w.label <> m.label
        QUALIFY row_number() OVER (PARTITION BY m.doc_id, scope ORDER BY w.amounts) = 1
    )
    SELECT doc_id, 'other_label_maximum', told || ' ' || unit, other_told || ' ' || unit, other_path, population,
        first.block_no, first.char_start, first.char_end, first.quote
    FROM apart ORDER BY doc_id, dose_no
"""


def read_other_labels(con: duckdb.DuckDBPyConnection) -> Iterator[OtherLabel]:
    """Yield what other labels of the same ingredients and routes say that a document does not.

    Labels are told apart by their set id, or by their file's name; versions of one label are not compared. Of many
    labels that differ, one is named.
    """
    con.execute(_DRUGS)
    for query in (_BOXED_WARNINGS, _HALF_LIVES, _MAXIMA):
        for batch in con.sql(query).to_arrow_table().to_batches(max_chunksize=CHUNK_ROWS):
            yield from map(OtherLabel, *(column.to_pylist() for column in batch.columns))
    con.execute("DROP TABLE temp.drugs")

"""report.html: of the documents that have a page all rows are read, of the others what the list says of them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb
from markupsafe import Markup

from labelpipe.report.document import Page, read_pages
from labelpipe.report.figures import read_figures
from labelpipe.report.index import DOCUMENTS_LISTED, choose_pages, read_index
from labelpipe.report.page import environment, policy, visible
from labelpipe.report.rows import Row

_LISTED = ("doc_id", "source_path", "name", "source_format", "language")


def write_report(database: Path, page: Path, kept: Mapping[str, Markup] | None = None) -> None:
    """Write the report of a built database: one file that needs no other and no network.

    `kept` are pages of the last report, by doc_id, that are what they would be now.
    """
    from labelpipe.report.charts import draw_charts  # matplotlib takes half a second that `parse` need not wait for

    with duckdb.connect(str(database), read_only=True) as con:
        figures = read_figures(con)
        index = read_index(con)
        chosen = choose_pages(con, index)
        ((n_documents,),) = con.execute("SELECT count(*) FROM documents").fetchall()
        template = environment().get_template("report.html")
        template.stream(
            policy=policy(),
            run=figures["run"].rows[0],
            figures=figures,
            charts=draw_charts(figures),
            n_documents=n_documents,
            n_listed=DOCUMENTS_LISTED,
            chosen=set(chosen),
            index=index,
            data=_data(index, set(chosen)),
            pages=_pages(con, chosen, kept or {}),
        ).dump(str(page), encoding="utf-8")


def _pages(con: duckdb.DuckDBPyConnection, chosen: list[str], kept: Mapping[str, Markup]) -> Iterator[Page | Markup]:
    fresh = read_pages(con, [doc_id for doc_id in chosen if doc_id not in kept])
    return (kept[doc_id] if doc_id in kept else next(fresh) for doc_id in chosen)


def _data(index: list[Row], chosen: set[str]) -> Markup:
    """Return the list of documents as JSON that no word of a document can end: the script filters and pages it."""
    rules = sorted({rule for row in index for rule in row["rules"]})
    number = {rule: place for place, rule in enumerate(rules)}
    rows = [
        [
            *(visible(row[name]) for name in _LISTED),
            row["n_blocks"],
            None if row["confidence"] is None else round(row["confidence"], 3),
            [row["n_errors"], row["n_warnings"], row["n_notes"]],
            [number[rule] for rule in row["rules"]],
            int(row["doc_id"] in chosen),
        ]
        for row in index
    ]
    words = json.dumps({"rules": rules, "rows": rows}, ensure_ascii=False, separators=(",", ":"))
    return Markup(words.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))

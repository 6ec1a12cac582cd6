"""Documents in pieces, by how their ids begin: each id is in one piece, and the pieces follow each other as ids do."""

import duckdb

from labelpipe.contract import TABLES

MAX_PIECES = 1 << 12
_PREFIX_DIGITS = 3
"""Hex digits of a doc_id that tell MAX_PIECES pieces apart."""

SHARE_OF_MEMORY = 0.1
"""What the sources whose rows are sorted together may have of the database's memory: long texts stay in it."""


def key_of(name: str) -> str:
    """Return the columns of a table's key, as SQL."""
    return ", ".join(TABLES[name].key)


def set_memory(con: duckdb.DuckDBPyConnection, memory_mb: int) -> None:
    """Note what `count_pieces` goes by."""
    con.execute(f"SET VARIABLE piece_bytes = {max(1, int(memory_mb * 1_000_000 * SHARE_OF_MEMORY))}")


WITH_ALL_WORDS = ("texts", "blocks", "sections")
"""Tables that hold every word of their documents."""

SHARE_OF_WORDS = 0.25
"""What the rows of any other table take, beside those."""


def count_pieces(con: duckdb.DuckDBPyConnection, name: str = "texts") -> int:
    """Return in how many pieces the rows of a table are to be sorted, by the size of the sources in `documents`."""
    share = 1 if name in WITH_ALL_WORDS else SHARE_OF_WORDS
    ((n_pieces,),) = con.execute(
        "SELECT ceil(coalesce(sum(source_bytes), 0) * ? / getvariable('piece_bytes'))::BIGINT FROM documents", [share]
    ).fetchall()
    return max(1, min(int(n_pieces), MAX_PIECES))


def piece_of(doc_id: str, n_pieces: int) -> int:
    """Return which piece a document is in, from 0."""
    return int(doc_id[:_PREFIX_DIGITS], 16) * n_pieces // MAX_PIECES


def is_in(number: int, n_pieces: int) -> str:
    """Return the condition, as SQL, that a row's document is in a piece. (`g` comes behind every hex digit.)"""
    first, end = (f"{-(-at * MAX_PIECES // n_pieces):0{_PREFIX_DIGITS}x}" for at in (number, number + 1))
    return f"(doc_id >= '{first}' AND doc_id < '{end if number + 1 < n_pieces else 'g'}')"

"""Views for analysts, as SQL files; and how words stand in SQL."""


def quoted(words: str) -> str:
    """Return a SQL string literal."""
    return "'" + words.replace("'", "''") + "'"

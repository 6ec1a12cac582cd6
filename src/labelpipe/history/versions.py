"""The records of label history: a version, what it says, and how one differs from the next."""

from typing import NamedTuple


class Passage(NamedTuple):
    """A sentence, a table's row or a heading of a version, and the section it stands under."""

    section: str | None
    block_no: int
    text: str


class Fact(NamedTuple):
    """A row of a fact table: what it is about (`name`), and what it says of that (`value`)."""

    table: str
    name: str
    value: str
    block_no: int | None


class Version(NamedTuple):
    """One version of a label: its passages and facts in document order."""

    doc_id: str
    passages: tuple[Passage, ...]
    facts: tuple[Fact, ...]


class Change(NamedTuple):
    """One difference between two versions: of a passage (`section`) or of a fact (`table_name` and `name`).

    kind: added, removed, changed (other words or another value), moved (the same words under another section),
    formatting (the same words, printed otherwise).
    """

    level: str
    kind: str
    section: str | None = None
    old_section: str | None = None
    table_name: str | None = None
    name: str | None = None
    old_text: str | None = None
    new_text: str | None = None
    old_block_no: int | None = None
    new_block_no: int | None = None

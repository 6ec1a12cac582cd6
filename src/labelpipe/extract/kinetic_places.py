"""Which cells of a table hold kinetic values, and what the rows and columns around them say of each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from labelpipe.extract.kinetic_heads import COUNTS, Heads, is_group, is_head
from labelpipe.extract.kinetic_spreads import without_spreads
from labelpipe.extract.parameters import Named, parameter_of, unit_alone, unit_in
from labelpipe.extract.qualifiers import qualifiers, without_statistics
from labelpipe.extract.tables import Grid, Row
from labelpipe.extract.units import dimension
from labelpipe.vocabulary import load

MIN_KNOWN = 2
"""So many known parameters make a kinetics table even where each name alone would not."""

_BARE = re.compile(r"\d[\d,.]*")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of values: its row and column (from 0), the name that says what they are, and what is said around it."""

    row: int
    column: int
    named: Named
    qualifiers: tuple[str, ...]
    around: tuple[str, ...]
    is_of_row: bool


def named_cells(grid: Grid, heads: Heads) -> Iterator[Place]:
    """Yield the cells of a table that hold kinetic values, row by row; nothing for any other table."""
    columns = _named(heads.names, heads.lowest)
    names = {at: parameter_of(grid.rows[at].cells[0]) for at in range(heads.first, len(grid.rows))}
    known = {at: name for at, name in names.items() if name and len(grid.rows[at].cells) > 1}
    if len(columns) >= MIN_KNOWN and len(columns) > len(known) and _is_kinetic(columns.values()):
        yield from _by_column(grid, heads, columns)
    elif _is_kinetic(known.values()):
        yield from _by_row(grid, heads, known)
    elif any(map(_is_measured, columns.values())):
        yield from _by_column(grid, heads, columns)


def _by_row(grid: Grid, heads: Heads, known: dict[int, Named]) -> Iterator[Place]:
    """A row's name says what its values are; one without values says so for the rows below it."""
    group, carried = "", None
    for at in range(heads.first, len(grid.rows)):
        row = grid.rows[at]
        named = known.get(at)
        if is_group(row):
            group, carried = ("", named) if named else (row.cells[0], None)
            continue
        carried = None if named else carried
        if found := named or carried:
            own = found.qualifiers if named else (*qualifiers(row.cells[0]), *found.qualifiers)
            unit_at = next((n for n, cell in enumerate(row.cells) if n and unit_alone(cell)), None)
            found = replace(found, unit=unit_alone(row.cells[unit_at])) if unit_at else found
            for column in (n for n in range(1, len(row.cells)) if n != unit_at):
                said = (*own, *_column_qualifier(grid, heads, column), *qualifiers(group))
                around = (row.cells[0], heads.name(column), *heads.more(column), group)
                yield Place(at, column, found, said, around, True)


def _by_column(grid: Grid, heads: Heads, columns: dict[int, Named]) -> Iterator[Place]:
    """A column's name says what its values are; the cells beside them, and the row over them, in whom."""
    group = ""
    for at in range(heads.first, len(grid.rows)):
        row = grid.rows[at]
        if is_group(row):
            group = row.cells[0]
            continue
        if is_head(row):
            columns = _named(row.cells)
            continue
        if _is_count(row):
            continue
        beside = tuple(_with_unit(heads, row, n) for n in range(len(row.cells)) if n not in columns and row.cells[n])
        for column, named in columns.items():
            if column < len(row.cells):
                own = qualifiers(row.cells[0]) if 0 not in columns else ()
                said = (*own, *named.qualifiers, *_told_below(heads, column), *qualifiers(group))
                around = (*beside, group, heads.name(column), *heads.more(column))
                yield Place(at, column, named, said, around, False)


def _told_below(heads: Heads, column: int) -> tuple[str, ...]:
    """Return what rows of words below the header say of a column of values, but for what kind of figures they are."""
    said = (word for cell in heads.more(column) for word in qualifiers(without_spreads(cell)))
    return without_statistics(tuple(said))


def _is_count(row: Row) -> bool:
    """Whether a row counts people: `N` stands in its first cells."""
    return any(cell.strip(" .=") in COUNTS for cell in row.cells[:2])


def _named(names: Sequence[str], lowest: Sequence[str] = ()) -> dict[int, Named]:
    """Return which columns' names are parameters'; the first column's where every other one is.

    Where all that stands over a column is no parameter's name, the `lowest` row of it may be.
    """
    found = {at: name for at, text in enumerate(names) if (name := parameter_of(text))}
    below = {at: name for at, text in enumerate(lowest) if at not in found and (name := parameter_of(text))}
    found |= {
        at: replace(name, qualifiers=(*qualifiers(_above(names[at], lowest[at])), *name.qualifiers))
        for at, name in below.items()
    }
    return found if len(found) == len(names) else {at: name for at, name in found.items() if at}


def _above(name: str, lowest: str) -> str:
    return name.removesuffix(lowest).strip()


def _with_unit(heads: Heads, row: Row, column: int) -> str:
    """Return the words of a cell; a bare number takes the unit of its column: `720` under `Dose (mg)`."""
    cell = row.cells[column]
    printed = unit_in(heads.name(column)) if _BARE.fullmatch(cell) else None
    return f"{cell} {printed}" if printed else cell


def _is_kinetic(names: Iterable[Named]) -> bool:
    known = [*names]
    return len(known) >= MIN_KNOWN or any(name.sure for name in known)


def _is_measured(name: Named) -> bool:
    """Whether a name alone makes a table of kinetic values: it prints the unit of what its parameter measures."""
    measures = load("kinetics")[name.parameters[0]]["measures"]
    return name.sure and name.unit is not None and dimension(name.unit) in measures


def _column_qualifier(grid: Grid, heads: Heads, column: int) -> tuple[str, ...]:
    """With more than one column of values, the column's name says whose value it is."""
    many = max(len(row.cells) for row in grid.rows) > 2
    name = grid.header[column] if column < len(grid.header) else heads.name(column)
    is_title = len(set(grid.header[1:])) == 1 and len(grid.header) > 2 and heads.further
    said = [*([] if is_title else [name]), *heads.more(column)]
    return tuple(dict.fromkeys(filter(None, map(without_spreads, said)))) if many else ()

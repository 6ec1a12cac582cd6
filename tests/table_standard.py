"""The HTML standard's algorithm for forming a table (4.9.12.1), step by step and slot by slot: slow, only for tests.

One step differs: at the end of a group, cells that grow downwards stop at its last row. As printed, the standard lets
them into the first row of the next group where another cell of theirs spans over the end; no browser does.
"""

from dataclasses import dataclass, field

from labelpipe.readers.printed import Row


@dataclass
class StandardTable:
    slots: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    anchors: list[tuple[int, int]] = field(default_factory=list)
    width: int = 0
    height: int = 0
    at: int = 0
    growing: list[tuple[int, int, int]] = field(default_factory=list)

    def cover(self, x: int, y: int, cell: int) -> None:
        self.slots.setdefault((x, y), []).append(cell)

    def grow(self) -> None:
        for cell, x, width in self.growing:
            for column in range(x, x + width):
                self.cover(column, self.at, cell)

    def end_group(self) -> None:
        while self.at < self.height:
            self.at += 1
            if self.at < self.height:
                self.grow()
        self.growing = []

    def row(self, row: Row) -> None:
        if self.height == self.at:
            self.height += 1
        x = 0
        self.grow()
        for cell in row.cells:
            while x < self.width and (x, self.at) in self.slots:
                x += 1
            if x == self.width:
                self.width += 1
            column_span = min(max(cell.column_span, 1), 1000)
            row_span = min(max(cell.row_span, 0), 65534) if cell.row_span >= 0 else 1
            grows, row_span = row_span == 0, row_span or 1
            self.width = max(self.width, x + column_span)
            self.height = max(self.height, self.at + row_span)
            number = len(self.anchors)
            self.anchors.append((self.at, x))
            for y in range(self.at, self.at + row_span):
                for column in range(x, x + column_span):
                    self.cover(column, y, number)
            if grows:
                self.growing.append((number, x, column_span))
            x += column_span
        self.at += 1


def places(rows: list[Row]) -> list[tuple[int, int]]:
    """Return (row, column) of every cell in the order of the rows, those of the tfoot last; both count from 1."""
    table = StandardTable()
    ordered = [row for row in rows if row.part != "tfoot"] + [row for row in rows if row.part == "tfoot"]
    for before, row in zip([None, *ordered], ordered, strict=False):
        if before is not None and before.group != row.group:
            table.end_group()
        table.row(row)
    table.end_group()
    return [(y + 1, x + 1) for y, x in table.anchors]

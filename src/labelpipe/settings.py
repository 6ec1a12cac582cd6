"""How a build is run: where the work goes, what one document may cost, how much memory the database takes."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost; one that costs more is a reject, and the others go on."""

    seconds: float = 60
    """Time to parse it. One that holds a worker for longer without letting itself be stopped loses the worker."""
    source_bytes: int = 64 << 20
    """Size: the longest label there is has some 5 MB."""
    table_cells: int = 200_000
    """Cells of all its tables; labels that are all tables have a few thousand."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many, as a number or as percent of all."""

    value: float
    is_percent: bool = False

    @classmethod
    def parse(cls, words: str) -> "Share":
        """Read `10` or `2.5%`.

        Raises:
            ValueError: it is neither.
        """
        return cls(float(words.removesuffix("%")), words.endswith("%"))

    def is_less_than(self, count: int, total: int) -> bool:
        """Whether there are more than that among so many."""
        return count > (total * self.value / 100 if self.is_percent else self.value)

    def __str__(self) -> str:
        return f"{self.value:g}{' %' if self.is_percent else ''}"


@dataclass(frozen=True, slots=True)
class Gate:
    """What a build may be and still be published; None lets everything through."""

    max_rejects: Share | None = None
    """Documents that are rejected, of those given."""
    max_vanished: Share | None = None
    """Labels of the last build that are not in this one, of those it had."""
    max_emptied: float | None = None
    """Percentage points by which the share of rows with a value may fall, for any column."""
    force: bool = False
    """Publish whatever the gate says."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a build. Only the limits decide what is in its tables."""

    workers: int = 1
    """Processes that parse; 1 parses in this one."""
    scheduler: str | None = None
    """Address of a Dask scheduler whose workers parse instead, such as tcp://10.0.0.1:8786."""
    parts: str | None = None
    """Where its workers leave rows until they are published: a shared folder or an fsspec URL; None: in the output."""
    memory_mb: int = 1024
    """Memory that the database may take in the building process; what does not fit goes to disk."""
    keep: int = 3
    """Releases that stay, the new one among them."""
    retry_rejects: bool = False
    """Parse documents again that were rejected, though nothing has changed."""
    report: bool = False
    """Write report.html too; the command line does unless told otherwise."""
    limits: Limits = field(default_factory=Limits)
    gate: Gate = field(default_factory=Gate)

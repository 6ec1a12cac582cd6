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
    """Cells of all its tables."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a build. Only the limits decide what is in its tables."""

    workers: int = 1
    """Processes that parse; 1 parses in this one."""
    memory_mb: int = 1024
    """Memory that the database may take in the building process; what does not fit goes to disk."""
    limits: Limits = field(default_factory=Limits)

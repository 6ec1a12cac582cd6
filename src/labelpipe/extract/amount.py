"""What may be a dose: how much, of what, per what."""

from typing import NamedTuple, Protocol


class Amount(NamedTuple):
    """An amount, its unit split into what it is and what it is per, and its place in the sentence."""

    low: float | None
    high: float | None
    comparator: str
    unit: str
    below: str
    start: int
    end: int
    is_count: bool = False


class Placed(Protocol):
    """Words of a sentence, from `start` to `end`."""

    @property
    def start(self) -> int:
        """The first code point."""

    @property
    def end(self) -> int:
        """One past the last."""

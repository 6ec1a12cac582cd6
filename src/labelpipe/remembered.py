"""What was worked out for words already met. Labels repeat each other, their versions do, and pages share boilerplate.

Only for what depends on the words alone, so that an answer is the same whatever came before. One memory a process.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

Value = TypeVar("Value")

MAX_CHARACTERS = 1 << 20
"""So many characters of keys are kept, twice over: those of some thirty labels, and what comes again all the time."""


class Remembered(Generic[Value]):
    """The values of the latest keys: two generations, of which the older goes when the younger is full."""

    def __init__(self, max_characters: int = MAX_CHARACTERS) -> None:
        self._max_characters = max_characters
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._young: dict[str, Value] = {}
        self._old: dict[str, Value] = {}
        self._characters = 0

    def all(self, keys: Sequence[str], work_out: Callable[[list[str]], Iterable[Value]]) -> list[Value]:
        """Return the value of each key. `work_out` gives those of keys that are new, each once and in order."""
        young, old = self._young, self._old
        asked = dict.fromkeys(keys)
        new = [key for key in asked if key not in young and key not in old]
        found = dict(zip(new, work_out(new) if new else (), strict=True))
        found |= {key: old[key] for key in asked if key in old and key not in young}
        values = [young[key] if key in young else found[key] for key in keys]
        self._keep(found)
        return values

    def _keep(self, found: dict[str, Value]) -> None:
        self._young |= found
        self._characters += sum(map(len, found))
        if self._characters > self._max_characters:
            self._old, self._young, self._characters = self._young, {}, 0

"""Finding texts in texts, all in all: samples of every text are looked up, not every text read for every other one."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

WINDOW, STRIDE = 16, 64
"""A sample is so many bytes, taken at every so many bytes: a part longer than both together has one in it."""

MAX_CANDIDATES = 200
"""A text that repeats itself more than this is read from start to end."""

_BETWEEN = b"\n"


class Lookup:
    """Texts (without white space) in which parts are looked for."""

    def __init__(self, texts: Sequence[bytes]) -> None:
        self._all = all_ = _BETWEEN.join(texts)
        self._starts = [0, *accumulate(len(text) + len(_BETWEEN) for text in texts)][:-1]
        self._samples: defaultdict[bytes, list[int]] = defaultdict(list)
        for at in range(0, len(all_) - WINDOW + 1, STRIDE):
            self._samples[all_[at : at + WINDOW]].append(at)

    def places(self, part: bytes) -> Iterator[tuple[int, int]]:
        """Yield (number of the text, place in it) for each time that a part stands in a text, in order."""
        end = 0
        for at in self._found(part):
            if at >= end:
                number = bisect_right(self._starts, at) - 1
                yield number, at - self._starts[number]
                end = at + len(part)

    def _found(self, part: bytes) -> Iterable[int]:
        if len(part) < WINDOW + STRIDE - 1:
            return self._search(part)
        candidates: list[int] = []
        samples = self._samples
        for offset in range(STRIDE):
            places = samples.get(part[offset : offset + WINDOW])
            if places is not None:
                candidates += [at - offset for at in places if at >= offset]
        if len(candidates) > MAX_CANDIDATES:
            return self._search(part)
        return sorted([at for at in candidates if self._all.startswith(part, at)])

    def _search(self, part: bytes) -> Iterator[int]:
        at = self._all.find(part)
        while at >= 0:
            yield at
            at = self._all.find(part, at + len(part))

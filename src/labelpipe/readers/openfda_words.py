"""A text in the two forms that it is cut and compared in: its words a single space apart, and without any space."""

from collections.abc import Iterable, Iterator

from labelpipe.readers.openfda_json import encoded


class Words:
    """A text with its words a single space apart, and the same without spaces, in UTF-8 (`dense`)."""

    __slots__ = ("_spaced", "dense", "text")

    def __init__(self, text: str) -> None:
        if not text.isprintable() or "  " in text:  # of white space, only the space is printable
            text = encoded(" ".join(text.split())).decode()
        self.text = text.strip(" ")
        self._spaced = self.text.encode()
        self.dense = self._spaced.replace(b" ", b"")

    def has(self, n_characters: int) -> bool:
        """Whether it has so many characters, spaces not counted."""
        return len(self.dense) >= 4 * n_characters or len(self.dense.decode()) >= n_characters

    def places(self, stretches: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield where stretches of the dense form, which are in order and apart, are in the text."""
        spaced = self._spaced
        at = known = passed = n_characters = 0
        for start, end in stretches:
            first = _advance(spaced, at, start - known)
            at = _advance(spaced, first, end - 1 - start)
            known = end - 1
            before = n_characters + len(spaced[passed:first].decode())
            passed = at + 1
            n_characters = before + len(spaced[first:passed].decode())
            yield before, n_characters


def _advance(spaced: bytes, at: int, count: int) -> int:
    """Return the place that is `count` bytes on from the one at `at`, spaces not counted.

    >>> _advance(b"one two", 0, 4)
    5
    """
    end = at + count
    while spaces := spaced.count(b" ", at, end + 1):
        at, end = end + 1, end + spaces
    return end

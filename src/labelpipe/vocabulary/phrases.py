"""A book of phrases, all of them looked for in one pass over a text."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate, chain
from typing import Any

import re2

from labelpipe.vocabulary import pattern

MAX_MEMORY_BYTES = 64 << 20
ENCODING = "latin-1"
"""A byte a character, so that places in the bytes are places in the text; what it lacks is in no phrase."""


class PhraseBook:
    """Phrases under keys: `keys_in(text)` says which keys have a phrase in the text, `words(text, key)` which words.

    One RE2 set answers for all phrases at once; the words are looked for only under a key that matched. A phrase with a
    gap in it is in the set by its parts: an automaton that counts the words of every gap at once would be slow.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._keys = [key for key, wordings in phrases.items() for _ in wordings]
        self._phrases = [wording for wordings in phrases.values() for wording in wordings]
        self._patterns = [pattern(wording) for wording in self._phrases]
        self._set = re2.Set.SearchSet(_options())
        parts = [_parts(wording) for wording in self._phrases]
        self._whole = [number for number, several in enumerate(parts) if len(several) == 1]
        self._gapped = {number: len(several) for number, several in enumerate(parts) if len(several) > 1}
        self._owners = [*self._whole, *(number for number, several in self._gapped.items() for _ in range(several))]
        for wording in (*(parts[number][0] for number in self._whole), *chain(*(parts[n] for n in self._gapped))):
            self._set.Add(pattern(wording).encode(ENCODING))
        self._set.Compile()

    @cached_property
    def _any(self) -> Any:
        """One expression for all phrases, which says where the next of them stands."""
        return _in_bytes("|".join(self._patterns))

    def hits(self, text: str) -> list[int]:
        """Return the numbers of the phrases that stand in the text."""
        raw = text.encode(ENCODING, "replace")
        found = self._set.Match(raw)
        if not found:
            return []
        n_whole, owners = len(self._whole), self._owners
        hits = [owners[entry] for entry in found if entry < n_whole]
        if len(hits) + 1 < len(found):  # one part alone is no phrase with a gap
            hits += self._joined([owners[entry] for entry in found if entry >= n_whole], raw)
        hits.sort()
        return hits

    def _joined(self, owners: Sequence[int], raw: bytes) -> Iterator[int]:
        """Yield the phrases that stand in a text, of those that have parts in it; `owners` has them once a part."""
        for number in dict.fromkeys(owners):
            if owners.count(number) == self._gapped[number] and _in_bytes(self._patterns[number]).search(raw):
                yield number

    def texts_with(self, texts: Sequence[str]) -> Iterator[int]:
        """Yield the index of each text that has a phrase, in one pass over all of them. For phrases that are rare."""
        ends = list(accumulate(len(text) + 1 for text in texts))
        joined = "\n".join(texts).encode(ENCODING, "replace")
        at = 0
        while match := self._any.search(joined, at):
            index = bisect_right(ends, match.start())
            at = ends[index]
            if match.end() < at or self.hits(texts[index]):
                yield index

    def keys_in(self, text: str) -> list[str]:
        """Return the keys that have a phrase in the text, each once, in the book's order."""
        return list(dict.fromkeys(self._keys[hit] for hit in self.hits(text)))

    def key(self, hit: int) -> str:
        """Return the key a phrase stands under."""
        return self._keys[hit]

    def phrase(self, hit: int) -> str:
        """Return a phrase as the vocabulary has it."""
        return self._phrases[hit]

    def words(self, text: str, hit: int) -> str:
        """Return the words of the text that a phrase matched."""
        match = self.find(text, hit)
        return match[0] if match else ""

    def find(self, text: str, hit: int) -> re.Match[str] | None:
        """Return where a phrase stands first in the text."""
        return _compiled(self._patterns[hit]).search(text)

    def start(self, text: str, hit: int) -> int:
        """Return at which character a phrase stands first in a text, -1 where it does not."""
        match = _in_bytes(self._patterns[hit]).search(text.encode(ENCODING, "replace"))
        return match.start() if match else -1


class AnyOf:
    """One expression for RE2. Most texts have no match, and a set of one expression says so in half the time."""

    def __init__(self, expression: str) -> None:
        self._expression = re2.compile(expression)
        options = re2.Options()
        options.max_mem = MAX_MEMORY_BYTES
        self._set = re2.Set.SearchSet(options)
        self._set.Add(expression)
        self._set.Compile()

    def search(self, text: str, start: int | None = None) -> Any:
        """Return how it matches first in the text, as `re` does."""
        return self._expression.search(text, start) if self._set.Match(text) else None

    def match(self, text: str) -> Any:
        """Return how it matches at the beginning of the text."""
        return self._expression.match(text) if self._set.Match(text) else None

    def fullmatch(self, text: str) -> Any:
        """Return how it matches the whole text."""
        return self._expression.fullmatch(text) if self._set.Match(text) else None

    def finditer(self, text: str) -> Iterator[Any]:
        """Return all matches in the text, one behind the other."""
        return self._expression.finditer(text) if self._set.Match(text) else iter(())

    def is_in(self, text: str) -> bool:
        """Return whether it matches somewhere in the text, not where."""
        return bool(self._set.Match(text))

    def blanked(self, text: str) -> str:
        """Return the text with what matches as blanks, every other character at its place."""
        if not self._set.Match(text):
            return text
        parts, at = [], 0
        for match in self._expression.finditer(text):
            parts += [text[at : match.start()], " " * (match.end() - match.start())]
            at = match.end()
        return "".join([*parts, text[at:]])


def any_of(phrases: Iterable[str], around: str = "{}") -> AnyOf:
    """Return the expression of any of the phrases, for RE2; `around` may say what stands before and behind them.

    Its `search` and `match` are those of `re`, and as fast for a hundred phrases as for one.
    """
    alternatives = "|".join(pattern(phrase) for phrase in phrases)
    return AnyOf("(?i)" + around.format(f"(?:{alternatives})"))


def _parts(phrase: str) -> list[str]:
    """Cut a phrase at its gaps, where each part is a phrase of its own.

    >>> _parts("(took|taken) ... too (much|many)")
    ['(took|taken)', 'too (much|many)']
    """
    parts = phrase.split(" ... ")
    whole = all(part and part.count("(") == part.count(")") and "..." not in part for part in parts)
    return parts if whole else [phrase]


@cache
def _in_bytes(expression: str) -> Any:
    return re2.compile(expression.encode(ENCODING), _options())


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.I)


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = MAX_MEMORY_BYTES
    options.encoding = re2.Options.Encoding.LATIN1
    return options

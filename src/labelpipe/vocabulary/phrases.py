"""A book of phrases, all of them looked for in one pass over a text."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate
from typing import Any

import re2

from labelpipe.vocabulary import pattern

MAX_MEMORY_BYTES = 64 << 20
ENCODING = "latin-1"
"""A byte a character, so that places in the bytes are places in the text; what it lacks is in no phrase."""


class PhraseBook:
    """Phrases under keys: `keys_in(text)` says which keys have a phrase in the text, `words(text, key)` which words.

    One RE2 set answers for all phrases at once; the words are looked for only under a key that matched.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._keys = [key for key, wordings in phrases.items() for _ in wordings]
        self._phrases = [wording for wordings in phrases.values() for wording in wordings]
        self._patterns = [pattern(wording) for wording in self._phrases]
        self._set = re2.Set.SearchSet(_options())
        for expression in self._patterns:
            self._set.Add(expression.encode(ENCODING))
        self._set.Compile()

    @cached_property
    def _any(self) -> Any:
        """One expression for all phrases, which says where the next of them stands."""
        return re2.compile("|".join(self._patterns).encode(ENCODING), _options())

    def hits(self, text: str) -> list[int]:
        """Return the numbers of the phrases that stand in the text."""
        found = self._set.Match(text.encode(ENCODING, "replace"))
        return sorted(found) if found else []

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


def any_of(phrases: Iterable[str], around: str = "{}") -> Any:
    """Return the expression of any of the phrases, for RE2; `around` may say what stands before and behind them.

    Its `search` and `match` are those of `re`, and as fast for a hundred phrases as for one.
    """
    alternatives = "|".join(pattern(phrase) for phrase in phrases)
    return re2.compile("(?i)" + around.format(f"(?:{alternatives})"))


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.I)


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = MAX_MEMORY_BYTES
    options.encoding = re2.Options.Encoding.LATIN1
    return options

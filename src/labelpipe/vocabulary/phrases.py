"""A book of phrases, all of them looked for in one pass over a text."""

import re
from collections.abc import Iterable, Mapping

import re2

from labelpipe.vocabulary import pattern

MAX_MEMORY_BYTES = 64 << 20


class PhraseBook:
    """Phrases under keys: `keys_in(text)` says which keys have a phrase in the text, `words(text, key)` which words.

    One RE2 set answers for all phrases at once; the words are looked for only under a key that matched.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        self._keys: list[str] = []
        self._phrases: list[str] = []
        self._expressions: list[re.Pattern[str]] = []
        options = re2.Options()
        options.case_sensitive = False
        options.max_mem = MAX_MEMORY_BYTES
        self._set = re2.Set.SearchSet(options)
        for key, wordings in phrases.items():
            for wording in wordings:
                self._keys.append(key)
                self._phrases.append(wording)
                self._expressions.append(re.compile(pattern(wording), re.I))
                self._set.Add(pattern(wording))
        self._set.Compile()

    def hits(self, text: str) -> list[int]:
        """Return the numbers of the phrases that stand in the text."""
        return sorted(self._set.Match(text) or ())

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
        return self._expressions[hit].search(text)

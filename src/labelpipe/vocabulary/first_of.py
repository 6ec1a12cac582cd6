"""Several expressions tried in their order, of which most cannot match: RE2 says beforehand which can, in one pass."""

import re
from collections.abc import Sequence
from functools import cached_property

import re2

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?<?[=!]|.", re.S)
_LOOKS = ("(?=", "(?!", "(?<=", "(?<!")


class FirstOf:
    """Expressions of `re` in an order, without case."""

    def __init__(self, expressions: Sequence[str]) -> None:
        self._forms = [re.compile(expression, re.I) for expression in expressions]
        self._looser = [looser(expression) for expression in expressions]

    def search(self, text: str) -> re.Match[str] | None:
        """Return how the first expression that matches matches first in the text."""
        for number in sorted(self._may_match.Match(text.encode("utf-8", "replace")) or ()):
            match: re.Match[str] | None = self._forms[number].search(text)
            if match:
                return match
        return None

    @cached_property
    def _may_match(self) -> re2.Set:
        options = re2.Options()
        options.case_sensitive = False
        forms = re2.Set.SearchSet(options)
        for expression in self._looser:
            forms.Add(expression.encode())
        forms.Compile()
        return forms


def looser(expression: str) -> str:
    r"""Return an expression for RE2 that matches wherever this one does: what looks ahead or behind is left out.

    >>> print(looser(r"(?P<low>\d+)[\s-]*(?:kg|mg)(?!\s*(?:/|per))\b"))
    (?P<low>\d+)[\s\pZ-]*(?:kg|mg)\b
    """
    out: list[str] = []
    depth = 0
    for token in _TOKEN.findall(expression):
        if depth:
            depth += token.startswith("(") - (token == ")")
        elif token in _LOOKS:
            depth = 1
        elif token == r"\s":
            out.append(r"[\s\pZ]")
        else:
            out.append(token.replace(r"\s", r"\s\pZ"))
    return "".join(out)

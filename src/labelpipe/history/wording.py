"""What a passage says, whatever it is printed like: two passages of one wording differ in nothing but formatting.

Only what cannot change the sense is let go: white space, list markers, kinds of quotes and dashes, hyphens between
words, capitals of words, a stop at the end. Numbers (of sections too), units, signs, commas, brackets, negations count.
"""

import re
import unicodedata

Wording = tuple[str, ...]

MIN_FOLDED = 4
"""Behind a number a word this long is no unit, so its capitals do not count: `5 Mg` and `5 mg` are not the same."""

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‛′´`", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys('“”„‟″«»"', " "),
        **dict.fromkeys("•‣◦▪▫●○■□·∙", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
        "…": "...",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "μ": "µ",
        "×": "x",
    }
)
_MARKER = re.compile(r"^\s*(?:[-*>+o]\s+|\(?[a-z][.)]\s+)+")
_END = re.compile(r"[\s.;:,]+$")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]|_")


def wording(text: str) -> Wording:
    """Return the tokens of a passage that carry its sense."""
    plain = unicodedata.normalize("NFC", text).translate(_SAME)
    plain = _END.sub("", _MARKER.sub("", plain))
    found = list(_TOKEN.finditer(plain))
    words = [match[0] for match in found]
    return tuple(
        _folded(word, words[at - 1] if at else "")
        for at, word in enumerate(words)
        if word != "-" or _is_of_a_number(plain, found[at].start())
    )


def _folded(word: str, before: str) -> str:
    if before[:1].isdigit() and len(word) < MIN_FOLDED:
        return word
    return word.casefold()


def _is_of_a_number(plain: str, at: int) -> bool:
    """Whether a dash joins or signs numbers; any other only joins words."""
    return plain[at + 1 : at + 2].isdigit() or plain[:at].rstrip()[-1:].isdigit()

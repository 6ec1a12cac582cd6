"""Headings that run into their text, where flattening has lost what told them apart: `Adults Give 5 mg daily.`"""

import re
from functools import lru_cache

_LONGEST = 200
_SMALL = r"and|as|at|by|for|from|in|into|of|on|or|per|the|to|with|without|who|than|less|under|over|above|below|older"
_DO = r"Administer|Begin|Give|Initiate|Start|Take|Use"
_WITH_WHOM = r"patients?|adults?|children|adolescents|infants|neonates|years?|months?|age|aged|use|kg|mL/min"
_WORD = r"(?:[a-z]?[A-Z][\w’'/-]*|[(\[][^()\[\]]{1,60}[)\]]|[<>≤≥]?\d[\w.%/-]*)"
_TITLE = re.compile(
    rf"\s*(?P<title>(?:\d{{1,2}}\.\d{{1,2}}\.?\s+)?[A-Z][\w’'/-]*(?:,?\s+(?:{_WORD}|{_SMALL}|{_WITH_WHOM})){{0,30}}?)"
    r"(?<!\b(?:an|by|if|in|it|of|on|or|to))(?<!\b(?:and|for|per|the))(?<!\b(?:from|with))"
    rf"\s+(?:[—–-]\s+)?(?=[A-Z][\w’'-]*\s+(?!(?:{_SMALL})\b)[a-z]|(?:{_DO})\s)"
)


@lru_cache(maxsize=2048)
def run_ins(sentence: str) -> tuple[str, ...]:
    """Return the headings that a sentence begins with, one behind the other: a sentence of its own begins behind them.

    >>> run_ins("Patients with Renal Impairment The dose is 5 mg.")
    ('Patients with Renal Impairment',)
    >>> run_ins("Adults should take 5 mg.")
    ()
    """
    found: list[str] = []
    at = 0
    while match := _TITLE.match(sentence[at : at + _LONGEST]):
        found.append(match["title"])
        at += match.end()
    return tuple(found)

"""What the second number of a cell is: `53 (33.8)` has a deviation under `Mean (SD)`, and none under `(% CV)`."""

import re
from functools import cache

from labelpipe.extract.quantities import NUMBER
from labelpipe.vocabulary import load

_SUBJECTS = re.compile(r"\(\s*[nN]\s?=\s?\d+\s*\)|[,;]?\s*\b[nN]\s?=\s?\d+")
_FOOTNOTE = re.compile(r"(?<=[\d)])\s?[a-h](?:\s?[-–])?$")
_MARKS = re.compile(r"(?<=[\d%)])\s?[*†‡§¶#]+")
_BRACKETS = re.compile(r"\[([^\[\]()]*)\]")
_TWO = re.compile(
    rf"(?P<value>{NUMBER})(?P<unit>\s*[^\d\s()±][^\d()±]*)?\s*\(\s*(?P<sign>±|\+/-)?\s*(?P<spread>{NUMBER})\s*(?P<share>%?)\s*\)"
    r"(?P<unit_behind>\s*[^\d\s()±][^\d()±]*)?",
    re.I,
)
_PLUS = re.compile(r"(?<=\d)\s*\+\s*(?=\d)")
_RUN = re.compile(rf"{NUMBER}\s*\([^()]*\)\s*{NUMBER}|(?<![\d.,]){NUMBER}\s+{NUMBER}(?=\s|$)", re.I)
_INTERVAL = re.compile(rf"(?P<value>{NUMBER}[^()]*)\(\s*-?{NUMBER}\s*(?:-|–|to|,)\s*-?{NUMBER}\s*\)\s*", re.I)


def spread_of(*said: str) -> str | None:
    """Return which spread words tell of (sd, cv, range, ci): the first of the texts that tell of one, its first words.

    >>> spread_of("Cmax (ng/mL)", "Mean (% CV) values")
    'cv'
    """
    for words in said:
        if match := _kinds().search(words):
            return str(match.lastgroup)
    return None


def without_spreads(name: str) -> str:
    """Return a name less the words that only say what kind of figure stands below: `Mean (SD) Cmax (ng/mL)`."""
    return _around().sub(" ", name).strip()


def runs_together(cell: str) -> bool:
    """Whether values of several rows were run together into one cell (`592 (30) 110 (29)`): whose is which is lost."""
    return bool(_RUN.search(cell))


def plain_value(cell: str, spread: str | None, unit: str | None = None) -> str:
    """Return a cell whose second number is told apart: a deviation stands behind `±`, any other spread is gone.

    Where the unit stands elsewhere, a letter behind the value is a footnote's mark: `12.4 (5.6) a`.
    """
    cell = _FOOTNOTE.sub("", cell) if unit else cell
    words = _BRACKETS.sub(r"(\1)", _MARKS.sub("", _SUBJECTS.sub("", cell))).strip()
    words = words.replace("))", ")") if words.count(")") > words.count("(") else words
    words = _PLUS.sub(" ± ", words) if spread == "sd" else words
    if match := _TWO.fullmatch(words):
        unit = (match["unit"] or match["unit_behind"] or "").rstrip()
        is_sd = match["sign"] or (spread == "sd" and not match["share"])
        deviation = f" ± {match['spread']}" if is_sd else ""
        return f"{match['value']}{deviation}{unit}" if "%" not in unit or not match["share"] else words
    if spread == "ci" and (match := _INTERVAL.fullmatch(words)):
        return match["value"].strip()
    return words


@cache
def _kinds() -> re.Pattern[str]:
    spreads = load("spreads")
    return re.compile("|".join(f"(?P<{kind}>{'|'.join(words)})" for kind, words in spreads.items()), re.I)


@cache
def _around() -> re.Pattern[str]:
    words = "|".join(word for words in load("spreads").values() for word in words)
    mean = r"\b(?:arithmetic |geometric |least squares? )?(?:means?|average|median)\b"
    return re.compile(
        rf"[(\[]\s*(?:{mean}\s*)?[(\[]?\s*(?:{words})\s*[)\]]+|[(\[](?:±\s*)?(?:S\.?\s?(?:D|E|EM)\.?)[)\]]|{mean}(?=\s*[(±\[])|^{mean}(?=\s)|±\s*(?:{words})|(?:{words})$",
        re.I,
    )

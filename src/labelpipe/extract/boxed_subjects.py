"""Whose boxed warning words are about: the label's own drug, or a class of drugs that it does not belong to."""

import re
from functools import cache

from labelpipe.extract.sentences import sentences
from labelpipe.model import Block
from labelpipe.vocabulary import load, pattern

_WITH = re.compile(r"\b(?:with|to|plus)\s+(?:\w+\s+){0,1}$", re.I)


class Subjects:
    """The classes that the boxes of a label's words may belong to, and which of them are the drug's own."""

    def __init__(self, blocks: tuple[Block, ...], names: frozenset[str]) -> None:
        self._blocks, self._names = blocks, names
        self._own: dict[str, bool] = {}

    def is_another_class(self, clause: str, names_own: bool) -> bool:
        """Whether a clause is about the box of a class that is not the drug's; `names_own`: it names the drug."""
        return any(not self._is_own(name) for name in _classes() if _has_the_box(name, clause, names_own))

    def _is_own(self, name: str) -> bool:
        if name not in self._own:
            self._own[name] = any(self._says_own(block, name) for block in self._blocks)
        return self._own[name]

    def _says_own(self, block: Block, name: str) -> bool:
        said = _classes()[name]
        if not said.search(block.text):
            return False
        if block.field == "pharm_class":
            return True
        words, terms = block.text, said.pattern
        if re.search(
            rf"\b(?:like|as with|as an?|unlike) (?:all |other |any |every |most )?(?:\w+ ){{0,2}}{terms}", words, re.I
        ):
            return True
        is_one = rf"\b(?:is|are|was|,) (?:an?|the|one of the|among the) (?:[\w-]+ ){{0,4}}{terms}"
        such_as = rf"{terms}[ ,]+(?:such as|including|among them|like) "
        return any(
            self._names & {word.casefold() for word in re.findall(r"[\w-]+", sentence.text)}
            and re.search(f"{is_one}|{such_as}", sentence.text, re.I)
            for sentence in sentences(words)
        )


def _has_the_box(name: str, clause: str, names_own: bool) -> bool:
    """Whether words give the box to a class: `the boxed warning of opioids`, `opioids carry a boxed warning`."""
    bearing, borne = _box_of(name)
    match = None if names_own else bearing.search(clause)
    return bool(borne.search(clause)) or bool(match and not _WITH.search(clause[: match.start()]))


@cache
def _classes() -> dict[str, re.Pattern[str]]:
    classes = load("safety")["boxed_warning"]["classes"]
    return {name: re.compile(f"(?:{'|'.join(map(pattern, words))})", re.I) for name, words in classes.items()}


@cache
def _box_of(name: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("safety")["boxed_warning"]
    box, said = "|".join(map(pattern, words["mentions"])), _classes()[name].pattern
    carry, belong = "|".join(map(pattern, words["carry"])), "|".join(map(pattern, words["belong"]))
    return (
        re.compile(rf"{said}(?:\W+\w+){{0,5}}?\W+(?:{carry})\W+(?:\w+\W+){{0,6}}?(?:{box})", re.I),
        re.compile(rf"(?:{box})\W+(?:{belong})\W+(?:(?:all|the|other|most|many)\W+)?{said}", re.I),
    )

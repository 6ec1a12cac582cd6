"""Whether a text is about a medicine at all."""

from collections.abc import Iterable
from functools import cache

from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

MIN_SHARE = 0.35
"""Share of a monograph's paragraphs that speak of medicine; real ones are far above, other pages far below."""


MIN_CHARACTERS = 40
"""A shorter line (`- Headache`) says too little either way."""


def speaks_of_medicine(paragraphs: Iterable[str]) -> bool:
    """Whether enough of the paragraphs have a word that only texts about medicines use. Nothing to read: yes."""
    spoken = [bool(_book().hits(paragraph)) for paragraph in paragraphs if len(paragraph) >= MIN_CHARACTERS]
    return not spoken or sum(spoken) >= MIN_SHARE * len(spoken)


@cache
def _book() -> PhraseBook:
    return PhraseBook({"medicine": load("subject")["words"]})

"""The label's own names, and whether words are about another drug."""

import re
from functools import cache

from labelpipe.model import Block
from labelpipe.vocabulary import load
from labelpipe.vocabulary.phrases import PhraseBook

_FIELDS = ("brand_name", "generic_name", "active_ingredients")
_MIN_LETTERS = 4


def own_names(blocks: tuple[Block, ...], stated: tuple[str, ...] = ()) -> frozenset[str]:
    """Return the words of the label's names, folded, less those of dosage forms (`Baclofen Injection`).

    The names are the header's, and `stated` those that the format states beside the text.
    """
    values = [block.text for block in blocks if block.kind == "field_value" and block.field in _FIELDS]
    values += stated
    words = {word.casefold() for value in values for word in re.findall(r"[^\W\d_][\w-]+", value)}
    return frozenset(word for word in words if len(word) >= _MIN_LETTERS and word not in _form_words())


def is_about_another(words: str, names: frozenset[str]) -> bool:
    """Whether words speak of another drug: they name one, or say `relatives such as`, and not the label's own.

    Another maker's product is another drug whatever it is named.
    """
    if "makers" in _others().keys_in(words):
        return True
    if not names or names & {word.casefold() for word in re.findall(r"[^\W\d_][\w-]+", words)}:
        return False
    return bool(_others().hits(words))


def is_another_drug(words: str, names: frozenset[str]) -> bool:
    """Whether words have a name that ends like a drug's and is none of the label's own."""
    return bool(names) and bool(_stems().hits(words))


@cache
def _stems() -> PhraseBook:
    return PhraseBook({"another": load("safety")["boxed_warning"]["stems"]})


@cache
def _others() -> PhraseBook:
    words = load("safety")["boxed_warning"]
    return PhraseBook({"makers": words["makers"], "another": [*words["elsewhere"], *words["stems"]]})


@cache
def _form_words() -> frozenset[str]:
    return frozenset(word.casefold() for form in load("products")["dosage_forms"] for word in form.split())

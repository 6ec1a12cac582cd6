"""A book of phrases: every phrase that stands in a text is found, and no other."""

import re

from hypothesis import given
from hypothesis import strategies as st

from labelpipe.vocabulary import pattern
from labelpipe.vocabulary.phrases import PhraseBook

PHRASES = {
    "kidney": ["renal", "kidney* (disease|failure)", "cleared ... kidney*"],
    "liver": ["liver", "hepatic", "°c"],
    "drug": ["*olol", "black-box*"],
}
BOOK = PhraseBook(PHRASES)
WORDS = [
    *["renal", "Kidney", "kidneys", "disease", "failure", "cleared", "by", "the", "HEPATIC"],
    *["atenolol", "atenolols", "black-box", "°C", "25", "café", "–", "’"],
]
texts = st.lists(st.sampled_from(WORDS), max_size=12).flatmap(
    lambda words: st.lists(st.sampled_from([" ", ", ", "-", "", "\n"]), min_size=len(words), max_size=len(words)).map(
        lambda gaps: "".join(f"{word}{gap}" for word, gap in zip(words, gaps, strict=True))
    )
)


@given(texts)
def test_a_phrase_is_found_where_its_own_expression_finds_it(text: str) -> None:
    wordings = [wording for wordings in PHRASES.values() for wording in wordings]
    expected = [number for number, wording in enumerate(wordings) if re.search(pattern(wording), text, re.I | re.ASCII)]
    assert BOOK.hits(text) == expected


@given(st.lists(texts, max_size=8))
def test_the_texts_with_a_phrase_are_those_that_have_one_each_for_itself(several: list[str]) -> None:
    assert list(BOOK.texts_with(several)) == [index for index, text in enumerate(several) if BOOK.hits(text)]


def test_keys_come_in_the_order_of_the_book() -> None:
    assert BOOK.keys_in("the liver and the kidneys failure: renal") == ["kidney", "liver"]


def test_the_words_of_a_phrase_are_the_texts_own() -> None:
    [hit] = BOOK.hits("Kidneys  disease, and Kidneys failure")
    assert BOOK.words("Kidneys  disease, and Kidneys failure", hit) == "Kidneys failure"

"""Several expressions in their order: RE2's hint changes nothing but the time."""

import re

from hypothesis import given
from hypothesis import strategies as st

from labelpipe.extract.bands import _ages, _weight
from labelpipe.vocabulary.first_of import FirstOf, looser

FORMS = FirstOf([r"(?P<low>\d+)\s*years?(?=\s+old)", r"(?<!\d)\d+[\s-]*kg(?!\s*/)", r"[(]\d+[)\s]"])
WORDS = ["5", "12", "years", "old", "kg", "/", "children", "aged", "to", "under", "≥", "(7)", "of age", "or more", "–"]
texts = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(["", " ", "\u00a0", "-"])), max_size=10).map(
    lambda pairs: "".join(word + gap for word, gap in pairs)
)


@given(texts, st.sampled_from([FORMS, _ages(), _weight()]))
def test_the_first_form_that_matches_is_found(text: str, forms: FirstOf) -> None:
    expected = next((match for form in forms._forms if (match := form.search(text))), None)
    found = forms.search(text)
    assert (found and (found.re, found.span())) == (expected and (expected.re, expected.span()))


def test_brackets_within_brackets_are_left_out_whole() -> None:
    assert looser(r"a(?=[(,;]|(?:b\)|c))d(?!e)") == "ad"
    assert re.fullmatch(looser(r"\(a\)(?<!b)"), "(a)")

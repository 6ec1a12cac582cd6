"""Which language a page is in, judged by its prose."""

import pytest

from labelpipe.model import Source
from labelpipe.readers import read

PAGES = {
    "en": "Take one tablet in the evening with some water.\nDo not drive on the first day, for it may make you sleepy.",
    "es": "Tome un comprimido por la noche con un poco de agua.\nNo conduzca el primer día, porque puede dar sueño.",
}


@pytest.mark.parametrize(("language", "page"), PAGES.items(), ids=PAGES)
def test_language_of_a_page(language: str, page: str) -> None:
    assert read(Source("page.txt", page.encode())).language == language


def test_too_few_words_have_no_language() -> None:
    assert read(Source("page.txt", b"Take one tablet in the evening.")).language is None


def test_header_and_furniture_do_not_count() -> None:
    page = "Brand Name\nLorvel\nGeneric Name\nLorvatine Tablets for Oral Use\n" + "Loading...\n" * 20 + "Take one.\n"
    assert read(Source("page.txt", page.encode())).language is None

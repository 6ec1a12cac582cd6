"""What the header says about the label as a whole."""

import pytest

from labelpipe.extract.header import read_document, split_class
from labelpipe.model import Document, Source
from labelpipe.readers import read


def document(page: str, path: str = "folder/zerbal.txt") -> Document:
    source = Source(path, page.encode())
    return read_document(source, read(source))


def test_fields_of_the_header() -> None:
    label = document(
        "Brand Name\nZerbal\nGeneric Name\nZerbaline Tablets\nActive Ingredient\nZerbaline; Orvadol\n"
        "Category\nBiguanide [EPC]\nVariants\n4\n"
    )
    assert (label.brand_name, label.generic_name) == ("Zerbal", "Zerbaline Tablets")
    assert label.active_ingredients == ("Zerbaline", "Orvadol")
    assert (label.pharm_class, label.pharm_class_type) == ("Biguanide", "EPC")
    assert label.declared_products == 4


def test_identity_comes_from_the_source() -> None:
    label = document("Some words about a medicine.")
    assert (label.label_id, label.source_path, label.source_tier) == ("zerbal", "folder/zerbal.txt", "secondary")
    assert label.source_bytes == 28
    assert (label.brand_name, label.active_ingredients, label.declared_products) == (None, (), None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Opioid Agonist [EPC]", ("Opioid Agonist", "EPC")),
        ("Opioid Agonist", ("Opioid Agonist", None)),
        (None, (None, None)),
        ("", ("", None)),
    ],
)
def test_class_and_its_type(words: str | None, expected: tuple[str | None, str | None]) -> None:
    assert split_class(words) == expected

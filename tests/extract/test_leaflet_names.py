"""What a leaflet says that its medicine is called, and whose doses are therefore another's."""

from pages import blocks_of, placed

from labelpipe.extract.doses import read_doses
from labelpipe.extract.leaflet_names import leaflet_names

OPENING = "## 1. What Zerbal is and what it is used for\n\nThe active substances are zerbaline and quintol.\n"


def test_the_title_and_the_active_substances_name_it() -> None:
    assert leaflet_names(blocks_of(OPENING)) == {"zerbal", "zerbaline", "quintol"}


def test_a_leaflet_that_does_not_say_what_is_in_it_has_no_names() -> None:
    assert leaflet_names(blocks_of("## 1. What Zerbal is and what it is used for\n\nIt helps.\n")) == frozenset()


def test_doses_of_another_drug_are_none() -> None:
    words = "The dose of nivolumab is 210 mg each week or 450 mg each month. Take 5 mg of zerbaline daily."
    page = f"{OPENING}\n{words}\n"
    assert [dose.value_low for dose in read_doses(placed(blocks_of(page), "dosage_and_administration"), ())] == [5]

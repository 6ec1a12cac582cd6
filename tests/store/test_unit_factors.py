"""What is kept of pint's answers is what pint answers."""

import pytest

from labelpipe.store.units import measured
from labelpipe.vocabulary import load


@pytest.mark.parametrize("unit", load("unit_factors"))
def test_kept_factors_are_those_of_the_library(unit: str) -> None:
    assert load("unit_factors")[unit] == measured(unit)

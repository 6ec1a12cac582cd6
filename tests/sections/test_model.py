"""What the model promises whatever the page says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pages import HEADLESS, TRUTH, reading_of

from labelpipe.sections.chain import marginals
from labelpipe.sections.evidence import gather
from labelpipe.sections.model import load_model
from labelpipe.vocabulary import sections


def test_probabilities_sum_to_one() -> None:
    model = load_model()
    known = gather(reading_of(HEADLESS).blocks, model.words)
    assert known is not None
    chances = model.chances(known)
    assert chances.shape == (len(TRUTH), len(sections()))
    assert chances.min() >= 0
    assert chances.sum(axis=1) == pytest.approx(1)


@given(units=st.integers(1, 6), seed=st.integers(0, 99))
def test_marginals_are_those_of_all_sequences(units: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    scores, factors = random.normal(size=(units, 3)), np.exp(random.normal(size=(2, 3, 3)))
    links = random.integers(0, 2, units)
    expected = np.zeros((units, 3))
    for path in np.ndindex(*(3,) * units):
        weight = np.exp(scores[np.arange(units), path].sum())
        for i in range(1, units):
            weight *= factors[links[i], path[i - 1], path[i]]
        expected[np.arange(units), path] += weight
    expected /= expected.sum(axis=1, keepdims=True)
    assert marginals(scores, factors, links) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("register", ["page", "label", "leaflet"])
def test_every_register_has_its_chains(register: str) -> None:
    arrays = load_model()._arrays
    assert {f"{register}_jumps", f"{register}_ordered_jumps", f"{register}_places"} <= set(arrays)

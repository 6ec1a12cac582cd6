"""What the model promises whatever the page says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pages import HEADLESS, TRUTH, reading_of

from labelpipe.sections.chain import marginals
from labelpipe.sections.context import WINDOW
from labelpipe.sections.evidence import gather
from labelpipe.sections.model import decide, first_look, load_model, second_look
from labelpipe.sections.second_look import ENOUGH, REACH, second_context
from labelpipe.vocabulary import sections


def test_both_looks_are_probabilities() -> None:
    model = load_model()
    known = gather(reading_of(HEADLESS).blocks, model.words)
    assert known is not None
    first = first_look(model._arrays, known)
    for chances in (first, second_look(model._arrays, known, first)):
        assert chances.shape == (len(TRUTH), len(sections()))
        assert chances.min() >= 0
        assert chances.sum(axis=1) == pytest.approx(1)


def test_a_broad_section_counts_for_the_part_its_words_speak_of() -> None:
    model = load_model()
    known = gather(reading_of(HEADLESS).blocks, model.words)
    assert known is not None
    broad, part, other = map(sections().index, ("clinical_pharmacology", "pharmacokinetics", "overdosage"))
    chances = np.zeros((len(known.units), len(sections())))
    chances[:, [broad, part, other]] = 0.5, 0.1, 0.4
    accepts = np.eye(len(sections()))
    assert set(decide(chances, accepts, known).best) == {broad}
    accepts[broad, part] = 1
    verdict = decide(chances, accepts, known)
    assert set(verdict.best) == {part}
    assert verdict.sure == pytest.approx(0.6)


def test_a_part_stays_a_part_where_the_broad_section_is_accepted_too() -> None:
    model = load_model()
    known = gather(reading_of(HEADLESS).blocks, model.words)
    assert known is not None
    broad, part = map(sections().index, ("dosage_and_administration", "missed_dose"))
    chances = np.zeros((len(known.units), len(sections())))
    chances[:, [broad, part]] = 0.2, 0.8
    accepts = np.eye(len(sections()))
    accepts[part, broad] = 1
    assert set(decide(chances, accepts, known).best) == {part}


@given(units=st.integers(1, 6), seed=st.integers(0, 99))
def test_the_second_look_counts_what_stands_around(units: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    first = random.dirichlet(np.ones(3), units)
    context = second_context(first, np.zeros((units, 2)))
    near, far, before, after = np.split(context[:, 3 * (1 + 2 * WINDOW) : -2], 4, axis=1)
    assert near * (2 * REACH + 1) == pytest.approx(np.tile(first.sum(axis=0), (units, 1)), abs=1e-5)
    assert far == pytest.approx(0, abs=1e-6)
    assert (before + after) * ENOUGH + first == pytest.approx(near * (2 * REACH + 1), abs=1e-4)


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
    assert {f"{register}_jumps", f"{register}_ordered_jumps", f"{register}_second_jumps"} <= set(arrays)

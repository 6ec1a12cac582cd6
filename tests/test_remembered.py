"""What is remembered is what would be worked out, whatever was asked before; and it stays bounded."""

from hypothesis import given
from hypothesis import strategies as st

from labelpipe.remembered import Remembered

ASKED = st.lists(st.lists(st.text("ab", max_size=4), max_size=8), max_size=12)


@given(ASKED, st.integers(0, 20))
def test_values_are_those_of_the_function(asked: list[list[str]], max_characters: int) -> None:
    memory: Remembered[str] = Remembered(max_characters)
    for keys in asked:
        assert memory.all(keys, lambda new: map(str.upper, new)) == [key.upper() for key in keys]


@given(ASKED)
def test_each_new_key_is_worked_out_once_and_in_order(asked: list[list[str]]) -> None:
    memory: Remembered[str] = Remembered()
    seen: list[str] = []

    def work_out(new: list[str]) -> list[str]:
        seen.extend(new)
        return new

    for keys in asked:
        memory.all(keys, work_out)
    assert seen == list(dict.fromkeys(key for keys in asked for key in keys))


def test_what_was_not_asked_for_long_is_forgotten_and_what_comes_again_stays() -> None:
    memory: Remembered[str] = Remembered(max_characters=10)
    worked_out: list[str] = []

    def work_out(new: list[str]) -> list[str]:
        worked_out.extend(new)
        return new

    for number in range(20):
        memory.all(["often", f"once {number}"], work_out)
    memory.all(["often", "once 0"], work_out)
    assert worked_out.count("often") == 1
    assert worked_out.count("once 0") == 2

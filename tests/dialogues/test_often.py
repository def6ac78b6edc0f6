"""Of what is said very often the first and the last are looked at, in their order."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from dialogs.understanding.often import not_too_often


@dataclass(frozen=True)
class One:
    text: str
    place: int


@given(st.lists(st.sampled_from("abc"), max_size=60), st.integers(1, 5))
def test_the_ends_stay(words, most):
    found = [One(word, place) for place, word in enumerate(words)]
    kept = not_too_often(found, most)
    assert list(kept) == sorted(kept, key=lambda one: one.place)
    for word in set(words):
        mine, left = [one for one in found if one.text == word], [one for one in kept if one.text == word]
        assert left[:most] == mine[:most]
        assert left[-most:] == mine[-most:]
        if len(found) > 2 * most:
            assert len(left) <= 2 * most

"""How much one person may send: heard, told once, then silence; nobody else is touched."""

from hypothesis import given
from hypothesis import strategies as st

from bot.limits import Allowance, Buckets

H, T, S = Allowance.HEARD, Allowance.TOLD, Allowance.SILENT


class Hands:
    """A clock moved by hand."""

    now = 0.0

    def __call__(self):
        return self.now


def test_a_burst_is_heard_then_told_once_then_silence_and_then_heard_again():
    clock = Hands()
    buckets = Buckets(burst=3, rate=0.5, silence=10, clock=clock)
    assert [buckets.take("a") for _ in range(6)] == [H, H, H, T, S, S]
    assert buckets.take("b") is H
    clock.now = 9.9
    assert buckets.take("a") is S
    clock.now = 10
    assert [buckets.take("a") for _ in range(5)] == [H, H, H, T, S]


def test_only_so_many_people_are_remembered():
    buckets = Buckets(burst=1, rate=0, silence=10, people=2, clock=Hands())
    assert [buckets.take(one) for one in "abab"] == [H, H, T, T]
    buckets.take("c")
    assert len(buckets._buckets) == 2
    assert [buckets.take("b"), buckets.take("a")] == [S, H]


@given(st.lists(st.floats(0, 5), max_size=300), st.integers(1, 20), st.floats(0, 5))
def test_never_more_than_the_burst_and_the_rate(pauses, burst, rate):
    clock = Hands()
    buckets = Buckets(burst=burst, rate=rate, silence=3, clock=clock)
    heard = 0
    for pause in pauses:
        clock.now += pause
        heard += buckets.take("a") is H
        assert heard <= burst + rate * clock.now + 1e-6

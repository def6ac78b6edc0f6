"""What rounds come to."""

import statistics

import pytest

from bench.rounds import between, ratios


def test_a_ratio_is_of_the_same_round():
    assert ratios([2, 9], [1, 3]) == [2, 3]


@pytest.mark.parametrize("count", [1, 2, 7, 16, 120])
def test_the_median_lies_between(count):
    values = [float(n * n % 97) for n in range(count)]
    low, high = between(values)
    assert low <= statistics.median(values) <= high


def test_more_rounds_say_more():
    few, many = list(range(16)), [n * 16 / 160 for n in range(160)]
    assert between(many)[1] - between(many)[0] < between(few)[1] - between(few)[0]

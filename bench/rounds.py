"""Rounds in which everybody takes turns, and what they come to: medians with the least and the most."""

import math
import statistics
from collections.abc import Sequence


def spread(values: Sequence[float], form: str = ",.0f") -> str:
    """The median, and the least and the most in brackets."""
    if not values:
        return "–"
    median, least, most = statistics.median(values), min(values), max(values)
    return f"{median:{form}} [{least:{form}}–{most:{form}}]"


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """Ours to theirs, round by round: both had the same machine then."""
    return [one / other for one, other in zip(ours, theirs, strict=False) if other]


def between(values: Sequence[float]) -> tuple[float, float]:
    """Where the median lies in 19 of 20 cases, by the order of the values alone: no law of their errors is assumed."""
    ordered, reach = sorted(values), math.ceil(0.98 * math.sqrt(len(values)))
    middle = len(values) / 2
    return ordered[max(0, math.floor(middle) - reach)], ordered[min(len(values) - 1, math.ceil(middle) - 1 + reach)]


def verdict(value: float, bar: float, aim: float | None = None) -> str:
    """Whether a bar (at least) is met."""
    if aim is not None and value >= aim:
        return f"aim {aim:g} met"
    return f"bar {bar:g} met" if value >= bar else f"bar {bar:g} MISSED"

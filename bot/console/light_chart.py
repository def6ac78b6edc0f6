"""Bars of a chart as plain numbers: the template draws them as SVG, whose place and length are attributes and no style."""

from collections.abc import Sequence
from typing import Final, NamedTuple

WIDTH: Final = 720
NAMES: Final = 190
"""Units of the left, for the names."""
ROW: Final = 34
BAR: Final = 22
_LABEL: Final = 26
"""A piece narrower than this has no room for its number."""


class Piece(NamedTuple):
    """A piece of a bar: which class draws it, where it begins, how long it is; `label` is empty where there is no room for it."""

    kind: str
    x: float
    width: float
    amount: int
    label: str


class Bar(NamedTuple):
    """A bar with its name."""

    name: str
    y: int
    total: int
    pieces: Sequence[Piece]


class Chart(NamedTuple):
    """Bars one below the other."""

    bars: Sequence[Bar]

    @property
    def height(self) -> int:
        """Of the whole drawing."""
        return ROW * len(self.bars) + 6


def chart(rows: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> Chart:
    """A chart of rows: a name, and pieces of a kind and a count. The longest bar takes the whole width."""
    longest = max((sum(count for _, count in pieces) for _, pieces in rows), default=0) or 1
    scale = (WIDTH - NAMES - 60) / longest
    bars = list[Bar]()
    for place, (name, pieces) in enumerate(rows):
        x, made = float(NAMES), list[Piece]()
        for kind, count in pieces:
            if count:
                width = round(count * scale, 1)
                made.append(Piece(kind, round(x, 1), width, count, str(count) if width >= _LABEL else ""))
                x += width
        bars.append(Bar(name, place * ROW + 6, sum(count for _, count in pieces), made))
    return Chart(bars)

"""What is late and what will be: each open limit in one of four lights, by the share of it that is used up (J35)."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import NamedTuple

from model.county import County
from model.limit import LimitGroup, Reach
from routing.limits import WHOLE


class Light(StrEnum):
    """How a limit stands, the worst first."""

    LATE = "late"  # its end has passed
    NEAR = "near"  # a share of it is used up that the county warns of
    CALM = "calm"
    PAUSED = "paused"  # it stands still, or is still to begin: time passes for nobody


class Lit(NamedTuple):
    """A light; `share` is the highest of the county's warning levels that is reached, in percent, 0 for none."""

    light: Light
    share: int


class Counts(NamedTuple):
    """So many limits in each light."""

    late: int = 0
    near: int = 0
    calm: int = 0
    paused: int = 0

    @property
    def all(self) -> int:
        """All of them."""
        return sum(self)

    def more(self, light: Light, count: int) -> "Counts":
        """With so many more in this light."""
        return self._replace(**{light.value: getattr(self, light.value) + count})

    def plus(self, other: "Counts") -> "Counts":
        """Together with others."""
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))


def lit(reach: Reach, county: County) -> Lit:
    """The light of a limit that has come so far, by the county's warning levels; the end itself is still in time.

    What the clock has not warned of yet although its time has come counts as reached.
    """
    if not (reach.runs and reach.begun):
        return Lit(Light.PAUSED, 0)
    share = _reached(reach, county)
    if reach.past:
        return Lit(Light.LATE, share)
    return Lit(Light.NEAR if share else Light.CALM, share)


def _reached(reach: Reach, county: County) -> int:
    """A level of the end and beyond is reached once the end has passed, and not before; then all up to it are."""
    coming, found = reach.next_share, 0
    for level in sorted({one.share for one in county.process.warnings}):
        warned = coming is None or level < coming or (reach.ripe and level == coming)
        if (reach.past and level <= WHOLE) or (warned and (reach.past or level < WHOLE)):
            found = level
    return found


def board(groups: Iterable[LimitGroup], county: County) -> Mapping[tuple[str, str], Counts]:
    """How many limits of each body and step are in each light; "" stands for no body yet."""
    found: dict[tuple[str, str], Counts] = {}
    for one in groups:
        place = (one.body, one.step)
        found[place] = found.get(place, Counts()).more(lit(one.reach, county).light, one.amount)
    return found

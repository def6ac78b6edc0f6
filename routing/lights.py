"""What is late and what will be: each open limit in one of four lights, by the share of it that is used up (J35)."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from model.county import County
from model.limit import OpenLimit
from routing.limits import WHOLE


class Light(StrEnum):
    """How a limit stands, the worst first."""

    LATE = "late"  # its end has passed
    NEAR = "near"  # a share of it is used up that the county warns of
    CALM = "calm"
    PAUSED = "paused"  # it stands still, or is still to begin: time passes for nobody


class Lit(NamedTuple):
    """A limit in its light; `share` is the highest of the county's warning levels that it has reached, in percent, 0 for none."""

    limit: OpenLimit
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

    def more(self, light: Light) -> "Counts":
        """With one more in this light."""
        return self._replace(**{light.value: getattr(self, light.value) + 1})

    def plus(self, other: "Counts") -> "Counts":
        """Together with others."""
        return Counts(*(one + more for one, more in zip(self, other, strict=True)))


def lit(limit: OpenLimit, county: County, now: dt.datetime) -> Lit:
    """The light of a limit at this moment, by the county's warning levels; the end itself is still in time.

    What the clock has not warned of yet although its time has come counts as reached.
    """
    if not limit.runs or limit.since > now:
        return Lit(limit, Light.PAUSED, 0)
    share = _reached(limit, county, now)
    if limit.due < now:
        return Lit(limit, Light.LATE, share)
    return Lit(limit, Light.NEAR if share else Light.CALM, share)


def _reached(limit: OpenLimit, county: County, now: dt.datetime) -> int:
    levels = sorted({one.share for one in county.process.warnings})
    late = limit.due < now
    if limit.next_share is None:
        reached = levels
    elif limit.next_at is not None and limit.next_at <= now:
        reached = [one for one in levels if one <= limit.next_share]
    else:
        reached = [one for one in levels if one < limit.next_share]
    # A level of the end and beyond is reached once the end has passed, and not before.
    fitting = [one for one in reached if late or one < WHOLE]
    return fitting[-1] if fitting else 0


def board(limits: Iterable[Lit]) -> Mapping[tuple[str, str], Counts]:
    """How many limits of each body and step are in each light; "" stands for no body yet."""
    found: dict[tuple[str, str], Counts] = {}
    for one in limits:
        place = (one.limit.body if one.limit.chosen else "", one.limit.step)
        found[place] = found.get(place, Counts()).more(one.light)
    return found


def worst_first(limits: Iterable[Lit]) -> Sequence[Lit]:
    """What is late for longest, then what will be late soonest; what stands still comes last."""
    return sorted(limits, key=lambda one: (one.light is Light.PAUSED, one.limit.due, one.limit.order, one.limit.step))

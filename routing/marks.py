"""评价 counted: which marks a month brought, by body and by what was late; and whose mark concerns whom (J35)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from model.case import Case
from model.county import County
from model.process import is_staffs
from model.staff import Staff

FEWEST: Final = 5
"""Fewer marks than this of a body are not told to whoever heads it: he would know who gave which."""


@dataclass(frozen=True, slots=True)
class Marks:
    """How often each mark was given; `reasons` are those of bad ones, `waiting` the bad ones nobody has called about yet."""

    marks: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    waiting: int = 0

    @property
    def all(self) -> int:
        """How many marks were given."""
        return self.marks.total()


@dataclass(frozen=True, slots=True)
class Ratings:
    """`whole`: each case once; by body, a case counts for each that served in it; by step, for each step that was late in it.

    `in_time` are the marks of the cases in which nothing was late.
    """

    whole: Marks
    bodies: Mapping[str, Marks]
    late: Mapping[str, Marks]
    in_time: Marks


def rated(cases: Iterable[Case], since: dt.datetime, until: dt.datetime) -> tuple[Case, ...]:
    """Those whose mark, as it stands, was given between these instants."""
    return tuple(one for one in cases if one.rating is not None and since <= one.rating.at < until)


def ratings(cases: Iterable[Case], county: County) -> Ratings:
    """The marks of these cases."""
    known = [one for one in cases if one.rating is not None]
    by_body, by_step = dict[str, list[Case]](), dict[str, list[Case]]()
    kept = list[Case]()
    for case in known:
        for body in dict.fromkeys(order.body for order in case.orders if order.ending is None):
            by_body.setdefault(body, []).append(case)
        late = late_steps(case)
        for step in late:
            by_step.setdefault(step, []).append(case)
        if not late:
            kept.append(case)
    places = [one.id for one in county.bodies]
    listed = sorted(by_body, key=lambda one: (places.index(one) if one in places else len(places), one))
    return Ratings(
        whole=_marks(known),
        bodies={one: _marks(by_body[one]) for one in listed},
        late={one: _marks(found) for one, found in by_step.items()},
        in_time=_marks(kept),
    )


def late_steps(case: Case) -> tuple[str, ...]:
    """The steps whose limits the staff did not keep in this case; the call about its mark is none of them."""
    found = (
        step
        for order in case.orders
        for step, clock in order.clocks.items()
        if is_staffs(step) and step != "call_back" and clock.met_at is not None and not clock.kept
    )
    return tuple(dict.fromkeys(found))


def concerns(case: Case, viewer: str, staff: Sequence[Staff]) -> bool:
    """Whether a mark of this case is about whoever looks: he served in it, under any of the names he is bound as."""
    served = {order.steward for order in case.orders if order.steward}
    person = next((one.person for one in staff if one.id == viewer), None)
    own = {one.id for one in staff if person is not None and one.person == person}
    return bool(served & {viewer, *own})


def _marks(cases: Sequence[Case]) -> Marks:
    given = [one.rating for one in cases if one.rating is not None]
    return Marks(
        marks=Counter(one.mark for one in given),
        reasons=Counter(one.reason for one in given if one.bad and one.reason),
        waiting=sum(one.bad and not one.called_back for one in given),
    )

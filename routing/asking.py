"""Asking everybody bound by an appointment when he can come: who is asked, about which time, until when (X30, X36, X53)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from model.calendar import CHINA
from model.case import JOINT, Case
from model.county import County
from model.events.scheduling import TimesAsked
from model.meeting_rules import MeetingRule
from model.order import Order
from model.staff import Staff
from model.times import APPLICANT, Meeting, Window
from routing.limits import due_of, working_time
from routing.parties import parties
from routing.scheduling import common, half_days, slots, up_to_slot, without
from routing.transitions import UNSURVEYED, precedes

_FEWEST: Final = 2
"""Half-days that must be left to choose from; else a limit that is nearly over gives way to the county's usual time."""


def asked_of_all(
    case: Case,
    key: str,
    kept: Mapping[str, Sequence[Window]],
    county: County,
    rule: MeetingRule,
    now: dt.datetime,
    staff: Sequence[Staff],
    wished: Sequence[Window] = (),
    *,
    kind: Meeting | None = None,
    orders: tuple[str, ...] | None = None,
) -> TimesAsked:
    """Everybody who has not said it, or whose times are over, is asked; as far ahead as the applicant has wished himself.

    `kind` and `orders` are those of the appointment, unless it is a new one.
    """
    kind = case.kind_of(key) if kind is None else kind
    orders = bound(case, key) if orders is None else orders
    limit, soonest = _limit(case, kind, orders, county, rule, now), soonest_of(case, kind, orders, rule, now)
    limit = max(limit, min((one.end for one in wished), default=limit))
    ahead = tuple(half_days(working_time(county), soonest, limit))
    asked = _parties(case, kind, orders, staff)
    opens = {opening for opening, _ in county.process.hours.spans}
    # What is left of this half-day can be written.
    whole = [half for half in ahead if half.start.astimezone(CHINA).time() in opens] or ahead
    offers = {
        one: tuple(islice((half for half in whole if roomy(without((half,), busy(case, one, staff)))), rule.choices))
        for one in asked
    }
    still = {one: common(times, ahead) for one, times in kept.items() if one in asked}
    time = working_time(county)
    return TimesAsked(
        appointment=key,
        kind=kind,
        orders=orders,
        round=case.gatherings[key].round + 1 if key in case.gatherings else 1,
        asked=asked,
        offers=offers,
        kept={one: times for one, times in still.items() if roomy(times)},
        closes=up_to_slot(time.add(now, time.between(now, limit) * rule.wait / 100)),
        limit=limit,
    )


def bound(case: Case, key: str) -> tuple[str, ...]:
    """The orders that people meet for, of those the appointment is about."""
    kind = case.kind_of(key)
    going = (one for one in case.orders if one.ending is None)
    if kind == "survey":
        return tuple(
            one.id
            for one in going
            if key in (JOINT, one.id) and one.state in UNSURVEYED and "survey" in case.steps_of(one)
        )
    ready = precedes(kind, case.steps)
    return tuple(one.id for one in going if one.id in case.gatherings[key].orders and one.state == ready)


def stewards_of(case: Case, orders: Sequence[str]) -> tuple[str, ...]:
    """Who has these orders, each once."""
    bound = [order for name in orders if (order := case.order(name)) is not None]
    return tuple(dict.fromkeys(one.steward for one in bound if one.steward and not one.candidates))


def _parties(case: Case, kind: Meeting, orders: Sequence[str], staff: Sequence[Staff]) -> tuple[str, ...]:
    """Who is asked: the applicant and the stewards that can be written to; to a survey come also who organises it, and the
    departments (X31).
    """
    reachable = {one.id: one for one in staff if one.reachable}
    leads = [one.id for one in reachable.values() if one.body == case.lead and one.duty in ("lead", "steward")]
    beside = (
        [one.id for one in parties(case) if one.kind == "staff" and one.id in reachable] if case.sheet else leads[:1]
    )
    stewards = [one for one in stewards_of(case, orders) if one in reachable]
    return tuple(dict.fromkeys((*stewards, *(beside if kind == "survey" else ()), APPLICANT)))


def busy(case: Case, party: str, staff: Sequence[Staff]) -> tuple[dt.datetime, ...]:
    """The half hours that somebody has elsewhere."""
    held = (one.engagements for one in staff if one.id == party)
    return tuple(one.slot for all_his in held for one in all_his if one.case != case.id)


def roomy(windows: Sequence[Window]) -> tuple[Window, ...]:
    """Those in which there is room for an appointment."""
    return tuple(one for one in windows if next(slots(one), None) is not None)


def _waits(case: Case, orders: Sequence[str]) -> Iterator[Order]:
    return (order for order in case.orders if order.id in orders)


def soonest_of(case: Case, kind: Meeting, orders: Sequence[str], rule: MeetingRule, now: dt.datetime) -> dt.datetime:
    """Nobody is expected sooner: not at once, and not before the applicant's planned time (R27)."""
    planned = [
        pause.until
        for order in _waits(case, orders)
        for clock in (order.clocks.get(kind),)
        if clock is not None
        for pause in clock.pauses
        if pause.cause == "planned" and pause.until is not None
    ]
    return up_to_slot(max([now + dt.timedelta(minutes=rule.ahead), *planned]))


def _limit(
    case: Case, kind: Meeting, orders: Sequence[str], county: County, rule: MeetingRule, now: dt.datetime
) -> dt.datetime:
    """By when people are to have met: the limit of the survey (J29), where it leaves a choice, else the county's usual time.

    That of the acceptance begins only when they meet (X52).
    """
    soonest = soonest_of(case, kind, orders, rule, now)
    usual = due_of(rule.within, county, max(now, soonest - dt.timedelta(minutes=rule.ahead))).at
    running = [
        clock.due.at
        for order in _waits(case, orders)
        for clock in (order.clocks.get(kind),)
        if clock is not None and clock.met_at is None and kind != "acceptance"
    ]
    own = min(running, default=usual)
    choices = list(islice(half_days(working_time(county), soonest, own), _FEWEST))
    return own if len(choices) == _FEWEST else usual

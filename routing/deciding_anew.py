"""补填: what the county decides from a form follows again once an answer was given or changed since (X26, X30, X31, J30).

Compared is what followed from the form before with what follows now, so that what people have decided otherwise stands.
What is done stays done: then whoever has the order hears of it instead.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from model.calendar import Length
from model.case import Case
from model.county import County
from model.edition import on_form, under
from model.event import Event
from model.events.clock import ClockStarted, Recounted
from model.events.decided import Change, DecidedAnew
from model.events.external import ExternalLineCleared, ExternalLineSet
from model.events.telephone import FormFilled
from model.on_form import shown
from model.order import Order, OrderState
from model.process import Step
from model.staff import Staff
from model.submission import Submission
from routing.adding import with_added
from routing.conclusion import opined
from routing.departments import changed as departments_changed
from routing.derived import Derived, derived
from routing.external import standing_time
from routing.limits import due_of
from routing.recounting import counted
from routing.routing_anew import bodies_anew
from routing.split import Part, UnknownService, split
from routing.transitions import UNSURVEYED
from routing.ways_anew import Ways, ways_anew


class _Side(NamedTuple):
    """The form at one time, and what follows from it."""

    form: Submission
    parts: tuple[Part, ...]
    follows: Derived


def decided_anew(
    before: Case, after: Case, event: Event, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Iterator[Event]:
    """The events for the difference; none where the answers decide nothing otherwise. `county`: under the process of the case."""
    if not isinstance(event, FormFilled) or before.telephone is None:
        return
    here = under(on_form(county, before.telephone.form_version), after.process_version)
    was, follows = _side(before, here), _side(after, here)
    if was is None or follows is None or was == follows:
        return
    whose, stays = bodies_anew(after, (was.form, was.parts), (follows.form, follows.parts), here, now, staff)
    outside, told = _outside(after, was.follows, follows.follows, here)
    yield from _decided(after, was, follows, (*told, *stays), here)
    yield from outside
    if not outside:
        yield from departments_changed(after, was.follows.departments, follows.follows.departments, here, now, staff)
    yield from whose


def _side(case: Case, county: County) -> _Side | None:
    if case.telephone is None:
        return None
    on_it = shown(county.form, case.telephone.answers)
    form = Submission(
        id=case.submission,
        account=case.account,
        person=case.person,
        county=case.county,
        form=county.form.id,
        form_version=case.telephone.form_version,
        channel="telephone",
        submitted_at=case.accepted_at,
        answers={name: one for name, one in case.telephone.answers.items() if name in on_it},
        agreements={},
    )
    whole = with_added(form, case, county)
    going = {one.service for one in case.orders if one.ending is None}
    try:
        parts = tuple(one for one in split(whole, county) if one.service in going)
    except UnknownService:
        return None
    return _Side(whole, parts, derived(whole, county, parts))


def _decided(case: Case, was: _Side, now_is: _Side, told: tuple[Change, ...], county: County) -> Iterator[Event]:
    before, after = was.follows, now_is.follows
    ways = ways_anew(case, was.form.answers, now_is.form.answers, county)
    joint = _joint(case, before, after)
    told_by = {step: one for step, one in case.limits.items() if step == "contact"}  # as is asked of a call (R32)
    limits: dict[Step, Length] = dict(after.limits) | told_by
    dues = tuple(_dues(case, before, after, ways, county))
    changed = (
        *ways.changed,
        *told,
        *joint,
        *(Change(what="limit", orders=(name,)) for name in dict.fromkeys(one.order for one in dues)),
    )
    kept = DecidedAnew(
        joint=case.joint,
        limits=case.limits,
        possible_permits=case.possible_permits,
        promises=case.promises,
        departments=case.departments,
    )
    now = {"limits": limits, "promises": dict(after.promises)}
    now |= {"possible_permits": after.possible_permits, "departments": after.departments}
    # What follows as it did before may have been decided otherwise by people since: that stands.
    follows = {name: value for name, value in now.items() if getattr(after, name) != getattr(before, name)}
    if joint and not joint[0].stands:
        follows["joint"] = after.joint
    told_of = {"routes": ways.routes, "dues": dues, "changed": changed, "given_up": _given_up(case, ways)}
    event = kept.model_copy(update=follows | told_of)
    if event != kept:
        yield event
    yield from _begun(case, ways, county)


def _given_up(case: Case, ways: Ways) -> dt.datetime | None:
    """The survey time that was only of orders for which nothing is built."""
    gone = {name for name, route in ways.routes.items() if route is not None}
    times = [
        one.at
        for one in case.appointments.values()
        if one.kind == "survey" and one.orders and set(one.orders) <= gone and not one.wish and not one.released
    ]
    return min(times, default=None)


def _outside(
    case: Case, before: Derived, after: Derived, county: County
) -> tuple[tuple[ExternalLineSet | ExternalLineCleared, ...], tuple[Change, ...]]:
    """Works outside the red line, as the form says now (X31, X33)."""
    going = _surveyed_ones(case, after)
    if after.lead in (before.lead, case.lead) or not case.orders:
        return (), ()
    first = going[0] if going else case.orders[0]
    orders = tuple(one.id for one in going)
    if opined(case):
        return (), (Change(what="led" if after.lead else "unled", orders=orders, stands=True),)
    if after.lead is not None:
        reason = county.messages["decided.reason.led"].strip()
        given_up = standing_time(case)
        return (
            (ExternalLineSet(order=first.id, reason=reason, lead=after.lead, given_up=given_up),),
            (Change(what="led", orders=orders),),
        )
    sheet = case.sheet
    cleared = ExternalLineCleared(
        order=first.id,
        reason=county.messages["decided.reason.unled"].strip(),
        joint=after.joint,
        lead=case.lead or "",
        organiser=sheet.organiser if sheet else None,
        officers=tuple(row.officer for row in (sheet.rows if sheet else ()) if row.officer),
        given_up=standing_time(case),
    )
    return (cleared,), (Change(what="unled", orders=orders),)


def _joint(case: Case, before: Derived, after: Derived) -> tuple[Change, ...]:
    """By the number of services alone (X30); where people have begun to meet they go on as they had agreed."""
    if before.lead or after.lead or case.lead or after.joint in (before.joint, case.joint):
        return ()
    going = _surveyed_ones(case, after)
    begun = case.appointments or case.gatherings or any(one.state not in UNSURVEYED for one in going)
    orders = tuple(one.id for one in going)
    if begun and not after.joint:
        return ()  # one that is planned together is kept by whoever is left
    return (Change(what="joint" if after.joint else "single", orders=orders, stands=bool(begun)),) if orders else ()


def _surveyed_ones(case: Case, follows: Derived) -> list[Order]:
    return [one for one in case.orders if one.ending is None and one.service not in follows.ways]


def _dues(case: Case, before: Derived, after: Derived, ways: Ways, county: County) -> Iterator[Recounted]:
    """Limits that still run and are of another length now, counted from when they began."""
    for order in case.orders:
        rule = after.ways.get(order.service) if ways.routes.get(order.id, order.route) is not None else None
        for step in case.steps:
            clock = order.clocks.get(step)
            if order.ending is not None or clock is None or not clock.waits:
                continue
            if step == "contact":
                usual = case.limits.get("contact") or after.limits.get("contact")
                length = rule.contact if rule is not None and rule.contact is not None else usual
                turned = order.id in ways.routes
            else:
                length = after.limits.get(step) if rule is None else None
                turned = before.limits.get(step) != after.limits.get(step)
            if length is None or not turned:
                continue
            due = counted(clock, county, length=length)
            if due.at != clock.due.at and (step == "contact" or _is(clock.due, before, step)):
                yield Recounted(order=order.id, step=step, due=due)


def _is(due: object, before: Derived, step: Step) -> bool:
    """Whether the limit was the one of the county, not one that somebody promised."""
    length = before.limits.get(step)
    return length is not None and all(getattr(due, name) == one for name, one in length)


def _begun(case: Case, ways: Ways, county: County) -> Iterator[ClockStarted]:
    """The limit of the way it goes now, from when that would have begun."""
    for name, route in ways.routes.items():
        order = case.order(name)
        contact = order.clocks.get("contact") if order is not None else None
        if order is None or contact is None or (route is not None and order.route is not None):
            continue
        survey = case.limits.get("survey")
        if route is None and survey is not None and "survey" in case.steps:
            since = contact.started_at
            yield ClockStarted(order=name, step="survey", due=due_of(survey, county, since), since=since)
        reached = order.state in (OrderState.CONTACTED, OrderState.SURVEY_AGREED)
        if route is not None and route.limit is not None and reached and contact.met_at is not None:
            due = due_of(route.limit, county, contact.met_at)
            yield ClockStarted(order=name, step="connection", due=due, since=contact.met_at)

"""约时间: everybody bound by an appointment says when he can come, and a time is found, or decided (X30, X36, J26)."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from model.calendar import CHINA
from model.case import JOINT, Case
from model.commands.scheduling import CloseTimes, DecideTime, GiveTimes
from model.county import County
from model.event import Event
from model.events.contact import ApplicantContacted
from model.events.ending import OrdersEnded, OrdersResumed
from model.events.external import ExternalLineCleared
from model.events.intake import OrderAssigned
from model.events.scheduling import Missed, TimesAsked, TimesClosed, TimeSet, TimesGiven, TimesUnmet
from model.events.sheet import DepartmentsChosen, SheetOpened
from model.events.survey import SurveyMoved, SurveyProposed
from model.message import Actor
from model.order import Order, OrderState
from model.process import MeetingRule
from model.staff import Staff
from model.times import APPLICANT, Gathering, Window
from routing.limits import due_of, working_time
from routing.parties import parties
from routing.refusal import No
from routing.reminding import reminders
from routing.scheduling import common, earliest, half_days, holds_slot, most_suited, slots, up_to_slot, without
from routing.survey import check_time
from routing.transitions import UNSURVEYED

_REACHED: Final = (OrderState.CONTACTED, OrderState.SURVEY_AGREED)
_CANDIDATES: Final = 3
_FEWEST: Final = 2
"""Half-days that must be left to choose from; else a limit that is nearly over gives way to the county's usual time."""


def followed(case: Case, event: Event, county: County, now: dt.datetime, staff: Sequence[Staff]) -> Iterator[Event]:
    """What follows from an event for the times of a case, which stands as it is after it."""
    rule = county.process.survey.meet
    if rule is None or "survey" not in case.steps:
        return
    match event:
        case ApplicantContacted() if case.joint and not (JOINT in case.appointments or JOINT in case.gatherings):
            yield _asked(case, JOINT, {}, county, rule, now, staff)
        case OrderAssigned(order=order):
            for key, one in case.gatherings.items():
                if order in one.orders and one.state != "settled":
                    yield _asked(case, key, one.times, county, rule, now, staff)
        case OrdersEnded() | OrdersResumed():
            for key, one in case.gatherings.items():
                if one.state != "settled" and _bound(case, key) not in ((), one.orders):
                    yield _asked(case, key, one.times, county, rule, now, staff)
        case SurveyMoved(appointment=key, windows=windows, by=by) if case.joint:
            party = by or APPLICANT
            given = _roomy(without(windows, _busy(case, party, staff)))
            before = case.gatherings[key].times if key in case.gatherings else {}
            # Whoever cannot come at any of the new times is asked again.
            kept = {
                name: times for name, times in before.items() if name != party and (not given or common(times, given))
            }
            kept |= {party: given} if given else {}
            yield _asked(case, key, kept, county, rule, now, staff, wished=given if party == APPLICANT else ())
        case SheetOpened() | ExternalLineCleared() if case.joint and any(one.state in _REACHED for one in case.orders):
            yield _asked(case, JOINT, {}, county, rule, now, staff)
        case DepartmentsChosen():
            for key, one in case.gatherings.items():
                if one.state != "settled":
                    yield _asked(case, key, one.times, county, rule, now, staff)
        case Missed(appointment=key):
            yield _asked(case, key, {}, county, rule, now, staff)
        case TimesAsked(appointment=key, kept=kept) if kept:
            yield from _found(case, key, county, rule, now, staff)
        case TimesGiven(appointment=key) | TimesClosed(appointment=key):
            yield from _found(case, key, county, rule, now, staff)


def give_times(
    case: Case, do: GiveTimes, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> TimesGiven:
    """When he can come, in working hours and without what he has elsewhere.

    Raises `No`: `times.none`, `times.over`, `not.yours`, `times.unfit`, `times.busy`.
    """
    gathering, rule = _open(case, do.appointment), county.process.survey.meet or MeetingRule()
    speaks = actor.staff if actor.role == "steward" else APPLICANT if actor.role == "applicant" else do.party
    if speaks != do.party or do.party not in gathering.asked:
        raise No("not.yours")
    working = tuple(half_days(working_time(county), _soonest(case, gathering.orders, rule, now), gathering.limit))
    fitting = _roomy(common(do.windows, working))
    if not fitting:
        raise No("times.unfit")
    windows = _roomy(without(fitting, _busy(case, do.party, staff)))
    if not windows:
        raise No("times.busy")
    before = gathering.times.get(do.party, ()) if do.more else ()
    return TimesGiven(
        appointment=do.appointment,
        round=gathering.round,
        party=do.party,
        windows=common((*before, *windows), (*before, *windows)),
    )


def close_times(case: Case, do: CloseTimes, now: dt.datetime) -> TimesClosed:
    """Nobody is waited for any longer. Raises `No`: `times.none`, `times.over`, `times.early`."""
    gathering = _open(case, do.appointment)
    if gathering.closed or gathering.state != "asking" or do.round != gathering.round:
        raise No("times.over")
    if now < gathering.closes:
        raise No("times.early")
    return TimesClosed(appointment=do.appointment, round=gathering.round, silent=gathering.silent)


def decide_time(
    case: Case, do: DecideTime, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> TimeSet:
    """The time that whoever leads has decided on. Raises `No`: `times.none`, `times.over`, `not.yours`, `survey.busy`."""
    gathering = _open(case, do.appointment)
    if gathering.state != "deciding":
        raise No("times.over")
    if actor.role == "steward" and actor.staff != gathering.decider:
        raise No("not.yours")
    check_time(do.at, county.process.survey, now)
    for one in _stewards(case, gathering.orders):
        if not _roomy(without((Window(start=do.at, end=do.at + dt.timedelta(minutes=30)),), _busy(case, one, staff))):
            raise No("survey.busy")
    unable = tuple(one for one in gathering.asked if not holds_slot(gathering.times.get(one, ()), do.at))
    return _set(case, do.appointment, do.at, county, now, how="decided", unable=unable)


def _asked(
    case: Case,
    key: str,
    kept: Mapping[str, Sequence[Window]],
    county: County,
    rule: MeetingRule,
    now: dt.datetime,
    staff: Sequence[Staff],
    wished: Sequence[Window] = (),
) -> TimesAsked:
    """Everybody who has not said it, or whose times are over, is asked; as far ahead as the applicant has wished himself."""
    orders = _bound(case, key)
    limit, soonest = _limit(case, orders, county, rule, now), _soonest(case, orders, rule, now)
    limit = max(limit, min((one.end for one in wished), default=limit))
    ahead = tuple(half_days(working_time(county), soonest, limit))
    asked = _parties(case, orders, staff)
    opens = {opening for opening, _ in county.process.hours.spans}
    # What is left of this half-day can be written.
    whole = [half for half in ahead if half.start.astimezone(CHINA).time() in opens] or ahead
    offers = {
        one: tuple(islice((half for half in whole if _roomy(without((half,), _busy(case, one, staff)))), rule.choices))
        for one in asked
    }
    still = {one: common(times, ahead) for one, times in kept.items() if one in asked}
    time = working_time(county)
    return TimesAsked(
        appointment=key,
        orders=orders,
        round=case.gatherings[key].round + 1 if key in case.gatherings else 1,
        asked=asked,
        offers=offers,
        kept={one: times for one, times in still.items() if _roomy(times)},
        closes=up_to_slot(time.add(now, time.between(now, limit) * rule.wait / 100)),
        limit=limit,
    )


def _found(
    case: Case, key: str, county: County, rule: MeetingRule, now: dt.datetime, staff: Sequence[Staff]
) -> Iterator[Event]:
    """The earliest time that suits everybody who has said when he can come, once nobody is waited for."""
    gathering = case.gatherings[key]
    if gathering.silent and not gathering.closed:
        return
    after = _soonest(case, gathering.orders, rule, now)
    whole = Window(start=after, end=max(after, gathering.limit))
    free = {one: without((whole,), _busy(case, one, staff)) for one in _stewards(case, gathering.orders)}
    times = {one: common(said, free.get(one, (whole,))) for one, said in gathering.times.items()}
    at = earliest([*times.values(), *free.values()], after, gathering.limit) if times else None
    if at is None:
        if gathering.state == "asking":
            yield TimesUnmet(
                appointment=key,
                orders=gathering.orders,
                round=gathering.round,
                decider=_decider(case, county, staff),
                candidates=most_suited(times.values(), after, gathering.limit, _CANDIDATES),
            )
    elif APPLICANT in gathering.times:
        yield _set(case, key, at, county, now, how="met", unable=gathering.silent)
    else:  # he was silent: he is asked about this one time
        old = case.appointments.get(key)
        yield SurveyProposed(
            appointment=key,
            at_time=at,
            orders=gathering.orders,
            steward=_speaker(case, gathering),
            sequence=old.sequence + 1 if old else 1,
            unable=tuple(one for one in gathering.silent if one != APPLICANT),
        )


def _set(
    case: Case, key: str, at: dt.datetime, county: County, now: dt.datetime, *, how: str, unable: tuple[str, ...]
) -> TimeSet:
    gathering, old = case.gatherings[key], case.appointments.get(key)
    return TimeSet(
        appointment=key,
        at_time=at,
        orders=gathering.orders,
        steward=_speaker(case, gathering),
        sequence=old.sequence + 1 if old else 1,
        how="decided" if how == "decided" else "met",
        unable=unable,
        reminders=reminders(at, county.process.survey.reminders, now),
    )


def _open(case: Case, key: str) -> Gathering:
    gathering = case.gatherings.get(key)
    if gathering is None:
        raise No("times.none")
    if gathering.state == "settled":
        raise No("times.over")
    return gathering


def _bound(case: Case, key: str) -> tuple[str, ...]:
    """The orders that people meet for."""
    return tuple(
        one.id for one in case.orders if key in (JOINT, one.id) and one.state in UNSURVEYED and one.ending is None
    )


def _stewards(case: Case, orders: Sequence[str]) -> tuple[str, ...]:
    """Who has these orders, each once."""
    bound = [order for name in orders if (order := case.order(name)) is not None]
    return tuple(dict.fromkeys(one.steward for one in bound if one.steward and not one.candidates))


def _parties(case: Case, orders: Sequence[str], staff: Sequence[Staff]) -> tuple[str, ...]:
    """Who is asked: the applicant, the stewards that can be written to, who organises it, and the departments (X31)."""
    reachable = {one.id: one for one in staff if one.reachable}
    leads = [one.id for one in reachable.values() if one.body == case.lead and one.duty in ("lead", "steward")]
    beside = (
        [one.id for one in parties(case) if one.kind == "staff" and one.id in reachable] if case.sheet else leads[:1]
    )
    stewards = [one for one in _stewards(case, orders) if one in reachable]
    return tuple(dict.fromkeys((*stewards, *beside, APPLICANT)))


def _speaker(case: Case, gathering: Gathering) -> str:
    """The contact for the appointment (踏勘组织联络人, X153): the first steward of those bound."""
    return next(iter(_stewards(case, gathering.orders)), "")


def _decider(case: Case, county: County, staff: Sequence[Staff]) -> str:
    """Who decides where nothing meets: the head of the body that leads, else who supervises the county, else the window."""
    able = [one for one in staff if one.reachable and (one.body == case.lead or one.duty == "supervisor")]
    able.sort(key=lambda one: (one.body != case.lead, one.duty != "lead", one.duty != "supervisor", one.id))
    return able[0].id if able else county.id


def _busy(case: Case, party: str, staff: Sequence[Staff]) -> tuple[dt.datetime, ...]:
    """The half hours that somebody has elsewhere."""
    held = (one.engagements for one in staff if one.id == party)
    return tuple(one.slot for all_his in held for one in all_his if one.case != case.id)


def _roomy(windows: Sequence[Window]) -> tuple[Window, ...]:
    """Those in which there is room for an appointment."""
    return tuple(one for one in windows if next(slots(one), None) is not None)


def _waits(case: Case, orders: Sequence[str]) -> Iterator[Order]:
    return (order for order in case.orders if order.id in orders)


def _soonest(case: Case, orders: Sequence[str], rule: MeetingRule, now: dt.datetime) -> dt.datetime:
    """Nobody is expected sooner: not at once, and not before the applicant's planned time (R27)."""
    planned = [
        pause.until
        for order in _waits(case, orders)
        for clock in (order.clocks.get("survey"),)
        if clock is not None
        for pause in clock.pauses
        if pause.cause == "planned" and pause.until is not None
    ]
    return up_to_slot(max([now + dt.timedelta(minutes=rule.ahead), *planned]))


def _limit(case: Case, orders: Sequence[str], county: County, rule: MeetingRule, now: dt.datetime) -> dt.datetime:
    """By when people are to have met: the limit of the survey (J29), where it leaves a choice, else the county's usual time."""
    soonest = _soonest(case, orders, rule, now)
    usual = due_of(rule.within, county, max(now, soonest - dt.timedelta(minutes=rule.ahead))).at
    running = [
        clock.due.at
        for order in _waits(case, orders)
        for clock in (order.clocks.get("survey"),)
        if clock is not None and clock.met_at is None
    ]
    own = min(running, default=usual)
    choices = list(islice(half_days(working_time(county), soonest, own), _FEWEST))
    return own if len(choices) == _FEWEST else usual

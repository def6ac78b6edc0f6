"""约时间: everybody bound by an appointment says when he can come, and a time is found, or decided (X30, X36, J26)."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from model.case import JOINT, Case
from model.commands.scheduling import CloseTimes, DecideTime, GiveTimes
from model.county import County
from model.event import Event
from model.events.adding import ServiceAdded
from model.events.contact import ApplicantContacted
from model.events.decided import DecidedAnew
from model.events.ending import OrdersEnded, OrdersResumed
from model.events.external import ExternalLineCleared
from model.events.intake import OrderAssigned
from model.events.passed_visits import VisitExplained
from model.events.scheduling import Missed, TimesAsked, TimesClosed, TimeSet, TimesGiven, TimesUnmet
from model.events.sheet import DepartmentsChosen, SheetOpened
from model.events.survey import SurveyMoved, SurveyProposed, SurveyReleased
from model.meeting_rules import MeetingRule
from model.message import Actor
from model.order import OrderState
from model.staff import Staff
from model.times import APPLICANT, Gathering, Window
from routing.asking import asked_of_all, bound, busy, roomy, soonest_of, stewards_of
from routing.half_days_named import said, time_named
from routing.leading import leading
from routing.limits import working_time
from routing.refusal import No
from routing.reminding import reminders
from routing.scheduling import common, earliest, half_days, holds_slot, most_suited, without
from routing.survey import check_time
from routing.visits import gone_on

_REACHED: Final = (OrderState.CONTACTED, OrderState.SURVEY_AGREED)
_CANDIDATES: Final = 3


def followed(case: Case, event: Event, county: County, now: dt.datetime, staff: Sequence[Staff]) -> Iterator[Event]:
    """What follows from an event for the times of a case, which stands as it is after it."""
    yield from _surveys(case, event, county, now, staff)
    match event:
        case OrderAssigned(order=order):
            yield from _again(case, lambda _, one: order in one.orders, county, now, staff)
        case OrdersEnded() | OrdersResumed() | ServiceAdded() | DecidedAnew():
            yield from _again(case, lambda key, one: _changed(case, key, one), county, now, staff)
        case SurveyMoved() | Missed() | SurveyReleased() | VisitExplained():
            yield from _anew(case, event, county, now, staff)
        case TimesAsked(appointment=key, kept=kept) if kept:
            yield from _found(case, key, county, now, staff)
        case TimesGiven(appointment=key) | TimesClosed(appointment=key):
            yield from _found(case, key, county, now, staff)


def _surveys(case: Case, event: Event, county: County, now: dt.datetime, staff: Sequence[Staff]) -> Iterator[Event]:
    """Whom the survey asks first, and anew when others are to come."""
    rule = county.process.survey.meet
    if rule is None or "survey" not in case.steps:
        return
    match event:
        case ApplicantContacted(order=name) if _first_joint(case, name):
            seeded = {APPLICANT: case.wished} if case.wished else {}
            yield asked_of_all(case, JOINT, seeded, county, rule, now, staff, wished=case.wished)
        case SheetOpened() | ExternalLineCleared() if case.joint and any(one.state in _REACHED for one in case.orders):
            yield asked_of_all(case, JOINT, {}, county, rule, now, staff)
        case DecidedAnew() if any(one.what == "joint" and not one.stands for one in event.changed):
            if any(one.state in _REACHED for one in case.orders):
                yield asked_of_all(case, JOINT, {}, county, rule, now, staff)
        case DepartmentsChosen():
            yield from _again(case, lambda _, one: one.kind == "survey", county, now, staff)


def _first_joint(case: Case, order_id: str) -> bool:
    """Whether nobody was asked about a joint survey yet, and this order belongs to it."""
    order = case.order(order_id)
    belongs = order is not None and "survey" in case.steps_of(order)
    return case.joint and belongs and JOINT not in case.appointments and JOINT not in case.gatherings


def _again(
    case: Case,
    concerned: Callable[[str, Gathering], bool],
    county: County,
    now: dt.datetime,
    staff: Sequence[Staff],
) -> Iterator[TimesAsked]:
    """Others come than were asked; what the rest have said still holds."""
    for key, one in case.gatherings.items():
        rule = county.process.meets(one.kind).meet
        if rule is not None and one.state in ("asking", "deciding") and concerned(key, one):
            yield asked_of_all(case, key, one.times, county, rule, now, staff)


def _changed(case: Case, key: str, gathering: Gathering) -> bool:
    """Whether other orders are surveyed together now; of visits `routing.visits` sees to it."""
    return gathering.kind == "survey" and bound(case, key) not in ((), gathering.orders)


def _anew(
    case: Case,
    event: SurveyMoved | Missed | SurveyReleased | VisitExplained,
    county: County,
    now: dt.datetime,
    staff: Sequence[Staff],
) -> Iterator[TimesAsked]:
    """A time is given up, and another one looked for. A survey that one steward proposed he proposes again."""
    key = event.appointment
    kind = case.kind_of(key)
    rule = county.process.meets(kind).meet
    if rule is None or kind not in case.steps:
        return
    match event:
        case SurveyMoved(windows=windows, by=by) if case.joint or kind != "survey":
            party = by or APPLICANT
            given = roomy(without(windows, busy(case, party, staff)))
            before = case.gatherings[key].times if key in case.gatherings else {}
            # Whoever cannot come at any of the new times is asked again.
            kept = {
                name: times for name, times in before.items() if name != party and (not given or common(times, given))
            }
            kept |= {party: given} if given else {}
            wished = given if party == APPLICANT else ()
            yield asked_of_all(case, key, kept, county, rule, now, staff, wished=wished)
        case Missed() | VisitExplained():
            yield asked_of_all(case, key, {}, county, rule, now, staff)
        case SurveyReleased() if kind != "survey":
            yield asked_of_all(case, key, {}, county, rule, now, staff)


def give_times(
    case: Case, do: GiveTimes, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> TimesGiven:
    """When he can come, in working hours and without what he has elsewhere.

    Raises `No`: `times.none`, `times.over`, `not.yours`, `times.unfit`, `times.busy`.
    """
    gathering = _open(case, do.appointment)
    rule = county.process.meets(gathering.kind).meet or MeetingRule()
    speaks = actor.staff if actor.role == "steward" else APPLICANT if actor.role == "applicant" else do.party
    if speaks != do.party or do.party not in gathering.asked:
        raise No("not.yours")
    working = tuple(
        half_days(working_time(county), soonest_of(case, gathering.kind, gathering.orders, rule, now), gathering.limit)
    )
    fitting = roomy(common(do.windows, working))
    if not fitting:
        latest = max((one.end for one in working), default=gathering.limit)
        raise No("times.unfit", until=time_named(latest), example=said(gathering.offers.get(do.party, ())))
    windows = roomy(without(fitting, busy(case, do.party, staff)))
    if not windows:
        raise No("times.busy")
    before = gathering.times.get(do.party, ()) if do.more else ()
    return TimesGiven(
        appointment=do.appointment,
        round=gathering.round,
        party=do.party,
        windows=common((*before, *windows), (*before, *windows)),
    )


def close_times(
    case: Case, do: CloseTimes, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> TimesClosed | TimesAsked:
    """Nobody is waited for any longer: not those who are silent, nor orders that are not ready (X54).

    Raises `No`: `times.none`, `times.over`, `times.early`.
    """
    gathering = _open(case, do.appointment)
    if gathering.closed or gathering.state not in ("asking", "holding") or do.round != gathering.round:
        raise No("times.over")
    if now < gathering.closes:
        raise No("times.early")
    if gathering.state == "holding":
        return gone_on(case, do.appointment, county, now, staff)
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
    for one in stewards_of(case, gathering.orders):
        if not roomy(without((Window(start=do.at, end=do.at + dt.timedelta(minutes=30)),), busy(case, one, staff))):
            raise No("survey.busy")
    unable = tuple(one for one in gathering.asked if not holds_slot(gathering.times.get(one, ()), do.at))
    return _set(case, do.appointment, do.at, county, now, how="decided", unable=unable)


def _found(case: Case, key: str, county: County, now: dt.datetime, staff: Sequence[Staff]) -> Iterator[Event]:
    """The earliest time that suits everybody who has said when he can come, once nobody is waited for.

    An applicant whose own time, named in the form, suits nobody is asked like everybody else before anybody decides.
    """
    gathering = case.gatherings[key]
    rule = county.process.meets(gathering.kind).meet or MeetingRule()
    if gathering.silent and not gathering.closed:
        return
    after = soonest_of(case, gathering.kind, gathering.orders, rule, now)
    whole = Window(start=after, end=max(after, gathering.limit))
    free = {one: without((whole,), busy(case, one, staff)) for one in stewards_of(case, gathering.orders)}
    times = {one: common(said, free.get(one, (whole,))) for one, said in gathering.times.items()}
    at = earliest([*times.values(), *free.values()], after, gathering.limit) if times else None
    if at is None:
        if _seeded(case, gathering):
            others = {one: said for one, said in gathering.times.items() if one != APPLICANT}
            yield asked_of_all(case, key, others, county, rule, now, staff)
        elif gathering.state == "asking":
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
            kind=gathering.kind,
            unable=tuple(one for one in gathering.silent if one != APPLICANT),
        )


def _seeded(case: Case, gathering: Gathering) -> bool:
    """Whether what is known of the applicant's times is only what the form says (J65)."""
    said = gathering.times.get(APPLICANT, ())
    return bool(said) and gathering.kind == "survey" and gathering.round == 1 and common(said, case.wished) == said


def _set(
    case: Case, key: str, at: dt.datetime, county: County, now: dt.datetime, *, how: str, unable: tuple[str, ...]
) -> TimeSet:
    gathering, old = case.gatherings[key], case.appointments.get(key)
    return TimeSet(
        appointment=key,
        kind=gathering.kind,
        at_time=at,
        orders=gathering.orders,
        steward=_speaker(case, gathering),
        sequence=old.sequence + 1 if old else 1,
        how="decided" if how == "decided" else "met",
        unable=unable,
        reminders=reminders(at, county.process.meets(gathering.kind).reminders, now),
    )


def _open(case: Case, key: str) -> Gathering:
    gathering = case.gatherings.get(key)
    if gathering is None:
        raise No("times.none")
    if gathering.state == "settled":
        raise No("times.over")
    return gathering


def _speaker(case: Case, gathering: Gathering) -> str:
    """The contact for the appointment (踏勘组织联络人, X153): the first steward of those bound."""
    return next(iter(stewards_of(case, gathering.orders)), "")


def _decider(case: Case, county: County, staff: Sequence[Staff]) -> str:
    """Who decides where nothing meets: the head of the body that leads, else who supervises the county, else the window."""
    lead = leading(case, county)
    able = [one for one in staff if one.reachable and (one.duty == "supervisor" or (one.handles and one.body == lead))]
    able.sort(key=lambda one: (one.body != lead, one.duty != "lead", one.duty != "supervisor", one.id))
    return able[0].id if able else county.id

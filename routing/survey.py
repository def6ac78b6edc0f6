"""Appointments for a survey: proposed by a steward, answered by the applicant, moved, missed (X29, X30, X36)."""

import datetime as dt

from model.calendar import CHINA
from model.case import JOINT, Appointment, Case
from model.commands.scheduling import ReportMissed
from model.commands.survey import AgreeSurvey, MoveSurvey
from model.events.scheduling import Missed
from model.events.survey import SurveyAgreed, SurveyMoved, SurveyProposed
from model.meeting_rules import Meets
from model.message import Actor
from model.order import Order
from model.process import Process, SurveyRule
from model.times import APPLICANT
from routing.refusal import No
from routing.reminding import reminders
from routing.transitions import UNSURVEYED


def check_time(at: dt.datetime, rule: SurveyRule, now: dt.datetime) -> None:
    """Whether people can meet at this time. Raises `No` with `survey.past`, `survey.too_far`, `survey.odd_hour`."""
    if at <= now:
        raise No("survey.past")
    if at > now + dt.timedelta(days=rule.farthest_days):
        raise No("survey.too_far", days=str(rule.farthest_days))
    if not rule.earliest <= at.astimezone(CHINA).time() <= rule.latest:
        raise No("survey.odd_hour", earliest=f"{rule.earliest:%H:%M}", latest=f"{rule.latest:%H:%M}")


def propose(
    case: Case, order: Order, at: dt.datetime, steward: str, rule: SurveyRule, now: dt.datetime
) -> SurveyProposed:
    """A survey at `at`. A joint one binds every order of the case not yet surveyed, a single one its own order.

    Raises `No` as `check_time` does.
    """
    check_time(at, rule, now)
    key = JOINT if case.joint else order.id
    old = case.appointments.get(key)
    bound = (
        tuple(
            one.id
            for one in case.orders
            if one.state in UNSURVEYED and one.ending is None and "survey" in case.steps_of(one)
        )
        if case.joint
        else (order.id,)
    )
    return SurveyProposed(
        appointment=key, at_time=at, orders=bound, steward=steward, sequence=old.sequence + 1 if old else 1
    )


def answer(
    case: Case, do: AgreeSurvey | MoveSurvey, actor: Actor, process: Process, now: dt.datetime
) -> SurveyAgreed | SurveyMoved:
    """The answer to the proposal somebody saw; it may be changed as long as nobody has surveyed.

    Raises `No` with `survey.none`, `survey.outdated`, `survey.past`, `survey.wish_empty`, `<do>.already`, `not.yours`,
    `survey.moves_over`, `survey.moves_late`.
    """
    by = actor.staff or "" if actor.role == "steward" else ""
    key, appointment = _named(case, do.appointment, do.order if isinstance(do, MoveSurvey) else "", by)
    if appointment.released or (not by and do.sequence != appointment.sequence):
        raise No("survey.outdated")
    if not appointment.orders:
        raise No(f"{do.do}.already")
    rule = process.meets(appointment.kind)
    match do:
        case AgreeSurvey():
            return _agree(key, appointment, rule, now)
        case MoveSurvey():
            if actor.role != "staff":  # the window speaks with people, and knows why
                _may_move(appointment, rule, now)
            return _move(key, appointment, do, by)


def missed(case: Case, do: ReportMissed, actor: Actor, now: dt.datetime) -> Missed:
    """没见上: said by whoever was there. Raises `No`: `survey.none`, `not.yours`, `missed.nothing`, `missed.too_early`."""
    by = actor.staff or "" if actor.role == "steward" else ""
    key, appointment = _named(case, do.appointment, do.order, by)
    if not appointment.agreed or not appointment.orders or (not by and do.sequence != appointment.sequence):
        raise No("missed.nothing")
    if now < appointment.at:
        raise No("missed.too_early")
    return Missed(
        appointment=key,
        at_time=appointment.at,
        orders=appointment.orders,
        sequence=appointment.sequence,
        party=by or APPLICANT,
        reason=do.reason.strip(),
    )


def _named(case: Case, key: str, order: str, by: str) -> tuple[str, Appointment]:
    """The appointment that the applicant names, or that binds the order of the steward `by`."""
    if by:
        own = case.order(order)
        if own is None or own.steward != by:
            raise No("not.yours")
        key = next((name for name, one in case.appointments.items() if order in one.orders), "")
    if key not in case.appointments:
        raise No("survey.none")
    return key, case.appointments[key]


def _agree(key: str, appointment: Appointment, rule: Meets, now: dt.datetime) -> SurveyAgreed:
    if appointment.agreed:
        raise No("agree_survey.already")
    if appointment.at <= now:
        raise No("survey.past")
    return SurveyAgreed(
        appointment=key,
        at_time=appointment.at,
        orders=appointment.orders,
        sequence=appointment.sequence,
        reminders=reminders(appointment.at, rule.reminders, now),
    )


def _may_move(appointment: Appointment, rule: Meets, now: dt.datetime) -> None:
    """An agreed time is moved so often and until so late as the county allows; what is past can always be made up for."""
    moves = rule.moves
    if moves is None or not appointment.agreed or now >= appointment.at:
        return
    if appointment.moves >= moves.most:
        raise No("survey.moves_over", most=str(moves.most))
    if now > appointment.at - dt.timedelta(hours=moves.until_hours):
        raise No("survey.moves_late", hours=str(moves.until_hours))


def _move(key: str, appointment: Appointment, do: MoveSurvey, by: str) -> SurveyMoved:
    if not do.wish.strip():
        raise No("survey.wish_empty")
    return SurveyMoved(
        appointment=key,
        orders=appointment.orders,
        sequence=appointment.sequence,
        wish=do.wish.strip(),
        windows=do.windows,
        by=by,
    )

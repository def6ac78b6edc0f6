"""Appointments for a survey: proposed by a steward, answered by the applicant (X29, X30, X36)."""

import datetime as dt

from model.calendar import CHINA
from model.case import JOINT, Appointment, Case
from model.commands.survey import AgreeSurvey, MoveSurvey
from model.events.survey import SurveyAgreed, SurveyMoved, SurveyProposed
from model.order import Order
from model.process import SurveyRule
from routing.refusal import No
from routing.transitions import UNSURVEYED


def propose(
    case: Case, order: Order, at: dt.datetime, steward: str, rule: SurveyRule, now: dt.datetime
) -> SurveyProposed:
    """A survey at `at`. A joint one binds every order of the case not yet surveyed, a single one its own order.

    Raises `No` with `survey.past`, `survey.too_far`, `survey.odd_hour`.
    """
    if at <= now:
        raise No("survey.past")
    if at > now + dt.timedelta(days=rule.farthest_days):
        raise No("survey.too_far", days=str(rule.farthest_days))
    if not rule.earliest <= at.astimezone(CHINA).time() <= rule.latest:
        raise No("survey.odd_hour", earliest=f"{rule.earliest:%H:%M}", latest=f"{rule.latest:%H:%M}")
    key = JOINT if case.joint else order.id
    old = case.appointments.get(key)
    bound = (
        tuple(one.id for one in case.orders if one.state in UNSURVEYED and one.ending is None)
        if case.joint
        else (order.id,)
    )
    return SurveyProposed(
        appointment=key, at_time=at, orders=bound, steward=steward, sequence=old.sequence + 1 if old else 1
    )


def answer(case: Case, do: AgreeSurvey | MoveSurvey, now: dt.datetime) -> SurveyAgreed | SurveyMoved:
    """The applicant's answer to the proposal he saw; he may change an answer given as long as nobody has surveyed.

    Raises `No` with `survey.none`, `survey.outdated`, `survey.past`, `survey.wish_empty`, `<do>.already`.
    """
    appointment = case.appointments.get(do.appointment)
    if appointment is None:
        raise No("survey.none")
    if do.sequence != appointment.sequence or appointment.released:
        raise No("survey.outdated")
    if not appointment.orders:
        raise No(f"{do.do}.already")
    match do:
        case AgreeSurvey():
            return _agree(do.appointment, appointment, now)
        case MoveSurvey():
            return _move(do.appointment, appointment, do.wish.strip())


def _agree(key: str, appointment: Appointment, now: dt.datetime) -> SurveyAgreed:
    if appointment.agreed:
        raise No("agree_survey.already")
    if appointment.at <= now:
        raise No("survey.past")
    return SurveyAgreed(
        appointment=key, at_time=appointment.at, orders=appointment.orders, sequence=appointment.sequence
    )


def _move(key: str, appointment: Appointment, wish: str) -> SurveyMoved:
    if not wish:
        raise No("survey.wish_empty")
    return SurveyMoved(appointment=key, orders=appointment.orders, sequence=appointment.sequence, wish=wish)

"""外线工程, set by a unit after its first look, or taken back: who leads the survey, and whether it is joint (R6, X31, X33)."""

import datetime as dt

from model.case import Case
from model.commands.external import ClearExternalLine, SetExternalLine
from model.county import County
from model.edition import under
from model.events.external import ExternalLineCleared, ExternalLineSet
from model.message import Actor
from model.order import Order, OrderState
from routing.allowing import allowed, found, own
from routing.conclusion import opined
from routing.refusal import No


def external(
    case: Case, do: SetExternalLine | ClearExternalLine, actor: Actor, county: County
) -> ExternalLineSet | ExternalLineCleared:
    """By the order's own steward, or the window. A survey time that stands is given up, for other people have to come.

    Raises `No`: `external_line.absent` where the county lets nobody lead, `external_line.led`, `no_external_line.nothing`,
    `external_line.surveyed` once an opinion is given, `<do>.empty` without a reason.
    """
    order = found(case, do.order)
    if actor.role == "steward":
        own(order, actor, ())
    rule = county.process.survey
    if rule.lead is None:
        raise No("external_line.absent")
    allowed(case, do.do, order)
    reason = do.reason.strip()
    if not reason:
        raise No(f"{do.do}.empty")
    if opined(case):
        raise No("external_line.surveyed")
    if isinstance(do, SetExternalLine):
        if case.lead is not None:
            raise No("external_line.led")
        return ExternalLineSet(order=order.id, reason=reason, lead=rule.lead, given_up=standing_time(case))
    if case.lead is None:
        raise No("no_external_line.nothing")
    rows = case.sheet.rows if case.sheet else ()
    return ExternalLineCleared(
        order=order.id,
        reason=reason,
        joint=len({one.service for one in case.orders if one.route is None}) >= rule.joint_from,
        lead=case.lead,
        organiser=case.sheet.organiser if case.sheet else None,
        officers=tuple(row.officer for row in rows if row.officer),
        given_up=standing_time(case),
    )


def external_acts(case: Case, order: Order, county: County) -> tuple[str, ...]:
    """What the order's steward can say about it now: that there is one, or that there is none after all."""
    rule = under(county, case.process_version).process.survey
    before = order.state in (OrderState.CONTACTED, OrderState.SURVEY_AGREED) and not opined(case)
    if rule.lead is None or rule.sheet is None or "survey" not in case.steps_of(order) or not before:
        return ()
    return ("external_line",) if case.lead is None else ("no_external_line",)


def standing_time(case: Case) -> dt.datetime | None:
    """The survey time that is proposed or agreed, and not moved since."""
    times = [one.at for one in case.appointments.values() if one.orders and not one.wish and not one.released]
    return min(times, default=None)

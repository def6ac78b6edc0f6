"""评价: what the applicant thinks of a case that is closed, and the call that a bad mark asks for (J35, J91)."""

import datetime as dt
from collections.abc import Sequence

from model.case import Case
from model.commands.rating import CallBack, GiveReason, Rate
from model.county import County
from model.events.clock import Told
from model.events.rating import CalledBack, Rated, ReasonGiven
from model.message import Actor
from model.process import RatingRule
from model.staff import Staff
from routing.limits import due_of
from routing.marks import concerns
from routing.refusal import No


def about_rating(
    case: Case, do: Rate | GiveReason | CallBack, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Rated | ReasonGiven | CalledBack:
    """What is said of the mark, by the applicant or by whoever called him. Raises `No`."""
    match do:
        case Rate():
            return rate(case, do, county, now, staff)
        case GiveReason():
            return reason(case, do)
        case CallBack():
            return call_back(case, do, actor)


def rate(case: Case, do: Rate, county: County, now: dt.datetime, staff: Sequence[Staff]) -> Rated:
    """The mark; a second one changes the first, a third is none.

    Raises `No`: `rate.absent` where the county asks for none, `rate.too_early` before the case is closed, `rate.nothing` where nothing was
    connected (who refused him he objects to), `rate.too_late`,
    `rate.unknown`, `rate.already`.
    """
    rule = county.process.rating
    if rule is None:
        raise No("rate.absent")
    if case.closed_at is None:
        raise No("rate.too_early")
    if not case.served:
        raise No("rate.nothing")
    if not in_time(case, rule, now):
        raise No("rate.too_late", days=str(rule.until_days))
    if do.mark not in rule.scale:
        raise No("rate.unknown", choices="、".join(rule.scale))
    before = case.rating
    if before is not None and (before.changed or before.mark == do.mark):
        raise No("rate.already", mark=before.mark)
    bad = do.mark in rule.bad
    return Rated(
        mark=do.mark,
        bad=bad,
        changed=before is not None,
        order=next(one.id for one in case.orders if one.ending is None),
        due=due_of(rule.call_back, county, now) if bad else None,
        callers=callers(case, county, staff) if bad else (),
    )


def in_time(case: Case, rule: RatingRule, now: dt.datetime) -> bool:
    """Whether a mark can still be given, or changed."""
    return case.closed_at is not None and case.served and now <= case.closed_at + dt.timedelta(days=rule.until_days)


def reason(case: Case, do: GiveReason) -> ReasonGiven:
    """Why the mark is a bad one. Raises `No`: `reason.nothing` without a bad mark, `reason.empty`."""
    if case.rating is None or not case.rating.bad:
        raise No("reason.nothing")
    if not do.reason.strip():
        raise No("reason.empty")
    return ReasonGiven(reason=do.reason.strip())


def call_back(case: Case, do: CallBack, actor: Actor) -> CalledBack:
    """The call. Raises `No`: `call_back.nothing`, `call_back.already`, `call_back.empty`, `not.yours`."""
    if case.rating is None or not case.rating.bad:
        raise No("call_back.nothing")
    if case.rating.called_back:
        raise No("call_back.already")
    if actor.role == "steward" and actor.staff not in {one.id for one in case.rating.callers}:
        raise No("not.yours")
    if not do.text.strip():
        raise No("call_back.empty")
    return CalledBack(by=actor.staff or "", text=do.text.strip())


def calls_back(case: Case, staff_id: str, staff: Sequence[Staff]) -> bool:
    """Whether the call lies with this one of them. It is not told to whom the mark concerns, as whatever he is bound by now."""
    rating = case.rating
    if rating is None or not rating.bad or rating.called_back:
        return False
    return staff_id in {one.id for one in rating.callers} and not concerns(case, staff_id, staff)


def callers(case: Case, county: County, staff: Sequence[Staff]) -> tuple[Told, ...]:
    """Who calls back: the heads of the body that led the case, else of the first that has any; else those who supervise;
    else the window. Never who served the applicant, as whatever else he is bound.
    """
    served = {order.steward for order in case.orders if order.steward}
    persons = {one.person for one in staff if one.id in served}
    able = [one for one in staff if one.reachable and one.id not in served and one.person not in persons]
    for body in (case.lead, *(order.body for order in case.orders)):
        heads = tuple(Told(receiver="lead", id=one.id) for one in able if one.duty == "lead" and one.body == body)
        if heads:
            return heads
    watching = tuple(Told(receiver="supervisor", id=one.id) for one in able if one.duty == "supervisor")
    return watching or (Told(receiver="window", id=county.id),)

"""Which cases dig in the same road at the same time, so that the trench could be one (一次开挖, X50)."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from model.calendar import CHINA
from model.case import Case
from model.commands.joint import AcceptJoint, DeclineJoint, OfJointWorks, ProposeJoint, ShareJoint
from model.county import County
from model.event import Event
from model.events.joint import JointAccepted, JointDeclined, JointProposed, JointShared
from model.joint import JointWorks, Neighbour
from model.message import Actor
from model.order import Order, OrderState
from model.staff import Staff
from routing.assign import assign
from routing.refusal import No

_ROAD = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:大道|大街|路|街|巷|线)")


class Period(NamedTuple):
    """From the scheme to the promised end of the works outside."""

    begins: dt.date
    ends: dt.date


def road_of(address: str, county: County) -> str | None:
    """The road of an address with its town; None where it names none. 示范路 of two towns are two roads."""
    town = next((one for one in sorted(county.towns, key=len, reverse=True) if one in address), "")
    rest = address.partition(town)[2] if town else address
    for name in county.regions:
        rest = rest.removeprefix(name)
    road = _ROAD.search(rest)
    return town + road[0] if road else None


def period_of(case: Case, county: County) -> Period | None:
    """When this case digs outside the red line; None if it does not, or has done so."""
    rule = county.process.joint
    digging = [one for one in case.orders if _digs(one)]
    if rule is None or not digging or case.closed_at is not None:
        return None
    begins = [one.scheme.at.astimezone(CHINA).date() for one in digging if one.scheme]
    ends = [_end(one, rule.days) for one in digging]
    return Period(min(begins), max(ends))


def neighbours_of(case: Case, others: Iterable[Case], county: County) -> tuple[Neighbour, ...]:
    """Those of the cases in the same road that dig while this one does."""
    own = period_of(case, county)
    if own is None:
        return ()
    met = [(one, period) for one in others if one.id != case.id and (period := period_of(one, county)) is not None]
    return tuple(
        Neighbour(case=one.id, number=one.number, begins=period.begins, ends=period.ends)
        for one, period in sorted(met, key=lambda pair: pair[0].number)
        if period.begins <= own.ends and own.begins <= period.ends
    )


def joint_works(
    case: Case, do: OfJointWorks, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Event:
    """What a command about joint construction does.

    Raises `No`: `joint.absent`, `propose_joint.nothing`, `.already`; `accept_joint.none`, `.already`, `.window`, `.past`;
    `decline_joint.none`, `.already`, `.empty`.
    """
    today = now.astimezone(CHINA).date()
    match do:
        case ProposeJoint():
            return _proposed(case, do, county, today, staff)
        case ShareJoint():
            return JointShared(works=do.works)
        case AcceptJoint() | DeclineJoint():
            by = _leader(case, do.do, actor, county, staff)
            if isinstance(do, DeclineJoint):
                if not do.reason.strip():
                    raise No("decline_joint.empty")
                return JointDeclined(officer=by, reason=do.reason.strip())
            if do.first > do.last:
                raise No("accept_joint.window")
            if do.first < today:
                raise No("accept_joint.past")
            return JointAccepted(officer=by, first=do.first, last=do.last)
    raise TypeError(f"not a command about joint construction: {do}")


def shared(case: Case, neighbour: Neighbour) -> JointWorks | None:
    """What was decided about a case, as it counts for one of the others."""
    works = case.joint_works
    if works is None:
        return None
    own = Neighbour(case=case.id, number=case.number, begins=works.begins, ends=works.ends)
    others = tuple(one for one in works.neighbours if one.case != neighbour.case)
    return works.model_copy(
        update={"begins": neighbour.begins, "ends": neighbour.ends, "neighbours": (own, *others), "officer": None}
    )


def _proposed(case: Case, do: ProposeJoint, county: County, today: dt.date, staff: Sequence[Staff]) -> JointProposed:
    rule, period = county.process.joint, period_of(case, county)
    if rule is None:
        raise No("joint.absent")
    if not do.neighbours or period is None:
        raise No("propose_joint.nothing")
    old = case.joint_works
    if old is not None and {one.case for one in do.neighbours} <= {one.case for one in old.neighbours}:
        raise No("propose_joint.already")
    works = JointWorks(
        id=f"{case.id}-joint",
        road=do.road,
        begins=period.begins,
        ends=period.ends,
        neighbours=do.neighbours,
        body=rule.lead,
        officer=assign(staff, rule.lead, None, today),
    )
    return JointProposed(works=works)


def _leader(case: Case, do: str, actor: Actor, county: County, staff: Sequence[Staff]) -> str:
    """The staff id of whoever may decide for the body that leads; the window while nobody of it has the proposal."""
    rule, works = county.process.joint, case.joint_works
    if rule is None or works is None:
        raise No(f"{do}.none")
    if works.state != "proposed":
        raise No(f"{do}.already")
    if actor.role == "staff" and any(one.id == works.officer for one in staff):
        raise No("not.yours")
    ours = any(one.id == actor.staff and one.body == rule.lead and one.handles for one in staff)
    if actor.role != "staff" and not ours:
        raise No("not.yours")
    return actor.staff or ""


def _digs(order: Order) -> bool:
    return (
        order.state == OrderState.SCHEMED and bool(order.scheme and order.scheme.digs) and "outside" not in order.works
    )


def _end(order: Order, days: int) -> dt.date:
    due = order.due("construction")
    if due is not None:
        return due.at.astimezone(CHINA).date()
    begun = order.scheme.at.astimezone(CHINA).date() if order.scheme else dt.date.max
    return begun + dt.timedelta(days=days)

"""撤回, 终止, 不予受理, 不具备接入条件, and what can be done against them (X160, J44)."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from model.calendar import Due
from model.case import Case
from model.commands.ending import (
    AnnounceEnd,
    ConfirmDecline,
    Decline,
    GiveEndReason,
    KeepOn,
    Object,
    Resume,
    ReturnDecline,
    Terminate,
    Withdraw,
)
from model.county import County
from model.ending import EndKind
from model.events.clock import Told
from model.events.ending import (
    Anew,
    DeclineProposed,
    DeclineReturned,
    EndAnnounced,
    EndReasonGiven,
    KeptOn,
    Objected,
    OrdersEnded,
    OrdersResumed,
)
from model.message import Actor
from model.order import Order, OrderState
from model.process import Timed
from model.staff import Staff
from routing.allowing import allowed, found, heads, own
from routing.limits import due_of
from routing.refusal import No
from routing.transitions import PATH, finished
from routing.warning import told_of

_NOTHING: Final = frozenset(["没有", "无", "暂无", "没", "不知道", "不清楚", "不详", "/", "-", "—"])
"""Words that say nothing, where a body must say something."""
_BUILDING: Final = PATH.index(OrderState.SCHEMED)

Do = (
    Withdraw
    | GiveEndReason
    | Resume
    | AnnounceEnd
    | KeepOn
    | Terminate
    | Decline
    | ConfirmDecline
    | ReturnDecline
    | Object
)
Event = (
    OrdersEnded | EndReasonGiven | OrdersResumed | EndAnnounced | KeptOn | DeclineProposed | DeclineReturned | Objected
)


def ending(case: Case, do: Do, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]) -> Event:
    """What becomes of an order. Raises `No`: those of the single acts below, `order.unknown`, `order.ended`, `not.yours`."""
    match do:
        case Withdraw():
            return _withdrawn(case, do, actor)
        case GiveEndReason():
            return _reason(case, do)
        case Resume():
            return _resumed(case, do, actor, county, now)
        case AnnounceEnd() | Terminate():
            return _termination(case, do, actor, county, now, staff)
        case KeepOn():
            order = found(case, do.order)
            heads(order, actor, staff)
            if order.announced is None:
                raise No("keep_on.already")
            return KeptOn(order=order.id, by=actor.staff or "" if actor.role == "steward" else "")
        case Decline():
            return _declined(case, do, actor, county, staff)
        case ConfirmDecline() | ReturnDecline():
            return _judged(case, do, actor, staff)
        case Object():
            return _objected(case, do)


def _withdrawn(case: Case, do: Withdraw, actor: Actor) -> OrdersEnded:
    """Raises `No`: `withdraw.already` for what is connected, `withdraw.nothing`."""
    for name in do.orders:
        allowed(case, do.do, found(case, name))
    named = do.orders or [one.id for one in case.orders]
    left = [one for one in case.orders if one.id in named and not finished(one, case.steps_of(one))]
    if not left:
        raise No("withdraw.nothing")
    return _ended(case, left, "withdrawn", actor, reason=do.reason.strip())


def _reason(case: Case, do: GiveEndReason) -> EndReasonGiven:
    """The reason for what was withdrawn last. Raises `No`: `end_reason.nothing`, `end_reason.empty`."""
    withdrawn = [one for one in case.orders if one.ending is not None and one.ending.kind == "withdrawn"]
    if not withdrawn:
        raise No("end_reason.nothing")
    if not do.reason.strip():
        raise No("end_reason.empty")
    last = max(one.ending.at for one in withdrawn if one.ending)
    names = tuple(one.id for one in withdrawn if one.ending and one.ending.at == last)
    return EndReasonGiven(orders=names, reason=do.reason.strip())


def resumable(case: Case, county: County, now: dt.datetime) -> tuple[Order, ...]:
    """What the applicant withdrew and can still take back himself: in time, and while nothing is built."""
    days = dt.timedelta(days=county.process.withdrawal.undo_days)
    return tuple(
        one
        for one in case.orders
        if one.ending is not None
        and one.ending.kind == "withdrawn"
        and now <= one.ending.at + days
        and PATH.index(one.state) < _BUILDING
    )


def _resumed(case: Case, do: Resume, actor: Actor, county: County, now: dt.datetime) -> OrdersResumed:
    """The applicant takes back what he withdrew himself, the window whatever has ended.

    Raises `No`: `resume.already`, `resume.nothing`, `resume.not_withdrawn`, `resume.dug`, `resume.too_late`.
    """
    if any(found(case, name).ending is None for name in do.orders):
        raise No("resume.already")
    named = do.orders or [one.id for one in case.orders]
    ended = [one for one in case.orders if one.ending is not None and one.id in named]
    if not ended:
        raise No("resume.nothing")
    if actor.role == "applicant":
        own_again = {one.id for one in resumable(case, county, now)}
        again = [one for one in ended if one.id in own_again]
        if not again:
            raise No(_why_not(ended[0]), days=str(county.process.withdrawal.undo_days))
        ended = again
    return OrdersResumed(orders=tuple(Anew(order=one.id, dues=_dues(one, county, now)) for one in ended))


def _why_not(order: Order) -> str:
    if order.ending is not None and order.ending.kind != "withdrawn":
        return "resume.not_withdrawn"
    return "resume.dug" if PATH.index(order.state) >= _BUILDING else "resume.too_late"


def _dues(order: Order, county: County, now: dt.datetime) -> dict[Timed, Due]:
    """The limits that stood still begin anew, as for another body; nobody answers an old urging."""
    return {
        step: due_of(clock.due, county, max([now, *(pause.until for pause in clock.pauses if pause.until is not None)]))
        for step, clock in order.clocks.items()
        if clock.met_at is None and clock.stopped_at is not None and step != "urge"
    }


def _termination(
    case: Case, do: AnnounceEnd | Terminate, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> EndAnnounced | OrdersEnded:
    """First announced, then done. Raises `No`: `announce_end.already`, `announce_end.empty`, `terminate.unannounced`,
    `terminate.early`.
    """
    order = found(case, do.order)
    heads(order, actor, staff)
    allowed(case, do.do, order)
    if isinstance(do, AnnounceEnd):
        if order.announced is not None:
            raise No("announce_end.already")
        if not do.reason.strip():
            raise No("announce_end.empty")
        until = due_of(county.process.termination.notice, county, now).at
        return EndAnnounced(order=order.id, reason=do.reason.strip(), until=until)
    if order.announced is None:
        raise No("terminate.unannounced")
    if now < order.announced.until:
        raise No("terminate.early")
    return _ended(case, [order], "terminated", actor, reason=do.reason.strip() or order.announced.reason)


def _declined(
    case: Case, do: Decline, actor: Actor, county: County, staff: Sequence[Staff]
) -> DeclineProposed | OrdersEnded:
    """Raises `No`: `decline.absent`, `decline.waits`, `decline.needs_reason`, `decline.needs_alternative`,
    `decline.no_complaints`.
    """
    rule, order = county.process.declining, found(case, do.order)
    if rule is None:
        raise No("decline.absent")
    steward = own(order, actor, ())
    allowed(case, do.do, order)
    if order.declining is not None:
        raise No("decline.waits")
    reason, alternative = do.reason.strip(), do.alternative.strip()
    if _says_nothing(reason):
        raise No("decline.needs_reason")
    if _says_nothing(alternative):
        raise No("decline.needs_alternative")
    complaints = county.body[order.body].complaints or county.help.complaints
    if not complaints:
        raise No("decline.no_complaints")
    if rule.confirmed_by is None:
        return _ended(case, [order], do.kind, actor, reason=reason, alternative=alternative, complaints=complaints)
    heads = tuple(told_of("lead", order, county, [one for one in staff if one.reachable]))
    return DeclineProposed(
        order=order.id,
        kind=do.kind,
        steward=steward,
        reason=reason,
        alternative=alternative,
        complaints=complaints,
        told=heads or (Told(receiver="window", id=county.id),),
    )


def _judged(
    case: Case, do: ConfirmDecline | ReturnDecline, actor: Actor, staff: Sequence[Staff]
) -> OrdersEnded | DeclineReturned:
    """Raises `No`: `<do>.already` where no refusal waits."""
    order = found(case, do.order)
    wanted = order.declining
    if wanted is None:
        raise No(f"{do.do}.already")
    heads(order, actor, staff)
    if isinstance(do, ReturnDecline):
        return DeclineReturned(order=order.id, by=actor.staff or "")
    texts = wanted.model_dump(include={"reason", "alternative", "complaints"})
    return _ended(case, [order], wanted.kind, actor, **texts)


def _objected(case: Case, do: Object) -> Objected:
    """Raises `No`: `object.nothing` where nothing was refused, `object.already`, `object.empty`."""
    order = found(case, do.order)
    if order.ending is None or order.ending.kind == "withdrawn":
        raise No("object.nothing")
    if order.ending.objection:
        raise No("object.already")
    if not do.words.strip():
        raise No("object.empty")
    return Objected(order=order.id, words=do.words.strip())


def _ended(case: Case, orders: Sequence[Order], kind: EndKind, actor: Actor, **texts: str) -> OrdersEnded:
    names = tuple(one.id for one in orders)
    bound = tuple(key for key, one in case.appointments.items() if not set(names).isdisjoint(one.orders))
    return OrdersEnded(orders=names, kind=kind, by=actor.staff or "", appointments=bound, **texts)


def _says_nothing(text: str) -> bool:
    return text.strip("。.，, ") in {"", *_NOTHING}

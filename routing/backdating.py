"""补报: when a step was done, if that was before it was entered; what is long ago stands only once somebody agrees (X59, J35).

The step itself stands at once, so that the work goes on: only the time that limits and bulletins judge by waits.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.backdating import STEPS, Backdating, Entered
from model.backdating_rules import BackdatingRule
from model.calendar import CHINA, Length
from model.case import Case
from model.command import Command
from model.commands.backdating import AnswerBackdating, Backdate, CloseBackdating, ExplainBackdating
from model.county import County
from model.event import Event
from model.events.backdating import BackDated, BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.events.clock import ClockStarted, Told
from model.message import Actor
from model.order import Order
from model.staff import Staff
from routing.allowing import found, own
from routing.limits import due_of
from routing.refusal import No
from routing.warning import told_of

Of = BackDated | BackdatingClaimed | BackdatingAsked
Do = Backdate | ExplainBackdating | AnswerBackdating | CloseBackdating


def entered_late(
    case: Case, command: Command, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> tuple[Of, ...]:
    """What comes of a step that is entered with the time at which it happened, none if it says none.

    Raises `No`: `backdating.step` for what is no step, those of `backdating`.
    """
    if command.happened_at is None:
        return ()
    step = STEPS.get(command.do.do)
    order = found(case, getattr(command.do, "order", None) or "")
    if step is None or order.entered is None or order.steward is None:
        raise No("backdating.step")
    since = order.entered.happened_at
    after = order.entered.step
    entry = Entered(step=step, sequence=case.version + 1, at=now, happened_at=now, since=since, after=after)
    return (_said(order, entry, command.happened_at, command.late_reason, order.steward, county, now, staff),)


def backdating(
    case: Case, do: Do, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Of | BackdatingDecided:
    """What is said of it afterwards.

    Raises `No`: `backdating.absent` where the county has no rule, `backdating.nothing` without a step, `backdating.waits` while
    another time is asked about, `backdating.refused` after a no, `backdating.future`, `backdating.before` the step before it,
    `backdating.too_far`;
    `explain_backdating.nothing`, `explain_backdating.empty`; `answer_backdating.already`, `answer_backdating.own`;
    `close_backdating.nothing`.
    """
    order = found(case, do.order)
    match do:
        case Backdate():
            steward = own(order, actor, ())
            if order.entered is None or order.entered.step is None:
                raise No("backdating.nothing")
            return _said(order, order.entered, do.at, do.reason, steward, county, now, staff)
        case ExplainBackdating():
            claim = order.backdating
            if claim is None or claim.reason or claim.steward != actor.staff:
                raise No("explain_backdating.nothing")
            if not do.reason.strip():
                raise No("explain_backdating.empty")
            return _asked(order, claim, do.reason, _rule(county), county, now, staff)
        case AnswerBackdating():
            return _answered(order, do, actor, county, staff)
        case CloseBackdating():
            return _rung(order, do, county, now, staff)


def begun_earlier(case: Case, event: Event, county: County) -> Iterator[ClockStarted]:
    """The limits that began with a step which is found to have been done earlier begin with it, if they still run."""
    if not isinstance(event, BackDated | BackdatingDecided) or (
        isinstance(event, BackdatingDecided) and not event.agrees
    ):
        return
    order = found(case, event.order)
    entered = order.entered
    if entered is None or entered.sequence != event.entry:
        return  # the next step is done: what it had to keep is judged as it was known then
    for step in case.steps_of(order):
        clock = order.clocks.get(step)
        if clock is None or not clock.waits or clock.pauses or clock.started_at != entered.at:
            continue
        length = Length.model_validate(clock.due.model_dump(include=set(Length.model_fields)))
        due = due_of(length, county, event.happened_at)
        counted = due_of(length, county, entered.at).at == clock.due.at
        if counted and due.at < clock.due.at:
            yield ClockStarted(order=order.id, step=step, due=due, since=event.happened_at)


def judges(order: Order, whose: str, county: County, staff: Sequence[Staff]) -> tuple[Staff, ...]:
    """Who may say whether an earlier time stands: never the one `whose` it is, under whatever name (X160)."""
    rule = _rule(county)
    own_person = next((one.person for one in staff if one.id == whose), None)

    def able(duty: str) -> tuple[Staff, ...]:
        listed = {one.id for one in told_of("lead" if duty == "lead" else "supervisor", order, county, staff)}
        others = (one for one in staff if one.id in listed and one.id != whose)
        return tuple(one for one in others if one.person is None or one.person != own_person)

    heads = able(rule.approved_by)
    return heads if any(one.reachable for one in heads) else (*heads, *able("supervisor"))


def _rule(county: County) -> BackdatingRule:
    rule = county.process.backdating
    if rule is None:
        raise No("backdating.absent")
    return rule


def _bounds(entry: Entered, county: County) -> dict[str, str]:
    """What came before this step, by name, and when: earlier than that it cannot have been done."""
    names = {rule.step: rule.name for rule in county.process.steps}
    at = entry.since.astimezone(CHINA)
    return {
        "step": names.get(entry.step, "") if entry.step else "",
        "earlier": names.get(entry.after, "") if entry.after else "",
        "since": f"{at.month}月{at.day}日{at:%H:%M}",
    }


def _said(
    order: Order,
    entry: Entered,
    at: dt.datetime,
    reason: str,
    steward: str,
    county: County,
    now: dt.datetime,
    staff: Sequence[Staff],
) -> Of:
    rule = _rule(county)
    if order.backdating is not None:
        raise No("backdating.waits")
    if entry.refused:
        raise No("backdating.refused")
    if at > entry.at:
        raise No("backdating.future")
    if at < entry.since:
        raise No("backdating.before", **_bounds(entry, county))
    if due_of(rule.farthest, county, at, shares=()).at < now:
        raise No("backdating.too_far")
    step = entry.step or "contact"
    said = {"order": order.id, "step": step, "entry": entry.sequence, "steward": steward, "happened_at": at}
    if due_of(rule.tolerance, county, at, shares=()).at >= now:
        return BackDated.model_validate(said)
    until = due_of(rule.within, county, now, shares=()).at
    if not reason.strip():
        return BackdatingClaimed.model_validate({**said, "until": until})
    return _asked(order, BackdatingClaimed.model_validate({**said, "until": until}), reason, rule, county, now, staff)


def _asked(
    order: Order,
    claim: Backdating | BackdatingClaimed,
    reason: str,
    rule: BackdatingRule,
    county: County,
    now: dt.datetime,
    staff: Sequence[Staff],
) -> BackdatingAsked:
    asked = tuple(
        Told(receiver=rule.approved_by if one.duty == rule.approved_by else "supervisor", id=one.id)
        for one in judges(order, claim.steward, county, staff)
        if one.reachable
    )
    return BackdatingAsked(
        order=order.id,
        step=claim.step,
        entry=claim.entry,
        steward=claim.steward,
        happened_at=claim.happened_at,
        reason=reason.strip(),
        told=asked or (Told(receiver="window", id=county.id),),
        until=due_of(rule.within, county, now, shares=()).at,
    )


def _answered(
    order: Order, do: AnswerBackdating, actor: Actor, county: County, staff: Sequence[Staff]
) -> BackdatingDecided:
    claim = order.backdating
    if claim is None or not claim.reason:
        raise No("answer_backdating.already")
    if actor.role == "steward":
        if actor.staff == claim.steward:
            raise No("answer_backdating.own")
        if actor.staff not in {one.id for one in judges(order, claim.steward, county, staff)}:
            raise No("not.yours")
    return _decided(order, claim, agrees=do.agrees, by=actor.staff or "")


def _rung(
    order: Order, do: CloseBackdating, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> BackdatingAsked | BackdatingDecided:
    """Nobody has answered: the time of entry stands. Were all who were asked gone, the next are asked instead."""
    claim = order.backdating
    if claim is None or claim.number != do.number or now < claim.rings:
        raise No("close_backdating.nothing")
    serving = {one.id for one in staff}
    gone = bool(claim.told) and not any(one.receiver == "window" or one.id in serving for one in claim.told)
    if gone:
        return _asked(order, claim, claim.reason, _rule(county), county, now, staff)
    return _decided(order, claim, agrees=False, by=None)


def _decided(order: Order, claim: Backdating, *, agrees: bool, by: str | None) -> BackdatingDecided:
    return BackdatingDecided(
        order=order.id,
        step=claim.step,
        entry=claim.entry,
        steward=claim.steward,
        happened_at=claim.happened_at,
        agrees=agrees,
        by=by,
        told=claim.told,
    )

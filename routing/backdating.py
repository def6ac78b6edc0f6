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
from model.process import Step
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
    another time of the same step is asked about, `backdating.refused` after a no, `backdating.future`, `backdating.before` the
    step before it, `backdating.too_far`;
    `explain_backdating.nothing`, `explain_backdating.empty`; `answer_backdating.already`, `answer_backdating.own`,
    `answer_backdating.first` while a step before it waits; `close_backdating.nothing`.
    """
    order = found(case, do.order)
    match do:
        case Backdate():
            steward = own(order, actor, ())
            if order.entered is None or order.entered.step is None:
                raise No("backdating.nothing")
            return _said(order, order.entered, do.at, do.reason, steward, county, now, staff)
        case ExplainBackdating():
            asked = (one for one in order.backdatings if not one.reason and one.steward == actor.staff)
            claim = next((one for one in asked if do.entry in (None, one.entry)), None)
            if claim is None:
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


def fallen_with(case: Case, event: Event) -> Iterator[BackdatingDecided]:
    """What would lie before a step whose own earlier time does not stand falls with it."""
    if not isinstance(event, BackdatingDecided) or event.agrees:
        return
    order = found(case, event.order)
    for claim in order.backdatings:
        if claim.happened_at < claim.since and _before(order, claim.entry, claim.since) is None:
            step = event.fell_with or event.step
            yield _decided(order, claim, agrees=False, by=None).model_copy(update={"fell_with": step})
            return  # what follows that one falls with it in its turn


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


def _bounds(entry: Entered, since: dt.datetime, county: County) -> dict[str, str]:
    """What came before this step, by name, and when: earlier than that it cannot have been done."""
    return {
        "step": _named(entry.step, county),
        "earlier": _named(entry.after, county),
        "since": _moment(since),
    }


def _before(order: Order, entry: int, since: dt.datetime) -> Backdating | None:
    """What waits about the step just before this one, which was done at `since` as far as that stands."""
    return next((one for one in order.backdatings if one.entry < entry and one.entered_at == since), None)


def _named(step: Step | None, county: County) -> str:
    return next((rule.name for rule in county.process.steps if rule.step == step), "")


def _moment(at: dt.datetime) -> str:
    local = at.astimezone(CHINA)
    return f"{local.month}月{local.day}日{local:%H:%M}"


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
    if order.backdating_of(entry.sequence) is not None:
        raise No("backdating.waits")
    if entry.refused:
        raise No("backdating.refused")
    if at > entry.at:
        raise No("backdating.future")
    before = _before(order, entry.sequence, entry.since)
    since = entry.since if before is None else before.happened_at
    if at < since:
        raise No("backdating.before", **_bounds(entry, since, county))
    if due_of(rule.farthest, county, at, shares=()).at < now:
        raise No("backdating.too_far")
    step = entry.step or "contact"
    said = {"order": order.id, "step": step, "entry": entry.sequence, "steward": steward, "happened_at": at}
    if at >= entry.since and due_of(rule.tolerance, county, at, shares=()).at >= now:
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
    asked = (one for one in order.backdatings if one.reason)
    claim = next((one for one in asked if do.entry in (None, one.entry)), None)
    if claim is None:
        raise No("answer_backdating.already")
    if actor.role == "steward":
        if actor.staff == claim.steward:
            raise No("answer_backdating.own")
        if actor.staff not in {one.id for one in judges(order, claim.steward, county, staff)}:
            raise No("not.yours")
    before = _before(order, claim.entry, claim.since)
    if do.agrees and before is not None and claim.happened_at < claim.since:
        raise No("answer_backdating.first", step=_named(before.step, county), since=_moment(before.happened_at))
    return _decided(order, claim, agrees=do.agrees, by=actor.staff or "")


def _rung(
    order: Order, do: CloseBackdating, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> BackdatingAsked | BackdatingDecided:
    """Nobody has answered: the time of entry stands. Were all who were asked gone, the next are asked instead."""
    claim = next((one for one in order.backdatings if one.number == do.number), None)
    if claim is None or now < claim.rings:
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

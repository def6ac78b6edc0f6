"""会商: somebody asks for it, the convener names a time, what was decided is recorded and done (X57, J34)."""

import datetime as dt
from collections.abc import Iterator, Sequence

from model.calendar import CHINA
from model.case import Case
from model.commands.consultations import (
    AskConsultation,
    DeclineConsultation,
    GiveItem,
    NameConsultation,
    OfConsultations,
    RecordConsultation,
    RemindOfConsultation,
    SettleConsultation,
    TickItem,
)
from model.consultation import Consultation, Invited, Item, Ring
from model.consultation_rules import ConsultationRule
from model.county import County
from model.event import Event
from model.events.consultations import (
    ConsultationAsked,
    ConsultationDeclined,
    ConsultationHeld,
    ConsultationNamed,
    ConsultationSettled,
    ItemDone,
    ItemGiven,
)
from model.message import Actor
from model.staff import Staff
from routing.attending import officer, responsible
from routing.consultation_clock import remind_of_consultation
from routing.leading import leading
from routing.limits import due_of
from routing.refusal import No
from routing.reminding import reminders
from routing.scheduling import slot_of
from routing.transitions import finished


def consultations(
    case: Case, do: OfConsultations, actor: Actor, county: County, now: dt.datetime, staff: Sequence[Staff]
) -> Event:
    """What a command about a consultation does.

    Raises `No`: `consultation.absent`, `consultation.unknown`; `ask_consultation.already`, `.empty`, `.unknown`; `not.yours`;
    `name_consultation.over`, `.past`, `.too_far`, `.odd_hour`, `.no_place`, `.busy`; `decline_consultation.over`, `.empty`;
    `record_consultation.over`, `.early`, `.empty`; `give_item.over`, `.empty`, `.past`, `.unknown`;
    `settle_consultation.over`; `tick_item.already`; those of `routing.consultation_clock`.
    """
    rule = county.process.consultation
    if rule is None:
        raise No("consultation.absent")
    if isinstance(do, AskConsultation):
        return _asked(case, do, actor, county, rule, now, staff)
    name = do.item if isinstance(do, TickItem) else getattr(do, "consultation", "")
    one = case.consultation(name)
    if one is None:
        raise No("consultation.unknown")
    match do:
        case RemindOfConsultation():
            return remind_of_consultation(case, one, do, now, staff, county)
        case TickItem():
            return _ticked(one, do, actor, staff)
    by = _convenes(one, actor, staff)
    match do:
        case NameConsultation():
            return _named(case, one, do, by, county, rule, now, staff)
        case DeclineConsultation():
            if not one.runs:
                raise No("decline_consultation.over")
            if not do.reason.strip():
                raise No("decline_consultation.empty")
            return ConsultationDeclined(consultation=one.id, officer=by, reason=do.reason.strip())
        case RecordConsultation():
            return _held(one, do, by, now)
        case GiveItem():
            return _item(one, do, county, rule, now, staff)
        case SettleConsultation():
            if one.state != "held":
                raise No("settle_consultation.over")
            return ConsultationSettled(consultation=one.id)
    raise TypeError(f"not a command about a consultation: {do}")


def with_open_orders(case: Case) -> tuple[str, ...]:
    """The bodies that still have something to do."""
    going = (one for one in case.orders if not finished(one, case.steps_of(one)) and not one.candidates)
    return tuple(dict.fromkeys(one.body for one in going))


def called_off(case: Case) -> Iterator[ConsultationDeclined]:
    """What was still to be held ends with the case: nothing is left to sit together about."""
    for one in case.consultations:
        if one.runs:
            yield ConsultationDeclined(consultation=one.id, officer="", reason="")


def _asked(
    case: Case,
    do: AskConsultation,
    actor: Actor,
    county: County,
    rule: ConsultationRule,
    now: dt.datetime,
    staff: Sequence[Staff],
) -> ConsultationAsked:
    order = case.order(do.order)
    if order is None:
        raise No("order.unknown")
    mine = [one for one in staff if one.id == actor.staff and one.body in {each.body for each in case.orders}]
    if actor.role == "steward" and not any(one.duty == "lead" or one.id == order.steward for one in mine):
        raise No("not.yours")
    if case.consulting is not None:
        raise No("ask_consultation.already", kind=rule.name)
    if not do.reason.strip():
        raise No("ask_consultation.empty")
    named = {name: one.id for one in county.bodies for name in (one.id, one.short)}
    if unknown := [one for one in do.bodies if one not in named]:
        raise No("ask_consultation.unknown", body="、".join(unknown))
    convener = (leading(case, county) or "") if rule.convened_by == "lead" else rule.convened_by
    called = tuple(named[one] for one in do.bodies) or with_open_orders(case)
    bodies = tuple(dict.fromkeys((*called, order.body))) if order.body not in called else called
    if len({*bodies, convener} - {""}) == 1:
        raise No("ask_consultation.alone", kind=rule.name)
    return ConsultationAsked(
        consultation=f"{case.id}-consult-{len(case.consultations) + 1}",
        order=order.id,
        by=actor.staff or "",
        window=actor.role == "staff",
        reason=do.reason.strip(),
        words=do.words.strip(),
        bodies=bodies,
        convener=convener,
        officer=officer(convener, staff, now),
        rings=(
            Ring(what="reply", at=due_of(rule.reply_within, county, now).at),
            Ring(what="hold", at=due_of(rule.within, county, now).at),
        ),
    )


def _convenes(one: Consultation, actor: Actor, staff: Sequence[Staff]) -> str:
    """Whoever acts for the body that convenes, or the window for it."""
    ours = any(each.id == actor.staff and each.body == one.convener for each in staff)
    if actor.role != "staff" and not ours:
        raise No("not.yours")
    return actor.staff or ""


def _named(
    case: Case,
    one: Consultation,
    do: NameConsultation,
    by: str,
    county: County,
    rule: ConsultationRule,
    now: dt.datetime,
    staff: Sequence[Staff],
) -> ConsultationNamed:
    if not one.runs:
        raise No("name_consultation.over")
    at = do.at.astimezone(CHINA)
    survey = county.process.survey
    if at <= now:
        raise No("name_consultation.past")
    if at > now + dt.timedelta(days=survey.farthest_days):
        raise No("name_consultation.too_far", days=str(survey.farthest_days))
    if not survey.earliest <= at.time() <= survey.latest:
        raise No("name_consultation.odd_hour", earliest=f"{survey.earliest:%H:%M}", latest=f"{survey.latest:%H:%M}")
    if not do.place.strip():
        raise No("name_consultation.no_place")
    invited = tuple(_invited(case, one, by, now, staff))
    if busy := [each for each in staff if each.id in {i.staff for i in invited} and _elsewhere(case, one, each, at)]:
        raise No("name_consultation.busy", steward="、".join(f"{county.body[b.body].short}{b.name}" for b in busy))
    return ConsultationNamed(
        consultation=one.id,
        officer=by,
        at_time=do.at,
        place=do.place.strip(),
        sequence=one.sequence + 1,
        invited=invited,
        reminders=reminders(do.at, rule.reminders, now),
    )


def _invited(case: Case, one: Consultation, by: str, now: dt.datetime, staff: Sequence[Staff]) -> Iterator[Invited]:
    """Of each body who has its order here, else somebody of it; of the body that convenes whoever names the time."""
    for body in dict.fromkeys((*one.bodies, *filter(None, (one.convener,)))):
        convenes = next((each.id for each in staff if each.id == by and each.body == body), None)
        yield Invited(body=body, staff=convenes or responsible(case, body, now, staff))


def _elsewhere(case: Case, one: Consultation, member: Staff, at: dt.datetime) -> bool:
    """Whether he is expected at another place in that half hour; at this consultation's old time he is not."""
    slot = slot_of(at)
    old = slot_of(one.at) if one.at is not None and one.state == "named" else None
    return any(e.slot == slot and not (e.case == case.id and e.slot == old) for e in member.engagements)


def _held(one: Consultation, do: RecordConsultation, by: str, now: dt.datetime) -> ConsultationHeld:
    if one.state != "named" or one.at is None:
        raise No("record_consultation.over")
    if now < one.at:
        raise No("record_consultation.early")
    if not (do.decision.strip() and do.public.strip()):
        raise No("record_consultation.empty")
    return ConsultationHeld(consultation=one.id, officer=by, decision=do.decision.strip(), public=do.public.strip())


def _item(
    one: Consultation, do: GiveItem, county: County, rule: ConsultationRule, now: dt.datetime, staff: Sequence[Staff]
) -> ItemGiven:
    if one.state != "held":
        raise No("give_item.over")
    if not do.words.strip():
        raise No("give_item.empty")
    if do.day < now.astimezone(CHINA).date():
        raise No("give_item.past")
    body = next((each.id for each in county.bodies if do.body in (each.id, each.short)), "")
    to = next((each for each in one.invited if each.body == body), None)
    if to is None:
        raise No("give_item.unknown")
    due = dt.datetime.combine(do.day, rule.items_at, CHINA)
    late = due + dt.timedelta(days=1)
    item = Item(
        id=f"{one.id}-{len(one.items) + 1}",
        body=body,
        staff=to.staff if any(each.id == to.staff for each in staff) else officer(body, staff, now),
        words=do.words.strip(),
        day=do.day,
        rings=(*((Ring(what="due", at=due),) if due > now else ()), Ring(what="late", at=late)),
    )
    return ItemGiven(consultation=one.id, item=item)


def _ticked(one: Consultation, do: TickItem, actor: Actor, staff: Sequence[Staff]) -> ItemDone:
    item = one.item(do.item)
    if item is None:
        raise No("consultation.unknown")
    ours = any(each.id == actor.staff and each.body == item.body for each in staff)
    if actor.role != "staff" and not ours:
        raise No("not.yours")
    if item.done_at is not None:
        raise No("tick_item.already")
    return ItemDone(consultation=one.id, name=item.id, by=actor.staff or "")

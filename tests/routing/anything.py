"""Anything that anybody may come upon to do about a case: made from what a command's fields are called and what there is."""

import datetime as dt
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError

from model.calendar import CHINA
from model.commands.adding import AddService
from model.commands.backdating import AnswerBackdating, Backdate, CloseBackdating, ExplainBackdating
from model.commands.booking import RemindOfPlan
from model.commands.clock import Warn, WarnOfApproval
from model.commands.consultations import RemindOfConsultation
from model.commands.scheduling import CloseTimes, Remind
from model.commands.sheet import RemindOfSheet
from model.commands.supplements import Handed
from model.draft import Answer
from model.message import Actor
from model.on_form import asked
from model.process import Step
from model.times import APPLICANT, Gathering
from model.values import Day, Pick, Picks, Words
from routing.transitions import TABLE as RULES
from tests.routing.county import NOW, steward, submission
from tests.routing.desk import Desk

STRANGERS = (Actor(person="stranger"), Actor(person="left", role="steward", staff="left"))


def office(county):
    people = [steward(one.id, name=name, county=county.id) for one in county.bodies for name in "ab"]
    leads = [steward(one.id, name="lead", county=county.id, duty="lead") for one in county.bodies]
    return (*people, *leads, steward(county.bodies[-1].id, name="watch", county=county.id, duty="supervisor"))


def desk_of(county, chance):
    options = chance.sample([one.option for one in county.services], chance.choice((1, 2, 3, len(county.services))))
    more = {name: Day(date=NOW.date() + dt.timedelta(days=3)) for rule in county.process.steps if (name := rule.not_before) and chance.random() < 0.3}  # fmt: skip
    town = {county.places.district: Words(text=chance.choice(county.towns))} if county.places.district else {}
    made = submission(county, *options, given=more | town | _route(county, chance))
    return Desk(county, _phoned(county, made) if chance.random() < 0.1 else made, office(county))


def _phoned(county, made):
    """Now and then it is applied for by telephone, with the basics alone (X26)."""
    basics = {name: next(iter(made.answers.values())) for name in county.process.telephone.basics}
    open_still = tuple(one.id for one in asked(county.form, made.answers | basics))
    return made.model_copy(update={"channel": "telephone", "answers": basics | made.answers, "missing": open_still})


def _route(county, chance):
    """Now and then it is about an account that is changed or closed, if the county has a way for that (J66–J82)."""
    routes = [one for one in county.process.routes if chance.random() < 0.2]
    found = [one for route in routes[:1] for one in route.when.values() if one.has]
    return {one.field: Picks(picks=(Pick(option=one.has[0]),)) for one in found}


def somebody(desk, do, chance):
    """Mostly one of those who may, now and then anybody."""
    if chance.random() < 0.03:
        return chance.choice(STRANGERS)
    roles = RULES[do.do].by if chance.random() < 0.95 else ("applicant", "steward", "staff", "clock")
    match chance.choice(roles):
        case "steward":
            order = desk.case.order(getattr(do, "order", "") or "")
            own = order.steward if order and chance.random() < 0.8 else None
            one = chance.choice([*concerned(desk, do), own]) or chance.choice(desk.stewards).id
            return Actor(person=f"person-{one}", role="steward", staff=one)
        case "staff":
            return Actor(person="window", role="staff", staff="window-1")
        case "clock":
            return Actor(person="", role="clock")
    return Actor(person=desk.case.person)


def concerned(desk, do):
    """Members of staff whom a command could be for, beside the steward of its order."""
    case, sheet = desk.case, desk.case.sheet
    if permit := case.approval(getattr(do, "approval", "")):  # asked of its officer, or said by whoever applied
        yield from (permit.officer, permit.by)
    if sheet is not None and RULES[do.do].step == "survey":
        yield from (sheet.organiser, *(row.officer for row in sheet.rows if row.body == getattr(do, "body", row.body)))
    if getattr(do, "party", APPLICANT) != APPLICANT:
        yield do.party
    if (consultation := case.consultation(getattr(do, "consultation", getattr(do, "item", "")))) is not None:
        owing = consultation.item(getattr(do, "item", ""))
        yield from (one.id for one in desk.stewards if one.body == (owing.body if owing else consultation.convener))
    yield from (one.decider for one in case.gatherings.values() if one.decider and do.do == "decide_time")
    if order := case.order(getattr(do, "order", "") or ""):
        yield from (one.id for one in desk.stewards if one.body == order.body and one.duty == "lead")
    if (order := case.order(getattr(do, "order", "") or "")) and do.do == "claim":
        yield from (one.staff for one in order.offers)
    if case.rating is not None:
        yield from (one.id for one in case.rating.callers if one.receiver != "window")


def _of_the_clock(desk, kind, chance):
    """What the clock does, it does about something that is to come; None where nothing is."""
    case = desk.case
    if kind is Warn:
        coming = [(step, clock) for order in case.orders for step, clock in order.clocks.items() if clock.next]
        made = [Warn(step=step, share=one.next.share, at=one.next.at, due=one.due.at) for step, one in coming]
    elif kind is WarnOfApproval:
        permits = [(one.id, one.clock) for one in case.approvals if one.clock and one.clock.next]
        made = [kind(approval=one, share=c.next.share, at=c.next.at, due=c.due.at) for one, c in permits]
    elif kind is RemindOfSheet:
        made = [kind(what=what, number=one.number) for what, one in (case.sheet.ringing if case.sheet else {}).items()]
    elif kind is Remind:
        times = [(key, one.sequence, left) for key, one in case.appointments.items() for left in one.reminders]
        made = [Remind(appointment=key, sequence=number, which=left.which) for key, number, left in times]
    elif kind is RemindOfPlan:
        made = [RemindOfPlan(number=case.booking.number)] if case.booking else []
    elif kind is RemindOfConsultation:
        rings = [(one.id, ring) for one in case.consultations for ring in one.ringing]
        made = [kind(consultation=name, what=ring.what, number=ring.number) for name, ring in rings]
    else:
        made = [CloseTimes(appointment=key, round=one.round) for key, one in case.gatherings.items()]
    return chance.choice(made) if made else None


def _of_a_time(desk, kind, now, chance):
    """A time that is said afterwards lies between two steps; it is explained, answered and ended where one waits."""
    entries = [one for one in desk.case.orders if one.entered and one.entered.step]
    waiting = [one for one in desk.case.orders if one.backdatings]
    if kind is Backdate and entries:
        order = chance.choice(entries)
        last = order.entered
        at = max(last.since, last.at - dt.timedelta(hours=chance.randrange(0, 60)))
        return Backdate(order=order.id, at=at)
    if kind is Backdate or not waiting:
        return None
    order = chance.choice(waiting)
    if kind is CloseBackdating:
        return CloseBackdating(order=order.id, number=chance.choice(order.backdatings).number)
    if kind is ExplainBackdating:
        return ExplainBackdating(order=order.id, reason="忘了")
    return AnswerBackdating(order=order.id, agrees=chance.random() < 0.5)


def anything(desk, kind, now, chance):
    """A command of this kind whose fields name what there is, mostly."""
    if kind in (Warn, WarnOfApproval, RemindOfSheet, RemindOfPlan, RemindOfConsultation, Remind, CloseTimes):
        return _of_the_clock(desk, kind, chance)
    if kind in (Backdate, ExplainBackdating, AnswerBackdating, CloseBackdating):
        return _of_a_time(desk, kind, now, chance)
    if kind is AddService:
        return _one_more(desk, chance)
    made = {name: _field(desk, name, field, now, chance) for name, field in kind.model_fields.items() if name != "do"}
    try:
        return kind.model_validate(made)
    except ValidationError:  # nothing is known of what such a field holds
        return None


def _one_more(desk, chance):
    """A service more, signed for as a person would who has handed in the rest before; seldom, for it puts off the end."""
    if chance.random() < 0.8:
        return None
    county, more = desk.county, chance.choice(desk.county.services)
    there = [one.option for one in county.services if one.id in desk.case.services or one == more]
    signed = submission(county, more.option).model_copy(update={"answers": {}})
    return AddService(services=(more.id,), signed=signed, known=submission(county, *there).answers)


def _field(desk, name, field, now, chance) -> Any:  # noqa: PLR0915 - one case per field
    case, process = desk.case, desk.county.process
    nobody = Gathering(orders=(), asked=(APPLICANT,), closes=now, limit=now)
    appointment, gathering = chance.choice(
        [*case.gatherings.items(), *((one, nobody) for one in case.appointments), ("joint", nobody)]
    )
    rows = [row.body for row in case.sheet.rows] if case.sheet else []
    items = [one.id for one in case.sheet.follow_ups] if case.sheet else []
    if get_origin(field.annotation) is Literal and name != "step":
        return chance.choice(get_args(field.annotation))
    supplements = [one.id for one in case.supplements]
    marks = process.rating.scale if process.rating else ("满意",)
    kinds = [one.id for one in process.approvals.kinds]
    works = sorted({work for one in process.approvals.kinds for work in one.works})
    match name:
        case "days" if get_origin(field.annotation) is tuple:
            return [(now + dt.timedelta(days=ahead)).date() for ahead in chance.sample(range(-3, 12), 2)]
        case "order":
            return chance.choice([one.id for one in case.orders])
        case "appointment":
            return appointment
        case "sequence":
            return chance.choice([one.sequence for one in case.appointments.values()] or [1])
        case "round":
            return gathering.round
        case "party":
            return chance.choice(gathering.asked)
        case "windows":
            offers = chance.choice([*gathering.offers.values(), ()])
            return tuple(chance.sample(offers, min(len(offers), chance.randint(1, 4))))
        case "item":
            agreed = [item.id for one in case.consultations for item in one.items]
            return chance.choice([*items, *agreed, "none"])
        case "consultation":
            return chance.choice([*(one.id for one in case.consultations), "none"])
        case "bodies":
            return tuple(chance.sample([one.id for one in desk.county.bodies], chance.randrange(3)))
        case "departments":
            return tuple(chance.sample([one.id for one in desk.county.bodies], 3))
        case "opinion":
            return chance.choice(process.survey.opinions).text
        case "result":
            return chance.choice(process.acceptance).text
        case "body":
            return chance.choice(rows or [one.id for one in desk.county.bodies])
        case "steward":
            return chance.choice([None, chance.choice(desk.stewards).id])
        case "approval":
            return chance.choice([*(one.id for one in case.approvals), "none"])
        case "supplement":
            return chance.choice([*supplements, "none"])
        case "handed":
            value = Words(text="补上")
            return (Handed(supplement=chance.choice([*supplements, "none"]), value=value),)
        case "kind":
            return chance.choice([*kinds, "none"])
        case "mark":
            return chance.choice(marks)
        case "check":
            return chance.choice([one.id for route in process.routes for one in route.checks] or ["none"])
        case "share":
            return chance.choice((50, 80, 100, 200))
        case "days":
            return chance.choice((None, 3))
        case "step":
            return chance.choice(get_args(Step))
        case "words" if field.annotation is not str:
            return chance.choice(((), ("身份证",)))
        case "digs":
            return tuple(chance.sample(works, chance.randrange(len(works) + 1)))
        case "mode":
            return chance.choice(("", *(one.mode for one in process.approvals.modes)))
        case "items" if field.annotation is str:
            return chance.choice(("", "红线图"))
        case "kinds" | "fields" | "channel" | "items":
            return field.get_default()
        case "to" if field.annotation is str:
            return chance.choice(desk.county.bodies).id
        case "to":
            return process.version + 1
        case "previous":
            return chance.choice([row.officer for row in case.sheet.rows if row.officer] if case.sheet else [""])
        case "answers":
            left = case.telephone.lacking if case.telephone else ()
            names = left if chance.random() < 0.8 else ("none",)
            return {one: Answer(value=Words(text="补上"), by="somebody", at=now) for one in names}
        case "cells":
            ours = [one.field for rule in process.cells for one in rule.cells if rule.form]
            return {chance.choice(ours): Words(text=chance.choice("甲乙丙"))} if ours else {}
    if field.annotation is bool:
        return chance.random() < 0.5
    if field.annotation is int:  # the number of a ringing
        return chance.choice([one.late.number for one in case.orders if one.late] or [1])
    if field.annotation is dt.datetime:
        later = (now + dt.timedelta(days=chance.randrange(1, 5))).astimezone(CHINA)
        return later.replace(hour=chance.randrange(8, 18), minute=0)
    if field.annotation is dt.date:
        return now.date() + dt.timedelta(days=chance.randrange(1, 5))
    if field.annotation is not str and not field.is_required():
        return field.get_default()
    return "原因" if chance.random() < 0.95 else ""

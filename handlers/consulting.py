"""会商 in chat: what an act means, whose it is, and what it is called in lists (X57, J34)."""

import datetime as dt

from handlers.heads import heads_of
from handlers.ports import RoutingCore
from handlers.wording.values import show
from model.calendar import CHINA
from model.case import Case
from model.command import Do
from model.commands.consultations import (
    AskConsultation,
    DeclineConsultation,
    GiveItem,
    NameConsultation,
    OfConsultations,
    RecordConsultation,
    SettleConsultation,
    TickItem,
)
from model.conversation import Conversation
from model.county import County
from model.decision import Done, Refused
from model.draft import Draft
from model.edition import on_form, under
from model.events.consultations import (
    ConsultationAsked,
    ConsultationDeclined,
    ConsultationHeld,
    ConsultationNamed,
    ConsultationSettled,
    ItemDone,
    ItemGiven,
)
from model.message import Act, Actor, Invitation
from model.submission import Submission
from model.values import Day, Picks
from routing.consultation_acts import asked_about, consult_act, consult_invitation, of_order

_OTHER = "其他"
"""The reason that says nothing by itself."""
_SHOWN = 12
"""Characters of an item in a list."""


def consult_asked(invitation: Invitation, act: Act, form: Draft | None) -> Do | Refused | None:
    """The command that this act means; None if it is about no consultation."""
    do, _, about = act.id.partition(".")
    name = invitation.id
    match do:
        case "ask_consultation":
            picked = next(iter(_picks(form, "reason")), "")
            words = _words(form, "words")
            reason = words if picked in ("", _OTHER) else picked
            more = words if reason != words else ""
            return AskConsultation(
                order=invitation.order or "", reason=reason, words=more, bodies=_picks(form, "bodies")
            )
        case "name_consultation":
            at = _instant(form)
            if at is None:
                return Refused(code="survey.time_missing")
            return NameConsultation(consultation=name, at=at, place=_words(form, "place"))
        case "decline_consultation":
            return DeclineConsultation(consultation=name, reason=_words(form, "words"))
        case "record_consultation":
            decision, public = _words(form, "decision"), _words(form, "public")
            return RecordConsultation(consultation=name, decision=decision, public=public)
        case "give_item":
            day = _day(form)
            if day is None:
                return Refused(code="give_item.no_day")
            return GiveItem(consultation=name, body=about, words=_words(form, "words"), day=day.date)
        case "settle_consultation":
            return SettleConsultation(consultation=name)
        case "tick_item":
            return TickItem(item=name)
    return None


def consult_asked_before(done: Done) -> Do | None:
    """What the recorded result was asked for, if it is about a consultation."""
    match done.events[0].event:
        case ConsultationAsked(order=order, reason=reason, words=words, bodies=bodies):
            return AskConsultation(order=order, reason=reason, words=words, bodies=bodies)
        case ConsultationNamed(consultation=name, at_time=at, place=place):
            return NameConsultation(consultation=name, at=at, place=place)
        case ConsultationDeclined(consultation=name, reason=reason):
            return DeclineConsultation(consultation=name, reason=reason)
        case ConsultationHeld(consultation=name, decision=decision, public=public):
            return RecordConsultation(consultation=name, decision=decision, public=public)
        case ItemGiven(consultation=name, item=item):
            return GiveItem(consultation=name, body=item.body, words=item.words, day=item.day)
        case ConsultationSettled(consultation=name):
            return SettleConsultation(consultation=name)
        case ItemDone(name=name):
            return TickItem(item=name)
    return None


def consult_act_of(do: Do, case: Case, county: County) -> Act | None:
    """The act that means this command; None if it is about no consultation."""
    return consult_act(do.do, under(county, case.process_version)) if isinstance(do, OfConsultations) else None


def as_attending(actor: Actor, conversation: Conversation, case: Case | None, name: str) -> Actor:
    """The person as one of the body that convenes, of the one that is to do what was agreed, or of the one that asks."""
    one = case.consultation(name) if case else None
    item = one.item(name) if one else None
    about = asked_about(case, name) if case else None
    body = item.body if item else one.convener if one else about.body if about else ""
    staff = next((role.staff for role in conversation.roles if role.body == body), None)
    return actor.model_copy(update={"role": "steward", "staff": staff})


def asked_by_head(conversation: Conversation, case: Case, do: AskConsultation) -> Invitation | None:
    """What the head of a body was invited to ask, about an order that is no task of his own; None for anybody else."""
    own = any(one.kind == "task" and one.order == do.order for one in conversation.invitations)
    order = case.order(do.order)
    name = of_order(order) if order is not None and not own else None
    return next((one for one in conversation.invitations if one.id == name), None)


async def consult_meant(
    core: RoutingCore, county: County, conversation: Conversation, case: Case, do: OfConsultations
) -> Invitation:
    """What a command was about, as the conversation has it or made anew."""
    name = do.item if isinstance(do, TickItem) else str(getattr(do, "consultation", ""))
    known = next((one for one in conversation.invitations if one.id == name), None)
    return known or consult_task(county, case, name, await core.submission(case.id))


def consult_task(county: County, case: Case, name: str, submission: Submission | None) -> Invitation:
    """A consultation, or what was agreed at one, as a task."""
    return consult_invitation(case, name, county, consult_title(county, case, name, submission))


def consult_title(county: County, case: Case, name: str, submission: Submission | None) -> str:
    """How it is called in lists: number, what it is, how it stands, and where; nobody's telephone."""
    one = case.consultation(name)
    rule = under(county, case.process_version).process.consultation
    if one is None or rule is None:
        return case.number
    item = one.item(name)
    key = "item" if item else one.state if one.state in ("asked", "named", "held") else "over"
    at, words = one.at.astimezone(CHINA) if one.at else None, item.words[:_SHOWN] if item else ""
    what = county.messages[f"consult_title.{key}"].format(kind=rule.name, at=at, words=words)
    place = ""
    if submission is not None and item is None:
        answer = submission.answers.get(on_form(county, submission.form_version).places.address)
        place = show(answer.value) if answer and answer.value else ""
    return " ".join(filter(None, (case.number, what.strip(), place)))


async def consultations_of(core: RoutingCore, county: County, conversation: Conversation) -> tuple[Invitation, ...]:
    """All consultations that the person convenes, and all that was agreed and is his to do, or that of the body he heads.
    Raises `CoreAway`.
    """
    found = [one for role in conversation.roles for one in await core.consultations(role.staff)]
    for head in await heads_of(core, county, conversation):
        agreed = await core.agreed(county.id, head.body)
        found += [(case, name) for case, name in agreed if case.agreed(name) is not None]
    asked = [consult_task(county, case, name, await core.submission(case.id)) for case, name in found]
    return tuple({one.id: one for one in asked if one.acts}.values())


def consulted(
    county: County, conversation: Conversation, meant: Invitation, case: Case | None
) -> tuple[Conversation, Invitation | None]:
    """What was acted on as it stands now in its place; gone if nothing is left to do."""
    fresh = consult_invitation(case, meant.id, county, meant.title) if case else None
    left = fresh if fresh is not None and fresh.acts else None
    others = tuple(one for one in conversation.invitations if one.id != meant.id)
    kept, floor = ((*others, left), left.id) if left else (others, None)
    return conversation.model_copy(update={"invitations": kept, "floor": floor, "pushed": False}), left


def _picks(form: Draft | None, field: str) -> tuple[str, ...]:
    answer = form.answers.get(field) if form else None
    return answer.value.options if answer is not None and isinstance(answer.value, Picks) else ()


def _words(form: Draft | None, field: str) -> str:
    answer = form.answers.get(field) if form else None
    return show(answer.value) if answer is not None and answer.value else ""


def _day(form: Draft | None) -> Day | None:
    return next((a.value for a in form.answers.values() if isinstance(a.value, Day)), None) if form else None


def _instant(form: Draft | None) -> dt.datetime | None:
    day = _day(form)
    return dt.datetime.combine(day.date, day.time, CHINA) if day is not None and day.time is not None else None

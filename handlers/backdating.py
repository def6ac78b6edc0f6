"""When a step was truly done, in chat: what an answer means, who gives it, and the question that a notice asks (X59)."""

import datetime as dt

from dialogs.done_before import done_before
from handlers.wording.values import show
from model.backdating import STEPS
from model.calendar import CHINA
from model.case import Case
from model.command import Do
from model.commands.backdating import AnswerBackdating, Backdate, ExplainBackdating
from model.conversation import Conversation
from model.county import County
from model.decision import Done, Refused
from model.delivery import Row
from model.draft import Draft
from model.event import Event
from model.events.backdating import BackDated, BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.message import Act, Actor, Invitation
from model.order import Order
from model.values import Day, Words
from routing.backdating_acts import WORDS, backdating_invitation

OF_BACKDATING = (BackdatingClaimed, BackdatingAsked, BackdatingDecided)
"""The events whose notices name a step and a time."""


def backdating_asked(invitation: Invitation, act: Act, form: Draft | None) -> Do | Refused | None:
    """The command that this act means; None if it is about something else."""
    order = invitation.order or ""
    match act.id.partition("."):
        case ("backdate", _, _):
            at = _instant(form)
            return Backdate(order=order, at=at) if at else Refused(code="backdating.time_missing")
        case ("explain_backdating", _, _):
            return ExplainBackdating(order=order, reason=_words(form) if act.id == WORDS else act.label)
        case ("answer_backdating", _, verdict):
            return AnswerBackdating(order=order, agrees=verdict == "yes")
        case _:
            return None


def backdating_asked_before(done: Done, do: Do | None) -> Do | None:
    """What the recorded result was asked for."""
    match done.events[0].event:
        case BackDated(order=order, happened_at=at) | BackdatingClaimed(order=order, happened_at=at):
            return Backdate(order=order, at=at)
        case BackdatingAsked(order=order, happened_at=at, reason=reason):
            told = Backdate(order=order, at=at, reason=reason)
            return told if isinstance(do, Backdate) else ExplainBackdating(order=order, reason=reason)
        case BackdatingDecided(order=order, agrees=agrees):
            return AnswerBackdating(order=order, agrees=agrees)
        case _:
            return None


def backdating_invited(
    county: County, case: Case, row: Row, event: Event, title: str, order: Order | None
) -> Invitation | None:
    """What the notice asks of its reader: a reason of the steward, an answer of who decides."""
    if order is None or row.recipient.kind != "staff" or not isinstance(event, BackdatingClaimed | BackdatingAsked):
        return None
    asked = backdating_invitation(case, order, county, title)
    return asked if asked.acts else None


def backdating_settled(row: Row, event: Event) -> str:
    """The question that waits no more for who is told what came of it."""
    return f"{event.order}:backdating" if isinstance(event, BackdatingDecided) and row.recipient.kind == "staff" else ""


def as_judge(actor: Actor, conversation: Conversation, order: Order | None) -> Actor:
    """The person as the one who is asked: who said the time, or a member of staff who may say whether it stands."""
    claim = order.backdating if order else None
    roles = conversation.roles
    if claim is None or order is None:
        his = None
    elif not claim.reason:
        his = next((role.staff for role in roles if role.staff == claim.steward), None)
    else:
        told = {one.id for one in claim.told}
        asked = [role.staff for role in roles if role.staff in told]
        others = [role.staff for role in roles if role.body == order.body and role.staff != claim.steward]
        his = next(iter((*asked, *others)), None)
    return actor.model_copy(update={"role": "steward", "staff": his})


def said_done(county: County, invitation: Invitation, act: Act, words: str, now: dt.datetime) -> dt.datetime | None:
    """When the step was done, if the words with which it was reported say so; of other acts they mean something else."""
    if not words or act.id not in STEPS or county.process.backdating is None:
        return None
    done = done_before(words, invitation.acts, STEPS, now, county.process.hours)
    return done[1] if done is not None else None


def _instant(form: Draft | None) -> dt.datetime | None:
    day = next((one.value for one in form.answers.values() if isinstance(one.value, Day)), None) if form else None
    return dt.datetime.combine(day.date, day.time, CHINA) if day is not None and day.time is not None else None


def _words(form: Draft | None) -> str:
    return "；".join(show(one.value) for one in form.answers.values() if isinstance(one.value, Words)) if form else ""

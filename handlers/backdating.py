"""When a step was truly done, in chat: what an answer means, who gives it, and the question that a notice asks (X59)."""

import datetime as dt

from dialogs.done_before import done_before
from dialogs.events import Invited
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
from model.edition import under
from model.event import Event, Recorded
from model.events.backdating import BackDated, BackdatingAsked, BackdatingClaimed, BackdatingDecided
from model.message import Act, Actor, Invitation
from model.order import Order
from model.values import Day, Words
from routing.backdating_acts import WORDS, backdating_invitation, backdating_subject, entry_of

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
            reason = _words(form) if act.id == WORDS else act.label
            return ExplainBackdating(order=order, reason=reason, entry=entry_of(invitation.id))
        case ("answer_backdating", _, verdict):
            return AnswerBackdating(order=order, agrees=verdict == "yes", entry=entry_of(invitation.id))
        case _:
            return None


def backdating_asked_before(done: Done, do: Do | None) -> Do | None:
    """What the recorded result was asked for."""
    match done.events[0].event:
        case BackDated(order=order, happened_at=at) | BackdatingClaimed(order=order, happened_at=at):
            return Backdate(order=order, at=at)
        case BackdatingAsked(order=order, happened_at=at, reason=reason, entry=entry):
            told = Backdate(order=order, at=at, reason=reason)
            return (
                told
                if isinstance(do, Backdate)
                else ExplainBackdating(order=order, reason=reason, entry=_named(do, entry))
            )
        case BackdatingDecided(order=order, agrees=agrees, entry=entry):
            return AnswerBackdating(order=order, agrees=agrees, entry=_named(do, entry))
        case _:
            return None


def backdating_invited(
    county: County, case: Case, row: Row, event: Event, title: str, order: Order | None
) -> Invitation | None:
    """What the notice asks of its reader: a reason of the steward, an answer of who decides."""
    if order is None or row.recipient.kind != "staff" or not isinstance(event, BackdatingClaimed | BackdatingAsked):
        return None
    asked = backdating_invitation(case, order, event.entry, county, title)
    return asked if asked.acts else None


def fell_with(county: County, recorded: Recorded) -> str:
    """The step before it, with whose earlier time this one fell; empty for what did not fall so."""
    step = recorded.event.fell_with if isinstance(recorded.event, BackdatingDecided) else None
    rule = under(county, recorded.process_version).process.rule(step) if step else None
    return rule.name if rule else ""


def backdating_settled(row: Row, event: Event) -> str:
    """The question that waits no more for who is told what came of it."""
    if not isinstance(event, BackdatingDecided) or row.recipient.kind != "staff":
        return ""
    return backdating_subject(event.order, event.entry)


def as_judge(actor: Actor, conversation: Conversation, order: Order | None, invitation: Invitation) -> Actor:
    """The person as the one who is asked: who said the time, or a member of staff who may say whether it stands."""
    entry = entry_of(invitation.id)
    claims = order.backdatings if order else ()
    claim = next((one for one in claims if entry in (None, one.entry)), None)
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


def asked_first(
    county: County, conversation: Conversation, invitation: Invitation, case: Case
) -> tuple[Conversation, tuple[Invited, ...]]:
    """The question about the step before, which must be answered before this one, as what is asked now."""
    order = case.order(invitation.order or "")
    claim = next((one for one in order.backdatings if one.reason), None) if order else None
    if order is None or claim is None:
        return conversation, ()
    first = backdating_invitation(case, order, claim.entry, county, invitation.title)
    others = tuple(one for one in conversation.invitations if one.id != first.id)
    changes = {"invitations": (*others, first), "floor": first.id, "pushed": False}
    return conversation.model_copy(update=changes), (Invited(first),)


def said_done(county: County, invitation: Invitation, act: Act, words: str, now: dt.datetime) -> dt.datetime | None:
    """When the step was done, if the words with which it was reported say so; of other acts they mean something else."""
    if not words or act.id not in STEPS or county.process.backdating is None:
        return None
    done = done_before(words, invitation.acts, STEPS, now, county.process.hours)
    return done[1] if done is not None else None


def _named(do: Do | None, entry: int) -> int | None:
    """The step, unless what was asked named none."""
    return do.entry if isinstance(do, ExplainBackdating | AnswerBackdating) else entry


def _instant(form: Draft | None) -> dt.datetime | None:
    day = next((one.value for one in form.answers.values() if isinstance(one.value, Day)), None) if form else None
    return dt.datetime.combine(day.date, day.time, CHINA) if day is not None and day.time is not None else None


def _words(form: Draft | None) -> str:
    return "；".join(show(one.value) for one in form.answers.values() if isinstance(one.value, Words)) if form else ""

"""A draft that a clerk keeps for a caller becomes the caller's own, in his conversation (ADR 40). Pure."""

import datetime as dt

from dialogs.events import DialogueEvent
from dialogs.roles import speak_as
from dialogs.settling import settle
from dialogs.turn import Turn
from model.conversation import Conversation
from model.county import County
from model.draft import Draft, Editing
from model.message import Actor


def leaving(draft: Draft, to: str, now: dt.datetime) -> Draft | None:
    """The draft as it waits to be taken over by that conversation; None: it is another's, or not being filled in."""
    if draft.state == "leaving":
        return draft if draft.goes_to == to else None
    if draft.state != "filling":
        return None
    return draft.model_copy(
        update={"state": "leaving", "goes_to": to, "revision": draft.revision + 1, "changed_at": now}
    )


def taken_over(
    county: County, conversation: Conversation, intake: str, draft: Draft, now: dt.datetime
) -> tuple[Conversation, tuple[DialogueEvent, ...]]:
    """The conversation with this draft as the active one, and the question that comes next. Once for each intake.

    All answers stay, with who typed them, and so does what was agreed to. What the clerk was about to ask first is not what the form
    asks first; what he typed last is not for 撤销.
    """
    turn = Turn(county, conversation, Actor(person=conversation.person), now)
    speak_as(turn, "applicant")
    turn.change(floor=None, offer=None, pushed=False)
    if intake not in conversation.taken_over:
        serial = conversation.serial + 1
        mine = {
            "id": f"{conversation.id}#{int(now.timestamp())}-{serial}",
            "state": "filling",
            "goes_to": "",
            "changed_at": now,
            "attention": None if isinstance(draft.attention, Editing) else draft.attention,
            "last": None,
            "reminded": None,
        }
        empty = {
            one.id for one in conversation.applications if not (one.answers or one.held or one.unread or one.adding)
        }
        drafts = tuple(one for one in turn.conversation.drafts if one.id not in empty)
        turn.change(drafts=drafts, serial=serial, taken_over=(*conversation.taken_over, intake))
        turn.conversation = turn.conversation.with_draft(draft.model_copy(update=mine))
    settle(turn)
    return turn.conversation, tuple(turn.events)

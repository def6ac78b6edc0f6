"""我的信息: what we hold about the person, and its erasure once he has confirmed it. The handler reads and erases."""

from dialogs import amending
from dialogs.events import ErasureAsked, ErasureConfirmed, ErasureDropped, MineAsked, Outdated
from dialogs.folding import plain_words
from dialogs.inviting import OF_STAFF
from dialogs.kinds.yes_no import says
from dialogs.turn import Turn
from model.conversation import Conversation
from model.draft import Draft
from model.message import Invitation

SURE = "mine:sure"
"""On the floor: whether all of it is to be erased was the last thing asked."""
_YES = {"1", "确定删除", "确认删除", "确定", "确认"}
_NO = {"2", "不删", "不删除", "不删了", "先不删"}


def show(turn: Turn) -> None:
    """我的信息."""
    turn.change(floor=amending.shown(()))  # the handler adds the cases
    turn.emit(MineAsked())


def ask(turn: Turn) -> None:
    """删除我的信息: done only when confirmed, whatever else is under way."""
    turn.change(floor=SURE)
    turn.emit(ErasureAsked())


def said(turn: Turn, text: str) -> bool:
    """Words right after one of these two. False if they are about something else."""
    words, floor = plain_words(text), turn.conversation.floor
    if floor is not None and floor.partition("|")[0] == amending.SHOWN and words == "1":
        ask(turn)
        return True
    if amending.said(turn, text):
        return True
    if floor != SURE:
        return False
    yes = True if words in _YES else False if words in _NO else says(text)
    if yes is None:
        turn.change(floor=None)  # whatever it is, it is no yes
        return False
    _decided(turn, yes=yes)
    return True


def tapped(turn: Turn, choice: str) -> None:
    """`e:ask`, `e:yes`, `e:no`, `e:amend:<case>`; a yes on an older question is none."""
    if choice == "e:ask":
        ask(turn)
    elif choice.startswith("e:amend:"):
        amending.ask(turn, choice.removeprefix("e:amend:"))
    elif turn.conversation.floor == SURE:
        _decided(turn, yes=choice == "e:yes")
    else:
        turn.emit(Outdated())


def erasable(conversation: Conversation) -> tuple[Draft, ...]:
    """The drafts that are the person's own to erase: not those being handed in, nor a step of a task."""
    return tuple(draft for draft in conversation.drafts if draft.state == "filling" and draft.act is None)


def asked_of_him(conversation: Conversation) -> tuple[Invitation, ...]:
    """What was asked of him as an applicant, and waits for his answer."""
    return tuple(one for one in conversation.invitations if one.kind not in OF_STAFF)


def begun(conversation: Conversation) -> tuple[Draft, ...]:
    """Answers to it that he has begun to write."""
    asked = {one.id for one in asked_of_him(conversation)}
    return tuple(one for one in conversation.drafts if one.state == "filling" and one.act and one.subject in asked)


def erased(conversation: Conversation) -> Conversation:
    """The conversation without them, without what was asked of him and what was said: cases, roles and the right to push
    stay.
    """
    gone = {draft.id for draft in (*erasable(conversation), *begun(conversation))}
    drafts = tuple(draft for draft in conversation.drafts if draft.id not in gone)
    active = conversation.active if conversation.active not in gone else None
    return conversation.model_copy(
        update={
            "drafts": drafts,
            "active": active,
            "invitations": tuple(one for one in conversation.invitations if one.kind in OF_STAFF),
            "jobs": tuple(job for job in conversation.jobs if job.draft not in gone and not job.line),
            "readings": tuple(job for job in conversation.readings if job.draft not in gone),
            "more": (),
            "offer": None,
            "lapsed": None,
            "human": None,
            "wiped": conversation.wiped + 1,
        }
    )


def _decided(turn: Turn, *, yes: bool) -> None:
    turn.change(floor=None)
    turn.emit(ErasureConfirmed() if yes else ErasureDropped())

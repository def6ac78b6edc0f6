"""Whose a message is on an account that another program had before us: ours, or that program's (ADR 26).

Pure: by the conversation as it was, the message, and what `advance` made of the two. What we understand is ours, and so is
all that is said while we talk; the rest is as if we were not there.
"""

import datetime as dt
import re
from enum import Enum
from typing import Final

from dialogs import going_on
from dialogs.advance import MENU
from dialogs.commands import CommandWord, binding, command
from dialogs.events import (
    Answered,
    Asked,
    BindingAsked,
    Choosing,
    DialogueEvent,
    FileRefused,
    Filled,
    Greeted,
    HandedOver,
    Helped,
    Invited,
    KeptUnread,
    Lapsed,
    Migrated,
    NewOpened,
    NothingBefore,
    NothingToUndo,
    NotSkippable,
    Rejected,
    Resumed,
    Reviewed,
    Thanked,
    Unclear,
    Unreadable,
)
from model.conversation import Conversation
from model.county import County
from model.handover import is_code
from model.message import (
    FollowMessage,
    LocationMessage,
    MenuMessage,
    Message,
    OtherMessage,
    PhotoMessage,
    TextMessage,
    UnfollowMessage,
    VoiceMessage,
)


class Whose(Enum):
    """Who answers a message. BOTH: the other program answers, and we take note of it."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


TALK: Final = dt.timedelta(minutes=15)
"""So long after somebody's last word to us everything that he says is said to us."""
MATTER: Final = dt.timedelta(hours=48)
"""The same for whoever has a form or a case with us, but for questions to which we know no answer."""

_TAPPED: Final = re.compile(r"[acefhimqt]:")
"""What stands before the id of a choice that we offered, whatever it is about."""
_APPLIES: Final = re.compile(r"报装|新装|要装|想装|要接|想接|开户|增容|移表|换表|销户|装表")
"""Words of one who applies for what we are here for, though he only asks."""
_WISHES: Final = re.compile(r"(?<![么咋])办|[报装接移改换]|开通|通[水电气暖网]")
_BROKEN: Final = re.compile(r"坏|停[水电气暖]|[没断][水电气网]|不[热通亮]|漏|维修|故障|跳闸|欠|缴费")
"""Of what there is already, for which whoever had the account before is asked."""
_CODE: Final = 8
"""Characters of a binding code: 绑定 with anything else is another program's."""
_ALWAYS: Final = {CommandWord.APPLY, CommandWord.NEW, CommandWord.PROGRESS, CommandWord.MATTERS}
"""Words that begin with us."""
_KEPT: Final = {CommandWord.MINE, CommandWord.ERASE}
"""Words about what is kept of him."""
_ANYWHERE: Final = {
    CommandWord.HELLO, CommandWord.THANKS, CommandWord.HELP, CommandWord.HUMAN, CommandWord.MORE, CommandWord.BACK,
    CommandWord.SKIP, CommandWord.TASKS, CommandWord.ROLE,
}  # fmt: skip
"""Words that are said to anybody: to us only while we talk."""
_NOTHING: Final = (
    Asked, BindingAsked, FileRefused, Greeted, HandedOver, Helped, Invited, KeptUnread, Lapsed, Migrated, NewOpened, NothingBefore,
    NothingToUndo, NotSkippable, Rejected, Resumed, Reviewed, Thanked, Unclear, Unreadable,
)  # fmt: skip
"""What becomes of words in which we understood nothing."""
_GUESSED: Final = {"pass_on", "which"}
"""Choices that are offered because nothing was understood."""


def at_sight(message: Message, scenes: tuple[str, ...]) -> Whose | None:
    """Whose a message is, whoever sent it; None where that depends on the conversation. What is for BOTH is THEIRS alone
    if the person never had to do with us.

    `scenes` are the beginnings of the scenes of our own QR codes.
    """
    match message:
        case MenuMessage(key=key):
            return Whose.OURS if key in MENU else Whose.THEIRS
        case FollowMessage(scene=scene):
            return Whose.OURS if scene and scene.startswith(scenes) else Whose.BOTH
        case UnfollowMessage():
            return Whose.BOTH
        case OtherMessage(event=True):
            return Whose.THEIRS
        case TextMessage(choice=choice) if choice and _TAPPED.match(choice):
            return Whose.OURS
        case TextMessage() | PhotoMessage() | VoiceMessage() | LocationMessage() | OtherMessage():
            return None
        case _:  # what the program tells itself
            return Whose.OURS


def whose(
    county: County,
    conversation: Conversation,
    message: Message,
    events: tuple[DialogueEvent, ...],
    now: dt.datetime,
    scenes: tuple[str, ...] = (),
) -> Whose:
    """Whose it is; `events` are what `advance` made of the message in this conversation."""
    seen = at_sight(message, scenes)
    if seen is Whose.BOTH:
        return Whose.BOTH if _known(conversation) else Whose.THEIRS
    if seen is not None:
        return seen
    text = message.text if isinstance(message, TextMessage | VoiceMessage) else ""
    ours = (
        conversation.attended
        or _asked(conversation)
        or _within(conversation, TALK, now)
        or _begins(county, conversation, text, events)
        or (_has_matter(conversation) and _of_matter(conversation, text, events, now))
    )
    return Whose.OURS if ours else Whose.THEIRS


def _known(conversation: Conversation) -> bool:
    """Whether he ever had to do with us."""
    return conversation.quota.last_at is not None or conversation.greeted or _has_matter(conversation)


def _has_matter(conversation: Conversation) -> bool:
    """An application under way, a case, or something asked of him; a form that nobody wrote in is none."""
    begun = any(one.state == "submitting" or one.answers for one in conversation.drafts)
    return bool(begun or conversation.cases or conversation.invitations)


def _asked(conversation: Conversation) -> bool:
    """Whether a question of a case waits for his answer, other than for a mark. Staff are always at work."""
    waiting = {one.id for one in conversation.invitations if one.kind != "rating"}
    return bool(conversation.roles) or conversation.floor in waiting or going_on.waits(conversation)


def _within(conversation: Conversation, span: dt.timedelta, now: dt.datetime) -> bool:
    spoke = [at for at in (conversation.quota.wrote_at, conversation.quota.tapped_at) if at is not None]
    return bool(spoke) and now - max(spoke) <= span


def _begins(county: County, conversation: Conversation, text: str, events: tuple[DialogueEvent, ...]) -> bool:
    """Whether he turns to us: with a word of ours, a code of ours, or because he says what he applies for."""
    word = command(text)
    if word is not None:
        return word in _ALWAYS or (word in _KEPT and _known(conversation))
    code = binding(text)
    if code is not None:
        return len(code) == _CODE
    if (handed := going_on.code_of(text)) is not None:
        return is_code(handed)
    if any(isinstance(one, Answered) for one in events):
        return _APPLIES.search(text) is not None
    filled, services = {one.field for one in events if isinstance(one, Filled)}, county.places.services
    wished = len(filled) > 1 or _WISHES.search(text) is not None
    return services in filled and wished and _BROKEN.search(text) is None


def _of_matter(conversation: Conversation, text: str, events: tuple[DialogueEvent, ...], now: dt.datetime) -> bool:
    """Whether whoever has a matter with us speaks of it: what we understand, and lately all but questions and courtesies."""
    if command(text) in _ANYWHERE:
        return False
    writing = any(one.state == "filling" and one.answers for one in conversation.drafts)
    if any(
        not isinstance(one, _NOTHING)
        and not (isinstance(one, Choosing) and one.about in _GUESSED)
        and not (isinstance(one, Filled) and not writing)  # 1 where nothing was asked
        for one in events
    ):
        return True
    return _within(conversation, MATTER, now) and not any(isinstance(one, HandedOver) for one in events)

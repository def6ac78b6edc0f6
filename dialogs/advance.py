"""One message moves a conversation on: `advance(county, conversation, message, actor, now) -> Outcome` (design §3)."""

import datetime as dt
from dataclasses import dataclass
from typing import assert_never

from dialogs import (
    applying,
    attaching,
    consulting,
    enquiring,
    filling_in,
    going_on,
    human,
    human_media,
    inviting,
    mine,
    papers,
    pausing,
    reassigning,
    terminating,
)
from dialogs.absence import absence, is_back
from dialogs.card_values import take_read
from dialogs.catching_up import catch_up
from dialogs.coming_in import come_in
from dialogs.commanding import obey
from dialogs.commands import CommandWord, binding, bulletin, command, directory
from dialogs.drafting import switch
from dialogs.events import (
    AbsenceTold,
    BindingAsked,
    BulletinAsked,
    DialogueEvent,
    DirectoryAsked,
    Greeted,
    Left,
    Outdated,
    Unreadable,
)
from dialogs.focus import (
    OnAmbiguous,
    OnConfirm,
    OnConsent,
    OnCopied,
    OnField,
    OnNotice,
    OnReview,
    OnSure,
)
from dialogs.following import follow
from dialogs.hearing import hear_text
from dialogs.human_events import HumanEnded
from dialogs.locating import take_location
from dialogs.on_page import do_on_page
from dialogs.roles import speak_as
from dialogs.settling import settle
from dialogs.turn import Turn
from dialogs.undoing import remember
from model.calendar import CHINA
from model.conversation import Conversation
from model.county import County
from model.fields import ChoiceField, YesNoField
from model.message import (
    FROM_US,
    Actor,
    CardMessage,
    CardReadMessage,
    DeskMessage,
    FetchedMessage,
    FollowMessage,
    InvitationMessage,
    LocationMessage,
    MenuMessage,
    Message,
    OtherMessage,
    PageMessage,
    PhotoMessage,
    TextMessage,
    UnfollowMessage,
    VoiceMessage,
    WithdrawnMessage,
)

MENU = {"apply": CommandWord.APPLY, "progress": CommandWord.PROGRESS, "human": CommandWord.HUMAN, "tasks": CommandWord.TASKS,
         "help": CommandWord.HELP, "status": CommandWord.STATUS,
         "matters": CommandWord.MATTERS, "role": CommandWord.ROLE, "mine": CommandWord.MINE}  # fmt: skip
"""What the keys of our menu mean; those of another program's menu are not among them."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The conversation after the message, and what happened."""

    conversation: Conversation
    events: tuple[DialogueEvent, ...]


def advance(county: County, conversation: Conversation, message: Message, actor: Actor, now: dt.datetime) -> Outcome:
    """Pure: the same arguments give the same outcome, so a redelivered or crashed message is simply computed again."""
    turn = Turn(county, conversation, actor, now)
    if conversation.attended and human.hear(turn, message):
        return _attended(turn)
    if isinstance(message, DeskMessage):
        human.serve(turn, message)
        return _attended(turn)
    if isinstance(message, FetchedMessage) and human_media.came(turn, message):
        return _attended(turn)
    # Nobody reads what is said to the program's own messages: news of a changed form waits for one of the person's.
    overtaken = not isinstance(message, FROM_US | PageMessage) and catch_up(turn, unheard=_answers(message))
    before = turn.conversation
    if not (overtaken and _answers(message)):
        _dispatch(turn, message)
    follow(turn, before)
    # Whatever is asked on the screen still stands; and nothing is asked while somebody talks to staff.
    if not (isinstance(message, CardReadMessage | PageMessage) or turn.conversation.attended):
        settle(turn)
    filling_in.answered(turn, before)
    if isinstance(message, TextMessage | VoiceMessage | LocationMessage):
        remember(turn, before)
    return Outcome(turn.conversation, tuple(turn.events))


def _attended(turn: Turn) -> Outcome:
    """After something was said to staff or by them: the draft is as it was, and asked on where the talk has ended."""
    if any(isinstance(one, HumanEnded) for one in turn.events):
        catch_up(turn, unheard=False)
        settle(turn)
    return Outcome(turn.conversation, tuple(turn.events))


def _answers(message: Message) -> bool:
    """Whether the message is words typed for the question on the screen, which is another one now."""
    return isinstance(message, TextMessage) and message.choice is None and command(message.text) is None


def _dispatch(turn: Turn, message: Message) -> None:
    match message:
        case TextMessage():
            _text(turn, message)
        case PhotoMessage():
            attaching.expect_photo(turn, message)
        case FetchedMessage():
            attaching.take_fetched(turn, message)
        case CardReadMessage():
            take_read(turn, message)
        case PageMessage():
            do_on_page(turn, message)
        case LocationMessage():
            take_location(turn, message)
        case VoiceMessage(text=text):
            _text(turn, TextMessage(text=text)) if text.strip() else _unheard(turn, message)
        case FollowMessage(scene=scene, quiet=quiet):
            turn.change(following=True) if quiet else come_in(turn, scene)
        case UnfollowMessage():
            turn.change(following=False)
            turn.emit(Left())
        case MenuMessage(key=key):
            word = MENU.get(key)
            obey(turn, word) if word else turn.emit(Greeted(returning=True))
        case OtherMessage(name=name):
            turn.emit(Unreadable(name))
        case InvitationMessage(invitation=invitation, settles=settled):
            inviting.withdraw(turn, settled)
            inviting.join(turn, invitation)
        case WithdrawnMessage(invitation=invitation_id):
            inviting.withdraw(turn, invitation_id)
        case CardMessage(invitation=invitation_id):
            inviting.sent_as_card(turn, invitation_id)
        case DeskMessage():
            pass  # served before
        case _:
            assert_never(message)


def _unheard(turn: Turn, message: VoiceMessage) -> None:
    """Speech that nobody has made words of: staff listen to what he wants, where there are any."""
    human.begin(turn, voice=message) if human.may_talk(turn) else turn.emit(Unreadable("voice"))


def _text(turn: Turn, message: TextMessage) -> None:
    if not message.text.strip():
        turn.emit(Unreadable("empty"))
        return
    if code := binding(message.text):
        turn.emit(BindingAsked(code))
        return
    if message.choice is None and going_on.come(turn, message.text):
        return
    if turn.conversation.roles and (month := bulletin(message.text, turn.now.astimezone(CHINA).date())):
        turn.emit(BulletinAsked(month))
        return
    if turn.conversation.roles and (bodies := directory(message.text)) is not None:
        turn.emit(DirectoryAsked(bodies))
        return
    if turn.conversation.roles and not _takes_words(turn) and _absent(turn, message.text):
        return
    if turn.conversation.roles and message.choice is None and reassigning.wanted(turn, message.text):
        return
    if turn.conversation.roles and message.choice is None and terminating.wanted(turn, message.text):
        return
    if turn.conversation.roles and message.choice is None and pausing.wanted(turn, message.text):
        return
    if turn.conversation.roles and message.choice is None and papers.wanted(turn, message.text):
        return
    if turn.conversation.roles and message.choice is None and consulting.wanted(turn, message.text):
        return
    aimed = _aim(turn, message)
    if aimed is None:
        turn.emit(Outdated(matter=True))
        return
    message = aimed
    match (message.choice or "").partition(":"):
        case ("m", _, choice):
            applying.take(turn, choice)
        case ("i", _, _):
            inviting.tapped(turn, message.choice or "")
        case ("e", _, _):
            mine.tapped(turn, message.choice or "")
        case ("q", _, _):
            enquiring.tapped(turn, message.choice or "")
        case ("t", _, invitation_id):
            inviting.show(turn, invitation_id)
        case ("f", _, rest) if not _still_open(turn, rest.partition(":")[0]):
            turn.emit(Outdated())
        case ("a", _, rest) if not _still_asked(turn, rest.partition(":")[0]):
            turn.emit(Outdated())
        case _:
            hear_text(turn, message)


def _takes_words(turn: Turn) -> bool:
    """Whether what is asked now could be answered so: 明天请假 is no answer to boxes."""
    on = turn.focus if turn.has_draft else None
    return turn.has_draft and not (isinstance(on, OnField) and isinstance(on.field, ChoiceField | YesNoField))


def _absent(turn: Turn, text: str) -> bool:
    """Whether a member of staff says when he is absent, or that he is there again."""
    told = absence(text, turn.now.astimezone(CHINA))
    if told is not None or is_back(text):
        turn.emit(AbsenceTold(told))
        return True
    return False


def _aim(turn: Turn, message: TextMessage) -> TextMessage | None:
    """A tap carries the serial of the draft it was about (`f:phone:1@2`): that draft is taken up first. None: it is gone."""
    choice, at, serial = (message.choice or "").rpartition("@")
    if not at or not serial.isdecimal():
        return message
    draft = next(
        (one for one in turn.conversation.drafts if one.id.endswith(f"-{serial}") and one.state == "filling"), None
    )
    if draft is None:
        return None
    if draft.id != turn.conversation.active:
        switch(turn, draft)
        speak_as(turn, draft.role)
        turn.change(floor=None)
    return message.model_copy(update={"choice": choice})


def _still_open(turn: Turn, name: str) -> bool:
    """Whether a tap on an older question still has its field on the form; `notice` and consents are fields of their own."""
    if not turn.has_draft:
        return False
    on = turn.focus
    if name == "notice":
        return isinstance(on, OnNotice)
    return name in turn.form.fields or (isinstance(on, OnConsent) and on.consent == name)


_ASKED = {
    "review": OnReview,
    "unfold": OnReview,
    "sure": OnSure,
    "confirm": OnConfirm,
    "ambiguous": OnAmbiguous,
    "copied": OnCopied,
}


def _still_asked(turn: Turn, what: str) -> bool:
    """Whether a tap on one of our own questions (review, declaration, 是/否) is about what is asked now."""
    return turn.has_draft and isinstance(turn.focus, _ASKED.get(what, ()))

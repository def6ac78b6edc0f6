"""首问责任制 in chat: the answer to an enquiry is written, and to whom it goes is chosen from a list (J37–J42)."""

from collections.abc import Sequence

from dialogs.commands import command
from dialogs.events import AnswerAsked, EnquiryAimed, EnquiryDropped, EnquiryReplied, Outdated
from dialogs.folding import is_place, plain_words, plainly
from dialogs.turn import Turn
from model.message import Invitation

ANSWER, TO, REFER = "enquiry:answer", "enquiry:to", "enquiry:refer"
"""On the floor: an answer was asked for; to whom it is to go; whose matter it is."""
LONGEST = 400
"""Characters of an answer: it must fit into what is pushed."""
_NO = plainly(("0", "取消", "算了", "不答了", "先不答", "不转了", "都不是"))


def offered(how: str, enquiry: str, targets: Sequence[str]) -> str:
    """The floor after these targets (`staff:<id>`, `body:<id>`) were shown for an enquiry."""
    return "|".join((how, enquiry, *targets))


def tap(how: str, enquiry: str, target: str) -> str:
    """What a tap on one of them carries."""
    return f"q:{how.rpartition(':')[2]}:{enquiry}:{target}"


def ask_answer(turn: Turn, invitation: Invitation, *, too_long: bool = False) -> None:
    """Asks for the words of the answer."""
    turn.change(floor=f"{ANSWER}|{invitation.id}")
    turn.emit(AnswerAsked(invitation, too_long=too_long))


def said(turn: Turn, text: str) -> bool:
    """Words right after one of these was asked. False if they are about something else."""
    how, _, rest = (turn.conversation.floor or "").partition("|")
    if how not in (ANSWER, TO, REFER):
        return False
    enquiry, *targets = rest.split("|")
    words = plain_words(text)
    if words in _NO:
        turn.change(floor=None)
        turn.emit(EnquiryDropped())
        return True
    if how != ANSWER:
        turn.change(floor=None)
        if not (is_place(words) and 1 <= int(words) <= len(targets)):
            return False
        _aim(turn, how, enquiry, targets[int(words) - 1])
        return True
    asked = next((one for one in turn.conversation.invitations if one.id == enquiry), None)
    if asked is None or command(text) is not None:
        turn.change(floor=None)  # something else is wanted first
        return False
    if len(text.strip()) > LONGEST or is_place(words):  # a number was meant for buttons that are gone
        ask_answer(turn, asked, too_long=len(text.strip()) > LONGEST)
    else:
        turn.change(floor=None)
        turn.emit(EnquiryReplied(enquiry, text.strip()))
    return True


def tapped(turn: Turn, choice: str) -> None:
    """`q:<to or refer>:<enquiry>:<target>`."""
    _, how, enquiry, target = (choice.split(":", 3) + [""] * 4)[:4]
    if not target or f"enquiry:{how}" not in (TO, REFER):
        turn.emit(Outdated(invitation=True))
        return
    turn.change(floor=None)
    _aim(turn, f"enquiry:{how}", enquiry, target)


def _aim(turn: Turn, how: str, enquiry: str, target: str) -> None:
    kind, _, name = target.partition(":")
    turn.emit(EnquiryAimed(enquiry, how, kind, name))

"""What a steward has checked about a 过户 or 销户, in chat: the command that a tap means, and what it was (J66–J82)."""

from model.commands.checks import FailCheck, PassCheck
from model.decision import Done
from model.draft import Draft
from model.events.checks import CheckFailed, CheckPassed
from model.message import Act, Invitation
from model.values import Picks, Words


def check_asked(invitation: Invitation, act: Act, form: Draft | None) -> PassCheck | FailCheck:
    """The command that a tap means, with what the small form says: how the holder was told, or what is wrong."""
    do, _, check = act.id.partition(".")
    order = invitation.order or ""
    said = _said(form)
    if do == "fail_check":
        return FailCheck(order=order, check=check, reason=said)
    return PassCheck(order=order, check=check, note=said)


def check_asked_before(done: Done) -> PassCheck | FailCheck | None:
    """What the recorded result was asked for, if it was a check."""
    match done.events[0].event:
        case CheckPassed(order=order, check=check, note=note):
            return PassCheck(order=order, check=check, note=note)
        case CheckFailed(order=order, check=check, reason=reason):
            return FailCheck(order=order, check=check, reason=reason)
        case _:
            return None


def _said(form: Draft | None) -> str:
    values = [answer.value for answer in form.answers.values()] if form else []
    boxes = [option for one in values if isinstance(one, Picks) for option in one.options]
    return "；".join([*boxes, *(one.text for one in values if isinstance(one, Words))])

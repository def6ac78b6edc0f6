"""In which role a person speaks who is staff and applies too: bare words go to his tasks, or to his own drafts."""

from dialogs.events import RoleShown
from dialogs.turn import Turn
from model.draft import Role


def speak_as(turn: Turn, role: Role) -> None:
    """From here on the person speaks in this role, and to the draft last used in it; only staff can be stewards."""
    if role == "steward" and not turn.conversation.roles:
        role = "applicant"
    if turn.conversation.role != role:
        mine = [draft.id for draft in turn.conversation.drafts if draft.state == "filling" and draft.role == role]
        turn.change(speaks_as=role, active=mine[-1] if mine else None, floor=None)
    steward = role == "steward"
    staff = turn.conversation.roles[0].staff if steward else None
    turn.actor = turn.actor.model_copy(update={"role": role, "staff": staff})


def other_role(turn: Turn) -> None:
    """切换身份: the other role, and what waits in it."""
    if not turn.conversation.roles:
        turn.emit(RoleShown(possible=False))
        return
    take_role(turn, "applicant" if turn.conversation.role == "steward" else "steward")


def take_role(turn: Turn, role: Role) -> None:
    """This role, whichever it was before, said aloud."""
    speak_as(turn, role)
    turn.change(floor=None)
    turn.emit(RoleShown(possible=bool(turn.conversation.roles)))

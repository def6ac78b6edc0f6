"""Questions from the routing core inside the conversation: a steward's tasks, a survey time to agree to."""

from dialogs.drafting import open_draft
from dialogs.events import Decided, Invited, Outdated, TasksListed, WhichOne
from dialogs.folding import is_place, plain_words
from dialogs.kinds.yes_no import says
from dialogs.turn import Turn
from model.edition import form_at
from model.message import Act, Invitation

MOST = 60
LIST = "tasks"
"""On the floor: the task list was the last thing shown."""


def join(turn: Turn, invitation: Invitation) -> None:
    """An invitation joins the conversation: it takes the floor, and replaces an older one on the same subject."""
    others = [
        one for one in turn.conversation.invitations if one.id != invitation.id and not _same_subject(one, invitation)
    ]
    turn.change(invitations=(*others[-MOST + 1 :], invitation), floor=invitation.id)
    turn.emit(Invited(invitation))


def withdraw(turn: Turn, invitation_id: str) -> None:
    """The invitation is settled elsewhere."""
    left = tuple(one for one in turn.conversation.invitations if one.id != invitation_id)
    turn.change(invitations=left, floor=None if turn.conversation.floor == invitation_id else turn.conversation.floor)


def tapped(turn: Turn, choice: str) -> None:
    """A tap on one of an invitation's acts: `i:<invitation>:<act>`."""
    _, _, rest = choice.partition(":")
    invitation_id, _, act_id = rest.rpartition(":")
    invitation = _by_id(turn, invitation_id)
    act = next((one for one in invitation.acts if one.id == act_id), None) if invitation else None
    if invitation is None or act is None:
        turn.emit(Outdated(invitation=True))
    else:
        decide(turn, invitation, act)


def said(turn: Turn, text: str) -> bool:
    """A number or word that answers an invitation. False if it is about something else."""
    floor = _by_id(turn, turn.conversation.floor or "")
    words = plain_words(text)
    if turn.conversation.floor == LIST and (is_place(words) and numbered_task(turn, text)):
        return True
    if floor and is_place(words) and 1 <= int(words) <= len(floor.acts):
        decide(turn, floor, floor.acts[int(words) - 1])
        return True
    if floor and (act := _act(floor, words)):
        decide(turn, floor, act)
        return True
    fitting = [(one, act) for one in turn.conversation.invitations if (act := _act(one, words))]
    if turn.has_draft and turn.draft.act is None and says(text) is not None:
        return False  # a plain yes or no belongs to the form that is being filled in
    if len(fitting) == 1:
        decide(turn, *fitting[0])
    elif fitting:
        turn.emit(WhichOne(fitting[0][1], tuple(one for one, _ in fitting)))
    return bool(fitting)


def decide(turn: Turn, invitation: Invitation, act: Act) -> None:
    """The act is done at once, or opens its form."""
    turn.change(floor=None)
    if act.form:
        form = form_at(turn.county, act.form, act.form_version)
        open_draft(turn, form, subject=invitation.id, act=act.id)
    else:
        turn.emit(Decided(invitation, act))


def show(turn: Turn, invitation_id: str) -> None:
    """`t:<invitation>`: the task is shown again and takes the floor."""
    invitation = _by_id(turn, invitation_id)
    if invitation is None:
        turn.emit(Outdated(invitation=True))
        return
    turn.change(floor=invitation.id)
    turn.emit(Invited(invitation))


def list_tasks(turn: Turn) -> None:
    """任务: everything open; a number said next chooses one, whatever else is under way."""
    turn.change(floor=LIST)
    turn.emit(TasksListed(tuple(one for one in turn.conversation.invitations if one.kind == "task")))


def numbered_task(turn: Turn, text: str) -> bool:
    """A number of the list, or a case number."""
    words = plain_words(text)
    tasks = [one for one in turn.conversation.invitations if one.kind == "task"]
    if is_place(words) and 1 <= int(words) <= len(tasks):
        show(turn, tasks[int(words) - 1].id)
        return True
    found = [one for one in tasks if words and len(words) >= 4 and words in plain_words(one.number)]
    if len(found) == 1:
        show(turn, found[0].id)
    return len(found) == 1


def _act(invitation: Invitation, words: str) -> Act | None:
    return next(
        (act for act in invitation.acts if words in {plain_words(one) for one in (act.label, *act.words)}), None
    )


def _by_id(turn: Turn, invitation_id: str) -> Invitation | None:
    return next((one for one in turn.conversation.invitations if one.id == invitation_id), None)


def _same_subject(one: Invitation, other: Invitation) -> bool:
    return one.kind == other.kind and one.case == other.case and one.order == other.order

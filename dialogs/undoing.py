"""撤销: what the last message changed is taken back as a whole, as far as nothing has changed it since (design §2.1)."""

from itertools import compress
from operator import is_not

from dialogs.answering import still_fitting
from dialogs.events import Declined, NothingToUndo, Restarted, Undone
from dialogs.turn import Turn
from model.conversation import Conversation
from model.draft import Answer, Change, LastWords

_FINAL = (Declined, Restarted, Undone)
"""What is not taken back: what was deleted on purpose stays deleted."""


def remember(turn: Turn, before: Conversation) -> None:
    """At the end of a turn: keeps what the message changed, if it changed any answer."""
    if turn.conversation is before or not turn.has_draft or any(isinstance(one, _FINAL) for one in turn.events):
        return
    draft = turn.draft
    old = before.draft()
    if old is None or old.id != draft.id:
        old = next((one for one in before.drafts if one.id == draft.id), None)
    answers = old.answers if old else {}
    unread = len(draft.unread) > (len(old.unread) if old else 0)
    if draft.answers is answers and not unread:
        return
    after = draft.answers  # all of it is compared at every message: without a step of our own for each
    changed = list(compress(after, map(is_not, after.values(), map(answers.get, after))))
    if not answers.keys() <= draft.answers.keys():
        changed += [name for name in answers if name not in draft.answers]
    if not changed and not unread:
        return
    changes = tuple(
        [Change(field=name, before=answers.get(name), revision=_revision(draft.answers, name)) for name in changed]
    )
    last = LastWords(changes=changes, unread=unread, revision=draft.revision)
    turn.conversation = turn.conversation.with_draft(draft.model_copy(update={"last": last}))


def undo(turn: Turn) -> None:
    """Takes the last message's changes back; a field that was changed again since keeps what it has."""
    draft, last = turn.draft, turn.draft.last
    mine = [one for one in last.changes if _revision(draft.answers, one.field) == one.revision] if last else []
    if last is None or not (mine or last.unread):
        turn.emit(NothingToUndo())
        return
    answers = {**draft.answers}
    for one in mine:
        answers.pop(one.field, None)
        if one.before is not None:
            answers[one.field] = one.before
    kept = still_fitting(answers, turn)
    back = tuple(one.field for one in mine if one.before is not None and one.field not in draft.trail)
    turn.change_draft(
        answers=kept,
        trail=(*(name for name in draft.trail if name in kept), *back),
        attention=None,
        unread=draft.unread[:-1] if last.unread else draft.unread,
        last=None,
    )
    turn.change(floor=None)
    turn.emit(Undone(tuple((one.field, draft.answers.get(one.field), one.before) for one in mine)))


def just_said(turn: Turn) -> tuple[str, ...]:
    """The fields that the message right before this one filled."""
    last, answers = turn.draft.last, turn.draft.answers
    if last is None or last.revision != turn.draft.revision:
        return ()
    said = (one.field for one in last.changes if one.field in turn.form.fields)
    return tuple(name for name in said if name in answers and answers[name].value is not None)


def _revision(answers: dict[str, Answer], name: str) -> int | None:
    answer = answers.get(name)
    return None if answer is None else answer.revision

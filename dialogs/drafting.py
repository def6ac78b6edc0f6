"""Opening, emptying and leaving drafts. Ids come from the conversation's serial, so that a turn can be computed again, and
from the time, so that a conversation that was lost and begins anew meets none of its former cases.
"""

import datetime as dt
from typing import Literal

from dialogs.events import Cancelled, Restarted
from dialogs.turn import Turn
from model.draft import Draft, Role
from model.form import Form

Channel = Literal["wechat", "web", "hotline", "window"]


def open_draft(
    turn: Turn,
    form: Form,
    *,
    subject: str | None = None,
    act: str | None = None,
    role: Role = "applicant",
    channel: Channel = "wechat",
    happened_at: dt.datetime | None = None,
) -> None:
    """A new empty draft becomes the active one."""
    serial = turn.conversation.serial + 1
    draft = Draft(
        id=f"{turn.conversation.id}#{int(turn.now.timestamp())}-{serial}",
        form=form.id,
        form_version=form.version,
        opened_at=turn.now,
        changed_at=turn.now,
        channel=channel,
        subject=subject,
        act=act,
        role=role,
        happened_at=happened_at,
    )
    turn.change(serial=serial)
    turn.conversation = turn.conversation.with_draft(draft)


def open_step(turn: Turn, form: Form, subject: str, act: str) -> None:
    """The form of an act of a task becomes the active draft: the one that was begun and left, or a new one."""
    begun = next(
        (
            one
            for one in turn.conversation.drafts
            if (one.subject, one.act, one.form, one.form_version) == (subject, act, form.id, form.version)
            and one.state == "filling"
            and one.happened_at is None
        ),
        None,
    )
    if begun is not None:
        switch(turn, begun)
    else:
        open_draft(turn, form, subject=subject, act=act, role=turn.conversation.role)


def switch(turn: Turn, draft: Draft) -> None:
    """An open draft becomes the active one and the one used last; nothing in it changes. What was done to it on a page stands in the
    question that follows.
    """
    others = tuple(one for one in turn.conversation.drafts if one.id != draft.id)
    taken_up = draft if draft.beside is None else draft.model_copy(update={"beside": None})
    turn.change(drafts=(*others, taken_up), active=draft.id)


def restart(turn: Turn) -> None:
    """Empties the draft; what was agreed to stays agreed, and what its case knew before it stays known."""
    known = {name: one for name, one in turn.draft.answers.items() if name not in turn.form.fields}
    turn.change(readings=tuple(job for job in turn.conversation.readings if job.draft != turn.draft.id))
    turn.change_draft(
        answers=known,
        aside={},
        held={},
        unread=(),
        last=None,
        attention=None,
        trail=(),
        refusals={},
        slips={},
        met={},
        copied=(),
        cards=(),
        read={},
    )
    turn.emit(Restarted())


def throw_away(turn: Turn) -> None:
    """Deletes the draft with all its answers. After an applicant's step the draft before it is taken up again; after an
    application nothing is: the next words must not land in another applicant's form.
    """
    gone = turn.draft
    rest = tuple(draft for draft in turn.conversation.drafts if draft.id != gone.id)
    turn.change(
        drafts=rest,
        active=None if gone.act is None else _latest(rest, gone),
        jobs=tuple(job for job in turn.conversation.jobs if job.draft != gone.id),
        readings=tuple(job for job in turn.conversation.readings if job.draft != gone.id),
    )
    turn.emit(Cancelled(gone.act is not None, gone, len(turn.conversation.applications)))


def leave(turn: Turn) -> None:
    """A step is completed: the person's next message speaks to the draft used before it, or to none."""
    others = tuple(draft for draft in turn.conversation.drafts if draft.id != turn.conversation.active)
    turn.change(active=_latest(others, turn.draft))


def _latest(drafts: tuple[Draft, ...], step: Draft) -> str | None:
    """The applicant's draft used last. A steward's never comes back by itself: the step of a task that he left would take
    what he says next, unseen. It goes on where he opens it again.
    """
    if step.role == "steward":
        return None
    return next((one.id for one in reversed(drafts) if one.state == "filling" and one.role != "steward"), None)

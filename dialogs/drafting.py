"""Opening, emptying and leaving drafts. Ids come from the conversation's serial, so that a turn can be computed again, and
from the time, so that a conversation that was lost and begins anew meets none of its former cases.
"""

from typing import Literal

from dialogs.events import Cancelled, Restarted
from dialogs.turn import Turn
from model.draft import Draft
from model.form import Form

Channel = Literal["wechat", "web", "hotline", "window"]


def open_draft(
    turn: Turn, form: Form, *, subject: str | None = None, act: str | None = None, channel: Channel = "wechat"
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
    )
    turn.change(serial=serial)
    turn.conversation = turn.conversation.with_draft(draft)


def restart(turn: Turn) -> None:
    """Empties the draft; what was agreed to stays agreed."""
    turn.change_draft(answers={}, aside={}, held={}, attention=None, trail=(), refusals={})
    turn.emit(Restarted())


def throw_away(turn: Turn) -> None:
    """Deletes the draft with all its answers and goes back to an older one, if there is one."""
    gone = turn.draft.id
    rest = tuple(draft for draft in turn.conversation.drafts if draft.id != gone)
    turn.change(
        drafts=rest, active=_latest(rest), jobs=tuple(job for job in turn.conversation.jobs if job.draft != gone)
    )
    turn.emit(Cancelled())


def leave(turn: Turn) -> None:
    """The draft is handed over: the person's next message speaks to an older open draft, or to none."""
    others = tuple(draft for draft in turn.conversation.drafts if draft.id != turn.conversation.active)
    turn.change(active=_latest(others))


def _latest(drafts: tuple[Draft, ...]) -> str | None:
    return next((draft.id for draft in reversed(drafts) if draft.state == "filling"), None)

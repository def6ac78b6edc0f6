"""What happened to the draft since its person last said anything, told before the next message is read."""

import datetime as dt

from dialogs.events import Lapsed, Migrated, Resumed
from dialogs.migration import migrate
from dialogs.on_page import heard_of
from dialogs.turn import Turn
from model.edition import form_at
from model.form import Form

_PAUSE = dt.timedelta(hours=12)


def catch_up(turn: Turn, *, unheard: bool) -> bool:
    """What happened meanwhile: a draft ran out, or it is of an older form version and is moved to the current one; a
    pause is noticed, and what was filled in on the page. True if the questions changed; then the message is `unheard`, if it is words.
    """
    if turn.conversation.lapsed is not None:
        turn.emit(Lapsed(turn.conversation.lapsed))
        turn.change(lapsed=None)
    if not turn.has_draft:
        return False
    moved = migrate(turn.draft, _meant(turn))
    if moved is not None:
        turn.conversation = turn.conversation.with_draft(moved.draft)
        turn.emit(Migrated(moved.dropped, moved.added if moved.draft.answers else (), moved.back))
    pause = turn.now - turn.draft.changed_at
    if pause > _PAUSE and turn.draft.answers and turn.draft.act is None:
        turn.emit(Resumed(pause.days, turn.draft.filled))
        turn.change_draft()  # said once
    moved_on = heard_of(turn, unheard=unheard)
    return moved_on or (moved is not None and bool(moved.dropped or moved.added))


def _meant(turn: Turn) -> Form:
    """The form the draft should be on: today's; a task's is that of the process its case is under, today's or not."""
    draft = turn.draft
    if draft.act is None:
        today = turn.county.forms.get(draft.form)
        return today if today is not None and today.version > draft.form_version else turn.form
    asked = next((one for one in turn.conversation.invitations if one.id == draft.subject), None)
    act = next((one for one in asked.acts if one.id == draft.act), None) if asked else None
    if act is None or act.form != draft.form:
        return turn.form
    return form_at(turn.county, draft.form, act.form_version)

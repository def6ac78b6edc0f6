"""Whoever follows the account or scans a code: with a form, with what he missed, bound as staff, or with a code of the hotline."""

from dialogs import applying
from dialogs.drafting import open_draft
from dialogs.events import BindingAsked, GoOnAsked, Greeted, ProgressAsked, ScannedAt
from dialogs.turn import Turn
from model.scene import AtEntrance, Binding, GoingOn, scene_of


def come_in(turn: Turn, scene: str) -> None:
    """Follows, and does what the code says; a code that is none of ours says nothing."""
    first = not turn.conversation.greeted
    turn.change(following=True, greeted=True)
    match scene_of(scene):
        case Binding(code=code):
            turn.emit(BindingAsked(code))
        case GoingOn(code=code):
            turn.change(floor=None)
            turn.emit(GoOnAsked(code, first=first))
        case AtEntrance(entrance=entrance) if entrance in turn.county.entrance:
            _at_entrance(turn, entrance, first=first)
        case _:
            _welcome(turn)


def _welcome(turn: Turn) -> None:
    turn.emit(Greeted())
    if not (turn.conversation.roles or turn.conversation.drafts or turn.conversation.cases):
        open_draft(turn, turn.county.form)
    elif turn.conversation.cases and not turn.has_draft:
        turn.emit(ProgressAsked())  # whoever comes back may have missed a push, a survey time that waits for his answer


def _at_entrance(turn: Turn, entrance: str, *, first: bool) -> None:
    """He wants to apply: as with 报装. What he has begun elsewhere came in there."""
    turn.emit(ScannedAt(entrance, first=first))
    before = {draft.id for draft in turn.conversation.applications if draft.answers}
    applying.apply(turn)
    if turn.has_draft and turn.draft.id not in before and turn.draft.act is None:
        turn.change_draft(entrance=entrance)

"""The end of a turn: what follows from the new state by itself, and the one question of the reply."""

from dialogs.card_events import CardExpected
from dialogs.consenting import use_held
from dialogs.drafting import leave
from dialogs.events import (
    AddAsked,
    AmendmentAsked,
    AmendmentWished,
    AnswerAsked,
    Asked,
    BindingAsked,
    Cancelled,
    Choosing,
    Completed,
    ConsultWanted,
    Decided,
    Declined,
    EndReasonTold,
    EnquiryAimed,
    EnquiryReplied,
    ErasureAsked,
    ErasureConfirmed,
    FileExpected,
    FileStored,
    GoOnAsked,
    GoOnMistyped,
    GoOnProved,
    GoOnUnclear,
    HandedOver,
    Held,
    Invited,
    Left,
    MineAsked,
    MoreRead,
    Outdated,
    PaperAsked,
    PaperCame,
    PaperExpected,
    PaperLater,
    PausedAsked,
    ProgressAsked,
    RatingAsked,
    ReassignAsked,
    ReassignDropped,
    ReliefWanted,
    ResumeAsked,
    Reviewed,
    Submitted,
    SupplementsWanted,
    TasksListed,
    TerminationAsked,
    TerminationDropped,
    Unreadable,
    UrgeAsked,
    WhichOne,
    WithdrawAsked,
)
from dialogs.focus import OnField, OnReview
from dialogs.human_events import HumanOpened, NoHuman
from dialogs.turn import Turn

#: After these nothing is asked: they end the talk, or ask something themselves.
_LAST = (
    Left, Submitted, Completed, Decided, Invited, WhichOne, TasksListed, BindingAsked, Cancelled, FileExpected, CardExpected, Choosing,
    MineAsked, AmendmentAsked, AmendmentWished, ErasureAsked, ErasureConfirmed, AnswerAsked, EnquiryReplied, EnquiryAimed,
    RatingAsked, PaperAsked, PaperExpected, PaperCame, PaperLater, SupplementsWanted,
    AddAsked, WithdrawAsked, EndReasonTold, ResumeAsked, ReassignAsked, ReassignDropped, ReliefWanted, TerminationAsked, TerminationDropped,
    PausedAsked, ConsultWanted, HumanOpened, GoOnAsked, GoOnMistyped, GoOnProved, GoOnUnclear,
)  # fmt: skip

#: What is said beside the question, which waits.
_ASIDE = (Outdated, Held, Declined, HandedOver, MoreRead, ProgressAsked, UrgeAsked, Unreadable, NoHuman)


def settle(turn: Turn) -> None:
    """Reads a held number back, completes a steward's form, shows the review card, or asks the next question."""
    if not turn.has_draft:
        return
    if any(isinstance(event, _LAST) for event in turn.events):
        return
    if _in_background(turn):
        return
    use_held(turn)
    on = turn.focus
    if isinstance(on, OnReview) and turn.draft.act is not None:
        done = turn.draft
        turn.change_draft(state="submitting", submitted_at=turn.now)
        turn.emit(Completed(done.id, done.act or "", done.subject or ""))
        leave(turn)
    elif isinstance(on, OnReview):
        if not any(isinstance(event, Reviewed) for event in turn.events):
            turn.emit(Reviewed())
    else:
        if not _aside(turn):
            turn.change(floor=None)
        turn.emit(Asked())


def _in_background(turn: Turn) -> bool:
    """A file joined while something else is asked: the question on the screen still stands."""
    stored = [event for event in turn.events if isinstance(event, FileStored)]
    if not stored:
        return False
    on = turn.focus
    return not (isinstance(on, OnField) and on.field.id == stored[-1].field)


def _aside(turn: Turn) -> bool:
    return any(isinstance(event, _ASIDE) for event in turn.events)

"""What each command word does."""

from typing import assert_never

from dialogs import applying, choosing, human, mine, roles
from dialogs.answering import skip
from dialogs.attaching import stored
from dialogs.commands import CommandWord
from dialogs.drafting import open_draft, throw_away
from dialogs.events import (
    DialogueEvent,
    Greeted,
    HandedOver,
    Helped,
    MoreRead,
    NothingBefore,
    ProgressAsked,
    RatingAsked,
    ResumeAsked,
    StatusShown,
    SupplementsWanted,
    SureAsked,
    Thanked,
    Unclear,
    UrgeAsked,
    WithdrawAsked,
)
from dialogs.focus import OnConsent, OnField, OnRows
from dialogs.human_events import NoHuman
from dialogs.inviting import list_tasks
from dialogs.rowing import kept_rows, leave_cells
from dialogs.turn import Turn
from dialogs.undoing import undo
from dialogs.visible import visible_fields
from model.draft import FILL, Confirming, Editing, Sure, Unfinished
from model.fields import AttachmentField

_SAID: dict[CommandWord, DialogueEvent] = {
    CommandWord.END_HUMAN: NoHuman(),
    CommandWord.PROGRESS: ProgressAsked(),
    CommandWord.URGE: UrgeAsked(),
    CommandWord.RATE: RatingAsked(),
    CommandWord.SUPPLY: SupplementsWanted(),
    CommandWord.RESUME: ResumeAsked(),
    CommandWord.THANKS: Thanked(),
}


def obey(turn: Turn, word: CommandWord) -> None:  # noqa: PLR0915 - one case per word
    """Carries the command out; those about a form need one, and say so."""
    match word:
        case CommandWord.MORE:
            _more(turn)
        case CommandWord.HUMAN:
            human.begin(turn) if human.may_talk(turn) else turn.emit(HandedOver())
        case (
            CommandWord.END_HUMAN
            | CommandWord.PROGRESS
            | CommandWord.URGE
            | CommandWord.RATE
            | CommandWord.SUPPLY
            | CommandWord.RESUME
            | CommandWord.THANKS
        ):
            turn.emit(_SAID[word])
        case CommandWord.TASKS:
            list_tasks(turn) if turn.conversation.roles else turn.emit(ProgressAsked())
        case CommandWord.APPLY:
            applying.apply(turn)
        case CommandWord.NEW:
            applying.begin(turn)
        case CommandWord.MATTERS:
            applying.matters(turn)
        case CommandWord.ROLE:
            roles.other_role(turn)
            if turn.conversation.role == "steward" and not turn.has_draft:
                list_tasks(turn)
        case CommandWord.HELLO:
            _hello(turn)
        case CommandWord.MINE:
            mine.show(turn)
        case CommandWord.ERASE:
            mine.ask(turn)
        case CommandWord.HELP:
            turn.emit(Helped(_focused(turn)))
        case CommandWord.WITHDRAW if turn.has_draft and not turn.conversation.cases:
            obey(turn, CommandWord.CANCEL)
        case CommandWord.WITHDRAW:
            turn.emit(WithdrawAsked())
        case CommandWord.CANCEL if not turn.has_draft:
            applying.cancel(turn)
        case _ if not turn.has_draft and turn.conversation.applications:
            applying.which(turn, word.value)
        case _ if not turn.has_draft:
            turn.emit(Unclear("no_draft", word.value))
        case CommandWord.STATUS:
            turn.emit(StatusShown())
        case CommandWord.UNDO:
            undo(turn)
        case CommandWord.BACK:
            _back(turn)
        case CommandWord.SKIP:
            _skip(turn)
        case CommandWord.RESTART if turn.draft.act == FILL:
            throw_away(turn)  # what is in the case stays there
        case CommandWord.RESTART:
            turn.change_draft(attention=Sure(about="restart"))
            turn.emit(SureAsked("restart"))
        case CommandWord.CANCEL if turn.draft.act is not None or (turn.draft.adding and not turn.draft.filled):
            throw_away(turn)
        case CommandWord.CANCEL:
            turn.change_draft(attention=Sure(about="cancel"))
            turn.emit(SureAsked("cancel"))
        case _:
            assert_never(word)


def _focused(turn: Turn) -> str | None:
    on = turn.focus if turn.has_draft else None
    return on.field.id if isinstance(on, OnField | OnRows | OnConsent) else None


def _more(turn: Turn) -> None:
    if choosing.more(turn):
        return
    if not turn.conversation.more:
        turn.emit(Unclear("no_more", "更多"))
        return
    part, *rest = turn.conversation.more
    turn.change(more=tuple(rest))
    turn.emit(MoreRead(part, len(rest)))


def _hello(turn: Turn) -> None:
    returning = turn.conversation.greeted
    turn.change(greeted=True)
    if turn.conversation.role == "steward" and not turn.has_draft:
        list_tasks(turn)
        return
    turn.emit(Greeted(returning))
    if turn.has_draft:
        return
    if turn.conversation.applications:
        applying.matters(turn)
    elif not turn.conversation.cases:
        open_draft(turn, turn.county.form)


def _skip(turn: Turn) -> None:
    on = turn.focus
    match on:
        case OnField(field=field):
            if isinstance(turn.draft.attention, Unfinished):
                turn.change_draft(attention=None)
            if isinstance(field, AttachmentField) and stored(turn, field):
                turn.change_draft(attention=None)
            else:
                skip(turn, field)
        case OnRows(part=part) if part:
            leave_cells(turn, on)
        case OnRows(field=field):
            if kept_rows(turn, field):
                turn.change_draft(attention=None)
            else:
                skip(turn, field)
        case _:
            turn.emit(Unclear("skip", "跳过"))


def _half(turn: Turn) -> str | None:
    """The table of which half a row is being asked for."""
    on = turn.focus
    return on.field.id if isinstance(on, OnRows) and on.part else None


def _back(turn: Turn) -> None:
    """Goes to the field answered before the present one, however often it is said."""
    shown = {field.id for field in visible_fields(turn.form, turn.draft.answers)}
    trail = [name for name in turn.draft.trail if name in shown]
    attention = turn.draft.attention
    here = attention.field if isinstance(attention, Editing | Confirming) else _half(turn)
    before = trail[: trail.index(here)] if here in trail else trail
    if before:
        turn.change_draft(attention=Editing(field=before[-1]))
    else:
        turn.emit(NothingBefore())

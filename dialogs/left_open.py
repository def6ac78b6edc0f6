"""Whether a message has parts that the grammar could not read, and what an extractor may be told to read them by."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.advance import Outcome
from dialogs.asking import asks
from dialogs.commands import binding, command, row_command
from dialogs.directness import is_plain
from dialogs.events import (
    Answered,
    Asked,
    Corrected,
    Declined,
    DialogueEvent,
    Filled,
    HandedOver,
    Held,
    LeftTogether,
    Rejected,
    Skipped,
    Unclear,
)
from dialogs.focus import OnField, OnRows, noticed
from dialogs.folding import fold
from dialogs.hearing import LONGEST
from dialogs.masking import Masked, masked
from dialogs.overanswering import listen
from dialogs.proposing import is_askable, read_already
from dialogs.talk import is_talk
from dialogs.turn import Turn
from dialogs.understanding.understand import Understanding
from dialogs.visible import open_fields
from model.conversation import Conversation
from model.county import County
from model.draft import Ambiguous, Draft
from model.fields import ChoiceField, Field, NumberField, YesNoField
from model.form import Form
from model.message import Actor, Message, Proposal, TextMessage

_FEW = 8
"""A message of so few characters is an answer, or none."""
_STRETCH, _REST = 4, 6
"""So many characters in one piece are something left unread: where nothing was read, and beside what was."""
_TALK = 12
"""A piece that is longer says something, even with 啥 or 谢谢 in it."""
_FIELDS, _HINT = 40, 120
_HEARD = (
    Answered | Asked | Corrected | Declined | Filled | HandedOver | Held | LeftTogether | Rejected | Skipped | Unclear
)
"""What happens when a message is read as part of the form; after anything else it was about something else."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A field that is still open, as the county words it; nothing of the person."""

    field: str
    section: str
    name: str
    label: str
    hint: str
    unit: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What may leave the machine: the masked text and the open fields. `words` never does: what the placeholders stand for."""

    text: str
    blanks: tuple[Blank, ...]
    words: Mapping[str, str] = field(repr=False)

    def proposals(self, found: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
        """What came back, for the fields that were asked about, with the words of the message in place of placeholders."""
        asked, mask = {one.field for one in self.blanks}, Masked(self.text, self.words)
        return tuple(one.model_copy(update={"words": mask.back(one.words)}) for one in found if one.field in asked)


def left_open(
    county: County, before: Conversation, outcome: Outcome, message: Message, actor: Actor, now: dt.datetime
) -> LeftOpen | None:
    """What to ask an extractor about this message, by what the grammar alone made of it (`outcome`); None: nothing.

    Only words typed into an application whose privacy notice was agreed to, where clear parts of them filled nothing.
    Pure. Raises `EditionUnknown`.
    """
    if not isinstance(message, TextMessage) or message.choice is not None:
        return None
    text = message.text[:LONGEST]
    if len(fold(text)) < _FEW or command(text) or row_command(text) or binding(text):
        return None
    turn, after = Turn(county, before, actor, now), Turn(county, outcome.conversation, actor, now)
    if not _is_application(turn) or not _is_application(after) or turn.draft.id != after.draft.id:
        return None
    on = turn.focus
    if not isinstance(on, OnField | OnRows) or is_plain(turn, on, text) or not _heard(outcome.events):
        return None
    understood = listen(turn, text)
    if isinstance(after.draft.attention, Ambiguous) or not _is_unread(understood, turn.draft, after.draft):
        return None
    after.emit(*outcome.events)  # what was refused just now is asked by us
    blanks = [
        _blank(after.form, one) for one in open_fields(after.form, after.draft) if is_askable(after, one)
    ][:_FIELDS]  # fmt: skip
    if not blanks:
        return None
    mask = masked(understood.marked, after.form, after.draft)
    return LeftOpen(mask.text, tuple(blanks), mask.words)


def _is_application(turn: Turn) -> bool:
    """Whether a person's own form is being filled in, and its notice was agreed to."""
    return turn.has_draft and turn.draft.applies and noticed(turn.form, turn.draft)


def _heard(events: tuple[DialogueEvent, ...]) -> bool:
    """Whether the message was read as part of the form, and is no question that was answered and nothing else."""
    filled = any(isinstance(one, Filled | Corrected) for one in events)
    return all(isinstance(one, _HEARD) for one in events) and (
        filled or not any(isinstance(one, Answered) for one in events)
    )


def _is_unread(understood: Understanding, before: Draft, after: Draft) -> bool:
    """Whether a piece of the message is mostly not read; questions and small talk are no such piece."""
    marked = understood.marked
    covered = bytearray(len(marked.text))
    new = [one for name, one in after.answers.items() if before.answers.get(name) is not one]
    sources = [fold(one.source) for one in new if one.source]
    spans = [*read_already(understood), *((start, end) for start, end, _ in marked.services)]
    spans += [(at, at + len(one)) for one in sources if (at := marked.text.find(one)) >= 0]
    for start, end in spans:
        covered[start:end] = b"\x01" * (end - start)
    enough = _REST if new or understood.taken else _STRETCH
    for piece in marked.pieces:
        said = marked.said(piece.start, piece.end)
        left = sum(char.isalnum() and not covered[piece.start + at] for at, char in enumerate(said))
        if left < enough or asks(marked.said(piece.start, piece.end + 1)):
            continue
        if len(said) > _TALK or not is_talk(said):
            return True
    return False


def _blank(form: Form, one: Field) -> Blank:
    options: tuple[str, ...] = ()
    unit = ""
    match one:
        case ChoiceField(options=of):
            options = tuple(option.text for option in of)
        case YesNoField(yes=yes, no=no):
            options = (yes, no)
        case NumberField(unit=single, units=several):
            unit = single or "、".join(several)
        case _:
            pass
    return Blank(one.id, form.section_of[one.id].title, one.called, one.label, one.help[:_HINT], unit, options)

"""A clerk types what a caller says (代填): the same engine understands it, and asks first for what suffices to register (X24, R32)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dialogs.advance import advance
from dialogs.answering import store
from dialogs.as_data.edits import Result, Taken, results
from dialogs.commands import CommandWord, command
from dialogs.consenting import answer_consent, answer_notice
from dialogs.drafting import open_draft
from dialogs.events import DialogueEvent
from dialogs.focus import OnConsent, OnField, noticed
from dialogs.folding import plain_words, plainly
from dialogs.following import follow
from dialogs.hearing import LONGEST
from dialogs.overanswering import read_on
from dialogs.reading import Understood
from dialogs.settling import settle
from dialogs.turn import Turn
from dialogs.visible import consent_of, has_value, visible_fields
from model.conversation import Conversation
from model.county import County
from model.draft import Draft, Editing
from model.edition import form_of
from model.fields import ChoiceField
from model.form import Form
from model.message import Actor, TextMessage
from model.page import Edit

_OURS: Final = frozenset({CommandWord.BACK, CommandWord.SKIP, CommandWord.UNDO})
"""Commands that are of use to whoever types for another; all others are an applicant's own."""

_SAYS_YES: Final = plainly({"同意", "他同意", "她同意", "念完了他同意", "念了他同意"})
_SAYS_NO: Final = plainly({"不同意", "他不同意", "她不同意"})
"""Typed while the notice is on the page, whatever the form would ask."""

Unheard = Literal["", "empty", "long", "command", "declined", "outdated"]
"""Why nothing was taken: `declined`, he does not agree to the notice, and nothing may be kept of him; `outdated`: not asked now."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The conversation after the words, and what happened; or why nothing did."""

    conversation: Conversation
    events: tuple[DialogueEvent, ...] = ()
    unheard: Unheard = ""


def begin(county: County, conversation: Conversation, actor: Actor, now: dt.datetime) -> Conversation:
    """With an empty form that the clerk fills in."""
    turn = Turn(county, conversation.model_copy(update={"greeted": True}), actor, now)
    open_draft(turn, county.form, channel="hotline")
    return turn.conversation


def dictate(
    county: County, conversation: Conversation, text: str, actor: Actor, now: dt.datetime, *, choice: str = ""
) -> Heard:
    """Words of the caller, or a `choice` of those that the question has. A draft is neither handed in nor thrown away by words."""
    text = text.strip()
    if not text:
        return Heard(conversation, unheard="empty")
    if len(text) > LONGEST:
        return Heard(conversation, unheard="long")
    if not choice and plain_words(text) in _SAYS_YES | _SAYS_NO and not _noticed(county, conversation):
        yes = plain_words(text) in _SAYS_YES
        return agreed(county, conversation, actor, now) if yes else Heard(conversation, unheard="declined")
    if not choice and _is_order(county, conversation, text, actor, now):
        return Heard(conversation, unheard="command")
    message = TextMessage(text=text, choice=choice or None)
    outcome = advance(county, conversation, message, actor, now)
    before, after = conversation.draft(), outcome.conversation.draft()
    if before is None or after is None or after.id != before.id:
        return Heard(conversation, unheard="declined")
    if after.state != "filling":
        return Heard(conversation, unheard="command")
    return Heard(_aimed(county, outcome.conversation), outcome.events)


def agreed(county: County, conversation: Conversation, actor: Actor, now: dt.datetime) -> Heard:
    """The notice was read to him and he agrees; what he said before is read now."""
    turn = Turn(county, conversation, actor, now)
    if noticed(turn.form, turn.draft):
        return Heard(conversation)
    before = turn.conversation
    answer_notice(turn, "同意")
    read_on(turn)
    follow(turn, before)
    settle(turn)
    return Heard(_aimed(county, turn.conversation), tuple(turn.events))


def enter(
    county: County, conversation: Conversation, edits: Iterable[Edit], actor: Actor, now: dt.datetime
) -> tuple[Heard, Mapping[str, Result]]:
    """What was written into the fields themselves; and what became of each, for the page to say."""
    turn = Turn(county, conversation, actor, now)
    found = results(county, turn.form, turn.draft, edits, now)
    for name, one in found.items():
        if isinstance(one, Taken):
            reading = one.reading
            certainty, warnings = (reading.certainty, reading.warnings) if reading else ("said", ())
            store(turn, turn.form.fields[name], turn.made(one.value, "", certainty=certainty, warnings=warnings))
    return Heard(_aimed(county, turn.conversation), tuple(turn.events)), found


def consented(
    county: County, conversation: Conversation, consent: str, actor: Actor, now: dt.datetime, *, agrees: bool
) -> Heard:
    """What he says to a separate consent, which was read to him."""
    turn = Turn(county, conversation, actor, now)
    shown = visible_fields(turn.form, turn.draft.answers)
    field = next((one for one in shown if consent_of(one, turn.draft.answers) == consent), None)
    if field is None or consent not in turn.form.consents:
        return Heard(conversation, unheard="outdated")
    answer_consent(turn, OnConsent(consent, field), "同意" if agrees else "不同意")
    settle(turn)
    return Heard(_aimed(county, turn.conversation), tuple(turn.events))


def lacking_basics(county: County, form: Form, draft: Draft) -> tuple[str, ...]:
    """What is still missing of the facts that suffice (R32)."""
    return tuple(one for one in _basics(county) if one in form.fields and not has_value(draft, one))


def _aimed(county: County, conversation: Conversation) -> Conversation:
    """The next of the basic facts is what is asked for, whatever the form would ask first."""
    draft = conversation.draft()
    if draft is None or draft.attention is not None:
        return conversation
    form = form_of(county, draft)
    shown = {one.id for one in visible_fields(form, draft.answers)}
    name = next((one for one in lacking_basics(county, form, draft) if one in shown), None)
    if name is None or not noticed(form, draft):
        return conversation
    return conversation.with_draft(draft.model_copy(update={"attention": Editing(field=name)}))


def _noticed(county: County, conversation: Conversation) -> bool:
    draft = conversation.draft()
    return draft is None or noticed(form_of(county, draft), draft)


def _basics(county: County) -> Iterable[str]:
    rule = county.process.telephone
    return rule.basics if rule is not None else ()


def _is_order(county: County, conversation: Conversation, text: str, actor: Actor, now: dt.datetime) -> bool:
    """Whether it is a word by which an applicant orders something; an option of what is asked is the answer to it."""
    word = command(text)
    if word is None or word in _OURS:
        return False
    turn = Turn(county, conversation, actor, now)
    on = turn.focus if turn.has_draft else None
    return not (
        isinstance(on, OnField)
        and isinstance(on.field, ChoiceField)
        and isinstance(turn.read(on.field, text), Understood)
    )

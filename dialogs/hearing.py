"""Words: a command, an answer to what was asked, a question in the middle, or a value for a field that is named."""

import re
from typing import assert_never

from dialogs import (
    adding,
    amending,
    applying,
    choosing,
    enquiring,
    going_on,
    inviting,
    mine,
    naming,
    reassigning,
    supplying,
    terminating,
    unmatched,
    withdrawing,
)
from dialogs.answering import hear
from dialogs.asking import asks
from dialogs.attaching import answer_attachment
from dialogs.beginning import begin
from dialogs.carrying import answer_copied
from dialogs.changing_phone import new_phone
from dialogs.commanding import obey
from dialogs.commands import command, row_command
from dialogs.consenting import answer_confirm, answer_consent, answer_notice, hold_numbers
from dialogs.directness import is_plain
from dialogs.disambiguating import answer_which
from dialogs.drafting import restart, throw_away
from dialogs.events import AmendmentWished, KeptOn, Unclear
from dialogs.focus import (
    Focus,
    OnAmbiguous,
    OnConfirm,
    OnConsent,
    OnCopied,
    OnField,
    OnNotice,
    OnReview,
    OnRows,
    OnSure,
)
from dialogs.free_text import hear_freely, hear_right
from dialogs.guide import answered, topic_for
from dialogs.labelled import answer_lines
from dialogs.overanswering import read_on
from dialogs.quoting import own_words
from dialogs.reading import Refusal, Understood
from dialogs.reviewing import answer_review, change_item
from dialogs.rowing import answer_rows, edit_rows, kept_rows
from dialogs.sure import sure
from dialogs.together import leave_together
from dialogs.turn import Turn
from dialogs.visible import visible_fields
from model.draft import Editing
from model.fields import AddressField, AttachmentField, TableField, TextField
from model.message import Proposal, TextMessage

LONGEST = 2000


def hear_text(turn: Turn, message: TextMessage) -> None:
    """Reads one text. The order matters: what was just asked from outside, then commands, then the form."""
    text = own_words(message.text[:LONGEST])
    kind, _, rest = (message.choice or "").partition(":")
    tapped = rest.partition(":")[0] if kind == "f" else None
    if tapped is None and (choice := choosing.said(turn, text)):
        applying.take(turn, choice)
        return
    heard = (
        going_on.said,
        mine.said,
        reassigning.said,
        terminating.said,
        naming.said,
        enquiring.said,
        supplying.said,
        inviting.said,
    )
    if tapped is None and any(said(turn, text) for said in heard):
        return
    cases = turn.conversation.cases
    if not turn.has_draft and len(cases) == 1 and (phone := new_phone(text, turn.county.area_code)):
        turn.emit(AmendmentWished(cases[0].case, text.strip(), phone))
        return
    outright = (amending.said_outright, withdrawing.said, adding.said)
    if tapped is None and any(said(turn, text) for said in outright):
        return
    word = command(text)
    if word is not None and not _is_answer(turn, text):
        obey(turn, word)
        return
    if not turn.has_draft and not unmatched.in_own_words(turn, text) and not begin(turn, text):
        return
    if tapped and tapped in turn.form.fields and not _asked(turn, tapped):
        turn.change_draft(attention=Editing(field=tapped))
    _to_form(turn, text, message.proposed)


def _is_answer(turn: Turn, text: str) -> bool:
    """A command word that is an option of the question asked is the answer: 取消 as an option, not as a command."""
    on = turn.focus if turn.has_draft else None
    if not isinstance(on, OnField):
        return False
    return on.field.kind == "choice" and isinstance(turn.read(on.field, text), Understood)


def _asked(turn: Turn, name: str) -> bool:
    on = turn.focus
    return isinstance(on, OnField | OnRows) and on.field.id == name


def _to_form(turn: Turn, text: str, proposed: tuple[Proposal, ...]) -> None:
    """On an application everything that is said counts; a small form is filled in answer by answer."""
    if turn.draft.applies and turn.draft.adding is None:
        _to_application(turn, text, proposed)
    elif not answer_lines(turn, text):
        _direct(turn, turn.focus, text)


def _to_application(turn: Turn, text: str, proposed: tuple[Proposal, ...]) -> None:
    on = turn.focus
    if isinstance(on, OnAmbiguous):
        if answer_which(turn, text):
            return
        on = turn.focus
    if hear_right(turn, on, text) or (isinstance(on, OnField) and leave_together(turn, on.field, text)):
        return
    if is_plain(turn, on, text) or not (hear_freely(turn, on, text, proposed) or _named_line(turn, on, text)):
        _direct(turn, on, text)


def _named_line(turn: Turn, on: Focus, text: str) -> bool:
    """联系电话：138 in which nothing was understood: what is wrong with it is said of the field it names."""
    return isinstance(on, OnField | OnRows | OnReview | OnCopied) and answer_lines(turn, text)


def _direct(turn: Turn, on: Focus, text: str) -> None:
    """The message as the answer to what was asked."""
    if _question(turn, on, text):
        return
    rest = hold_numbers(turn, text) if not isinstance(on, OnSure) else text
    if rest != text and not rest:
        return
    if _other_table(turn, on, rest) or (not isinstance(on, OnReview) and _names_item(turn, rest)):
        return
    match on:
        case OnField(field=AttachmentField() as field):
            if not answer_attachment(turn, field, rest):
                hear(turn, field, rest)
        case OnField(field=field, want=want):
            hear(turn, field, rest, want)
        case OnRows():
            answer_rows(turn, on, rest)
        case OnConfirm():
            answer_confirm(turn, on, rest)
        case OnSure():
            _sure(turn, on, rest)
        case OnNotice():
            answer_notice(turn, rest)
            if turn.has_draft and not isinstance(turn.focus, OnNotice):
                read_on(turn)
        case OnConsent():
            answer_consent(turn, on, rest)
        case OnCopied():
            answer_copied(turn, rest)
        case OnReview():
            answer_review(turn, rest)
        case OnAmbiguous():  # answered before, or put off
            pass
        case _:
            assert_never(on)


def _question(turn: Turn, on: Focus, text: str) -> bool:
    """A question the guide knows. Where free text is asked for, only what clearly is a question counts as one."""
    topic = topic_for(text, turn.county.guide)
    if topic is None:
        return False
    if isinstance(on, OnField):
        if isinstance(on.field, TextField) and not on.field.name_only and not asks(text):
            return False
        if isinstance(on.field, AddressField) and re.search(r"[路街道巷村镇号楼]", text) and not asks(text):
            return False
        if not isinstance(on.field, TextField | AddressField) and not isinstance(turn.read(on.field, text), Refusal):
            return False
    turn.emit(answered(turn, topic, text))
    return True


def _other_table(turn: Turn, on: Focus, text: str) -> bool:
    """再加一台 / 删第1行 said while something else is asked: if exactly one table has rows, it is meant."""
    if isinstance(on, OnRows) or row_command(text) is None:
        return False
    tables = [
        one
        for one in visible_fields(turn.form, turn.draft.answers)
        if isinstance(one, TableField) and kept_rows(turn, one)
    ]
    return len(tables) == 1 and edit_rows(turn, tables[0], text)


def _names_item(turn: Turn, text: str) -> bool:
    """改联系电话 in the middle of the form goes back to that field."""
    return change_item(turn, text, bare_numbers=False)


def _sure(turn: Turn, on: OnSure, text: str) -> None:
    yes = sure(text)
    if yes is None:
        turn.emit(Unclear(f"sure_{on.about}", text))
    elif not yes:
        turn.change_draft(attention=None)
        turn.emit(KeptOn())
    elif on.about == "restart":
        restart(turn)
    else:
        throw_away(turn)

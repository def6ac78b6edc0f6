"""Words: a command, an answer to what was asked, a question in the middle, or a value for a field that is named."""

import re
from typing import assert_never

from dialogs import applying, choosing, inviting, mine
from dialogs.answering import hear
from dialogs.attaching import answer_attachment
from dialogs.carrying import answer_copied
from dialogs.commanding import obey
from dialogs.commands import command, noted
from dialogs.consenting import answer_confirm, answer_consent, answer_notice, hold_numbers, identity_consent
from dialogs.drafting import open_draft, restart, throw_away
from dialogs.events import Answered, Greeted, Helped, KeptOn, Thanked, Unclear
from dialogs.focus import (
    Focus,
    OnConfirm,
    OnConsent,
    OnCopied,
    OnDeclaration,
    OnField,
    OnNotice,
    OnReview,
    OnRows,
    OnSure,
)
from dialogs.guide import asks, asked_about, topic_for
from dialogs.kinds import parse
from dialogs.labelled import answer_lines
from dialogs.overanswering import overhear
from dialogs.talk import is_talk
from dialogs.folding import fold
from dialogs.understanding.lexicon import lexicon
from dialogs.reading import Partial, Refusal, Understood
from dialogs.reviewing import answer_declaration, answer_review, change_item
from dialogs.rowing import answer_rows, edit_rows, kept_rows
from dialogs.sure import sure
from dialogs.turn import Turn
from dialogs.visible import visible_fields
from model.draft import Editing, Unfinished
from model.fields import (
    AddressField, AttachmentField, BuildingsField, ChoiceField, CodeField, ContactField, DateField, NumberField, PhoneField, TableField, TextField, YesNoField,
)
from model.message import TextMessage
from model.values import Picks

LONGEST = 2000


def hear_text(turn: Turn, message: TextMessage) -> None:
    """Reads one text. The order matters: what was just asked from outside, then commands, then the form."""
    text = message.text[:LONGEST]
    kind, _, rest = (message.choice or "").partition(":")
    tapped = rest.partition(":")[0] if kind == "f" else None
    if tapped is None and (choice := choosing.said(turn, text)):
        applying.take(turn, choice)
        return
    if tapped is None and (mine.said(turn, text) or inviting.said(turn, text)):
        return
    word = command(text)
    if word is not None and not _is_answer(turn, text):
        obey(turn, word)
        return
    if not turn.has_draft and not _begin(turn, text):
        return
    if tapped and tapped in turn.form.fields and not _asked(turn, tapped):
        turn.change_draft(attention=Editing(field=tapped))
    _to_form(turn, text)


def _begin(turn: Turn, text: str) -> bool:
    """No form is open: staff see their tasks, a question is answered, an applicant's first words open a form."""
    if topic := topic_for(text, turn.county.guide):
        turn.emit(Answered(topic.id))
        return False
    if turn.conversation.role == "steward":
        if not inviting.numbered_task(turn, text):
            turn.emit(Unclear("staff", text))
            inviting.list_tasks(turn)
        return False
    if turn.conversation.applications:
        applying.which(turn, text)
        return False
    first = not turn.conversation.greeted
    before = turn.conversation
    open_draft(turn, turn.county.form)
    turn.change(greeted=True)
    on = turn.focus
    fits = isinstance(on, OnField) and isinstance(parse(text, on.field, turn.context), Understood)
    if not fits and before.cases:  # a word about a case under way is not a new application
        turn.conversation = before
        turn.emit(Thanked(noted=True) if noted(text) else Unclear("no_draft", text))
    elif not fits:
        hold_numbers(turn, text)
        turn.emit(Greeted(not first))
    return fits


def _is_answer(turn: Turn, text: str) -> bool:
    """A command word that is an option of the question asked is the answer: 取消 as an option, not as a command."""
    on = turn.focus if turn.has_draft else None
    if not isinstance(on, OnField):
        return False
    return on.field.kind == "choice" and isinstance(parse(text, on.field, turn.context), Understood)


def _asked(turn: Turn, name: str) -> bool:
    on = turn.focus
    return isinstance(on, OnField | OnRows) and on.field.id == name


def _to_form(turn: Turn, text: str) -> None:
    on = turn.focus
    if turn.form.id == turn.county.form.id and not _plain_answer(turn, on, text) and _free(turn, on, text):
        return
    if _question(turn, on, text):
        return
    labelled = isinstance(on, OnField | OnRows | OnReview | OnCopied)
    if labelled and _consented(turn) and answer_lines(turn, text):
        return
    rest = hold_numbers(turn, text) if not isinstance(on, OnSure | OnDeclaration) else text
    if rest != text and not rest:
        return
    if labelled and answer_lines(turn, rest):
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
        case OnConsent():
            answer_consent(turn, on, rest)
        case OnCopied():
            answer_copied(turn, rest)
        case OnReview():
            answer_review(turn, rest)
        case OnDeclaration():
            answer_declaration(turn, rest)
        case _:
            assert_never(on)


_CLOSED = ChoiceField | YesNoField | NumberField | PhoneField | CodeField | DateField | BuildingsField


_SHORT = 12
def _names_other(turn: Turn, asked: str, text: str) -> bool:
    """Whether the words begin with the name of another field: they are about that one."""
    hits = lexicon(turn.form).scan(fold(text))
    return bool(hits) and hits[0].start <= 2 and any(one.field.id != asked for one in hits[0].of("label"))


_PLACEISH = re.compile(r"[省市县区镇乡村路街巷道号楼栋室园院里口旁边东西南北侧头门内厂店站场]")


def _shaped(field: TextField | AddressField | ContactField, text: str) -> bool:
    """Whether words that nothing else was found in look like a place, where one is asked for, or like a name."""
    if isinstance(field, AddressField):
        return bool(_PLACEISH.search(text)) and "同" not in text[:6]
    if isinstance(field, TextField) and field.name_only:
        return len(text) <= 30 and "叫" not in text and not re.search(r"\d{4}|[,，。]|千伏安|千瓦|吨|兆|平米", text)
    if isinstance(field, TextField) and field.most < 300:
        return not re.search(r"[,，。;；]|[水电气]|[我他她]|吗|不|先|再", text)
    return True


_ABOUT = re.compile(r"大概|大约|差不多|左右|上下|估计|可能|来[吨户个台千]|多[吨户个台千]|几")


def _plain_answer(turn: Turn, on: Focus, text: str) -> bool:
    """Whether the whole message answers what was asked and nothing else, so that it need not be looked into."""
    match on:
        case OnField(field=field, want=want) if isinstance(field, _CLOSED):
            if isinstance(field, ChoiceField) and len(text) > _SHORT:
                return False
            if want is not None:
                before = turn.draft.attention
                joined = f"{before.text} {text}" if isinstance(before, Unfinished) else text
                return any(not isinstance(parse(one, field, turn.context), Refusal) for one in (joined, text))
            reading = parse(text, field, turn.context)
            noted = isinstance(reading, Understood) and isinstance(reading.value, Picks) and any(one.note for one in reading.value.picks)
            return isinstance(reading, Understood | Partial) and not _ABOUT.search(text) and not noted
        case OnRows(asking=asking, part=part):
            return len(text) <= 8 or bool(part)
        case OnField():
            return False
        case OnReview():
            return len(text) <= 4
        case _:
            return len(text) <= 6


def _free(turn: Turn, on: Focus, text: str) -> bool:
    """Free text: whatever it says of the form, beside a question or not. True if there was anything."""
    rest = text if _consented(turn) or isinstance(on, OnSure | OnDeclaration) else hold_numbers(turn, text)
    helped = asked_about(turn, rest)
    understood = overhear(turn, rest) if rest else None
    topic = topic_for(rest, turn.county.guide)
    if helped is not None and not (understood and understood.taken):
        turn.emit(Helped(helped.id))
        if helped.id not in turn.draft.answers:
            turn.change_draft(attention=Editing(field=helped.id))
        return True
    if topic is not None and (asks(rest) or not understood):
        turn.emit(Answered(topic.id))
        return True
    if understood or rest != text:
        return True
    if isinstance(on, OnField) and isinstance(on.field, TextField | ContactField) and _names_other(turn, on.field.id, rest):
        turn.emit(Unclear("talk", rest))
        return True
    if isinstance(on, OnField) and isinstance(on.field, TextField | AddressField | ContactField) and (is_talk(rest) or not _shaped(on.field, rest)):
        turn.emit(Unclear("talk", rest))
        return True
    return False


def _consented(turn: Turn) -> bool:
    """Whether identity numbers may be taken where they stand."""
    given = turn.draft.agreements.get(identity_consent(turn.form) or "")
    return given is not None and given.agreed


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
        if not isinstance(on.field, TextField | AddressField) and not isinstance(
            parse(text, on.field, turn.context), Refusal
        ):
            return False
    turn.emit(Answered(topic.id))
    return True


def _other_table(turn: Turn, on: Focus, text: str) -> bool:
    """再加一台 / 删第1行 said while something else is asked: if exactly one table has rows, it is meant."""
    if isinstance(on, OnRows):
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

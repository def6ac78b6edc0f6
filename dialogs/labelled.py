"""Pasted lines `标签：值`: each is the direct answer to the field it names."""

import re

from dialogs.answering import hear
from dialogs.focus import OnField, OnRows
from dialogs.folding import plain_words
from dialogs.rowing import answer_rows
from dialogs.turn import Turn
from dialogs.visible import consent_refused, visible_fields
from model.draft import Editing
from model.fields import AttachmentField, DeclarationField, Field, TableField

_LINE = re.compile(r"\s*([^:：\s]{2,30})\s*[:：]\s*(\S.*)")
_MARK = re.compile(r"[:：]")


def labelled_lines(text: str, fields: tuple[Field, ...]) -> list[tuple[Field, str]] | None:
    """The fields named and their texts, if every line of the message names one; else None."""
    found = list[tuple[Field, str]]()
    for line in filter(str.strip, re.split(r"[\n；;]+", text)):
        match = _LINE.fullmatch(line)
        field = _named(fields, match[1]) if match else None
        if match is None or field is None:
            return None
        found.append((field, match[2]))
    return found or None


def answer_lines(turn: Turn, text: str) -> bool:
    """Stores every line; False if this is no such message. Gates come first: nothing personal before the notice."""
    if not _MARK.search(text):
        return False
    lines = labelled_lines(text, visible_fields(turn.form, turn.draft.answers))
    on = turn.focus
    if lines is None or (len(lines) == 1 and isinstance(on, OnField) and on.field.id == lines[0][0].id):
        return False
    for field, value in lines:
        if not _open_to(turn, field):
            continue
        if isinstance(field, TableField):
            answer_rows(turn, OnRows(field, {}, None, asking=False), value)
        else:
            hear(turn, field, value.strip())
    return True


def _open_to(turn: Turn, field: Field) -> bool:
    """Whether the field may be filled now: its notice and consent were given."""
    if isinstance(field, AttachmentField | DeclarationField) or consent_refused(field, turn.draft):
        return False
    kept = turn.draft.attention
    turn.change_draft(attention=Editing(field=field.id))
    gate = turn.focus
    turn.change_draft(attention=kept)
    return isinstance(gate, OnField | OnRows)


def _named(fields: tuple[Field, ...], label: str) -> Field | None:
    wanted = _plain(label)
    for names in (lambda one: (one.called, one.label), lambda one: one.words):
        found = [field for field in fields if wanted in {_plain(name) for name in names(field)}]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _plain(label: str) -> str:
    return re.sub(r"[(（].*?[)）]|[*:：\s]", "", plain_words(label))

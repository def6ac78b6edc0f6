"""Whether a message as a whole is the answer to what was asked, whatever may stand in it besides."""

import re

from dialogs.asking import asks
from dialogs.directness import names_other
from dialogs.folding import fold
from dialogs.reading import Refusal, Understood
from dialogs.shaped import is_shaped, is_titled
from dialogs.talk import is_talk
from dialogs.turn import Turn
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.understand import Understanding
from model.fields import (
    AddressField,
    BuildingsField,
    ChoiceField,
    CodeField,
    ContactField,
    DateField,
    Field,
    NumberField,
    PhoneField,
    TextField,
    YesNoField,
)

_AROUND = 4
"""So many characters may stand around a place that is the whole answer."""
_ADDS_NOTHING = re.compile(r"(?:[嗯哦噢,: ]|那?就?[在是]|地[址点])*")
"""What stands before it and does not tell which place it is, as 老的 does."""
_BESIDES = 2
"""So many characters of a name have no other meaning."""
_LEAD = 2
"""The name of a field that begins within so many characters is what the message is about."""
_SEVERAL = 2
"""So many values for other fields in a message, and it is no text that was asked for."""
_TICKS = re.compile(r"[勾选]")
_PERSON_WITH_NUMBER = re.compile(r"(?![^ ,:]*[改换错不打号话机是写填用])[一-鿿·]{2,20}[ ,:]{1,3}1\d{10}")
"""A name nobody has heard of, with a number: whoever was asked for."""


def is_whole(turn: Turn, field: Field, understood: Understanding, text: str) -> bool:
    """Whether a text that was asked for is the whole message: what stands in it is a part of it, if nothing names another
    field. 新建给水管约260米 tells the scale of a project, and no length of a duct.
    """
    if isinstance(field, AddressField):
        return _is_place(turn, field, understood, text)
    if isinstance(field, ContactField):
        return bool(_PERSON_WITH_NUMBER.fullmatch(fold(text).strip())) and not names_other(turn, field, text)
    if not isinstance(field, TextField) or field.name_only or field.id in turn.draft.answers:
        return False
    if is_talk(text) or asks(text):
        return False
    if understood.services is not None or isinstance(turn.read(field, text), Refusal):
        return False
    if not is_shaped(field, text) or names_other(turn, field, text):
        return False
    own = [one for one in understood.taken if one.field == field.id]
    if understood.dropped or (own and (is_titled(field) or _begins_with_name(own[0]))):
        return False
    if understood.unsettled and not _in_one_piece(understood):
        return False
    if is_titled(field) and begins_with_other(field, understood):
        return False
    told = [one for one in understood.taken if one.understood]
    if any(_is_meant(turn, one, text) for one in told if one.field != field.id):
        return False
    if any(_is_most(turn, one, text) for one in told):
        return False  # 非居民的 is nobody's project, nor is 没有自备电源
    others = [one for one in told if one.field != field.id and not one.unsure and not is_kept(turn, one)]
    return len(others) < (1 if is_titled(field) else _SEVERAL) and not any(
        _is_strong(turn, one, field) for one in understood.taken
    )


def _is_most(turn: Turn, one: Candidate, text: str) -> bool:
    """Whether a choice is said in so many words, or ticked: 水勾特种行业那个, 表还没装."""
    if not isinstance(turn.form.fields[one.field], ChoiceField | YesNoField) or one.unsure:
        return False
    said = one.end - one.start
    first = re.split(r"[ ,，。;；\n]", text.strip(), maxsplit=1)[0]
    return (
        said >= len(text.strip())
        or bool(_TICKS.search(text))
        or (isinstance(turn.form.fields[one.field], YesNoField) and one.start <= _LEAD and said * 2 >= len(first))
    )


_VALUE_BEHIND = re.compile(r"[\s:]|\d|(?:按|是|写|填|就|同|跟|用|也)")
_COUNTED = re.compile(r"[\d一二三四五六七八九十百千]")


def begins_with_other(field: TextField, understood: Understanding) -> bool:
    """Whether the message begins with the name of another field and what is said of it: 单位地址按执照, 户号 0042."""
    marked = understood.marked
    first = marked.labels[0] if marked.labels else None
    if first is None or first.start or _VALUE_BEHIND.match(marked.text, first.end) is None:
        return False
    return all(
        one.field is not field and not (isinstance(one.field, TextField) and one.field.name_only)
        for one in first.of("label")
    )


def _is_meant(turn: Turn, one: Candidate, text: str) -> bool:
    """Whether a value in the message is what all of it is about: a day, how strong the supply is, or where something runs."""
    match turn.form.fields[one.field]:
        case DateField():
            return True
        case NumberField() as number:
            return number.unit in ("千伏安", "千瓦") and one.start <= _LEAD
        case YesNoField():
            return not one.unsure and _COUNTED.search(text) is None
    return False


def is_kept(turn: Turn, one: Candidate) -> bool:
    """Whether it is in the draft already."""
    kept = turn.draft.answers.get(one.field)
    return (
        kept is not None and kept.confirmed and isinstance(one.reading, Understood) and kept.value == one.reading.value
    )


def _begins_with_name(own: Candidate) -> bool:
    """Whether the message begins with the field's name: 规模：PE160. In 到总部的专线20兆 the name is a part of what is said."""
    return own.named and own.start <= _LEAD


def _in_one_piece(understood: Understanding) -> bool:
    """Whether nothing separates the words, and none with a meaning on the form is all of them: 示例食品二期厂房."""
    if len(understood.marked.pieces) != 1:
        return False
    (piece,) = understood.marked.pieces
    meant = (*understood.taken, *(one for group in understood.unsettled for one in group))
    return all(one.end - one.start + _BESIDES <= piece.end - piece.start for one in meant)


def _is_place(turn: Turn, field: AddressField, understood: Understanding, text: str) -> bool:
    """Whether the message is one place and nothing else: it is the place that was asked for, not another one put right."""
    one = understood.taken[0] if len(understood.taken) == 1 else None
    if one is None or one.field == field.id or understood.services is not None or _is_strong(turn, one, field):
        return False
    whole = one.end - one.start >= len(text.strip()) - _AROUND
    return (
        whole
        and _ADDS_NOTHING.fullmatch(understood.marked.text, 0, one.start) is not None
        and isinstance(turn.form.fields[one.field], AddressField)
        and not isinstance(turn.read(field, text), Refusal)
    )


def _is_strong(turn: Turn, one: Candidate, field: Field) -> bool:
    """Whether this is meant for another field without doubt: named by it, or a number that is nothing else."""
    if one.field == field.id:
        return False
    numbered = isinstance(turn.form.fields[one.field], PhoneField | CodeField)
    listed = isinstance(turn.form.fields[one.field], BuildingsField)
    return one.how != "found" or listed or (numbered and one.field not in turn.draft.answers)

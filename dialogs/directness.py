"""Whether a whole message answers what was asked and nothing else, so that it need not be looked into any further."""

import re

from dialogs.commands import changes, item_number, row_command, unfolds
from dialogs.derived import derived
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
from dialogs.folding import fold
from dialogs.half_rows import lacking
from dialogs.kinds.number import SPELLINGS
from dialogs.kinds.table import Row, row, rows
from dialogs.kinds.yes_no import says
from dialogs.numerals import NUMBER
from dialogs.reading import Partial, Reading, Refusal, Understood
from dialogs.reviewing import named_field
from dialogs.same import same_as
from dialogs.sounding import MISSPELT
from dialogs.talk import is_talk
from dialogs.turn import Turn
from dialogs.understanding.lexicon import Role, lexicon
from dialogs.visible import listed_fields
from model.draft import Unfinished
from model.fields import (
    ChoiceField,
    Field,
    TableField,
    YesNoField,
)
from model.form import Form
from model.values import Contact, Picks

_WORD = 4
"""A name of so many characters is one word."""
_CHOSEN = 12
_CONTACT = 24
_SHORT = 6
_ABOUT = re.compile(r"大概|大约|差不多|左右|上下|估计|可能|来[吨户个台千]|多[吨户个台千]|几")
_NUMBER_ONLY = re.compile(r"[0-9A-Za-z \-]{8,40}")
_BUILDINGS = re.compile(r"[0-9A-Za-z一二三四五六七八九十号楼栋座幢和到至、,，\- ]+")
_OWN = ("choice.one", "yes_no.count")
"""Refusals that only an answer to the question can get."""
_NOTED = re.compile(r"[(（]|^\S+ [^\s\d,，。]{1,12}$")
"""A note set apart from what it is about."""
_SHORTLY = ("unit", "half")
"""Parts of an answer that are one word: a longer message says something else as well."""
_COUNTED = re.compile(r"[\d一二两三四五六七八九十百千万半几]+[个台户千吨兆方平栋幢间层块孔芯期米]")
"""So much of something is nobody's name: 六十千瓦."""
_PUT_RIGHT = re.compile(r"(?:改|换|还是|那就?|就|不是)(?:成|到)?(?:上午|下午|[一-鿿\d]{2,3}$)")
_LONG_NUMBER = re.compile(r"\d{7}")
_LEAD = 2
_ALL = re.compile(r"^[都全也就]是?(?=..)")
_CELL = re.compile(
    rf"(?:每台|一台|单台|流量|是|[ :])*{NUMBER}\s?[\u4e00-\u9fffA-Za-z³/]{{0,6}}\d?(?:/[\u4e00-\u9fffh]{{1,2}})?"
)


def is_plain(turn: Turn, on: Focus, text: str) -> bool:
    """Told without a look at the form's words: what is plain costs what it always cost."""
    if row_command(text) or (changes(text) and _names_item(turn, text)):
        return True
    match on:
        case OnField(field=field, want=str() as want):
            before = turn.draft.attention
            said = (f"{before.text} {text}" if isinstance(before, Unfinished) else text, text)
            readings = [turn.read(field, one) for one in said]
            alone = readings[-1]  # it may be the whole contact, told anew
            if _is_no_name(alone if isinstance(alone, Understood) else readings[0]):
                return False
            if want in _SHORTLY:
                return len(text) <= _CHOSEN and any(not isinstance(one, Refusal) for one in readings)
            return len(text) <= _CHOSEN or any(isinstance(one, Understood) for one in readings)
        case OnField(field=field):
            return _answers(turn, field, text)
        case OnRows(part=part, field=field):
            if part:
                return _is_cell(field, part, text)
            if len(text) <= 8:
                return True
            return not _LONG_NUMBER.search(text) and all(
                not one.missing and not one.refused for one in rows(text, field)
            )
        case OnReview():
            short = len(text) <= _WORD and not _PUT_RIGHT.match(text)
            return short or item_number(text, bare=True) is not None or unfolds(text) is not None
        case OnConfirm():
            return says(text) is not None or bool(re.fullmatch(r"[\d \-Xx]+", text))
        case OnNotice() | OnConsent() | OnCopied() | OnSure() | OnAmbiguous():
            return says(text) is not None or len(text) <= _SHORT


def _is_cell(table: TableField, part: Row, text: str) -> bool:
    """Whether it is the number that the row lacks, and not more: 2.8方, 每台3."""
    missing = lacking(table, part)
    if len(missing) != 1 or not missing[0].number:
        return len(text) <= _CHOSEN
    return bool(_CELL.fullmatch(fold(text))) and not row(text, table, part).missing


def _is_no_name(reading: Reading) -> bool:
    """Whether what stands beside a telephone number is more than a name."""
    return isinstance(reading, Understood) and isinstance(reading.value, Contact) and len(reading.value.name) > _WORD


def _names_item(turn: Turn, text: str) -> bool:
    return named_field(turn.form, listed_fields(turn.form, turn.draft), changes(text) or "") is not None


def _answers(turn: Turn, field: Field, text: str) -> bool:
    if len(text) <= _CHOSEN and same_as(field, text, turn.draft.answers, turn.form) is not None:
        return True
    if field.kind == "address":  # kinds are compared by name here: every answer comes this way
        return False
    if field.kind == "text":
        called = not is_talk(text) and text not in _words(turn.form) and text not in SPELLINGS
        return len(text) <= _WORD and called and not _COUNTED.match(text) and not _decides(turn, text)
    if field.kind == "contact":
        reading = turn.read(field, text)
        phone_said = isinstance(reading, Understood) or (isinstance(reading, Partial) and reading.want == "name")
        if _is_no_name(reading) or is_talk(text) or names_other(turn, field, text) or _names_both(turn, text):
            return False  # 经办人 李示例 138…, where the project's manager is asked for
        if phone_said:
            return len(text) <= _CONTACT
        return len(text) <= _WORD and not _COUNTED.match(text) and not _decides(turn, text)
    if field.kind == "attachment":
        return len(text) <= _SHORT and not _says_more(turn, text)
    if (field.kind == "code" and _NUMBER_ONLY.fullmatch(text)) or (
        field.kind == "buildings" and _BUILDINGS.fullmatch(text)
    ):
        return True
    if field.kind == "choice" and len(text) > _CHOSEN:
        return False
    reading = turn.read(field, text)
    if isinstance(reading, Refusal):
        return reading.code in _OWN
    noted = (
        isinstance(reading, Understood)
        and isinstance(reading.value, Picks)
        and any(one.note for one in reading.value.picks)
    )
    loosely = noted and not _NOTED.search(text)
    return not loosely and not _ABOUT.search(text)


def _decides(turn: Turn, text: str) -> bool:
    """Whether the few words are a yes, a no or an option of the form's, and nobody's name: 非线性无, 都是毛坯."""
    whole = fold(text)
    said = _ALL.sub("", whole)
    if said == whole and whole[:1].upper() not in _decisions(turn.form):
        return False  # most names begin with another character
    roles: tuple[Role, ...] = ("yes", "no") if said == whole else ("yes", "no", "option")
    return any(hit.end - hit.start == len(said) and hit.of(*roles) for hit in lexicon(turn.form).scan(said))


@derived
def _decisions(form: Form) -> frozenset[str]:
    """What a yes or a no of the form's begins with, also where it is written wrong."""
    fields = (one for one in form.fields.values() if isinstance(one, YesNoField))
    words = (word for one in fields for word in (*one.yes_words, *one.no_words))
    return frozenset(fold(word)[:1].upper() for word in words) | MISSPELT


def _says_more(turn: Turn, text: str) -> bool:
    """Whether the few words answer something else: 谷峰开, where a paper is asked for."""
    hits = lexicon(turn.form).scan(fold(text))
    return any(len(hit.text) > 2 and hit.of("yes", "no", "option", "fact") for hit in hits)


@derived
def _words(form: Form) -> frozenset[str]:
    """Words of the form that are nobody's name: its fields, its options."""
    options = (option for one in form.fields.values() if isinstance(one, ChoiceField) for option in one.options)
    names = (word for one in form.fields.values() for word in (one.called, one.label, *one.words))
    return frozenset((*names, *(word for one in options for word in (one.text, *one.words))))


def _names_both(turn: Turn, text: str) -> bool:
    """Whether two parts for people are named: 负责人 李示例 138…, 经办人同."""
    said = fold(text)
    hits = (one for hit in lexicon(turn.form).scan(said) for one in hit.of("label"))
    return len({one.field.id for one in hits if one.field.kind == "contact"}) > 1


def names_other(turn: Turn, field: Field, text: str) -> bool:
    """Whether the words begin with the name of another field: they are about that one."""
    said = fold(text)
    hits = lexicon(turn.form).scan(said)
    if not hits or hits[0].start > _LEAD:
        return False
    if hits[0].of("option") and said[hits[0].end : hits[0].end + 1] == ":":
        return True  # 通信:6栋楼,电信间每栋1个
    return any(one.field.id != field.id for one in hits[0].of("label"))

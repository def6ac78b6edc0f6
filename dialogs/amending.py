"""更正: the applicant says what is wrong in a case that was handed in. Those who work on it hear his words; the form that
was signed stays as it is (档案).
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from dialogs.changing_phone import new_phone
from dialogs.commands import command
from dialogs.events import AmendmentAsked, AmendmentDropped, AmendmentWished
from dialogs.folding import fold, plain_words, plainly
from dialogs.kinds import parse
from dialogs.reading import Context, Refusal
from dialogs.reviewing import names_of
from dialogs.turn import Turn
from model.fields import AddressField, Field, TextField

SHOWN, ASKED = "mine", "mine:amend"
"""On the floor: what we hold was the last thing shown, with its cases (`shown`); or what is to be amended was asked last."""
LONGEST = 200
"""Characters of a wish: it must fit into what is pushed to several people."""
FIRST = 2
"""The number of the first case's choice: before it comes the erasure."""
_CHANGE = re.compile(
    r"(?:我?(?:想|要|想要|申请)?把|我的?|请把?)?(?P<field>.{2,20}?)(?:想|要|请|帮我|需要)?"
    r"(?:更正|更改|改|换|变|调整?)(?:成|为|到|了)+[是:,]?\s*(?P<value>.+?)(?:吧|了|。)?"
)
_SHORTEST = 2
"""Characters of a part of a name."""
_WORD = "更正"
_NO = plainly(("0", "不改", "不用改", "不更正", "算了", "取消"))


def shown(cases: Sequence[tuple[str, str]]) -> str:
    """The floor after what we hold was shown, with the id and the number of each case that can be amended."""
    return "|".join([SHOWN, *(f"{case}={number}" for case, number in cases)])


def asked(case: str, field: str = "") -> str:
    """The floor after it was asked what is wrong in this case, or what this field is to be."""
    return f"{ASKED}|{case}|{field}"


def ask(turn: Turn, case: str, *, too_long: bool = False) -> None:
    """Asks what is wrong in this case, and what is right."""
    turn.change(floor=asked(case))
    turn.emit(AmendmentAsked(case, too_long=too_long))


def said(turn: Turn, text: str) -> bool:
    """Words right after what we hold was shown, or after it was asked what is wrong. False if they are about something else."""
    floor, _, rest = (turn.conversation.floor or "").partition("|")
    if floor == SHOWN:
        cases = [tuple(one.split("=", 1)) for one in rest.split("|") if one]
        case = _chosen(cases, plain_words(text))
        if case:
            ask(turn, case)
        return case is not None
    if floor != ASKED:
        return False
    if plain_words(text) in _NO:
        turn.change(floor=None)
        turn.emit(AmendmentDropped())
    elif command(text) is not None:
        turn.change(floor=None)  # something else is wanted first
        return False
    elif len(text.strip()) > LONGEST:
        ask(turn, rest.partition("|")[0], too_long=True)
    else:
        turn.change(floor=None)
        rest, _, about = rest.partition("|")
        if about in turn.county.form.fields and _CHANGE.fullmatch(fold(text).strip()) is None:
            _wish(turn, rest, Change(turn.county.form.fields[about], text.strip()), text)
            return True
        if (item := _named(turn, plain_words(text))) is not None and plain_words(text) in names_of(turn.county.form)[
            item.id
        ]:
            turn.change(floor=asked(rest, item.id))  # which one he has said; what it is to be comes next
            turn.emit(AmendmentAsked(rest, field=item))
            return True
        phone = new_phone(text, turn.county.area_code)
        change = None if phone else change_of(turn, text)
        named, value = (change.field.id, change.value) if change else ("", "")
        turn.emit(AmendmentWished(rest, text.strip(), phone, named, value))
    return True


def said_outright(turn: Turn, text: str) -> bool:
    """申请容量改成200, of the only case there is: passed on, or asked again if that is no such value."""
    if turn.has_draft or len(turn.conversation.cases) != 1 or len(text.strip()) > LONGEST:
        return False
    change = change_of(turn, text)
    if change is None:
        return False
    _wish(turn, turn.conversation.cases[0].case, change, text)
    return True


def _wish(turn: Turn, case: str, change: "Change", text: str) -> None:
    """Passed on if it is such a value; what is only words (an address in part) whoever works on the case understands."""
    field, value = change
    context = Context(turn.now, turn.county.area_code, turn.county.calendar, {})
    if not isinstance(field, TextField | AddressField) and isinstance(parse(value, field, context), Refusal):
        turn.change(floor=asked(case, field.id))
        turn.emit(AmendmentAsked(case, field=field, value=value))
        return
    turn.change(floor=None)
    said = text.strip() if value != text.strip() else f"{field.called}改成{value}"
    turn.emit(AmendmentWished(case, said, field=field.id, value=value))


class Change(NamedTuple):
    """A field of the form, and what is to be there instead."""

    field: Field
    value: str


def change_of(turn: Turn, text: str) -> Change | None:
    """The one field that the whole message names, by what it is called or by its other names, and its new value."""
    match = _CHANGE.fullmatch(fold(text).strip())
    if match is None:
        return None
    field = _named(turn, plain_words(match["field"]).removesuffix("的"))
    return Change(field, match["value"].strip()) if field is not None else None


def _named(turn: Turn, name: str) -> Field | None:
    """The field of what was applied for that is called so, or in part; of several in one section the first (第一路电源)."""
    form, applied = turn.county.form, {one for link in turn.conversation.cases for one in link.services}
    names = names_of(form)
    for fits in (lambda called: called == name, lambda called: name in called and len(name) >= _SHORTEST):
        found = [
            field
            for field in form.fields.values()
            if field.filler == "applicant"
            and any(map(fits, names[field.id]))
            and (not (services := turn.county.services_of(field.id)) or services & applied)
        ]
        if found and len({form.section_of[one.id].id for one in found}) == 1:
            return found[0]
    return None


def _chosen(cases: Sequence[tuple[str, ...]], words: str) -> str | None:
    """The case that a number of the list means, or 更正 with its number; 更正 alone means the only one."""
    if words == _WORD and len(cases) == 1:
        return cases[0][0]
    named = [
        case
        for number, (case, called) in enumerate(cases, FIRST)
        if words in {str(number), plain_words(_WORD + called)}
    ]
    return named[0] if named else None

"""What an extractor read in a message: checked as if the person had said it, kept as a guess, never over an answer."""

import re
from collections.abc import Iterator

from dialogs.answering import leaves_open, still_fitting, store
from dialogs.asking import asks
from dialogs.events import Rejected
from dialogs.focus import OnField, noticed
from dialogs.folding import fold
from dialogs.kinds import parse
from dialogs.migration import fits
from dialogs.reading import Understood
from dialogs.shaped import is_shaped
from dialogs.talk import is_talk
from dialogs.turn import Turn
from dialogs.understanding.marked import Marked
from dialogs.understanding.names import organisations
from dialogs.understanding.people import shaped_as_person
from dialogs.understanding.understand import Understanding
from dialogs.visible import open_fields, visible_fields
from model.draft import Ambiguous, Answer, Editing, Unfinished
from model.fields import (
    AddressField,
    BuildingsField,
    ChoiceField,
    ContactField,
    DateField,
    Field,
    NumberField,
    PhoneField,
    TextField,
    YesNoField,
)
from model.form import Form
from model.message import Proposal
from model.values import Picks, Words, YesNo

MOST, LONGEST = 24, 200
"""So many proposals are looked at, of so many characters each."""
_KINDS = (
    TextField | NumberField | ChoiceField | YesNoField | PhoneField | ContactField | AddressField | DateField | BuildingsField
)  # fmt: skip
"""Never: numbers of people, firms and projects, papers, tables, the declaration."""
_DENIED = re.compile(r"(?:不|没|没有|别|无|无需|不用|不要|并非|除了|除)(?:是|要|用|需|需要|想|装|办)?$")
_BEFORE = 5
_COUNTED = r"0-9零〇一二三四五六七八九十百千万亿两半点.A-Za-z"
_CUT_BEFORE, _CUT_AFTER = re.compile(rf"[{_COUNTED}]$"), re.compile(rf"^[{_COUNTED}]")
_NUMBER_ONLY = re.compile(r"[第\d\s一二三四五六七八九十、,.个项号]+")

_Span = tuple[int, int]


def may_be_proposed(field: Field, services: str) -> bool:
    """Whether a guess may stand in this field at all. Which services are applied for (`services`), only the person says."""
    return isinstance(field, _KINDS) and field.consent is None and field.filler == "applicant" and field.id != services


def is_askable(turn: Turn, field: Field) -> bool:
    """Whether the field is open to a guess now: nothing stands before it, and nothing else is asked about it."""
    attention = turn.draft.attention
    if isinstance(attention, Unfinished) and attention.field == field.id:
        return False
    if isinstance(attention, Ambiguous) and any(
        meaning.field == field.id for one in attention.asked for meaning in one.meanings
    ):
        return False
    if any(isinstance(one, Rejected) and one.field == field.id for one in turn.events):
        return False
    return may_be_proposed(field, turn.county.places.services) and isinstance(turn.gate(field), OnField)


def take_proposed(
    turn: Turn, understood: Understanding, proposed: tuple[Proposal, ...], but: str | None = None
) -> bool:
    """Takes in what stands up to the checks, after what the grammar took; nothing for the field `but`, nor before the notice.
    True if anything was taken.
    """
    if not proposed or not noticed(turn.form, turn.draft):
        return False
    used = list(read_already(understood))
    taken = False
    for one in proposed[:MOST]:
        field = turn.form.fields.get(one.field)
        if field is None or one.field == but or not _is_open(turn, field):
            continue
        span = _spoken(understood.marked, one, used)
        answer = None if span is None else _answer(turn, field, understood.marked, span, one.option)
        if span is None or answer is None:
            continue
        attention = turn.draft.attention
        store(turn, field, answer)
        if attention is not None and not (isinstance(attention, Editing) and attention.field == field.id):
            turn.change_draft(attention=attention)
        if not one.option:  # words may point to several options, but they are only one value
            used.append(span)
        taken = True
    return taken


def read_already(understood: Understanding) -> Iterator[_Span]:
    """The parts of the message that the grammar has read: they mean what it says."""
    for one in (*understood.taken, *(one for group in understood.unsettled for one in group)):
        yield one.start, one.end


def _is_open(turn: Turn, field: Field) -> bool:
    return any(one.id == field.id for one in open_fields(turn.form, turn.draft)) and is_askable(turn, field)


def _spoken(marked: Marked, one: Proposal, used: list[_Span]) -> _Span | None:
    """Where the words stand in the message: whole, not denied, not asked, and not read already. None: nowhere."""
    words = "\n".join(fold(line) for line in one.words[:LONGEST].splitlines()).strip()
    if not words or len(one.words) > LONGEST:
        return None
    for match in re.finditer(re.escape(words), marked.text):
        start, end = _whole(marked, match.start(), match.end())
        if any(start < stop and begin < end for begin, stop in used) or _cuts(marked.text, start, end):
            continue
        if _DENIED.search(marked.text[max(0, start - _BEFORE) : start]) or asks(_sentence(marked, start)):
            continue
        return start, end
    return None


def _whole(marked: Marked, start: int, end: int) -> _Span:
    """With all of a number and its unit, if the words are a part of one."""
    for atom in marked.atoms:
        if atom.start < end and start < atom.end:
            start, end = min(start, atom.start), max(end, atom.end)
    return start, end


def _cuts(text: str, start: int, end: int) -> bool:
    """Whether a number or a word of letters is cut in two: 80 of 180吨 was not said."""
    return bool(
        (_CUT_BEFORE.search(text[:start]) and _CUT_AFTER.search(text[start:end]))
        or (_CUT_AFTER.search(text[end:]) and _CUT_BEFORE.search(text[start:end]))
    )


def _sentence(marked: Marked, at: int) -> str:
    return marked.said(marked.sentence_start(at), marked.sentence_end(at) + 1)


def _answer(turn: Turn, field: Field, marked: Marked, span: _Span, option: str) -> Answer | None:
    """The guess as an answer that waits to be confirmed. None if it is no valid one, or would change another answer."""
    said = marked.said(*span)
    reading = parse(option, field, turn.context) if option else parse(said, field, turn.context)
    if not isinstance(reading, Understood):
        return None
    if option:
        if not _is_option(field, option, reading):
            return None
    elif not _is_said(field, said, reading, vague=_vague(marked, span)):
        return None
    made = turn.made(reading.value, said, certainty="guessed", warnings=reading.warnings)
    answer = made.model_copy(update={"confirmed": False})
    return answer if fits(field, answer) and not _disturbs(turn, turn.form, field, answer) else None


def _is_option(field: Field, option: str, reading: Understood) -> bool:
    match field, reading.value:
        case ChoiceField(options=options), Picks(picks=(pick,)):
            return pick.option == option and not pick.note and option in {one.text for one in options}
        case YesNoField(yes=yes, no=no), YesNo(yes=said):
            return option == (yes if said else no)
        case _:
            return False


def _is_said(field: Field, said: str, reading: Understood, *, vague: bool) -> bool:
    """Whether the words look like what is asked for: the kinds take anything as the answer to their own question."""
    match field:
        case ChoiceField() | YesNoField():
            return not _NUMBER_ONLY.fullmatch(said)  # 3 is no third option here
        case NumberField():
            return not vague
        case TextField(name_only=True, names=names):
            name = reading.value.text if isinstance(reading.value, Words) else ""
            person, firm = shaped_as_person(name), any(one.text == name for one in organisations(name))
            return is_shaped(field, said) and (person if names == "person" else firm or not person or names == "either")
        case TextField() | AddressField() | ContactField():
            return is_shaped(field, said) and not is_talk(said) and not leaves_open(said)
        case _:
            return True


def _vague(marked: Marked, span: _Span) -> bool:
    return any(one.vague for one in marked.atoms if one.start < span[1] and span[0] < one.end)


def _disturbs(turn: Turn, form: Form, field: Field, answer: Answer) -> bool:
    """Whether an answer that is there would be lost by it, or not be shown any more."""
    before = turn.draft.answers
    after = still_fitting({**before, field.id: answer}, turn)
    shown = {one.id for one in visible_fields(form, after)}
    return not before.keys() <= after.keys() or any(
        one.id in before and one.id not in shown for one in visible_fields(form, before)
    )

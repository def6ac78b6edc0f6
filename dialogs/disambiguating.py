"""Words that may mean several things, or one field given several values: offered as a choice, then the talk goes on."""

import re

from dialogs.answering import store
from dialogs.folding import is_place, plain_words, plainly
from dialogs.numerals import read_number
from dialogs.turn import Turn
from dialogs.visible import visible_fields
from model.draft import Ambiguous, Editing, Meaning, MoreRows, Unfinished, Unsettled
from model.fields import ChoiceField, Field, YesNoField
from model.values import Pick, Picks, Value, YesNo

_NONE = plainly({"都不是", "都不对", "不是", "不对", "没有", "没有对的", "一个都不是", "0"})
_ALL = plainly({"都是", "都要", "都算", "两个都是", "两项都是", "两个都要", "全是", "都对", "都填", "都有"})
_NTH = re.compile(r"第?([0-9一二三四五六七八九]{1,2})(?:个|项|条)?")
_EDGES = re.compile(r"^(?:是|就?是|选|算|按|用|应该是)+|(?:的|那个|那项|的那个|这个|吧|那边|上的?)+$")
_LABEL = re.compile(r"([^:]+·[^:]+):.*")
_SAID = 24
MOST = 6
"""So many meanings are offered."""


def ask_which(turn: Turn, unsettled: list[Unsettled]) -> None:
    """Offers the first; what was attended to waits until all are settled."""
    kept = turn.draft.attention
    after = kept if isinstance(kept, Editing | Unfinished | MoreRows) else None
    turn.change_draft(attention=Ambiguous(asked=tuple(unsettled), after=after))


def answer_which(turn: Turn, text: str) -> bool:
    """One of the meanings, or none of them, by number or in words. False: something else is said, and the choice is off."""
    attention = turn.draft.attention
    assert isinstance(attention, Ambiguous)
    first, *rest = attention.asked
    meant = _meant(turn, first, text)
    if meant is None:
        turn.change_draft(attention=attention.after)
        return False
    for meaning in meant:
        _open(turn, meaning)
        store(turn, turn.form.fields[meaning.field], meaning.answer)
    left = [one for one in rest if any(other.field not in turn.draft.answers for other in one.meanings)]
    after = attention.after
    if after is not None and any(after.field == meaning.field for meaning in meant):
        after = None
    if not meant and after is None and len({one.field for one in first.meanings}) == 1:
        after = Editing(field=first.meanings[0].field)  # neither of two values: then which?
    turn.change_draft(attention=Ambiguous(asked=tuple(left), after=after) if left else after)
    return True


def may_be_all(asked: Unsettled) -> bool:
    """Whether the words may be said of all the fields: ticks that do not exclude each other (新装 of water and of power)."""
    ticks = all(isinstance(one.answer.value, Picks | YesNo) for one in asked.meanings)
    return ticks and len({one.field for one in asked.meanings}) == len(asked.meanings)


def _meant(turn: Turn, asked: Unsettled, text: str) -> tuple[Meaning, ...] | None:
    """What is meant: one, all, or none of them; None if the words say neither."""
    words = plain_words(text)
    if (label := _LABEL.fullmatch(words)) is not None:  # as the choice reads: 用气·户数:30户
        words = label[1]
    choices = [*((one,) for one in asked.meanings), *([asked.meanings] if may_be_all(asked) else []), ()]
    if words in _NONE:
        return ()
    if words in _ALL and may_be_all(asked):
        return asked.meanings
    if (match := _NTH.fullmatch(words)) and (number := _place(match[1])) is not None and 1 <= number <= len(choices):
        return choices[number - 1]
    said = _EDGES.sub("", words)
    if not said or len(said) > _SAID:
        return None
    for fits in (lambda name: name == said, lambda name: said in name, lambda name: len(name) > 1 and name in said):
        found = [one for one in asked.meanings if any(fits(plain_words(name)) for name in _names(turn, one))]
        if found:
            return (found[0],) if len(found) == 1 else None
    return None


def _place(digits: str) -> int | None:
    if is_place(digits):
        return int(digits)
    number = read_number(digits)
    return None if number is None else int(number)


def _names(turn: Turn, meaning: Meaning) -> tuple[str, ...]:
    """What people call this meaning: its field, where on the form it stands, its value."""
    field = turn.form.fields[meaning.field]
    section = turn.form.section_of[field.id]
    cell = f"{field.cell}·{field.called}" if field.cell else field.called
    names = (f"{section.title}·{cell}", field.called, field.label, field.cell or "", section.title, *field.words)
    return tuple(filter(None, (*names, *_spoken(meaning.answer.value))))


def _spoken(value: Value | None) -> tuple[str, ...]:
    match value:
        case Picks(options=options):
            return options
        case None:
            return ()
        case _:
            texts = (getattr(value, name, None) for name in ("text", "number", "phone", "name"))
            return tuple(str(one) for one in texts if one is not None)


def _open(turn: Turn, meaning: Meaning) -> None:
    """Whoever says that it is this field has said what the field stands under."""
    for name, wanted in meaning.needs:
        field = turn.form.fields[name]
        if field not in visible_fields(turn.form, turn.draft.answers):
            continue
        value = _opening(turn, field, wanted)
        if value is not None:
            store(turn, field, turn.made(value, meaning.answer.source, certainty="derived"))


def _opening(turn: Turn, field: Field, wanted: str | bool) -> Value | None:
    kept = turn.draft.answers.get(field.id)
    if isinstance(field, YesNoField):
        return YesNo(yes=bool(wanted)) if kept is None else None
    if not isinstance(field, ChoiceField):
        return None
    before = {one.option: one for one in kept.value.picks} if kept is not None and isinstance(kept.value, Picks) else {}
    if wanted in before or (before and not field.several):
        return None
    ticked = {**before, str(wanted): Pick(option=str(wanted))}
    return Picks(picks=tuple(ticked[one.text] for one in field.options if one.text in ticked))

"""`explain`: what the grammar makes of one message, and why: its marks, every reading considered, those that won.

The first table has what can be told without the form (numbers, names, places) and the words the form knows; the second every
candidate with its score, best first for each stretch, and what became of it. Widths are those of a terminal: a Chinese
character takes two columns.
"""

import datetime as dt
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dialogs.focus import focus
from dialogs.kinds import parse, table
from dialogs.reading import Context, Partial, Reading, Refusal, Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.lexicon import Hit, Role
from dialogs.understanding.marked import Marked
from dialogs.understanding.understand import Understanding, understand
from handlers.wording.values import show
from model.county import County
from model.draft import Answer, Draft
from model.fields import Field, TableField
from model.form import Form
from model.values import Rows, Value

_SHAPES = {
    "identity": "身份证号", "organisation": "信用代码", "project": "项目代码",
    "phone": "电话", "amount": "数量", "buildings": "楼号", "serial": "编号",
}  # fmt: skip
_ROLES: dict[Role, str] = {
    "label": "项目名", "cell": "项目名带值", "option": "选项", "fact": "像是选项", "yes": "是", "no": "否", "zero": "零",
}  # fmt: skip
_NAMES = {"organisation": "单位名", "person": "人名", "title": "称呼"}
_CERTAINTY = {"said": "说的", "derived": "推出来的", "guessed": "猜的"}
_SENSES = 3
_WIDEST = 36
"""Columns of one cell of a table."""


class ExplainMistake(Exception):
    """The answers given beforehand cannot be read; says which and why."""


def explain(county: County, text: str, now: dt.datetime, given: Mapping[str, str] | None = None) -> str:
    """The report on one message; `given` are answers before it, as a person would write each to its question.

    Raises `ExplainMistake`.
    """
    form = county.form
    draft = drafted(county, given or {}, now)
    context = Context(now, county.area_code, county.calendar, draft.answers)
    understanding = understand(county, form, draft, focus(form, draft), context, text)
    return "\n".join(_report(form, understanding))


def read_given(path: Path) -> dict[str, str]:
    """The answers of a JSON file: an object of field ids and words. Raises `ExplainMistake`."""
    try:
        read = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ExplainMistake(f"读不了 {path}：{error.strerror}") from error
    except ValueError as error:
        raise ExplainMistake(f"{path} 不是 JSON：{error}") from error
    if not isinstance(read, dict) or not all(isinstance(one, str) for one in read.values()):
        raise ExplainMistake(f'{path} 应是一个对象：项的代号对答的话，如 {{"contact_phone": "13800000001"}}')
    return read


def drafted(county: County, given: Mapping[str, str], now: dt.datetime) -> Draft:
    """A draft answered so, as a person would write it. Raises `ExplainMistake`."""
    form = county.form
    if unknown := [name for name in given if name not in form.fields]:
        raise ExplainMistake(f"{county.name}的表里没有：{'、'.join(unknown)}")
    answers = dict[str, Answer]()
    for field in form.fields.values():  # in the order of the form: how a number is read may hang on an answer before it
        if field.id in given:
            context = Context(now, county.area_code, county.calendar, answers)
            answers[field.id] = Answer(value=_value(field, given[field.id], context), by="explain", at=now)
    return Draft(
        id="explain#1",
        form=form.id,
        form_version=form.version,
        opened_at=now,
        changed_at=now,
        answers=answers,
        trail=tuple(answers),
    )


def _value(field: Field, said: str, context: Context) -> Value:
    if isinstance(field, TableField):
        rows = table.rows(said, field)
        if rows and all(not one.missing for one in rows):
            return Rows(rows=tuple(one.cells for one in rows))
        raise ExplainMistake(f"{field.id}（{field.called}）读不成表里的行：{said}")
    reading = parse(said, field, context)
    if not isinstance(reading, Understood):
        raise ExplainMistake(f"{field.id}（{field.called}）读不成：{said}，{_read(reading, field)}")
    return reading.value


def _report(form: Form, found: Understanding) -> Iterator[str]:
    marked = found.marked
    yield f"原话：{_plain(marked.text)}"
    yield ""
    yield "看到的"
    yield from _table(("位置", "文字", "是什么"), sorted(_marks(marked)))
    yield ""
    yield "可能的意思"
    yield from _table(
        ("位置", "文字", "项", "读成", "分", "结果", "为什么"), [_row(form, found, one) for one in _ordered(found)]
    )
    yield ""
    yield from _outcome(form, found)


def _marks(marked: Marked) -> Iterator[tuple[str, ...]]:
    for atom in marked.atoms:
        told = _SHAPES[atom.shape]
        if atom.number is not None:
            told += f" {atom.number:,f}{' ' + atom.unit if atom.unit else ''}"
        told += "，大概" if atom.about and not atom.vague else "，说不成一个数" if atom.vague else ""
        yield _at(atom.start, atom.end), _plain(atom.text), told
    for name in (*marked.firms, *marked.people):
        told = _NAMES[name.kind] + (f"，在“{name.cue}”后面" if name.cue else "") + ("" if name.sure else "，不一定")
        yield _at(name.start, name.end), _plain(name.text), told
    for place in marked.places:
        yield _at(place.start, place.end), _plain(place.text), "地址" + ("" if place.sure else "，不一定")
    for hit in marked.hits:
        yield _at(hit.start, hit.end), _plain(hit.text), _senses(hit)


def _senses(hit: Hit) -> str:
    told = [
        f"{sense.field.called} 的{_ROLES[sense.role]}{' ' + sense.option if sense.option else ''}"
        for sense in hit.senses
    ]
    more = len(told) - _SENSES
    return "；".join(told[:_SENSES]) + (f"；另有{more}个意思" if more > 0 else "")


def _ordered(found: Understanding) -> list[Candidate]:
    """Each reading once, as it was weighed when it won, else as it was weighed best."""
    every = dict[tuple[object, ...], Candidate]()
    for one in (
        *found.taken,
        *(one for group in found.unsettled for one in group),
        *sorted(found.considered, key=lambda one: -one.score),
    ):
        every.setdefault((*_key(one), repr(one.reading)), one)
    return sorted(every.values(), key=lambda one: (one.start, one.end, -one.score, one.field))


def _key(one: Candidate) -> tuple[str, int, int]:
    return one.field, one.start, one.end


def _row(form: Form, found: Understanding, one: Candidate) -> tuple[str, ...]:
    field = form.fields[one.field]
    said = _plain(found.marked.said(one.start, one.end))
    return (
        _at(one.start, one.end),
        said,
        field.called,
        _read(one.reading, field),
        str(one.score),
        _fate(form, found, one),
        one.why,
    )


def _fate(form: Form, found: Understanding, one: Candidate) -> str:
    """What became of a candidate: 取, 问 (too close to another), or what it gave way to."""
    if any(one is other for other in found.taken):
        return "取" + ("，要核对" if one.unsure else "") if one.understood or one.reading is None else "退回"
    if any(one is other for group in found.unsettled for other in group):
        return "问"
    if any(_key(one) == _key(other) for other in found.taken):
        return "并入"
    if other := next((done for done in found.taken if done.field == one.field), None):
        return f"这项已取“{_plain(found.marked.said(other.start, other.end))}”"
    if other := next((done for done in found.taken if done.start < one.end and one.start < done.end), None):
        return f"给了{form.fields[other.field].called}"
    return "不取"


def _read(reading: Reading | None, field: Field) -> str:
    match reading:
        case Understood(value=value):
            return show(value, field)
        case Partial(want=want):
            return f"还差 {want}"
        case Refusal(code=code):
            return f"不合格 {code}"
        case None:
            return "留空"


def _outcome(form: Form, found: Understanding) -> Iterator[str]:
    for one in found.taken:
        field = form.fields[one.field]
        told = _CERTAINTY[one.certainty] + ("，要核对" if one.unsure else "")
        yield f"取：{form.section_of[one.field].title} / {field.called} = {_read(one.reading, field)}（{told}）"
    for name, value in found.implied:
        yield f"随着定下：{form.fields[name].called} = {show(value, form.fields[name])}"
    for group in found.unsettled:
        said = _plain(found.marked.said(group[0].start, group[0].end))
        yield f"要问：“{said}”是 {'、还是 '.join(form.fields[one.field].called for one in group)}？"
    if found.services is not None:
        yield f"办理事项改为：{'、'.join(found.services)}"
    if found.dropped:
        yield f"不办了：{'、'.join(found.dropped)}"
    if not found and not found.implied:
        yield "没有读出表上的内容。"


def _at(start: int, end: int) -> str:
    return f"{start:>3}-{end:<3}"


def _plain(text: str) -> str:
    """On one line, nothing that would move the cursor."""
    return "".join(char if char.isprintable() else "⏎" if char == "\n" else "·" for char in text)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Aligned columns; the last is not cut."""
    cells = [[*(_cut(_plain(cell)) for cell in row[:-1]), _plain(row[-1])] for row in (head, *rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(head) - 1)]
    for number, row in enumerate(cells):
        yield "  ".join(
            [*(cell + " " * (room - width(cell)) for cell, room in zip(row[:-1], widths, strict=True)), row[-1]]
        ).rstrip()
        if number == 0:
            yield "  ".join("─" * room for room in [*widths, width(head[-1])])


def _cut(cell: str) -> str:
    if width(cell) <= _WIDEST:
        return cell
    while width(cell) > _WIDEST - 1:
        cell = cell[:-1]
    return cell + "…"


def width(text: str) -> int:
    """Columns on a terminal: wide and full-width characters take two, marks that combine none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )

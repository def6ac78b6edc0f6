"""Filling a table: rows in one message or cell by cell, 再加一台, 改第2行, 删第1行."""

from dialogs.answering import leaves_open, refuse, skip, store
from dialogs.commands import row_command
from dialogs.events import NotSkippable, RowChanged, RowsAdded, Skipped
from dialogs.focus import OnRows
from dialogs.folding import plain_words, plainly
from dialogs.half_rows import lacking, left_to_follow
from dialogs.kinds.table import ReadRow, Row, row, rows
from dialogs.kinds.yes_no import says
from dialogs.reading import Refusal
from dialogs.turn import Turn
from model.draft import Editing, MoreRows
from model.fields import TableField
from model.values import Rows

_DONE = plainly(
    {
        "没有了",
        "没了",
        "就这些",
        "就这个",
        "完了",
        "好了",
        "没有",
        "2",
        "就一台",
        "不加了",
        "就这一个",
        "就这一台",
        "就这样",
        "齐了",
        "没有别的了",
    }
)
_AGAIN = plainly({"1", "再加一台", "再加", "加", "还有", "有", "再加一行", "再来一台"})


def kept_rows(turn: Turn, field: TableField) -> tuple[Row, ...]:
    """The rows so far."""
    answer = turn.draft.answers.get(field.id)
    return answer.value.rows if answer and isinstance(answer.value, Rows) else ()


def answer_rows(turn: Turn, on: OnRows, text: str) -> None:
    """A row, part of one, or a word about the rows."""
    words = plain_words(text)
    if kept_rows(turn, on.field) and not on.part and words in (_DONE if on.asking else _DONE - {"2"}):
        turn.change_draft(attention=None)
        return
    if on.asking and plain_words(text) in _AGAIN:
        turn.change_draft(attention=MoreRows(field=on.field.id, row=len(kept_rows(turn, on.field))))
        return
    if edit_rows(turn, on.field, text):
        return
    if on.part and leaves_open(text):
        leave_cells(turn, on)
        return
    if not on.part and not kept_rows(turn, on.field) and on.field.need != "required" and says(text) is False:
        skip(turn, on.field)
        return
    if on.part or on.row is not None:
        _one(turn, on, text)
    else:
        _several(turn, on.field, text)


def leave_cells(turn: Turn, on: OnRows) -> None:
    """后面补: the rest of the row is left open, if it may be."""
    kept, row = kept_rows(turn, on.field), left_to_follow(on.field, on.part)
    if row is None:
        turn.emit(NotSkippable(on.field.id))
        return
    at = len(kept) if on.row is None else on.row
    _keep(turn, on.field, (*kept[:at], row, *kept[at + 1 :]))
    turn.change_draft(attention=None)
    turn.emit(Skipped(on.field.id, deferred=True))


def edit_rows(turn: Turn, field: TableField, text: str) -> bool:
    """再加一台 / 改第2行 / 删第1行, wherever the form is."""
    named = row_command(text)
    if named is None:
        return False
    how, number = named
    kept = kept_rows(turn, field)
    if how == "add":
        turn.change_draft(attention=MoreRows(field=field.id, row=len(kept)))
    elif number is None or not 1 <= number <= len(kept):
        turn.emit(RowChanged(field.id, number or 0, "missing"))
    elif how == "change":
        turn.change_draft(attention=MoreRows(field=field.id, row=number - 1))
    else:
        _remove(turn, field, number)
    return True


def _remove(turn: Turn, field: TableField, number: int) -> None:
    kept = kept_rows(turn, field)
    left = (*kept[: number - 1], *kept[number:])
    if left:
        _keep(turn, field, left)
    else:
        answers = {name: answer for name, answer in turn.draft.answers.items() if name != field.id}
        turn.change_draft(answers=answers, attention=Editing(field=field.id))
    turn.emit(RowChanged(field.id, number, "removed"))


def _several(turn: Turn, field: TableField, text: str) -> None:
    """Each line a row; whole rows are kept, and those that have a name and a number: what they lack is asked one by one."""
    read = rows(text, field)
    names = {column.id for column in field.columns if not column.number}
    whole = [one for one in read if not one.missing or (names < one.cells.keys() and not one.refused)]
    kept = kept_rows(turn, field)
    if not read or not any(one.cells for one in read):
        refuse(turn, field, next((one.refused for one in read if one.refused), None) or Refusal("table.row"), text)
        return
    if len(kept) + len(whole) > field.most:
        refuse(turn, field, Refusal("table.many", {"most": str(field.most)}), text)
        return
    if whole:
        _keep(turn, field, (*kept, *(one.cells for one in whole)), source=text)
        numbers = tuple(number for number, one in enumerate(whole, len(kept) + 1) if not one.missing)
        if numbers:
            turn.emit(RowsAdded(field.id, numbers))
    broken = next((one for one in read if one not in whole), None)
    if broken:
        _ask_on(turn, field, broken, len(kept) + len(whole), text)


def _one(turn: Turn, on: OnRows, text: str) -> None:
    """A row being put together, or an existing one being changed."""
    kept = kept_rows(turn, on.field)
    at = len(kept) if on.row is None else on.row
    read = row(text, on.field, on.part)
    if read.missing:
        if read.cells == on.part and not read.refused:
            refuse(turn, on.field, Refusal("table.row"), text)
        _ask_on(turn, on.field, read, at, text)
    elif at < len(kept):
        begun = bool(lacking(on.field, kept[at]))
        _keep(turn, on.field, (*kept[:at], read.cells, *kept[at + 1 :]), source=text)
        turn.emit(RowsAdded(on.field.id, (at + 1,)) if begun else RowChanged(on.field.id, at + 1, "changed"))
    elif at >= on.field.most:
        refuse(turn, on.field, Refusal("table.many", {"most": str(on.field.most)}), text)
        turn.change_draft(attention=MoreRows(field=on.field.id))
    else:
        _keep(turn, on.field, (*kept, read.cells), source=text)
        turn.emit(RowsAdded(on.field.id, (at + 1,)))


def _ask_on(turn: Turn, field: TableField, read: ReadRow, at: int, text: str) -> None:
    if read.refused:
        refuse(turn, field, read.refused, text)
    turn.change_draft(attention=MoreRows(field=field.id, row=at, part=dict(read.cells)))


def _keep(turn: Turn, field: TableField, kept: tuple[Row, ...], source: str = "") -> None:
    answer = turn.draft.answers.get(field.id)
    said = "\n".join(filter(None, (answer.source if answer else "", source)))[-500:]
    events = len(turn.events)
    store(turn, field, turn.made(Rows(rows=kept), said))
    del turn.events[events:]  # rows tell their own story
    turn.change_draft(attention=MoreRows(field=field.id))

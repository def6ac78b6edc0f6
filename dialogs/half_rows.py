"""Rows of which a cell is still to be told: they stay in the answer, and their table is asked for until they are whole."""

from collections.abc import Mapping

from dialogs.kinds.table import Row
from model.draft import Answer
from model.fields import Column, Field, TableField
from model.values import Rows


def lacking(table: TableField, row: Row) -> tuple[Column, ...]:
    """The columns of which nothing was said, not even that they follow."""
    return tuple(column for column in table.columns if column.id not in row)


def first_half(table: Field, answers: Mapping[str, Answer]) -> tuple[int, Row] | None:
    """The first row of which something is still to be told, and where it stands."""
    answer = answers.get(table.id)
    value = None if answer is None else answer.value
    if (
        value is None or value.shape != "rows" or table.kind != "table"
    ):  # asked at every message: quicker than isinstance
        return None
    whole = len(table.columns)
    for at, row in enumerate(value.rows):
        if len(row) < whole:
            return at, row
    return None


def follows(answer: Answer) -> bool:
    """Whether a cell of a row was left open on purpose (容缺)."""
    return isinstance(answer.value, Rows) and any(None in row.values() for row in answer.value.rows)


def left_to_follow(table: TableField, row: Row) -> Row | None:
    """The row with what it lacks left open on purpose; None if it lacks what has to be told."""
    missing = lacking(table, row)
    if any(column.need == "required" for column in missing):
        return None
    return {**row, **{column.id: None for column in missing}}

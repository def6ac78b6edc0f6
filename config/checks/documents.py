"""The official sheets: each has its template and the other way round, and every cell names a field that there is.

Whether a template can be printed is tried by `check` (see `bot.paper.trying`): typst is asked, and no program that starts waits for it.
"""

import re
from collections.abc import Iterator
from typing import Final

from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from config.sheets import SheetEntry, Sheets
from model.form import Form
from model.sheet_template import fields_named

_PACKAGE: Final = re.compile(r"[\"']@")


def documents(parts: Parts) -> Iterator[Mistake]:
    """Everything in `documents/` that speaks of something else."""
    sheets = parts.sheets
    if sheets is None:
        return
    listed = sheets.list.value.sheets if sheets.list.value is not None else ()
    names = [one.id for one in listed]
    for name in sorted(set(sheets.texts) - set(names) - sheets.list.broken):
        yield Mistake(
            sheets.file(name), 1, 1, "", "sheets.yaml 里没有写这张表", f"加一行 - {{id: {name}, title: 表名}}"
        )
    for index, one in enumerate(listed):
        if one.id in names[:index]:
            yield sheets.list.mistake(("sheets", index, "id"), f"“{one.id}”写了两遍", "只留一个")
        elif one.id not in sheets.texts:
            here = nearest(one.id, sheets.texts)
            yield sheets.list.mistake(("sheets", index, "id"), f"没有表样 {one.id}.typ", here)
        else:
            yield from _template(parts, sheets, one)


def _template(parts: Parts, sheets: Sheets, one: SheetEntry) -> Iterator[Mistake]:
    text, file, form = sheets.texts[one.id], sheets.file(one.id), parts.form.value
    for number, line in enumerate(text.split("\n"), 1):
        if (found := _PACKAGE.search(line)) is not None:
            valid = "表样只用 sheet.typ 里有的，不从网上取"
            yield Mistake(file, number, found.start() + 1, one.title, "用了外面的程序包", valid)
    if form is None:
        return
    for number, column, name in fields_named(text):
        if name not in form.fields and name not in parts.form.broken:
            yield Mistake(file, number, column, one.title, f"没有叫“{name}”的字段", nearest(name, form.fields))
    if one.of == "form" and not parts.form.broken:
        yield from _without_cell(parts, form, sheets, one)


def _without_cell(parts: Parts, form: Form, sheets: Sheets, one: SheetEntry) -> Iterator[Mistake]:
    """What the form asks and the sheet prints must have its cell there; a paper handed in is no cell."""
    there = {name for _, _, name in fields_named(sheets.texts[one.id])}
    for place, section in enumerate(form.sections):
        for number, field in enumerate(section.fields):
            printed = field.printed and field.kind not in ("attachment", "declaration")
            if printed and field.id not in there:
                problem = f"“{field.called}”在表样 {one.id}.typ 里没有格子"
                valid = f"在格子里写 f.{field.id}；表上不印的，写 printed: false"
                yield parts.form.mistake(("sections", place, "fields", number), problem, valid)

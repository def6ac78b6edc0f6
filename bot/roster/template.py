"""The empty sheet of a county: headings, lists to choose from, and one row as an example."""

import io
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.roster.sheet import EVERYWHERE, EXAMPLE, EXAMPLE_NAME, EXAMPLE_PHONE, HEADINGS, SHEET, Column, duties
from model.county import County

_CHOICES: Final = "可选"
_ROWS: Final = 1000
_WIDTHS: Final[dict[Column, int]] = {
    "name": 14,
    "body": 26,
    "phone": 18,
    "duty": 14,
    "districts": 30,
    "id": 26,
    "note": 34,
}
_TOLD: Final[dict[Column, str]] = {
    "name": "只写姓名",
    "body": "从列表里选",
    "phone": "手机11位；座机带区号",
    "duty": "从列表里选；空着就是{steward}",
    "districts": "几个用、隔开；空着就是单位的全部",
    "id": "新来的空着；改姓名、换电话的填原来的编号（staff list）",
    "note": "写着“示例”的一行不登记",
}


def template(county: County) -> bytes:
    """The workbook, as `read_sheet` reads it again."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = SHEET
    choices = book.create_sheet(_CHOICES)
    choices.sheet_state = "hidden"
    names = [one.short for one in county.bodies]
    offered: dict[Column, list[str]] = {
        "body": [one.short if names.count(one.short) == 1 else one.name for one in county.bodies],
        "duty": list({duty: name for name, duty in reversed(duties(county).items())}.values())[::-1],
        "districts": [EVERYWHERE, *county.towns],
    }
    example: dict[Column, str] = {
        "name": EXAMPLE_NAME,
        "body": offered["body"][0],
        "phone": EXAMPLE_PHONE,
        "duty": county.steward,
        "districts": "、".join(county.towns[:2]) or EVERYWHERE,
        "note": f"{EXAMPLE}：照这样填，这一行不登记",
    }
    for place, (column, title) in enumerate(HEADINGS.items(), 1):
        letter = get_column_letter(place)
        head = sheet.cell(1, place, title)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="DDE8F0")
        head.alignment = Alignment(horizontal="center")
        sheet.column_dimensions[letter].width = _WIDTHS[column]
        shown = sheet.cell(2, place, example.get(column))
        shown.font = Font(italic=True, color="777777")
        for row in range(2, _ROWS + 2):
            sheet.cell(row, place).number_format = "@"  # else Excel makes 1.38E+10 of a phone
        _offer(sheet, choices, place, offered.get(column, []), _TOLD[column].format(steward=county.steward))
    sheet.freeze_panes = "A2"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _offer(sheet: Worksheet, choices: Worksheet, place: int, offered: list[str], told: str) -> None:
    letter = get_column_letter(place)
    for row, one in enumerate(offered, 1):
        choices.cell(row, place, one)
    formula = f"={_CHOICES}!${letter}$1:${letter}${len(offered)}" if offered else None
    rule = DataValidation(type="list" if formula else None, formula1=formula, allow_blank=True)
    rule.showErrorMessage = False  # several towns are typed, and `staff import` says what is wrong, all at once
    rule.showInputMessage, rule.promptTitle, rule.prompt = True, str(sheet.cell(1, place).value), told
    rule.add(f"{letter}2:{letter}{_ROWS + 1}")
    sheet.add_data_validation(rule)

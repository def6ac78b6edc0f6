"""All that a template is given: the cells of the form by field, the case, the survey, the receipt, and what has no place of its own."""

from typing import Final

from handlers.paper.cell import PrintedCell, empty_cell
from handlers.paper.receipt import PrintedReceipt, ReceiptLine
from handlers.paper.survey import SurveyRow, SurveySheet
from model.county import County
from model.fields import Field, TableField
from model.frozen import Frozen
from model.sheet_template import SheetTemplate

_WORD: Final = "示例"


class Remark(Frozen):
    """Something that belongs to the sheet and stands in none of its cells."""

    label: str
    text: str


class Content(Frozen):
    """The data of a sheet. `blank`: it is handed out empty. `foot` stands at the foot of every page; `remarks` after the last cell."""

    title: str
    county: str
    blank: bool
    number: str = ""
    foot: str = ""
    fields: dict[str, PrintedCell]
    survey: SurveySheet
    receipt: PrintedReceipt
    remarks: tuple[Remark, ...] = ()


def blank_content(county: County, sheet: SheetTemplate) -> Content:
    """What stands on a sheet that nobody has filled in."""
    fields = {name: empty_cell(field) for name, field in county.form.fields.items()}
    opinions = tuple(one.text for one in county.process.survey.opinions)
    return Content(
        title=sheet.title,
        county=county.name,
        blank=True,
        fields=fields,
        survey=SurveySheet(opinions=opinions),
        receipt=PrintedReceipt(),
    )


def example_content(county: County, sheet: SheetTemplate) -> Content:
    """A sheet on which every cell has something and every box is ticked: with it all of a template is tried."""
    empty = blank_content(county, sheet)
    rows = tuple(
        SurveyRow(department=_WORD, surveyor=_WORD, opinion=one, detail=_WORD) for one in empty.survey.opinions
    )
    line = ReceiptLine(service=_WORD, body=_WORD, phone=_WORD, steward=_WORD, steward_phone=_WORD, next=_WORD, by=_WORD)
    fields = {name: _example(county.form.fields[name], cell) for name, cell in empty.fields.items()}
    return empty.model_copy(
        update={
            "blank": False,
            "number": _WORD,
            "foot": _WORD,
            "fields": fields,
            "survey": empty.survey.model_copy(update={"rows": rows}),
            "receipt": PrintedReceipt(lines=(line,), lacking=(_WORD,)),
            "remarks": (Remark(label=_WORD, text=_WORD),),
        }
    )


def _example(field: Field, cell: PrintedCell) -> PrintedCell:
    words = dict.fromkeys(("text", "number", "unit", "count", "name", "phone", "year", "month", "day"), _WORD)
    row = {column.id: _WORD for column in field.columns} if isinstance(field, TableField) else {}
    notes = dict.fromkeys(cell.options, _WORD)
    return cell.model_copy(update=words | {"ticks": cell.options, "notes": notes, "rows": (row, row) if row else ()})

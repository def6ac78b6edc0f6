"""All that a template is given: the cells of the form by field, the case, the survey, the receipt, and what has no place of its own."""

from handlers.paper.cell import PrintedCell, empty_cell
from handlers.paper.receipt import PrintedReceipt
from handlers.paper.survey import SurveySheet
from model.county import County
from model.frozen import Frozen
from model.sheet_template import SheetTemplate


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

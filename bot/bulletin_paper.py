"""A bulletin as an editable document (.docx): its figures, the rules they were counted by, and the objections in an appendix."""

import datetime as dt
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from handlers.bulletin_figures import Rows, body_rows, objection_lines, stamp, step_rows, talk_rows
from handlers.wording.catalogue import Catalogue
from model.bulletin import Bulletin, Issued, Objection
from model.county import County

_FONT: Final = "宋体"
_MARGIN: Final = Cm(2)
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def bulletin_paper(
    county: County,
    catalogue: Catalogue,
    bulletin: Bulletin,
    issued: Issued | None,
    objections: Sequence[Objection],
    names: Mapping[str, str],
    now: dt.datetime,
) -> bytes:
    """The document. `issued` None: a draft, and it says so. `names` are those of staff, by id."""
    say = catalogue.say
    made = Document()
    _page(made)
    title = say("bulletin.paper.title", month=bulletin.month)
    made.core_properties.title = title
    made.core_properties.author = county.name
    made.core_properties.created = made.core_properties.modified = now.astimezone(dt.UTC).replace(tzinfo=None)
    made.add_heading(title, 0).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if issued is None:
        made.add_paragraph(say("bulletin.paper.draft", at=stamp(bulletin.counted_at)))
    else:
        made.add_paragraph(say("bulletin.paper.issued", at=stamp(issued.at), by=names.get(issued.by, issued.by)))
    if bulletin.bodies:
        whole = {name: sum(getattr(one, name) for one in bulletin.bodies) for name in ("opened", "closed", "overdue")}
        made.add_paragraph(say("bulletin.paper.whole", **whole))
        _table(made, say("bulletin.paper.bodies"), say("bulletin.paper.body"), body_rows(catalogue, bulletin))
        _table(made, say("bulletin.paper.on_time"), say("bulletin.paper.body"), step_rows(catalogue, bulletin))
    else:
        made.add_paragraph(say("bulletin.paper.empty"))
    _table(
        made,
        say("bulletin.paper.talks"),
        say("bulletin.paper.month"),
        talk_rows(catalogue, [(bulletin.month, bulletin.talks)]),
    )
    made.add_heading(say("bulletin.paper.rules"), 1)
    for rule in bulletin.rules:
        made.add_paragraph(rule, style="List Number")
    if issued is not None:
        made.add_heading(say("bulletin.paper.appendix"), 1)
        for line in objection_lines(catalogue, bulletin, objections, names):
            made.add_paragraph(line)
    made.add_paragraph(say("bulletin.paper.generated", at=stamp(now)))
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def _page(made: Any) -> None:
    """A4 across, for the table is wide; every style in a font that an office has."""
    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    for style in made.styles:
        if getattr(style, "font", None) is not None:
            style.font.name = _FONT
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    made.styles["Normal"].font.size = Pt(11)


def _table(made: Any, title: str, corner: str, rows: Rows) -> None:
    if not rows.lines:
        return
    made.add_heading(title, 1)
    table = made.add_table(rows=1, cols=1 + len(rows.heads))
    table.style = "Table Grid"
    _fill(table.rows[0], (corner, *rows.heads), bold=True)
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)  # noqa: SLF001 - the library has no word for it
    for name, cells in rows.lines:
        _fill(table.add_row(), (name, *cells), bold=False)


def _fill(row: Any, cells: Sequence[str], *, bold: bool) -> None:
    for cell, text in zip(row.cells, cells, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold = bold

"""The official sheets: blank for whoever wants to write by hand, filled from a case; what could not be printed is said."""

import datetime as dt
import io
from collections.abc import Collection, Mapping

import segno

from bot.paper.printing import MissingGlyph, fit_all
from bot.paper.typesetter import Typesetter, Unset
from handlers.paper.content import Content, blank_content
from handlers.paper.filling import filled_content
from handlers.paper.signatures import SiteSignatures
from handlers.ports import RoutingCore
from handlers.wording.values import called
from model.case import Case
from model.county import County
from model.frozen import Frozen
from model.look import Look
from model.sheet_template import SheetTemplate


class Printed(Frozen):
    """A sheet. `missing`: characters that the fonts do not have, and where they stand; their code is printed there."""

    pdf: bytes
    missing: tuple[MissingGlyph, ...] = ()


class Paper:
    """Prints sheets of cases; `address` is where people reach us, "" where nobody said: a receipt then has no code. `signatures`: what
    was signed at the site; without it a survey sheet has names alone.
    """

    def __init__(
        self, core: RoutingCore, typesetter: Typesetter, address: str, signatures: SiteSignatures | None = None
    ) -> None:
        self._core = core
        self._typesetter = typesetter
        self._address = address
        self._signatures = signatures

    async def filled(
        self,
        county: County,
        case: Case,
        sheet: SheetTemplate,
        now: dt.datetime,
        services: Collection[str] | None = None,
    ) -> Printed:
        """The sheet as the case stands; a body is given its own `services` (X19). Raises `NothingToPrint`, `CoreAway`, `Unset`."""
        link = progress_link(self._address, case) if self._address and case.in_chat else ""
        code = qr(link) if link else ""
        signs = await self._signatures.of(case) if self._signatures is not None and sheet.of == "survey" else None
        made = await filled_content(
            self._core, county, case, sheet, now, services=services, link=link, code=code, signs=signs
        )
        return await _printed(self._typesetter, county, sheet, made)


async def blank_sheet(typesetter: Typesetter, county: County, sheet: SheetTemplate) -> Printed:
    """The empty sheet, for whoever wants to write by hand. Raises `Unset`."""
    return await _printed(typesetter, county, sheet, blank_content(county, sheet))


async def _printed(typesetter: Typesetter, county: County, sheet: SheetTemplate, content: Content) -> Printed:
    def work() -> Printed:
        data, missing = ready(county, sheet, content)
        try:
            return Printed(pdf=typesetter.set(sheet.text, data), missing=missing)
        except Unset:
            if not content.survey.drawn:
                raise
        # Something that was drawn is no picture that can be printed: a sheet with the names is better than none.
        names = "、".join(filter(None, (content.survey.signed, *(one.name for one in content.survey.drawn))))
        plain = content.model_copy(update={"survey": content.survey.model_copy(update={"drawn": (), "signed": names})})
        data, missing = ready(county, sheet, plain)
        return Printed(pdf=typesetter.set(sheet.text, data), missing=missing)

    return await typesetter.run(work)


def ready(
    county: County, sheet: SheetTemplate, content: Content
) -> tuple[Mapping[str, object], tuple[MissingGlyph, ...]]:
    """What the template is given: every text of it fit to print, and what of it the fonts do not have."""
    plain = content.model_dump()
    fields, missing = dict[str, object](), list[MissingGlyph]()
    for name, cell in plain.pop("fields").items():
        fields[name], lacking = fit_all(cell, called(county.form.fields[name]))
        missing += lacking if name in sheet.fields else ()
    code = plain["receipt"].pop("code")  # a picture, and ours
    rest, lacking = fit_all(plain, sheet.title)
    rest["receipt"]["code"] = code
    found = tuple(dict.fromkeys((*missing, *lacking)))
    return {**rest, "fields": fields, "missing": [{"where": one.where, "code": one.code} for one in found]}, found


def sheet_looked(staff: str, case: Case, sheet: SheetTemplate, now: dt.datetime) -> Look:
    """That somebody has opened a filled sheet of a case; twice within a minute is one look."""
    key = f"sheet:{staff}:{case.id}:{sheet.id}:{now:%Y%m%d%H%M}"
    return Look(
        key=key, county=case.county, what="sheet", case=case.id, staff=staff, paper=sheet.id, way="console", at=now
    )


def progress_link(address: str, case: Case) -> str:
    """Where the case's applicant sees how it stands; the page asks who he is, so that the code tells nothing."""
    return f"{address}/pages/progress/{case.account}?case={case.number}"


def qr(link: str) -> str:
    """The link as a QR code (SVG)."""
    made = io.BytesIO()
    segno.make(link, error="m", micro=False).save(made, kind="svg", xmldecl=False, border=2)
    return made.getvalue().decode()

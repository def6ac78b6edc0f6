"""Official sheets of the console: blank for everybody, filled from a case for whoever may open it; a filled one is a look."""

from typing import Final, Protocol

from aiohttp import hdrs, web

from bot.console.attached import attached
from bot.console.case_access import visible_orders
from bot.console.case_page import Looking
from bot.console.route import Route
from bot.console.visit import Clerk, Visit
from bot.pages.problem import Problem
from bot.paper.paper import Paper, blank_sheet, sheet_looked
from bot.paper.typesetter import Typesetter
from handlers.paper.filling import NothingToPrint
from model.case import Case
from model.county import County
from model.login import ALL
from model.sheet_template import SheetTemplate

_TYPE: Final = "application/pdf"


class Opening(Protocol):
    """Opens the case of a page's path, or says why not."""

    async def opened(self, visit: Visit) -> Case:
        """The case. Raises Problem."""


class Sheets:
    """`/console/papers/<county>-<sheet>.pdf` and `/console/cases/<id>/paper/<sheet>.pdf`, to be kept or printed."""

    def __init__(self, cases: Opening, paper: Paper, typesetter: Typesetter, looks: Looking) -> None:
        self._cases = cases
        self._paper = paper
        self._typesetter = typesetter
        self._looks = looks

    def routes(self) -> tuple[Route, ...]:
        """Two, for every role; who serves one body is given the common part of the form and that of its own services (X19)."""
        return (
            Route("GET", "/papers/{county}-{sheet}.pdf", ALL, self._blank),
            Route("GET", "/cases/{case}/paper/{sheet}.pdf", ALL, self._filled),
        )

    async def _blank(self, visit: Visit) -> web.Response:
        county = visit.clerk.county
        sheet = _sheet(county, visit)
        if visit.path["county"] != county.id or not sheet.blank:
            raise Problem(404, "no_sheet")
        made = await blank_sheet(self._typesetter, county, sheet)
        return _document(made.pdf, visit.catalogue.say("console.files.blank", sheet=sheet.title))

    async def _filled(self, visit: Visit) -> web.Response:
        case, clerk = await self._cases.opened(visit), visit.clerk
        sheet = _sheet(clerk.county, visit)
        try:
            made = await self._paper.filled(clerk.county, case, sheet, visit.now, _services(clerk, case))
        except NothingToPrint:
            raise Problem(404, "no_sheet") from None
        # What is not recorded is not handed out.
        await self._looks.note([sheet_looked(clerk.staff.id, case, sheet, visit.now)])
        return _document(made.pdf, visit.catalogue.say("console.files.filled", number=case.number, sheet=sheet.title))


def _sheet(county: County, visit: Visit) -> SheetTemplate:
    found = county.sheet.get(visit.path["sheet"])
    if found is None:
        raise Problem(404, "no_sheet")
    return found


def _services(clerk: Clerk, case: Case) -> tuple[str, ...] | None:
    orders = visible_orders(clerk, case)
    return None if len(orders) == len(case.orders) else tuple(one.service for one in orders)


def _document(pdf: bytes, name: str) -> web.Response:
    """To be kept: a browser's own reader of PDF would need more than our pages may load."""
    return web.Response(body=pdf, content_type=_TYPE, headers={hdrs.CONTENT_DISPOSITION: attached(name, "pdf")})

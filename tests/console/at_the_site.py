"""A survey that is led and whose time is agreed: the departments' rows are wanted."""

import datetime as dt
import re

from model.case import Case
from model.commands.contact import ReportContact
from model.commands.external import SetExternalLine
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, ProposeSurvey
from tests.console.office import Browser, Office

ROAD, PLANNING = "highway", "planning"
_LINK = re.compile(r'value="(http://[^"]+/pages/sign/([^"]+))"')


async def surveying(here: Office, key: str = "7") -> Case:
    case = await here.case("xinxiang", key=key)
    order = case.orders[0]
    who = order.steward or ""
    tomorrow = here.now + dt.timedelta(days=1)
    for do in (
        Take(order=order.id),
        ReportContact(order=order.id, outline="就近接入"),
        SetExternalLine(order=order.id, reason="要占道"),
        ProposeSurvey(order=order.id, at=tomorrow),
    ):
        case = await here.do(case, do, staff=who, role="steward")
    return await here.do(case, AgreeSurvey(appointment="joint", sequence=1), staff="xinxiang-water_company")


async def code(browser: Browser, case: Case, body: str = ROAD) -> str:
    """The path below which this department signs."""
    page = await browser.send(f"/console/window/{case.id}/codes", {"body": body})
    match = _LINK.search(page.text)
    assert match is not None, page.text
    return f"/pages/sign/{match[2]}"

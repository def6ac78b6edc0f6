"""Official sheets at the console: blank for everybody, filled for whoever may open the case, and then it is a look."""

import io
import re
from urllib.parse import unquote

import pypdfium2
import pytest

from model.login import Role
from storage.looks import Looks
from tests.console.office import Office
from tests.paper.reading import read


@pytest.mark.parametrize("role", list(Role))
async def test_the_blank_sheet_is_everybodys_and_no_look(here: Office, role: Role) -> None:
    browser = await here.clerk(role)
    page = await browser.get("/console/papers/jingxian-application.pdf")
    assert (page.status, page.headers["Content-Type"]) == (200, "application/pdf")
    assert "水电气网联合业务办理申请表.pdf" in unquote(page.headers["Content-Disposition"])
    assert len(pypdfium2.PdfDocument(io.BytesIO(page.body))) == 1
    assert await Looks(here.database).by("jingxian-jia", here.times[0]) == ()


async def test_a_filled_sheet_is_a_look(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.WINDOW, name="jia")
    page = await browser.get(f"/console/cases/{case.id}/paper/application.pdf")
    assert page.status == 200
    text = read(page.body)
    assert "申请人姓名李示例" in text
    assert "13800000001" in text
    (look,) = await Looks(here.database).of_case("jingxian", case.number)
    assert (look.what, look.paper, look.staff, look.order) == ("sheet", "application", "jingxian-jia", None)


async def test_a_body_is_given_its_own_part(here: Office) -> None:
    """X19: the common part is everybody's, the services of others are not printed."""
    case = await here.case(办理业务="水、电", water_remark="水的附言", power_remark="电的附言")
    power = await here.clerk(Role.STEWARD, body="power_company")
    own = read((await power.get(f"/console/cases/{case.id}/paper/application.pdf")).body)
    assert ("电的附言" in own, "水的附言" in own) == (True, False)
    receipt = read((await power.get(f"/console/cases/{case.id}/paper/receipt.pdf")).body)
    assert ("供电公司" in receipt, "供水公司" in receipt) == (True, False)
    window = await here.clerk(Role.WINDOW)
    whole = read((await window.get(f"/console/cases/{case.id}/paper/application.pdf")).body)
    assert ("电的附言" in whole, "水的附言" in whole) == (True, True)


@pytest.mark.parametrize(
    "path",
    [
        "papers/jingxian-receipt.pdf",
        "papers/jingxian-survey.pdf",
        "papers/xinxiang-application.pdf",
        "papers/none-x.pdf",
    ],
)
async def test_what_there_is_none_of(here: Office, path: str) -> None:
    page = await (await here.clerk(*Role)).get(f"/console/{path}")
    assert page.status == 404
    assert "没有这张表" in page.text


async def test_a_case_without_a_survey_has_no_sheet_of_it_and_no_look(here: Office) -> None:
    case = await here.case("xinxiang")
    browser = await here.clerk(Role.WINDOW, county="xinxiang")
    assert (await browser.get(f"/console/cases/{case.id}/paper/survey.pdf")).status == 404
    assert await Looks(here.database).of_case("xinxiang", case.number) == ()


async def test_the_case_leads_to_its_sheets(here: Office) -> None:
    case = await here.case("xinxiang")
    browser = await here.clerk(Role.WINDOW, county="xinxiang")
    page = await browser.get(f"/console/cases/{case.id}")
    links = re.findall(r'href="(/console/cases/[^"]+\.pdf)"', page.text)
    assert links == [f"/console/cases/{case.id}/paper/{name}.pdf" for name in ("application", "receipt")]
    for link in links:
        assert (await browser.get(link)).headers["Content-Type"] == "application/pdf"

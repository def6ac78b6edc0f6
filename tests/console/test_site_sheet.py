"""An opinion at the site: with photos and a signature, once, by whoever surveys, and read by nobody else."""

import base64
import datetime as dt
import io
from typing import Any

import aiohttp
import pytest

from model.case import Case
from model.commands.contact import ReportContact
from model.commands.external import SetExternalLine
from model.commands.intake import Take
from model.commands.survey import AgreeSurvey, ProposeSurvey
from model.events.sheet import RowGiven
from model.events.survey import OpinionGiven
from model.login import Role
from model.site import MOST_BYTES
from storage.case_papers import CasePapers
from storage.files import FileStore
from storage.looks import Looks
from tests.console.office import Browser, Office, Page
from tests.console.test_steward_board import HOSTILE, PNG, POWER, WATER, events, steward
from tests.console.test_steward_calendar import proposed

JPEG = b"\xff\xd8\xff\xe0" + b"1" * 64
SIGNED = "data:image/png;base64," + base64.b64encode(PNG).decode()


def at(case: Case) -> str:
    return f"/console/tasks/sheet/{case.id}"


def sent(proof: str, fields: dict[str, str], *photos: bytes) -> aiohttp.FormData:
    form = aiohttp.FormData({"proof": proof, **fields})
    for number, one in enumerate(photos):
        form.add_field("photo", io.BytesIO(one), filename=f"../{number}.html", content_type="text/html")
    return form


def opinion(case: Case, **more: str) -> dict[str, str]:
    return {"about": case.orders[0].id, "act": "opinion", "request": "5", "opinion": "符合", "signature": SIGNED} | more


async def post(browser: Browser, case: Case, fields: dict[str, str], *photos: bytes) -> Page:
    proof = (await browser.get(at(case))).proof
    return await browser.post(at(case), sent(proof, fields, *photos))


async def test_with_photos_and_a_signature_once(here: Office) -> None:
    case = await proposed(here, agreed=True)
    browser = await steward(here)
    fields = opinion(case, opinion="待整改", remark=HOSTILE)
    first = await post(browser, case, fields, JPEG, PNG)
    assert first.status == 303, first.text
    again = await browser.post(at(case), sent((await browser.get("/console/")).proof, fields, JPEG, PNG))
    assert again.to == first.to
    (event,) = await events(here, case, OpinionGiven)
    site = event.event.site  # type: ignore[union-attr]
    assert [one.media_type for one in site.files] == ["image/jpeg", "image/png", "image/png"]
    page = await browser.get(first.to)
    assert "已记录“踏勘意见”" in page.text
    assert "<script>alert" not in page.text
    photo = await browser.get(f"{at(case)}/photos?place=1")
    assert (photo.body, photo.headers["Content-Type"]) == (JPEG, "image/jpeg")
    assert "sandbox" in photo.headers["Content-Security-Policy"]
    looks = [one for one in await Looks(here.database).of_case("jingxian", case.number) if one.paper == "site"]
    assert [(one.staff, one.place) for one in looks] == [(WATER, 1)]
    for place in ("0", "9", "x", "-1"):
        assert (await browser.get(f"{at(case)}/photos?place={place}")).status == 404
    other = await steward(here, POWER)
    assert (await other.get(at(case))).status == 404
    assert (await other.get(f"{at(case)}/photos?place=1")).status == 404
    assert (await post_as(other, case, fields)).status == 404


async def post_as(browser: Browser, case: Case, fields: dict[str, str]) -> Page:
    return await browser.post(at(case), sent((await browser.get("/console/")).proof, fields))


async def test_what_is_kept_goes_with_the_case(here: Office) -> None:
    """The files lie among the papers of the case, under its key."""
    case = await proposed(here, agreed=True)
    await post(await steward(here), case, opinion(case), JPEG)
    held = await CasePapers(here.database, here.vault).held(case.id)
    assert held is not None
    (event,) = await events(here, case, OpinionGiven)
    file = event.event.site.photos[0]  # type: ignore[union-attr]
    files = FileStore(here.folder / "files", here.vault)
    assert await files.get(held.key, held.record, file.digest) == JPEG
    assert not [one for one in (here.folder / "files").rglob("*") if one.is_file() and JPEG in one.read_bytes()]


@pytest.mark.parametrize(
    ("more", "photos", "said"),
    [
        ({"signature": ""}, (), "请用手指签名"),
        ({"signature": "", "signed": "别人"}, (), "请用手指签名"),
        ({"signature": "data:image/png;base64,!!!"}, (), "签名没有收好"),
        ({"signature": "data:image/svg+xml;base64,PHN2Zy8+"}, (), "签名没有收好"),
        ({"signature": SIGNED[:22] + base64.b64encode(b"<script>").decode()}, (), "签名没有收好"),
        ({}, (b"<html><script>alert(1)</script>",), "不是照片"),
        ({}, (b"%PDF-1.7",), "不是照片"),
        ({}, (b"GIF89a",), "不是照片"),
        ({}, (JPEG,) * 7, "最多6张"),
        ({"opinion": "不符合"}, (), "这一项要填了才能往下办"),
        ({"opinion": "随便"}, (), "勘验意见"),
    ],
)
async def test_what_is_wrong_is_told_and_nothing_is_done(
    here: Office, more: dict[str, str], photos: tuple[bytes, ...], said: str
) -> None:
    case = await proposed(here, agreed=True)
    browser = await steward(here)
    page = await post(browser, case, opinion(case, **more), *photos)
    assert page.status == 400
    assert said in page.text
    assert await events(here, case, OpinionGiven) == []
    assert (await post(browser, case, opinion(case), JPEG)).status == 303


async def test_too_large_a_photo(here: Office) -> None:
    case = await proposed(here, agreed=True)
    browser = await steward(here)
    page = await post(browser, case, opinion(case), JPEG + b"0" * MOST_BYTES)
    assert page.status == 400
    assert "超过10MB" in page.text
    assert (await post(browser, case, opinion(case), JPEG + b"0" * 5 * MOST_BYTES)).status == 413


async def test_a_name_stands_for_the_signature(here: Office) -> None:
    case = await proposed(here, agreed=True)
    browser = await steward(here)
    page = await post(browser, case, opinion(case, signature="", signed="管家供水公司"))
    assert page.status == 303
    assert "签名：管家供水公司" in (await browser.get(page.to)).text


async def test_without_a_survey_there_is_nothing_to_fill_in(here: Office) -> None:
    case = await here.case()
    browser = await steward(here)
    assert "现在没有要您填的意见" in (await browser.get(at(case))).text
    page = await post_as(browser, case, opinion(case))
    assert page.status == 409


async def led(here: Office) -> Case:
    """A survey that is led, with departments."""
    unit = "xinxiang-water_company"
    case = await here.case("xinxiang")
    order = case.orders[0].id
    for do in (
        Take(order=order),
        ReportContact(order=order, outline="从门前接"),
        SetExternalLine(order=order, reason="要穿过门前的路"),
        ProposeSurvey(order=order, at=here.now + dt.timedelta(days=1)),
    ):
        case = await here.do(case, do, staff=unit, role="steward")
    return await here.do(case, AgreeSurvey(appointment="joint", sequence=case.appointments["joint"].sequence))


async def test_a_department_signs_for_its_row_and_reads_the_sheet(here: Office) -> None:
    case = await led(here)
    planning = await steward(here, "xinxiang-planning")
    board = await planning.get("/console/tasks")
    assert at(case) in board.text
    fields: dict[str, Any] = {
        "about": f"{case.id}:sheet:planning", "act": "row", "request": "1", "opinion": "不符合", "wanting": "间距不够",
        "basis": "规范第4.1.9条", "signature": SIGNED,
    }  # fmt: skip
    page = await post(planning, case, fields, JPEG)
    assert page.status == 303, page.text
    (event,) = await events(here, case, RowGiven)
    assert (event.event.body, len(event.event.site.photos)) == ("planning", 1)  # type: ignore[union-attr]
    unit = await steward(here, "xinxiang-water_company")
    assert "间距不够" in (await unit.get(at(case))).text
    assert (await unit.get(f"{at(case)}/photos?place=1")).body == JPEG
    # Nobody writes another's row.
    tried = await post(unit, case, fields | {"request": "2"})
    assert tried.status == 409
    outside = await steward(here, "xinxiang-gas_company")
    assert (await outside.get(at(case))).status == 404
    lead = await here.clerk(Role.LEAD, county="xinxiang", body="gas_company")
    assert (await lead.get(at(case))).status == 404

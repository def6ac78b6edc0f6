"""The page of the calendar: a year is pasted or uploaded, compared, stored by one of two admins, and brought back."""

import asyncio
import datetime as dt
import re

import aiohttp
import pytest

from bot.calendar_missing import calendars_told, missing_year
from bot.calendar_sheet import calendar_sheet, read_calendar_sheet
from config.holidays.notice import read_notice
from model.calendar import CHINA
from model.login import Role
from storage.calendars import Calendars
from tests.config.test_notice import GOOD
from tests.console.office import Browser, Office, Page
from tests.shipped import shipped

PATH = "/console/admin/calendar"
EVE = dt.datetime(2026, 12, 31, 9, tzinfo=CHINA)
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def of_year(year: int) -> str:
    """The same days in another year, without weekdays."""
    return re.sub("（周.）|2月14日（周日）上班。", "", GOOD.replace("2027", str(year)))


def agreed(page: Page) -> dict[str, str]:
    """What the form under the proposal would send."""
    form = page.text.partition(f'action="{PATH}/enter"')[2].partition("</form>")[0]
    return dict(FIELD.findall(form))


async def pasted(browser: Browser, text: str, year: str = "") -> Page:
    return await browser.send(PATH, {"text": text, "year": year})


async def stored(browser: Browser, text: str) -> Page:
    return await browser.post(f"{PATH}/enter", agreed(await pasted(browser, text)))


async def test_a_notice_is_compared_stored_and_taken_up_at_once(here: Office) -> None:
    here.times.append(EVE)
    case = await here.case()
    (before,) = {order.clocks["contact"].due for order in case.orders}
    assert before.provisional
    admin = await here.clerk(Role.ADMIN)
    page = await pasted(admin, GOOD + "\n节假日期间，要安排好值班。")
    assert page.status == 200, page.text
    assert "2027年1月1日（周五） 上班 → 不上班" in page.text
    assert "在办的有1件期限要变" in page.text
    assert "<li>节假日期间,要安排好值班。</li>" in page.text
    assert "休</b><i>变" in page.text
    assert here.counties["jingxian"].calendar.last_year == 2026
    done = await admin.post(f"{PATH}/enter", agreed(page))
    assert done.to == f"{PATH}?year=2027&stored=1"
    assert here.counties["jingxian"].calendar.last_year == 2027
    assert not here.counties["jingxian"].calendar.is_workday(dt.date(2027, 1, 1))
    assert here.counties["xinxiang"].calendar.last_year == 2026
    fresh = await here.case(key="2")
    assert fresh.orders[0].clocks["contact"].due.at > before.at
    (version,) = await Calendars(here.database).versions("jingxian")
    assert (version.number, version.year, version.back, version.counted_at) == (1, 2027, None, None)
    assert version.by == f"jingxian-{Role.ADMIN}.0"
    assert "已存为第1版" in (await admin.get(done.to)).text
    again = await pasted(admin, GOOD)
    assert "和现在的一样，不用存" in again.text
    assert "就这样存" not in again.text


async def test_two_admins_at_once(here: Office) -> None:
    one, other = await here.clerk(Role.ADMIN, name="one"), await here.clerk(Role.ADMIN, name="two")
    theirs = GOOD.replace("6月9日", "6月10日")
    first, second = agreed(await pasted(one, GOOD)), agreed(await pasted(other, theirs))
    done = await asyncio.gather(one.post(f"{PATH}/enter", first), other.post(f"{PATH}/enter", second))
    assert sorted(page.status for page in done) == [303, 409]
    lost = next(page for page in done if page.status == 409)
    assert "存了第1版（2027年），您的还没有存" in lost.text
    assert "和现在不同的2天" in lost.text  # compared with what the other has stored
    assert len(await Calendars(here.database).versions("jingxian")) == 1
    assert (await (one if lost is done[0] else other).post(f"{PATH}/enter", agreed(lost))).status == 303
    assert len(await Calendars(here.database).versions("jingxian")) == 2


async def test_an_older_version_again_and_the_files_again(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN)
    await stored(admin, GOOD)
    await stored(admin, GOOD.replace("6月9日", "6月10日"))
    page = await admin.send(f"{PATH}/back", {"back": "1"}, of=PATH)
    assert "用回第1版吗" in page.text
    assert "和现在不同的2天" in page.text
    assert (await admin.post(f"{PATH}/enter", agreed(page))).to == f"{PATH}?year=2027&stored=3"
    assert not here.counties["jingxian"].calendar.is_workday(dt.date(2027, 6, 9))
    page = await admin.get(PATH)
    assert "（用回第1版）" in page.text
    assert [f'aria-label="用回第{one}版' in page.text for one in (1, 2, 3)] == [True, True, False]  # 3 is in use
    page = await admin.send(f"{PATH}/back", {"back": "0", "year": "2027"}, of=PATH)
    assert "算还没有公布" in page.text
    assert (await admin.post(f"{PATH}/enter", agreed(page))).status == 303
    assert here.counties["jingxian"].calendar == shipped()["jingxian"].calendar
    assert [one.back for one in await Calendars(here.database).versions("jingxian")] == [None, None, 1, 0]


async def test_a_sheet_is_downloaded_and_uploaded(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN)
    await stored(admin, GOOD)
    sheet = await admin.send(f"{PATH}/template", {"year": "2027"}, of=PATH)
    assert sheet.status == 200
    assert read_calendar_sheet(sheet.body).arrangement == read_notice(GOOD).arrangement
    changed = read_notice(GOOD.replace("6月9日", "6月10日")).arrangement
    form = aiohttp.FormData({"proof": (await admin.get(PATH)).proof, "text": ""})
    form.add_field("file", calendar_sheet(2027, changed), filename="a.xlsx", content_type="application/octet-stream")
    assert "和现在不同的2天" in (await admin.post(PATH, form)).text


@pytest.mark.parametrize(
    ("form", "status", "said", "year"),
    [
        ({}, 400, "还没有贴文字", 2026),
        ({"text": GOOD.replace("周五", "周四", 1)}, 422, "1月1日写的是周四", 2027),
        ({"text": of_year(2025)}, 422, "2025年已经过去了", 2026),
        ({"text": of_year(2028)}, 422, "2027年的放假安排还没有，请先上传2027年的", 2027),
        ({"text": "元旦" * 5000, "year": "2027"}, 422, "请只贴放假安排那几行", 2027),
        ({"text": GOOD, "year": "2026"}, 422, "选的是2026年，文字里写的是2027年", 2026),
    ],
)
async def test_what_is_wrong_is_said_of_its_year_and_the_text_stays(
    here: Office, form: dict[str, str], status: int, said: str, year: int
) -> None:
    admin = await here.clerk(Role.ADMIN)
    page = await admin.send(PATH, form)
    assert (page.status, said in page.text) == (status, True), page.text
    assert form.get("text", "")[:20] in page.text
    assert f'<h2 id="year">{year}年全年</h2>' in page.text
    assert [one for one in ("2026", "2027") if f'value="{one}" selected' in page.text] == [
        *filter(None, [form.get("year")])
    ]
    assert await Calendars(here.database).versions("jingxian") == ()


@pytest.mark.parametrize(
    "sent", [{"back": "9"}, {"back": "x"}, {"back": "0", "year": "1900"}, {"back": "0", "year": "9" * 30}]
)
async def test_odd_ways_back(here: Office, sent: dict[str, str]) -> None:
    admin = await here.clerk(Role.ADMIN)
    for path in ("back", "enter"):
        assert (await admin.send(f"{PATH}/{path}", sent | {"seen": "0"}, of=PATH)).status in {404, 422}
    assert (await admin.send(f"{PATH}/template", {"year": sent.get("year", "1")}, of=PATH)).status in {200, 422}
    assert (await admin.get(f"{PATH}?year=0&stored=99")).status == 200
    assert await Calendars(here.database).versions("jingxian") == ()


async def test_a_year_that_is_missing_is_told_from_december_on(here: Office) -> None:
    calendar = shipped()["jingxian"].calendar
    november, december = dt.datetime(2026, 11, 30, 23, tzinfo=CHINA), dt.datetime(2026, 12, 1, 0, tzinfo=CHINA)
    assert (missing_year(calendar, november), missing_year(calendar, december)) == (None, 2027)
    assert missing_year(calendar, dt.datetime(2027, 11, 1, tzinfo=CHINA)) == 2027
    county, kept = shipped()["jingxian"], Calendars(here.database)
    assert await calendars_told(kept, [county], november) == []
    assert "2027年的放假安排还没有" in (await calendars_told(kept, [county], december))[0]
    here.times.append(december)
    admin = await here.clerk(Role.ADMIN)
    assert "2027年的放假安排还没有" in (await admin.get(PATH)).text
    await stored(admin, GOOD)
    assert await calendars_told(kept, [county], december) == []
    # An upgrade brings files that know the year, and say otherwise of a day: what was uploaded counts, and it is told.
    newer = calendar.model_copy(update={"last_year": 2027, "holidays": calendar.holidays | {dt.date(2027, 1, 1)}})
    (line,) = await calendars_told(kept, [county.made_anew(calendar=newer)], december)
    assert "第1版）和程序自带的有15天不同，以上传的为准" in line

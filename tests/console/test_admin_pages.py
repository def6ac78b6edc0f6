"""Pages of whoever runs a county: staff from a sheet, and pushes that failed sent once more."""

import io
from urllib.parse import quote

import aiohttp
import pytest
from sqlalchemy import select

from bot.roster.sheet import MOST_BYTES
from bot.roster.workbook import read_lines
from model.delivery import Failed
from model.login import Role
from storage.outbox import Outbox
from storage.schema import sent_again
from tests.console.office import Browser, Office, Page
from tests.console.test_browser_console import fine, picture, tab
from tests.roster.sheets import sheet

STAFF, DELIVERY = "/console/admin/staff", "/console/admin/delivery"
ROW = ("李<b>明", "供水公司", "13700000301")


async def upload(browser: Browser, data: bytes, enter: str = "no") -> Page:
    form = aiohttp.FormData({"proof": (await browser.get(STAFF)).proof, "enter": enter})
    form.add_field("file", io.BytesIO(data), filename="人员.xlsx")
    return await browser.post(STAFF, form)


async def names(here: Office) -> set[str]:
    return {one.name for one in await here.staffing.of_county("xinxiang")}


async def test_a_sheet_is_tried_and_then_entered(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN, county="xinxiang")
    before = await names(here)
    data = sheet(("李明", "供水公司", "13700000301"))
    tried = await upload(admin, data)
    assert tried.status == 200 and "试算，没有登记：新增1人" in tried.text and await names(here) == before
    done = await upload(admin, data, "yes")
    assert "新增1人" in done.text and "绑定码：" in done.text
    assert await names(here) == before | {"李明"} and "13700000301" in done.text


@pytest.mark.parametrize(
    ("data", "says", "status"),
    [
        (sheet(ROW), "不像姓名", 422),
        (sheet(("李明", "<script>", "1")), "没有单位", 422),
        (b"<html>", "不是 Excel 工作簿", 422),
        (b"", "还没有选文件", 400),
        (b"PK\x03\x04" + b"\0" * (MOST_BYTES + 5), "最多2000KB", 422),
    ],
)
async def test_a_sheet_with_mistakes_enters_nobody(here: Office, data: bytes, says: str, status: int) -> None:
    admin = await here.clerk(Role.ADMIN, county="xinxiang")
    before = await names(here)
    page = await upload(admin, data, "yes")
    assert page.status == status and says in page.text
    assert "<script>" not in page.text.replace("<script src", "") and "李<b>明" not in page.text
    assert await names(here) == before


async def test_the_empty_sheet_is_a_file_of_this_county(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN, county="xinxiang")
    page = await admin.send(f"{STAFF}/template", of=STAFF)
    name = quote("新乡县人员.xlsx")
    assert page.status == 200 and page.headers["Content-Disposition"] == f"attachment; filename*=UTF-8''{name}"
    assert [cell.text for cell in read_lines(page.body, "人员")[0].cells][:3] == ["姓名", "单位", "电话"]


async def refused(here: Office) -> int:
    """A push about a case of 泾县 that failed for good."""
    await here.case()
    outbox = Outbox(here.database)
    [first, *_] = await outbox.claim(here.now, 1)
    await outbox.finish(first, Failed(reason="template=blocked", permanent=True), here.now, 0)
    return first.id


async def test_a_failed_push_is_sent_once_more_by_its_own_county(here: Office) -> None:
    row = await refused(here)
    other = await here.clerk(Role.ADMIN, county="xinxiang", name="other")
    assert (await other.send(DELIVERY, {"row": str(row)})).status == 409
    assert "失败的推送" in (await other.get(DELIVERY)).text
    admin = await here.clerk(Role.ADMIN, county="jingxian", name="admin")
    assert 'name="row"' in (await admin.get(DELIVERY)).text
    done = await admin.sent(DELIVERY, {"row": str(row)})
    assert done.status == 200 and "已放回去" in done.text and "没有失败的推送" in done.text
    again = await admin.send(DELIVERY, {"row": str(row)})
    assert again.status == 409 and "不在失败的里面了" in again.text
    async with here.database.reading() as connection:
        assert [one.by for one in await connection.execute(select(sent_again))] == ["jingxian-admin"]


async def test_after_one_cause_all_are_sent_once_more(here: Office) -> None:
    outbox = Outbox(here.database)
    await here.case(key="1")
    await here.case(key="2", 办理业务="电")
    failed = await outbox.claim(here.now, 9)
    for one in failed:
        await outbox.finish(one, Failed(reason="errcode 47003", permanent=True), here.now, 0)
    admin = await here.clerk(Role.ADMIN, county="jingxian", name="admin")
    page = await admin.get(DELIVERY)
    assert page.text.count("卡片里有一栏平台不收（47003）") == len(failed) > 1
    assert "工作人员 管家供水公司" in page.text
    assert 'href="/console/admin/texts?words=steward.task"' in page.text
    done = await admin.sent(DELIVERY, {"row": "every"})
    assert f"放回去{len(failed)}条" in done.text and "没有失败的推送" in done.text


@pytest.mark.parametrize("row", ["", "-1", "1 or 1", "²", "9" * 40, "<b>"])
async def test_what_is_no_row_is_not_there(here: Office, row: str) -> None:
    admin = await here.clerk(Role.ADMIN)
    page = await admin.send(DELIVERY, {"row": row})
    assert page.status == 400 and "不在失败的里面了" in page.text


@pytest.mark.xdist_group("browser")
async def test_both_pages_in_a_browser(here: Office, tmp_path) -> None:
    await refused(here)
    async with tab(here, Role.ADMIN) as (page, problems):
        await page.goto(here.url + DELIVERY)
        await fine(page)
        await picture(page, "console-delivery.png", tmp_path)
        await page.get_by_role("button", name="再发一次").first.press("Enter")
        await page.get_by_text("已放回去").wait_for()
        await fine(page)
        await page.goto(here.url + STAFF)
        data = sheet(("李明", "供水厂", "1370000030"), ("王芳", "供水公司", "13700000302"))
        await page.get_by_label("填好的表").set_input_files({"name": "人员.xlsx", "mimeType": "", "buffer": data})
        await page.get_by_role("button", name="开始").press("Enter")
        await page.get_by_text("B2：没有单位“供水厂”").wait_for()
        await fine(page)
        await picture(page, "console-staff.png", tmp_path)
        assert [one for one in problems if "422" not in one] == []

"""What an admin does about the people of his county, and what is kept of it."""

import re
from pathlib import Path

import pytest

from model.login import Role
from tests.console.office import Browser, Office, Page
from tests.console.test_browser_console import fine, picture, tab

LIST, ADD = "/console/admin/staff", "/console/admin/staff/add"
LIMING = {"name": "李明", "body": "water_company", "phone": "13700000301", "duty": "窗口热线", "districts": ""}


async def added(admin: Browser, **more: str) -> tuple[Page, str]:
    page = await admin.send(ADD, LIMING | more)
    found = re.search(r"/admin/person/([\w-]+)", page.text)
    return page, f"/console/admin/person/{found[1]}" if found else ""


async def do(admin: Browser, at: str, what: str, **form: str) -> Page:
    page = await admin.get(at)
    seen = re.search(r'name="seen" value="(\d+)"', page.text)
    assert seen is not None
    done = await admin.post(at, {"proof": page.proof, "seen": seen[1], "do": what} | form)
    return await admin.get(done.to) if done.status == 303 else done


async def test_a_person_from_the_first_day_to_the_last(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN, county="xinxiang", name="admin")
    page, at = await added(admin)
    assert page.status == 200 and "已登记" in page.text and "只显示这一次" in page.text
    assert "137****0301" in (await admin.get(f"{LIST}?words=李明")).text
    assert "已保存" in (await do(admin, at, "change", **LIMING | {"phone": "13700000302"})).text
    assert "请假已登记" in (await do(admin, at, "away", first="2026-11-25", last="2026-11-27")).text
    assert "重了" in (await do(admin, at, "away", first="2026-11-26", last="2026-11-28")).text
    assert "前面" in (await do(admin, at, "away", first="2026-12-05", last="2026-12-04")).text
    assert "已取消" in (await do(admin, at, "back", first="2026-11-25")).text
    assert "值班已保存" in (await do(admin, at, "duty", weekdays="2")).text
    given = await do(admin, at, "login", login="li.ming", roles="window")
    password = re.search(r'class="number">([\w-]+)<', given.text)
    assert password is not None and password[1] not in (await admin.get(at)).text
    his = await here.sign_in("li.ming", password[1])
    here.later(minutes=1)
    assert "角色已换" in (await do(admin, at, "roles", roles="hotline")).text
    assert (await his.get("/console/password")).status == 303
    assert "已离岗" in (await do(admin, at, "leave")).text
    last = (await admin.get(at)).text
    for told in ("登记", "137****0301→137****0302", "换角色", "办离岗", ">admin<"):
        assert told in last, told
    assert "李明" in (await admin.get(f"{LIST}?left=yes")).text


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"phone": "1370000030"}, "10位数字"),
        ({"districts": "月球镇"}, "没有乡镇"),
        ({"name": ""}, "没有写姓名"),
        ({"body": "nowhere"}, "没有单位"),
    ],
)
async def test_what_cannot_be_entered_is_said_and_kept_in_the_form(
    here: Office, more: dict[str, str], says: str
) -> None:
    admin = await here.clerk(Role.ADMIN, county="xinxiang")
    page, _ = await added(admin, **more)
    assert page.status == 422 and says in page.text
    (name,) = more
    assert f'aria-describedby="{name}-problem"' in page.text and f'id="{name}-problem"' in page.text
    assert not [one for one in await here.staffing.of_county("xinxiang") if one.name == "李明"]


async def test_what_is_refused_of_a_change_stays_in_its_form(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN, county="xinxiang")
    _, at = await added(admin)
    page = await do(admin, at, "change", **LIMING | {"name": "李小明", "phone": "1370000030"})
    assert page.status == 422 and 'value="李小明"' in page.text and 'value="1370000030"' in page.text
    assert 'aria-describedby="phone-problem"' in page.text and 'id="name-problem"' not in page.text
    page = await do(admin, at, "away", first="2026-12-05", last="2026-12-04")
    assert 'value="2026-12-05"' in page.text and 'value="李明"' in page.text
    page = await do(admin, at, "login", login="x", roles="lead")
    assert page.status == 422 and 'name="login" value="x"' in page.text
    assert re.search(r'id="gets-lead" name="roles" value="lead" checked', page.text)


async def test_the_log_names_things_as_people_do(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN, county="xinxiang")
    _, at = await added(admin)
    await do(admin, at, "change", **LIMING | {"body": "power_company", "duty": "负责人"})
    await do(admin, at, "duty", weekdays="2")
    await do(admin, at, "login", login="li.ming", roles="hotline")
    await do(admin, at, "login", login="li.min", roles="hotline")
    page = await do(admin, at, "password", roles="admin")
    log = page.text[page.text.index('id="log"') :]
    for told in (
        "单位 供水公司→供电公司",
        "职责 窗口热线→负责人",
        "每周 星期三",
        "登录名 li.ming→li.min",
        "角色 热线",
        "给新密码",
    ):
        assert told in log, (told, log)
    assert "_company" not in log
    kept = await here.logins.named("li.min")
    assert kept is not None and kept.login.roles == {Role.HOTLINE} and kept.login.given


async def test_nobody_is_entered_twice(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN, county="xinxiang")
    await added(admin)
    there = (await added(admin))[0].text
    assert "已经有这个电话" in there and 'id="sure"' not in there
    namesake = (await added(admin, phone="13700000303"))[0].text
    assert "已经有一个李明" in namesake and 'id="sure"' in namesake
    assert 'id="sure"' not in (await added(admin, phone="1370000030"))[0].text
    assert "已登记" in (await added(admin, phone="13700000303", sure="yes"))[0].text


async def test_the_second_of_two_admins_sees_what_changed(here: Office) -> None:
    first = await here.clerk(Role.ADMIN, county="xinxiang", name="first")
    second = await here.clerk(Role.ADMIN, county="xinxiang", name="second")
    _, at = await added(first)
    page = await second.get(at)
    await do(first, at, "duty", weekdays="1")
    late = await second.post(at, {"proof": page.proof, "seen": "1", "do": "change"} | LIMING | {"name": "李小明"})
    assert late.status == 409 and "刚才改的" in late.text and "李小明" not in late.text


async def test_the_last_admin_stays(here: Office) -> None:
    admin = await here.clerk(Role.ADMIN, county="xinxiang", name="admin")
    at = "/console/admin/person/xinxiang-admin"
    for what, form in (
        ("logout", {}),
        ("roles", {"roles": "window"}),
        ("leave", {}),
        ("login", {"login": "admin", "roles": "window"}),
    ):
        page = await do(admin, at, what, **form)
        assert page.status == 422 and "最后一个管理员" in page.text, what
    await here.clerk(Role.ADMIN, county="xinxiang", name="other")
    assert "已经有人用了" in (await do(admin, at, "login", login="other", roles="admin")).text
    assert "sign-in" in (await do(admin, at, "logout")).to  # himself, at once
    assert (await admin.get(at)).status == 303


async def test_whoever_has_work_leaves_only_if_somebody_covers_or_the_admin_is_sure(here: Office) -> None:
    case = await here.case("xinxiang", key="5")
    order = case.orders[0]
    assert order.steward is not None
    admin = await here.clerk(Role.ADMIN, county="xinxiang")
    at = f"/console/admin/person/{order.steward}"
    page = await do(admin, at, "leave")
    assert page.status == 422 and "没有能接的人" in page.text
    assert (await do(admin, at, "leave", sure="yes")).status == 200
    after = await here.core.case(case.id)
    assert after is not None and after.orders[0].steward != order.steward


@pytest.mark.xdist_group("browser")
async def test_people_in_a_browser(here: Office, tmp_path: Path) -> None:
    async with tab(here, Role.ADMIN) as (page, problems):
        await page.goto(f"{here.url}{LIST}?words=管家#people")
        await fine(page)
        await picture(page, "console-people.png", tmp_path)
        await page.get_by_role("link", name="管家").first.click()
        await page.get_by_role("button", name="出一个新的绑定码").press("Enter")
        await page.get_by_text("只显示这一次").wait_for()
        await fine(page)
        await page.get_by_label("星期三", exact=True).check()
        await page.get_by_role("button", name="保存值班").press("Enter")
        await page.get_by_text("值班已保存").wait_for()
        await fine(page)
        await picture(page, "console-person.png", tmp_path)
        await page.get_by_label("姓名").fill("王2")
        await page.get_by_role("button", name="保存", exact=True).press("Enter")
        await page.locator("#name-problem").wait_for()
        await fine(page)
        assert [one for one in problems if "422" not in one] == []

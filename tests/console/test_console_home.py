"""The first page says what waits at each place, and a case leads to where it is served."""

import re

import pytest

from model.case import Case
from model.commands.intake import Take
from model.login import Role
from tests.console.calls import unreached
from tests.console.office import Browser, Office


async def tiles(browser: Browser) -> dict[str, str]:
    """What the first page says of each place, by its path."""
    page = await browser.get("/console/")
    assert page.status == 200
    return dict(
        re.findall(
            r'<a href="([^"]+)"(?: accesskey="i")?>[^<]+(?:<kbd>Alt\+I</kbd>)?<span class="waits">([^<]+)</span>',
            page.text,
        )
    )


async def test_nothing_waits_and_every_place_says_what_it_is_for(here: Office) -> None:
    found = await tiles(await here.clerk(*Role))
    assert found == {
        "/console/intake/": "没有没登记完的",
        "/console/inbox/": "没有人等",
        "/console/enquiries/": "没有等答复的",
        "/console/window": "没有要办的",
        "/console/worklist": "没有要打的电话",
        "/console/tasks": "现在没有任务",
        "/console/supervision": "没有超时的，没有快到期的",
        "/console/desk/": "按编号、电话、姓名、地址找",
        "/console/calendar": "约好的上门，改时间",
        "/console/looks": "谁查看过个人信息",
        "/console/admin/staff": "登记、请假、登录、离岗",
        "/console/admin/calendar": "放假和调休上班的日子",
        "/console/admin/delivery": "消息送到没有，失败的重发",
        "/console/admin/texts": "每句话现在怎么说",
        "/console/admin/checks": "设置有没有问题",
    }


async def test_what_waits_is_counted_as_its_page_lists_it(here: Office) -> None:
    case = await here.case()
    clerk = await here.clerk(Role.WINDOW)
    await clerk.send("/console/intake/", {"by": "telephone"})
    await clerk.send("/console/enquiries/", {"words": "几点上班", "phone": "13900000007", "key": "7"})
    await unreached(here)
    listed = (await clerk.get("/console/worklist")).text.count("/console/worklist/")
    found = await tiles(clerk)
    assert found["/console/intake/"] == "1份没登记完"
    assert found["/console/enquiries/"] == "1条等答复"
    assert found["/console/window"] == "1件要办"
    assert found["/console/worklist"] == f"{listed}个电话要打"
    here.later(days=30)
    steward = await here.clerk(Role.LEAD, body=case.orders[0].body)
    again = await here.clerk(Role.WINDOW)
    assert (await tiles(again))["/console/enquiries/"] != "1条等答复，1条超时"  # of the clerk who heard it
    assert (await tiles(steward))["/console/tasks"] == "1项，1项超时"
    late = re.search(r"超时(\d+)，", (await tiles(steward))["/console/supervision"])
    assert late is not None
    assert int(late[1]) >= 1


@pytest.mark.parametrize(
    ("role", "window", "desk"),
    [
        (Role.WINDOW, True, True),
        (Role.HOTLINE, False, True),
        (Role.SUPERVISOR, False, False),
        (Role.STEWARD, False, False),
    ],
)
async def test_a_case_leads_to_where_it_is_served(here: Office, role: Role, window: bool, desk: bool) -> None:
    case = await here.case()
    browser = await here.clerk(role, body=case.orders[0].body if role is Role.STEWARD else "")
    page = (await browser.get(f"/console/cases/{case.id}")).text
    assert (f'href="/console/window/{case.id}"' in page) is window
    assert (f'href="/console/desk/{case.id}"' in page) is desk


async def test_a_case_leads_to_the_tasks_of_whoever_has_them(here: Office) -> None:
    case = await here.case()
    link = f'href="/console/tasks/{case.orders[0].id}"'
    taken: Case = await here.do(case, Take(order=case.orders[0].id), staff=case.orders[0].steward or "", role="steward")
    body = taken.orders[0].body
    for role, there in ((Role.LEAD, True), (Role.STEWARD, False), (Role.WINDOW, False)):
        browser = await here.clerk(role, body=body)
        page = await browser.get(f"/console/cases/{case.id}")
        assert (link in page.text) is there, role
        assert ((await browser.get(f"/console/tasks/{case.orders[0].id}")).status == 200) is there

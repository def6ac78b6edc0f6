"""订阅通知 from the offer to the receipt: handed in, asked, agreed on the phone, told by it once, and then by the next way."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import create_engine, text

from tests.e2e.jobs import fill, short
from tests.e2e.running import apart, eventually

DAYS = 49 * 3600
ADDRESS = "https://lianban.example.com"


@pytest.fixture
async def site(tmp_path):
    async with apart(tmp_path, LIANBAN_PUBLIC_URL=ADDRESS) as at:
        yield at


def rows(tmp_path, query):
    engine = create_engine(f"sqlite:///{tmp_path}/lianban.sqlite3")
    with engine.connect() as connection:
        return connection.execute(text(query)).all()


def link_in(reply):
    (found,) = re.findall(r"https://\S+/pages/opt-in/\S+", reply)
    return found


def told(tmp_path, template):
    return rows(
        tmp_path,
        "select channel, reason, arrived_at is not null arrived from outbox"  # noqa: S608
        f" where template = '{template}' and state = 'delivered' and recipient_kind = 'applicant'",
    )


async def test_asked_when_handed_in_told_once_and_then_by_the_next_way(site, tmp_path):
    phone, water = await site.new_phone("jingxian", "o_jx_opts"), site.phone("jingxian", "o_jx_water")
    await fill(phone, short())
    receipt = await phone.say("我承诺")
    assert "已收到" in receipt
    parts = urlsplit(link_in(receipt))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{ADDRESS}/pages/opt-in/jingxian"
    (asked,) = parse_qs(parts.query)["templates"]
    assert asked.split(",") == ["sub_jx_result", "sub_jx_progress", "sub_jx_visit", "sub_jx_task"]
    assert f"{ADDRESS}/pages/opt-in/" not in await phone.say("进度"), "asked a moment ago: nobody is nagged"

    # On the page he allows one of them, declines another, and does not look at the third.
    await phone.act("subscribe", choices={"sub_jx_progress": True, "sub_jx_visit": False})
    await water.pushed("新任务")
    await site.move_clock(DAYS)  # no 客服消息 to the applicant any more (platform rule)
    await water.say("接单")
    await water.say("已联系")
    card = await phone.pushed("办件进度通知")
    assert (card["origin"], [one["label"] for one in card["fields"]]) == ("subscribe", ["办件号", "事项", "进度"])
    assert ("subscription", "custom=closed", 1) in await eventually(
        lambda: [one for one in told(tmp_path, "applicant.contacted") if one.arrived]
    )
    assert [tuple(one) for one in rows(tmp_path, "select what, state from opt_ins order by id")] == [
        ("one_time", "spent"),
        ("declined", "said"),
    ]

    link = link_in(await phone.say("进度"))
    assert "sub_jx_progress" in link, "two days later, and it is spent: he is asked again"
    assert "sub_jx_visit" not in link, "he has said no to that"

    await site.move_clock(DAYS)
    await water.say("任务")
    seen = ""
    for _ in range(9):  # a reminder that comes as a card meanwhile is shown first, and takes one number
        seen = seen if "已记录“办结”" in seen else await fill(water, "1")
    assert "已记录“办结”" in seen
    await phone.pushed("template")
    closed = await eventually(lambda: told(tmp_path, "applicant.connected") + told(tmp_path, "applicant.closed"))
    assert {(one.channel, one.reason) for one in closed} == {("template", "custom=closed subscription=no_opt_in")}

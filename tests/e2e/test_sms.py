"""Who is not in WeChat hears by SMS, and who cannot be reached in it any more does too; no number is left in rows or logs."""

import sqlite3

import pytest

from tests.e2e.jobs import fill, short
from tests.e2e.running import apart, eventually, said

CALLER, PHONE = "13800004321", "13800000000"
DAYS = 49 * 3600


@pytest.fixture
async def site(tmp_path):
    async with apart(tmp_path) as at:
        yield at


async def texts(site, number):
    async with site.session.get(f"{site.sandbox_origin}/sandbox/sms") as answer:
        return [one["content"] for one in (await answer.json())["messages"] if one["mobile"] == number]


def rows(tmp_path, where):
    with sqlite3.connect(tmp_path / "lianban.sqlite3") as connection:
        return connection.execute(f"select state, channel, reason, taken_as from outbox where {where}").fetchall()  # noqa: S608


async def test_a_caller_and_one_who_refuses_cards(site, tmp_path):
    here = {"LIANBAN_DATA": str(tmp_path), "LIANBAN_SANDBOX": site.sandbox_origin}
    told = await said(
        "telephone", "jingxian", "services=水", "applicant_name=李示例", f"phone={CALLER}",
        "address=泾川镇示范路12号", "--by", "demo_jx_supervisor", "--notice-read", **here,
    )  # fmt: skip
    assert "已收件" in told
    water = site.phone("jingxian", "o_jx_water")
    await water.pushed("新任务")
    await water.say("接单")
    (message,) = await eventually(lambda: texts(site, CALLER))
    assert message.startswith("【联办沙箱】(JXLB)000001：用水业务已有服务专员接手")
    told = "recipient_kind = 'applicant' and state = 'delivered'"  # it is on the phone a moment before we note it
    ((_, channel, reason, number),) = await eventually(lambda: rows(tmp_path, told))
    assert channel == "sms"
    assert reason == "chat=no_channel_applicant"
    assert number.startswith("sms-jingxian:")

    phone = await site.new_phone("jingxian", "o_jx_texted")
    await fill(phone, short())
    assert "已收到" in await phone.say("我承诺")
    await water.pushed("新任务", times=2)
    await phone.act("block_templates", on=True)
    await site.move_clock(DAYS)  # no 客服消息 any more (platform rule)
    await site.ask("sms/faults", silent="after")
    await water.say("任务")
    await water.say("接单")

    # The platform takes the card and reports that he refuses it; then the SMS is taken, but nobody hears so: the same key again.
    (message,) = await eventually(lambda: texts(site, PHONE))
    assert "(JXLB)000002" in message
    await eventually(lambda: rows(tmp_path, "channel = 'sms' and state = 'unknown'"))
    await site.move_clock(400)  # the card was the first attempt: five minutes to the third
    await eventually(lambda: len(rows(tmp_path, "channel = 'sms' and state = 'delivered'")) == 2)
    assert len(await texts(site, PHONE)) == 1

    _, figures = await site.page("metrics")
    logged = "".join(site.product.lines)
    for number in (CALLER, PHONE):
        assert number not in logged and number not in figures
        assert not rows(tmp_path, f"refs like '%{number}%' or key like '%{number}%' or reason like '%{number}%'")
    assert 'lianban_pushes_total{channel="sms",outcome="delivered"} 2.0' in figures

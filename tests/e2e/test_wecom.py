"""A steward on WeCom, over its sealed wire: bound by his code, told by a card, answering by pressing (X9, X20)."""

import re

import aiohttp
import pytest

from tests.e2e.running import Phone, running, said
from tests.e2e.test_main_job import FORM

MEMBER = "wc_xx_power"
CODE = re.compile(r"绑定码：(\w+)")


@pytest.fixture
async def origin(tmp_path):
    async with running(tmp_path) as at:
        yield at


async def cards(phone):
    return [one["card"] for one in await phone.entries() if "card" in one]


async def steward(session, origin, data):
    """The member is the one steward of his company."""
    phone = Phone(session, origin, "xinxiang", MEMBER)
    environment = {"LIANBAN_DATA": str(data)}
    await said("staff", "leave", "demo_xx_power", **environment)
    added = await said("staff", "add", "xinxiang", "power_company", "电管家", "13700000555", **environment)
    code = CODE.search(added)[1]
    assert "绑定成功：电管家" in await phone.say(f"绑定 {code}")
    return phone


async def test_a_task_comes_as_a_card_and_pressing_it_moves_the_case_on(origin, tmp_path):
    async with aiohttp.ClientSession() as session:
        power = await steward(session, origin, tmp_path)
        applicant = Phone(session, origin, "xinxiang", "o_xx_applicant")
        await applicant.act("follow")
        for text in FORM.replace("\n", "|").split("|"):
            await applicant.say(text)
        assert "XXLB" in await applicant.say("我承诺")

        task = (await power.pushed("新任务"))["card"]
        assert "用电报装" in task["title"]
        assert "13500000127" in task["text"]
        assert [one["text"] for one in task["buttons"]] == ["接单"]

        # Pressed, and delivered again as the platform does when it believes that lost: one effect, one reply.
        done = await power.act("press", content="接单", task_id=task["task_id"])
        again = await power.act("redeliver", message_id=done["message_id"], times=3, at_once=True)
        assert {one["status"] for one in done["attempts"] + again["attempts"]} == {200}
        assert (done["note"], again["note"]) == ("", "")
        took = (await power.pushed("已记录“接单”"))["card"]
        assert (await cards(power))[0]["said"] == "已选：接单"
        assert "电管家" in str(await applicant.pushed("已有服务管家接手"))

        # Said in words where a card stands: the next step, and the card knows nothing of it.
        assert "已记录“已联系”" in await power.say("已联系")
        assert [one.get("said") for one in await cards(power)] == ["已选：接单", None]
        await power.act("press", content="已联系", task_id=took["task_id"])
        late = await power.pushed("这件事已经处理过了")
        assert "card" not in late
        assert [one.get("said") for one in await cards(power)][:2] == ["已选：接单", "已选：已联系"]
        assert len(await power.pushes("已记录“接单”")) == 1

        async with session.get(f"{origin}/sandbox/phones/xinxiang/{MEMBER}") as answer:
            assert (await answer.json())["dropped"] == 0


async def test_a_steward_changes_from_one_channel_to_the_other_by_a_new_code(origin, tmp_path):
    async with aiohttp.ClientSession() as session:
        power = await steward(session, origin, tmp_path)
        environment = {"LIANBAN_DATA": str(tmp_path)}
        listed = await said("staff", "list", "xinxiang", **environment)
        number = next(line.split()[0] for line in listed.splitlines() if "电管家" in line)
        told = await said("staff", "code", number, **environment)
        assert "原来绑定的那边就不再收到" in told
        phone = Phone(session, origin, "xinxiang", "o_xx_power")
        await phone.act("follow")
        code = CODE.search(told)[1]
        assert "绑定成功：电管家" in await phone.say(f"绑定 {code}")
        applicant = Phone(session, origin, "xinxiang", "o_xx_applicant")
        await applicant.act("follow")
        for text in (*FORM.replace("\n", "|").split("|"), "我承诺"):
            await applicant.say(text)
        assert "用电报装" in str(await phone.pushed("新任务"))
        assert await cards(power) == []
        assert "没有这个人" in await said("staff", "code", "nobody", status=1, **environment)


async def test_the_url_check_is_answered_with_the_plain_echo(origin):
    async with aiohttp.ClientSession() as session, session.post(f"{origin}/sandbox/check/xinxiang/wecom") as answer:
        assert await answer.json() == {"ok": True}

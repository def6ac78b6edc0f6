"""The main job in 新乡县, over the sandbox's signed and encrypted wire, on a real Valkey and a real SQL store."""

import aiohttp
import pytest

from tests.e2e.jobs import WORKS
from tests.e2e.running import Phone, eventually, running

FORM = """水和电|1|1|河南禾粮面业有限公司|91410721MA000100X8|七里营镇龙泉路12号|贾文斌|13500000127|1|410721198103090006|职工食堂改造
后面补|七里营镇龙泉路12号|贾文斌 13500000127|跳过|跳过|2|1|3|1|1|900千瓦|1000|没有|无|无|贾文斌 13500000127"""


@pytest.fixture
async def origin(tmp_path):
    async with running(tmp_path) as at:
        yield at


async def test_from_hello_to_connected(origin):
    async with aiohttp.ClientSession() as session:
        applicant, water, power = (
            Phone(session, origin, "xinxiang", f"o_xx_{one}") for one in ("applicant", "water", "power")
        )
        await applicant.act("follow")
        for text in FORM.replace("\n", "|").split("|"):
            await applicant.say(text)
        receipt = await applicant.say("我承诺")
        assert "XXLB" in receipt
        assert "已收到" in receipt

        await water.pushed("新任务")
        await power.pushed("新任务")
        assert "已联系" in await water.say("接单")
        await applicant.pushed("服务管家：")
        await water.say("已联系")
        assert "什么时间" in await water.say("约踏勘")
        await water.say("下周三上午九点")
        await applicant.pushed("09:00")
        assert "已确认" in await applicant.say("可以")
        await power.pushed("约好了")
        await power.say("接单")
        await power.say("已联系")
        for steward in (water, power):
            for said in ("踏勘意见", "符合", *WORKS.split("|"), "验收结果", "通过"):
                await steward.say(said)
            assert "已记录“接通”" in await steward.say("接通")

        async def closed():
            """In chat, or on a card once the day's messages are used up."""
            return await applicant.pushes("办完了") or await applicant.pushes("已办结")

        await eventually(closed)
        assert "现在：已接通" in await applicant.say("进度")

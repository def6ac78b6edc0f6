"""The main job once more on the stores of production: PostgreSQL and a Redis of its own, both on loopback."""

import aiohttp
import pytest

from tests.e2e.jobs import XINXIANG, at_the_site, fill
from tests.e2e.running import apart

pytestmark = pytest.mark.xdist_group("walk")


async def test_the_main_job_and_a_kill_on_production_stores(tmp_path, postgres, external):
    async with aiohttp.ClientSession(), apart(tmp_path, DATABASE_URL=postgres, REDIS_URL=external) as site:
        applicant, water, power = (site.phone("xinxiang", f"o_xx_{one}") for one in ("applicant", "water", "power"))
        await applicant.act("follow")
        await fill(applicant, XINXIANG)
        receipt = await applicant.say("我承诺")
        assert "XXLB" in receipt
        assert "已收到" in receipt
        await water.pushed("新任务")
        await power.pushed("新任务")
        await site.kill()
        await site.restart()
        await site.move_clock(180)  # what was being sent when the power went is free again after two minutes
        assert applicant.read(await applicant.act("redeliver")) == receipt
        await fill(water, "接单|已联系|约踏勘|下周三上午九点")
        await applicant.pushed("09:00")
        assert "已确认" in await applicant.say("可以")
        await power.pushed("约好了")
        await fill(power, "接单|已联系")
        for steward in (water, power):
            await at_the_site(steward)
        # A card of the platform or a message in chat, whichever way was open.
        await applicant.pushed("办", times=1)
        assert "现在：已接通" in await applicant.say("进度")
        assert len(await power.pushes("新任务")) == 1
        kept = {one.name for one in tmp_path.rglob("*")}
        assert kept <= {"sandbox-keys.json"}

"""Commands beside the running program, on its own embedded server: keys and lookups are replaced while somebody writes."""

import asyncio
import json

import aiohttp

from tests.e2e.jobs import XINXIANG
from tests.e2e.running import Phone, running, said


async def test_keys_are_replaced_and_nobody_notices(tmp_path):
    async with running(tmp_path) as origin, aiohttp.ClientSession() as session:
        phone = Phone(session, origin, "xinxiang", "o_xx_applicant")
        await phone.act("follow")
        texts = XINXIANG.split("|")

        async def fills_in():
            for text in texts:
                await phone.say(text)
                await asyncio.sleep(0.05)

        async def asks(*arguments):
            return await said(*arguments, LIANBAN_DATA=str(tmp_path))

        filling = asyncio.create_task(fills_in())
        rotated = await asks("keys", "rotate", "--new")
        reindexed = await asks("keys", "reindex", "--new")
        await filling
        assert "已改用密钥 k2" in rotated
        assert "已重建" in reindexed
        kept = json.loads((tmp_path / "sandbox-keys.json").read_text(encoding="utf-8"))
        assert (kept["current"], set(kept["keys"]), "lookup_before" in kept) == ("k2", {"k1", "k2"}, False)
        del kept["keys"]["k1"]
        (tmp_path / "sandbox-keys.json").write_text(json.dumps(kept), encoding="utf-8")
        assert "贾文斌" in await phone.say("已填")
        assert "没有到期的内容" in await asks("retention", "--dry-run")
        assert "没有到期的内容" in await asks("retention")
        assert "XXLB" in await phone.say("我承诺")
        assert "135****0127" in await phone.say("我的信息")

"""The whole product with the extractor switched on: a person says what the grammar cannot read, and is read back a guess."""

from tests.e2e.jobs import fill
from tests.e2e.running import apart, eventually
from tests.ops.stand_in import KEY, MODEL, stand_in

BEFORE = "用水|个人|同意|李示例|不同意|小冀镇示范路10号|13800000000|小冀镇示范路10号"


async def _typed(site, phone):
    """Whether the phone has been told that somebody is typing."""
    async with site.session.get(phone.url) as answer:
        return (await answer.json())["typing"] > 0


async def test_a_guess_on_the_phone(tmp_path):
    async with stand_in() as model:
        model.found = [{"field": "water_nature", "words": "卖点早点", "option": "非居民生活"}]
        setting = {"URL": model.url, "MODEL": MODEL, "KEY": KEY}
        environment = {f"LIANBAN_EXTRACTOR_{name}": value for name, value in setting.items()}
        async with apart(tmp_path, **environment) as site:
            phone = await site.new_phone("xinxiang", "o_guess", "早点")
            await fill(phone, BEFORE)
            assert model.seen == []
            assert not await _typed(site, phone)
            reply = await phone.say("我们家老房子翻盖以后主要是想卖点早点什么的呢，电话找13800000001")
            await eventually(lambda: _typed(site, phone))
        assert "用水性质：非居民生活" in reply
        assert "我按您说的推算" in reply
        assert model.wrong == []
        assert len(model.seen) == 1
        assert "13800000001" not in model.seen[0]

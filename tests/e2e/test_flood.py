"""One person sends without end: he is told once, the others notice nothing, and the figures show it (ADR 8)."""

import asyncio
import re
import time
from collections import Counter

import aiohttp
import pytest

from tests.e2e.jobs import fill, short
from tests.e2e.running import apart, client_of
from tests.e2e.test_lives import number_in

pytestmark = pytest.mark.xdist_group("flood")

BURST, HANDS, EACH = 20, 8, 100


@pytest.fixture(scope="module")
async def site(tmp_path_factory):
    limits = {"LIANBAN_BURST": str(BURST), "LIANBAN_RATE": "0", "LIANBAN_SILENCE": "60", "LIANBAN_TEXT": "100"}
    async with apart(tmp_path_factory.mktemp("flood"), **limits) as at:
        yield at


async def test_one_floods_and_the_others_finish(site):
    people = [await site.new_phone("jingxian", f"o_jx_f{number}") for number in range(6)]
    seen = Counter()
    async with aiohttp.ClientSession() as session:

        async def floods(hand):
            client = await client_of(site, "jingxian", session)
            for number in range(EACH):
                answer = await client.text("o_flooder", "水", 33_000_000_000_000_000 + hand * EACH + number)
                assert answer.status == 200
                kind = "silent" if answer.raw == "success" else "told" if "太快" in answer.text else "heard"
                assert "忙" not in answer.text
                seen[kind] += 1

        async def talks(phone):
            took = []
            for words in short().split("|"):
                began = time.monotonic()
                assert "收到“" not in (answer := await phone.say(words)), answer
                took.append(time.monotonic() - began)
                await asyncio.sleep(0.1)
            return took

        flood = [asyncio.create_task(floods(hand)) for hand in range(HANDS)]
        took = sorted(sum(await asyncio.gather(*(talks(phone) for phone in people)), []))
        await asyncio.gather(*flood)
    numbers = {number_in(await phone.say("我承诺")) for phone in people}
    print("flood", dict(seen), "others, seconds: median", took[len(took) // 2], "worst", took[-1])
    assert len(numbers) == len(people)
    assert seen["told"] == 1
    assert seen["heard"] == BURST
    assert sum(seen.values()) == HANDS * EACH
    figures = (await site.page("metrics"))[1]
    assert 'outcome="limited"' in figures
    silenced = re.search(r'lianban_messages_total\{kind="text",outcome="silenced"\} (\d+)', figures)
    assert int(silenced[1]) == seen["silent"]
    assert "o_flooder" not in figures


async def test_words_without_end_are_not_read(site):
    phone = await site.new_phone("jingxian", "o_jx_f_long")
    before = await phone.say("水")
    assert "最多100个字" in await phone.say("啊" * 101)
    assert (await fill(phone, "已填")) and before
    assert "啊啊" not in await phone.say("已填")
    assert (await site.page("readyz"))[0] == 200

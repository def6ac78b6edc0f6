"""A day in the life of the product, over the wire: papers, moved times, hostile words, kill -9."""

import asyncio
import base64
import contextlib
import re
import signal
import sqlite3
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
import pytest
import redis

from tests.e2e.jobs import AFTER_PAPERS, AGENT, at_the_site, fill, short
from tests.e2e.running import apart, client_of, eventually, gone

pytestmark = pytest.mark.xdist_group("lives")

DOCX = base64.b64encode(b"PK\x03\x04" + bytes(64)).decode()
GIF = base64.b64encode(b"GIF89a" + bytes(64)).decode()
MAGIC = (b"%PDF-", b"\x89PNG", b"IHDR", b"/MediaBox")


@pytest.fixture(scope="module")
async def site(tmp_path_factory):
    async with apart(tmp_path_factory.mktemp("lives")) as at:
        yield at


def rows(site, query, *values):
    with contextlib.closing(sqlite3.connect(site.data / "lianban.sqlite3")) as connection:
        return connection.execute(query, values).fetchall()


def valkey(site):
    return redis.Redis(unix_socket_path=str(site.data / "valkey" / "valkey.sock"))


def due(site):
    """How many conversations have work within the hour; drafts that will run out some day are in the index too."""
    return valkey(site).zcount(WORK, 0, ((datetime.now(UTC) + site.ahead).timestamp() + 3600) * 1000)


def papers(site):
    return [one for one in (site.data / "files").rglob("*") if one.is_file()]


async def sent_out(site):
    """Waits until nothing is left to be sent; what a killed process was sending is free again after two minutes."""
    await site.move_clock(180)
    left = "select key, state, reason from outbox where state in ('waiting', 'sending', 'unknown')"
    await eventually(lambda: not rows(site, left), within=60)


def number_in(text):
    (number,) = set(re.findall(r"\(JXLB\)\d{6}", text))
    return number


async def test_the_main_job_of_jingxian_with_papers_and_a_moved_time(site):
    applicant, xinao, ganghua, water, power, telecom, mobile, unicom = (
        site.phone("jingxian", f"o_jx_{one}")
        for one in ("applicant", "xinao", "ganghua", "water", "power", "telecom", "mobile", "unicom")
    )
    await applicant.act("follow")
    await fill(applicant, AGENT)
    assert "正在保存" in applicant.read(await applicant.act("file"))
    await applicant.pushed("现在有1个文件")
    assert "正在保存" in applicant.read(await applicant.act("photo"))
    await applicant.pushed("现在有2个文件")
    for act, data, name in (("photo", GIF, ""), ("file", DOCX, "委托书.docx")):
        applicant.read(await applicant.act(act, base64=data, name=name))
    await applicant.pushed("这个文件打不开", times=2)
    assert "单位全称" in await applicant.say("好了")
    assert len(papers(site)) == 2
    assert not any(magic in one.read_bytes() for one in papers(site) for magic in MAGIC)

    assert "我承诺" in await fill(applicant, AFTER_PAPERS)
    receipt = await applicant.say("我承诺")
    assert number_in(receipt) == "(JXLB)000001"
    assert "已收到" in receipt
    for steward in (xinao, water, power, telecom, mobile):
        await steward.pushed("新任务 (JXLB)000001")

    for said in ("接单", "已联系", "约踏勘", "下周三上午九点"):
        await xinao.say(said)
    await applicant.pushed("09:00")
    moved = await applicant.say("改时间")
    if "已转告" not in moved:
        moved = await applicant.say("下周四下午")
    assert "已转告" in moved
    assert "已确认" not in moved
    await xinao.pushed("申请人想改时间")
    await telecom.pushed("申请人想改时间")
    await fill(xinao, "约踏勘|下周四下午三点")
    await applicant.pushed("15:00")
    assert "15:00" in await applicant.say("可以")
    await telecom.pushed("15:00")

    await site.move_clock(86400)
    for steward in (water, power, telecom, mobile):
        await fill(steward, "接单|已联系")
    for steward in (xinao, water, power, telecom):
        await at_the_site(steward)
    # Five 客服消息 after a person's message, then cards (platform rule): nothing is lost between the two.
    await applicant.pushed("接通", times=4)
    assert {one["origin"] for one in await applicant.pushes()} == {"custom", "template"}
    await sent_out(site)
    assert (await applicant.say("进度")).count(
        "：已接通"
    ) == 2  # those that came together, and gas, whose survey came first
    await fill(mobile, "踏勘意见|不符合|弱电井里没有位置")
    await applicant.pushed("弱电井里没有位置")
    assert await applicant.pushes("办完了") == []
    # The other gas company and the operator nobody chose hear nothing.
    assert await ganghua.pushes() == await unicom.pushes() == []


async def test_a_draft_waits_a_day(site):
    phone = await site.new_phone("jingxian", "o_jx_slow")
    await fill(phone, "水|住宅|同意")
    before = await phone.say("已填")
    await site.move_clock(86400)
    again = await phone.say("你好")
    assert "1天前" in again
    assert "使用地址" in again
    after = await phone.say("已填")
    assert before.partition("\n")[2] in after
    assert "没提交的话保存到" in after.partition("\n")[0]
    assert "泾川镇桃花潭路" in phone.read(await phone.act("location"))
    assert "申请人姓名" in phone.read(await phone.act("menu", path=[2, 0]))


async def test_the_menu_and_a_place_lead_to_a_case(site):
    phone, ganghua = await site.new_phone("jingxian", "o_jx_menu"), site.phone("jingxian", "o_jx_ganghua")
    assert "还没有提交" in phone.read(await phone.act("menu", path=[1]))
    assert "0563-5000000" in phone.read(await phone.act("menu", path=[2, 1]))
    assert "哪几样" in phone.read(await phone.act("menu", path=[0]))
    await fill(phone, "气|住宅|同意")
    assert "泾川镇桃花潭路" in phone.read(await phone.act("location"))
    await fill(phone, "住户|李示例|13800000000|身份证|不同意|不需要|通气点火")
    number = number_in(await phone.say("我承诺"))
    await ganghua.pushed(number)
    # By words: events have no number, so the same tap within the same second is the same event (platform rule).
    assert number in await phone.say("进度")


async def test_the_platform_asks_again_and_hears_the_same(site):
    phone = await site.new_phone("jingxian", "o_jx_again")
    await fill(phone, short())
    number = number_in(await phone.say("我承诺"))
    for how in ({"times": 3}, {"times": 3, "at_once": True}):
        outcome = await phone.act("redeliver", **how)
        assert [one["status"] for one in outcome["attempts"]] == [200, 200, 200]
        said = {re.sub(r"<CreateTime>\d+</CreateTime>", "", one["body"]) for one in outcome["attempts"]}
        assert len(said) == 1
        assert number in outcome["attempts"][0]["body"]
    assert rows(site, "select number from cases where person = ?", "o_jx_again") == [(number,)]


HOSTILE = {
    "a section's end": "没有]]></Content><Content><![CDATA[我承诺",
    "a link": '<a href="https://evil.example/">点这里领补贴</a>',
    "a choice": '<a href="weixin://bizmsgmenu?msgmenucontent=我承诺&msgmenuid=f:agreed:1">下一步</a>',
    "a bomb": '<!DOCTYPE x [<!ENTITY a "啊"><!ENTITY b "&a;&a;">]><x>&b;</x>',
    "entities": "&lt;a&gt; &#60;script&#62; &amp;",
    "a template": "{{ 7 * 7 }}{% for x in range(9) %}{{ x }}{% endfor %}${jndi:ldap://x}",
    "emoji": "门口有棵大树🌳👨‍👩‍👧‍👦请小心",
    "directions": "从右往左\u202e字倒过来\u2066\u200b",
    "a quotation": "他说“您的申请已通过”，\\n\\r\\0 'or 1=1 --",
    "long": "长" * 5000,
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
async def test_hostile_words_are_words(site, words):
    person = f"o_jx_h{abs(hash(words)) % 10**8}"
    phone = await site.new_phone("jingxian", person)
    done = [await phone.act("text", content=words)]
    await fill(phone, "水|住宅|同意|泾川镇示范路6号3栋201|住户|李示例|13800000000|身份证|不同意|不需要|过户")
    done.append(await phone.act("text", content=f"用水备注：{words}"))
    accepted = "没有" if len(words) > 300 else ""
    if accepted:
        assert "太长" in phone.read(done[-1]) or "300" in phone.read(done[-1]), phone.read(done[-1])
        done.append(await phone.act("text", content=accepted))
    done.append(await phone.act("text", content="已填"))
    review = done[-2]["shown"][0]["content"]
    assert "都填好了" in review
    assert "49" not in review or "{{" not in words
    for one in done:
        assert not one["note"], one["note"]
        for entry in one["shown"]:
            assert len(entry["content"].encode()) <= 2048
            for span in entry["spans"]:
                assert span.get("href") in (
                    None,
                    span["text"],
                )  # a phone makes a link of an address, and of no other words
                assert span.get("menu_content") != "我承诺"
    assert rows(site, "select 1 from cases where person = ?", person) == []


async def test_control_characters_neither_break_nor_pass(site):
    async with aiohttp.ClientSession() as session:
        client = await client_of(site, "jingxian", session)
        for number in [*range(32), 127, 0x85, 0x2028, 0xFFFE, 0xFEFF]:
            seen = await client.text("o_control", f"水{chr(number)}电")
            assert seen.status in {200, 400}, number
            assert not set(seen.content) & {chr(one) for one in range(32) if chr(one) != "\n"}
        assert (await client.text("o_control", "帮助")).text


async def test_who_has_left_and_takes_no_sms_is_called_by_telephone(site):
    await site.ask("sms", blocked=["13800000000"])
    phone, water = await site.new_phone("jingxian", "o_jx_leaves"), site.phone("jingxian", "o_jx_water")
    await fill(phone, short())
    number = number_in(await phone.say("我承诺"))
    card = await water.pushed(number)
    await phone.act("unfollow")
    assert "已记录" in await water.tap(card, "接单")
    ((case,),) = rows(site, "select id from cases where number = ?", number)

    def ended():
        return rows(
            site, "select state, reason from outbox where case_id = ? and recipient_kind = 'applicant' and state != 'waiting'"
            " and state != 'sending'", case,
        )  # fmt: skip

    ((state, reason),) = await eventually(ended)
    await site.ask("sms", blocked=[])
    assert state == "worklist"
    assert reason == "custom=not_following subscription=no_subscription template=not_following sms=blocked"


async def test_killed_in_the_middle_everything_goes_on(site):
    done, drafting = [await site.new_phone("jingxian", f"o_jx_kill_{one}") for one in ("case", "draft")]
    power = site.phone("jingxian", "o_jx_power")
    await fill(done, short().replace("水|", "电|", 1).replace("用水备注", "用电备注"))
    await fill(drafting, AGENT)
    # The platform has no time for us now: what is to be sent waits.
    for path in ("message/custom/send", "message/template/send"):
        await site.ask("faults/jingxian", path=path, errcode=45011, times=1000)
    receipt = await done.say("我承诺")
    number = number_in(receipt)
    waiting = "select count(*) from outbox where state = 'waiting' and attempts > 0"
    await eventually(lambda: rows(site, waiting) == [(1,)])
    before = await drafting.say("已填")
    on_its_way = drafting.read(await drafting.act("file"))
    server = valkey(site).info()["process_id"]

    await site.kill()
    await eventually(lambda: gone(server))
    for path in ("message/custom/send", "message/template/send"):
        await site.ask("faults/jingxian", path=path, times=0)
    await site.restart()

    assert drafting.read(await drafting.act("redeliver")) == on_its_way
    # The photo may have joined the draft before the kill or after it.
    assert before.split("\n")[2:7] == (await drafting.say("已填")).split("\n")[2:7]
    assert drafting.read(await done.act("redeliver")) == receipt
    assert number in await done.say("进度")
    assert await power.pushes(number) == []
    await site.move_clock(300)
    await power.pushed(number)
    await drafting.pushed("存好了")
    assert "单位全称" in await drafting.say("好了")
    assert len(await power.pushes(number)) == 1
    assert len(await drafting.pushes("存好了")) == 1


@asynccontextmanager
async def dies(site, fault):
    """The product dies of itself in here at this fault, and is there again afterwards."""
    await site.product.end()
    site.product.env["LIANBAN_FAULT"] = fault
    await site.restart()
    yield
    assert await site.product.ended() == -signal.SIGKILL
    site.product.env["LIANBAN_FAULT"] = ""
    await site.restart()


async def insists(phone, text):
    """Says it; the platform comes back until there is an answer, however long a start takes."""
    done = await phone.act("text", content=text)

    async def answered():
        nonlocal done
        if done["attempts"][-1]["status"] != 200:
            done = await phone.act("redeliver", message_id=done["message_id"])
        return done["attempts"][-1]["status"] == 200

    await eventually(answered, every=0.2)
    return phone.read(done)


async def test_killed_while_many_promise_and_asked_again_by_the_platform(site):
    """The kill comes when the third has its case: the others are before, in and after their commits."""
    phones = [await site.new_phone("jingxian", f"o_jx_promise{one}") for one in range(10)]
    async with dies(site, "receipt:before:3"):
        await asyncio.gather(*(fill(phone, short()) for phone in phones))
        promises = [asyncio.create_task(insists(phone, "我承诺")) for phone in phones]
    receipts = await asyncio.gather(*promises)
    numbers = []
    for phone, receipt in zip(phones, receipts, strict=True):
        ((number,),) = rows(site, "select number from cases where person = ?", phone.person)
        numbers.append(number)
        assert (await phone.say("进度")).count("(JXLB)") == 1
        if receipt:
            assert number_in(receipt) == number
            assert await phone.pushes(number) == [], "who has the receipt as a reply needs no push of it"
        else:  # the start took so long that the sweeper was first
            await phone.pushed(number)
            assert len(await phone.pushes(number)) == 1
    assert len(set(numbers)) == len(phones)


async def test_killed_after_the_promise_and_nobody_asks_again(site):
    """Ten promises, and the kill when the third has its case: it finds each at another instant of its way."""
    phones = [await site.new_phone("jingxian", f"o_jx_lost{one}") for one in range(10)]

    def found(phone):
        return [number for (number,) in rows(site, "select number from cases where person = ?", phone.person)]

    async with aiohttp.ClientSession() as session:
        clients = [await client_of(site, "jingxian", session) for _ in phones]

        async def promise(number):
            return await clients[number].text(phones[number].person, "我承诺", 27_000_000_000_000_000 + number)

        async with dies(site, "receipt:before:3"):
            await asyncio.gather(*(fill(phone, short()) for phone in phones))
            promises = [asyncio.create_task(promise(one)) for one in range(len(phones))]
            answers = await asyncio.gather(*promises, return_exceptions=True)
        told = ["" if isinstance(one, BaseException) else number_in(one.text) for one in answers]
        assert "" in told, "nobody was caught in the middle"
        # What was begun the sweeper ends by itself: nobody writes.
        await site.move_clock(60)
        await eventually(lambda: due(site) == 0)
        swept = [found(phone) for phone in phones]
        print("answered", told, "cases", swept)
        assert all(len(numbers) <= 1 for numbers in swept)
        # The platform's next try brings everybody to exactly one case, and a receipt: as the answer or pushed, not both.
        for one, phone in enumerate(phones):
            answer = (await promise(one)).text
            (number,) = found(phone)
            assert told[one] in {"", number}
            assert swept[one] in ([], [number])
            if answer:
                assert number_in(answer) == number
                assert await phone.pushes(number) == []
            else:
                await phone.pushed(number)
                assert len(await phone.pushes(number)) == 1


WORK = "lianban:work"


async def test_a_start_after_a_kill_leaves_nothing_behind(site):
    server = valkey(site).info()["process_id"]
    await site.product.end()
    assert gone(server)
    (site.data / "files").mkdir(exist_ok=True)
    (site.data / "files" / ".killed.part").write_bytes(b"left by a kill")
    await site.restart()
    assert not list((site.data / "files").rglob("*.part"))
    assert "Traceback" not in "".join(site.product.lines)

"""Planted names, numbers and addresses go through a whole life; then everything that is kept is searched for them.

On the stores of one machine and on those of production: the journal, the figures, the append-only file, database files
with their WAL, dumps of every table, the photos' folder, error pages. Nothing may be readable, however it is coded.
"""

import asyncio
import base64
import io
import json
import os
import re
import signal
from urllib.parse import quote

import aiohttp
import asyncpg
import pytest
import redis

from tests.e2e.jobs import fill
from tests.e2e.running import apart, client_of, eventually
from tests.e2e.stores import data_of, valkey
from tests.e2e.test_lives import number_in

pytestmark = pytest.mark.xdist_group("canary")

PLANTED = {
    "name": "欧阳测试", "phone": "13900000246", "identity": "341823198506110009", "address": "示范路88号7栋703室",
    "remark": "水表井在石榴树下", "wish": "后天傍晚家里有人", "opinion": "院墙要拆一段", "file": "欧阳的房产证.pdf",
    "too long": "这一长段话里有秘密", "too early": "341823197001010008", "while away": "趁你不在说的话", "broken": "坏掉的请求里的话",
}  # fmt: skip
OPENIDS = ("o_jx_canary", "o_jx_canary2")


@pytest.fixture(params=["one machine", "production"])
def url(request):
    """The database of production, or None; not asked for within a loop, where nothing can wait for it."""
    return request.getfixturevalue("postgres") if request.param == "production" else None


@pytest.fixture
async def site(url, tmp_path):
    """The product on either stores, and the folders and dumps where these keep things."""
    if url is None:
        async with apart(tmp_path) as at:
            yield at, [tmp_path], lambda: redis.Redis(unix_socket_path=str(tmp_path / "valkey" / "valkey.sock")), None
        return
    async with (
        valkey(tmp_path / "redis") as server,
        apart(tmp_path / "data", DATABASE_URL=url, REDIS_URL=server.url) as at,
    ):
        yield at, [tmp_path, data_of(url)], lambda: server.client, (url, server)


async def test_nothing_personal_can_be_read_anywhere(site):
    at, places, store, production = site
    phone, water = await at.new_phone("jingxian", OPENIDS[0], "金丝雀"), at.phone("jingxian", "o_jx_water")
    await fill(phone, f"水|住宅|同意|泾川镇{PLANTED['address']}")
    await phone.act("file", name=PLANTED["file"])
    await away(at, store, production)
    rest = f"住户|{PLANTED['name']}|{PLANTED['phone']}|身份证|同意|{PLANTED['identity']}|不需要|新装|每天1吨|用水备注：{PLANTED['remark']}"
    await fill(phone, rest)
    # Opens the way for 客服消息, which have choices to tap; a card has none (platform rule).
    await water.say("任务")
    number = number_in(await phone.say("我承诺"))
    card = await water.pushed(number)
    await water.tap(card, "接单")
    await fill(water, "已联系|约踏勘|下周三上午九点")
    proposed = await phone.pushed("09:00")
    if "已转告" not in await phone.tap(proposed, "改时间"):
        await phone.say(PLANTED["wish"])
    await water.pushed("想改踏勘时间")
    await at.ask("faults/jingxian", path="message/custom/send", errcode=45015, errmsg="out of time rid: 5f-canary-rid")
    await fill(water, "约踏勘|下周四上午九点")
    await phone.pushed("09:00", times=2)
    await phone.say("可以")
    await water.pushed(f"{number}用水业务踏勘约好了")
    assert "已记录" in await fill(water, f"踏勘意见|不符合|{PLANTED['opinion']}")
    await phone.pushed(PLANTED["opinion"])
    # A number that comes too early is kept sealed too, and so is a draft that was never sent.
    other = await at.new_phone("jingxian", OPENIDS[1], "又一只")
    await fill(other, f"水|住宅|同意|泾川镇{PLANTED['address']}")
    await other.say(PLANTED["too early"])
    await other.say(PLANTED["too long"] * 300)
    pages = await turned_away(at)

    store().bgrewriteaof()
    await eventually(lambda: not store().info("persistence")["aof_rewrite_in_progress"])
    kept = {str(one): one.read_bytes() for place in places for one in place.rglob("*") if one.is_file()}
    assert any(".aof" in name for name in kept)
    journal = "".join(at.product.lines)
    figures = [(await at.page(name))[1] for name in ("metrics", "readyz", "livez", "none")]
    kept |= {"journal": journal.encode(), "figures": "".join(figures).encode(), "pages": "".join(pages).encode()}
    if production:
        kept |= await dumped(production[0])
        assert b"canary" in kept["table cases"], "the dump has what it should have"
        assert any("pg_wal" in name for name in kept)
    else:
        assert any("lianban.sqlite3" in name for name in kept)
    assert journal.count("wechat.inbound") > 30
    for what, value in PLANTED.items():
        for coded in codings(value):
            assert [name for name, data in kept.items() if coded in data] == [], what
    for openid in OPENIDS:
        assert not [name for name in ("journal", "figures", "pages") if openid.encode() in kept[name]]
    followed(journal, number)


async def away(at, store, production):
    """What is said while Redis is killed; the embedded one is started again by the product."""
    async with aiohttp.ClientSession() as session:
        client = await client_of(at, "jingxian", session)
        if production:
            production[1].kill()
        else:
            os.kill(store().info()["process_id"], signal.SIGKILL)
        seen = await client.text(OPENIDS[0], PLANTED["while away"])
        assert "还没有处理" in seen.text
        if production:
            await production[1].start()
        async with asyncio.timeout(60):
            while "还没有处理" in (await client.text(OPENIDS[0], "已填")).text:
                await asyncio.sleep(0.1)


async def turned_away(at):
    """What the product says to requests it cannot read."""
    words = PLANTED["broken"]
    pages = []
    for path in ("/wechat/jingxian", f"/wechat/{quote(words)}", f"/{quote(words)}"):
        async with at.session.post(at.origin + path, params={"openid": words}, data=words) as answer:
            assert answer.status in {400, 403, 404, 502}, path
            if answer.status != 502:  # the sandbox's own page
                pages.append(await answer.text())
    return pages


async def dumped(url):
    """Every table of PostgreSQL as COPY writes it."""
    connection = await asyncpg.connect(url)
    tables = await connection.fetch("select tablename from pg_tables where schemaname = 'public'")
    found = {}
    for (name,) in tables:
        output = io.BytesIO()
        await connection.copy_from_table(name, output=output)
        found[f"table {name}"] = output.getvalue()
    await connection.close()
    return found


def followed(journal, number):
    """The promise can be followed by its trace from the message to the push, and a refusal to the platform's rid."""
    lines = [json.loads(line) for line in journal.splitlines() if line.startswith("{")]
    assert number not in journal
    pushed = [one for one in lines if one["event"] == "sent" and one["template"] == "steward.task"]
    (trace,) = {one["trace"] for one in pushed}
    (heard,) = [one for one in lines if one["event"] == "wechat.inbound" and one["trace"] == trace]
    assert heard["outcome"] == "answered"
    refused = next(one for one in lines if one.get("rid") == "5f-canary-rid")
    assert [one for one in lines if one["event"] == "wechat.inbound" and one["trace"] == refused["trace"]]


def codings(value):
    """The bytes a value may hide behind: as text of several codings, escaped, in hex, and in base64 wherever it starts."""
    plain = value.encode()
    yield from (
        plain,
        json.dumps(value)[1:-1].encode(),
        value.encode("gb18030"),
        value.encode("utf-16-le"),
        value.encode("utf-16-be"),
        plain.hex().encode(),
        plain.hex().upper().encode(),
        quote(value).encode() if quote(value) != value else plain,
        "".join(f"&#{ord(one)};" for one in value).encode(),
        repr(plain)[2:-1].encode(),
    )
    for shift in range(3):
        whole = base64.b64encode(bytes(shift) + plain).rstrip(b"=")
        inner = whole[4:-2] if shift else whole[:-2]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def test_codings_find_what_is_hidden():
    hay = base64.b64encode(b"x" + "我是欧阳测试，".encode())
    assert any(coded in hay for coded in codings("欧阳测试"))
    assert any(coded in json.dumps("我是欧阳测试").encode() for coded in codings("欧阳测试"))
    assert re.search(rb"^[\x00-\x7f]+$", hay)

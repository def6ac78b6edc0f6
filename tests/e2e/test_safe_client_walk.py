"""A client that shares no code with the product walks whole forms in safe mode, everything redelivered, much forged."""

import asyncio
import contextlib
import gzip
import re
import secrets
import sqlite3
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from tests.e2e.running import apart
from tests.wechat.safe_client import SafeClient, element, sha1_of

pytestmark = pytest.mark.xdist_group("walk")

XINXIANG = (
    "水、电、网和有线电视|1|1|河南禾粮面业有限公司|91410721MA000100X8|七里营镇龙泉路12号|贾文斌|13500000127|1|410721198103090006|"
    "职工食堂改造|后面补|七里营镇龙泉路12号|贾文斌 13500000127|跳过"
)
JINGXIAN = (
    "水、电、气和网|工业|同意|榔桥镇示范路6号|住户|李示例|13500000127|身份证|同意|341823199001010007|不需要|新装|15|新装|"
    "630千伏安|不要|是|是|通气点火|3|18|电信和移动|宽带|新装|300|没有"
)


@pytest.fixture(scope="module")
async def site(tmp_path_factory):
    async with apart(tmp_path_factory.mktemp("walk")) as at:
        yield at


@pytest.fixture(scope="module")
async def clients(site):
    """Safe-mode clients by account, from what the sandbox publishes and nothing else."""
    async with aiohttp.ClientSession() as session:
        yield {
            name: SafeClient(
                session, one["endpoint"], one["token"], one["EncodingAESKey"], one["appid"], one["original_id"],
                lambda: datetime.now(UTC) + site.ahead,
            )
            for name, one in (await site.accounts()).items()
        }  # fmt: skip


def rows(site, query, *values):
    with contextlib.closing(sqlite3.connect(site.data / "lianban.sqlite3")) as connection:
        return connection.execute(query, values).fetchall()


def newcomer():
    return "o" + secrets.token_urlsafe(20)[:27]


class Walker:
    """Sends each message once and its copies beside it and after it; all must be answered alike."""

    def __init__(self, client, openid):
        self.client, self.openid, self.sent = client, openid, 0

    async def send(self, xml):
        first, twin = await asyncio.gather(self.client.push(self.openid, xml), self.client.push(self.openid, xml))
        again = await self.client.redeliver()
        assert (first.status, twin.status, again.status) == (200, 200, 200)
        assert first.content == twin.content == again.content
        assert first.text, "a person must get an answer"
        assert first.raw != again.raw, "each answer is sealed anew"
        self.sent += 1
        return first

    async def follow(self):
        return await self.send(self.client.document(self.openid, "event", {"Event": "subscribe", "EventKey": ""}))

    async def say(self, text, **extra):
        number = 25_000_000_000_000_000 + secrets.randbelow(10**15)
        return await self.send(self.client.document(self.openid, "text", {"Content": text, **extra, "MsgId": number}))

    async def tap(self, seen, label):
        """Taps the choice that has these words."""
        content, menu_id, _ = next(link for link in seen.links if label in link[2])
        return await self.say(content, bizmsgmenuid=menu_id)

    async def walk(self, texts):
        seen = await self.follow()
        for text in texts:
            seen = await self.say(text)
            assert "没对上" not in seen.text, (text, seen.text)
            assert "没看懂" not in seen.text, (text, seen.text)
        return seen


async def finish(walker, seen):
    """Answers what is still open until the review, and on to the receipt."""
    for _ in range(60):
        if "我承诺" in str(seen.labels):
            return await walker.tap(seen, "我承诺")
        if "跳过" in seen.labels or "后面补" in seen.labels:
            seen = await walker.tap(seen, "跳过" if "跳过" in seen.labels else "后面补")
        elif seen.links:
            content, menu_id, _ = seen.links[-1]
            seen = await walker.say(content, bizmsgmenuid=menu_id)
        else:
            example = re.search(r"例如：(.+)", seen.text)
            assert example, seen.text
            seen = await walker.say(example[1])
    raise AssertionError(seen.text)


@pytest.mark.parametrize(
    ("account", "texts", "number", "orders"),
    [
        (
            "xinxiang",
            XINXIANG,
            r"XXLB2\d{3}000001",
            {"water_company", "power_company", "network_company", "tv_company"},
        ),
        ("jingxian", JINGXIAN, r"\(JXLB\)000001", {"water_company", "power_company", "xinao", "telecom", "mobile"}),
    ],
)
async def test_a_whole_form_with_every_message_three_times(site, clients, account, texts, number, orders):
    client, openid = clients[account], newcomer()
    walker = Walker(client, openid)
    receipt = await finish(walker, await walker.walk(texts.split("|")))
    assert len(re.findall(number, receipt.text)) == 1, receipt.text
    assert walker.sent > 25

    ((case, given),) = rows(site, "select id, number from cases where person = ?", openid)
    assert re.fullmatch(number, given)
    assert rows(site, "select value from counters where county = ?", account) == [(1,)]
    assert {body for (body,) in rows(site, "select body from orders where case_id = ?", case)} == orders
    accepted = rows(site, "select count(*) from events where case_id = ? and sequence = 1", case)
    assert accepted == [(1,)]
    # A steward hears of each order once, however often the promise came.
    tasks = rows(site, "select order_id from outbox where case_id = ? and template like '%task'", case)
    assert len(tasks) == len(set(tasks)) == len(orders)

    progress = await walker.say("进度")
    assert progress.text.count(given) == 1
    # The promise sent again as a message of its own finds nothing left to submit.
    await walker.say("我承诺")
    assert rows(site, "select count(*) from cases where person = ?", openid) == [(1,)]


async def test_twelve_messages_of_one_person_at_once_are_all_answered(clients):
    client, openid = clients["jingxian"], newcomer()
    await client.follow(openid)
    await client.text(openid, "水")
    seen = await asyncio.gather(*(client.text(openid, "已填") for _ in range(12)))
    assert {one.status for one in seen} == {200}
    assert {one.text.split("，")[0] for one in seen} == {"您已填1项"}


async def test_the_url_check(clients):
    client = clients["xinxiang"]
    assert await client.check_url("7215946219838461936") == (200, "7215946219838461936")
    known, client.token = client.token, "guessed"
    try:
        status, body = await client.check_url("7215946219838461936")
    finally:
        client.token = known
    assert (status, body) == (403, "")


def sealed(client, query, inner):
    """A request around this ciphertext, signed by somebody who has the token."""
    query = {**query, "encrypt_type": "aes"}
    query["msg_signature"] = sha1_of(client.token, query["timestamp"], query["nonce"], inner)
    return query, element("xml", {"ToUserName": client.to_user, "Encrypt": inner}).encode()


def text_of(client, openid, text="取消", **changed):
    head = {"ToUserName": client.to_user, "FromUserName": openid, "CreateTime": int(client.clock().timestamp())}
    body = {**head, "MsgType": "text", "Content": text, "MsgId": 26_000_000_000_000_001 + secrets.randbelow(10**9)}
    return element("xml", {name: value for name, value in (body | changed).items() if value is not None})


def stale(client, openid):
    return client.wrapped(text_of(client, openid), at=client.clock() - timedelta(hours=1))


def from_the_future(client, openid):
    return client.wrapped(text_of(client, openid), at=client.clock() + timedelta(hours=1))


def forged(client, openid):
    query, body = client.wrapped(text_of(client, openid))
    return {**query, "signature": "0" * 40, "msg_signature": "0" * 40}, body


def url_signature_only(client, openid):
    query, body = client.wrapped(text_of(client, openid))
    return {**query, "msg_signature": query["signature"]}, body


def unsigned(client, openid):
    _, body = client.wrapped(text_of(client, openid))
    return {"encrypt_type": "aes"}, body


def a_long_signature(client, openid):
    query, body = client.wrapped(text_of(client, openid))
    return {**query, "signature": "签" * 800}, body


def replayed_with_another_body(client, openid):
    query, _ = client.wrapped(text_of(client, openid, "已填"))
    _, body = client.wrapped(text_of(client, openid, "取消"))
    return query, body


def replayed_at_another_time(client, openid):
    query, body = client.wrapped(text_of(client, openid))
    return {**query, "timestamp": str(int(query["timestamp"]) + 1)}, body


def another_appid(client, openid):
    return client.wrapped(text_of(client, openid), client.envelopes.seal(text_of(client, openid), "wx0123456789abcdef"))


def plaintext(client, openid):
    return client.greeting(), text_of(client, openid).encode()


def plaintext_beside_a_cipher(client, openid):
    query, body = plaintext(client, openid)
    return {**query, "encrypt_type": "raw"}, body


def for_another_account(client, openid):
    return client.wrapped(text_of(client, openid, ToUserName="gh_0123456789ab"))


def of_nobody(client, openid):
    return client.wrapped(text_of(client, openid, FromUserName=None))


def of_no_kind(client, openid):
    return client.wrapped(text_of(client, openid, MsgType=None))


def without_number(client, openid):
    return client.wrapped(text_of(client, openid, MsgId=None))


def cut_off(client, openid):
    return client.wrapped(text_of(client, openid)[:-9])


def not_xml(client, openid):
    return client.wrapped('{"Content": "取消"}')


def entity_bomb(client, openid):
    bomb = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdef", "bcdefg", strict=True))
    xml = text_of(client, openid).replace("<![CDATA[取消]]>", "&g;")
    return client.wrapped(f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "啊">{bomb}]>{xml}')


def outer_bomb(client, openid):
    query, body = client.wrapped(text_of(client, openid))
    return query, b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + body


def deep(client, openid):
    return client.wrapped("<xml>" + "<a>" * 4000 + "</a>" * 4000 + "</xml>")


def not_utf8(client, openid):
    return client.wrapped(b"<xml><FromUserName>\xff\xfe\x00</FromUserName></xml>")


def oversize(client, openid):
    query, _ = client.wrapped(text_of(client, openid))
    return query, b"<xml>" + b"A" * 900_000 + b"</xml>"


def oversize_but_signed(client, openid):
    return client.wrapped(text_of(client, openid, "长" * 60_000))


def empty(client, openid):
    query, _ = client.wrapped(text_of(client, openid))
    return query, b""


def no_blocks(client, openid):
    return sealed(client, client.greeting(), "AAAA")


def not_base64(client, openid):
    return sealed(client, client.greeting(), "取消！")


def noise(client, openid):
    return sealed(client, client.greeting(), client.envelopes.seal_bytes(secrets.token_bytes(256)))


def a_length_that_lies(client, openid):
    data = text_of(client, openid).encode()
    plain = secrets.token_bytes(16) + b"\xff\xff\xff\xff" + data + client.envelopes.appid
    fill = 32 - len(plain) % 32
    return sealed(client, client.greeting(), client.envelopes.seal_bytes(plain + bytes([fill]) * fill))


BAD = [
    stale, from_the_future, forged, url_signature_only, unsigned, a_long_signature, replayed_with_another_body,
    replayed_at_another_time, another_appid, plaintext, plaintext_beside_a_cipher, for_another_account, of_nobody,
    of_no_kind, without_number, cut_off, not_xml, entity_bomb, outer_bomb, deep, not_utf8, oversize,
    oversize_but_signed, empty, no_blocks, not_base64, noise, a_length_that_lies,
]  # fmt: skip


async def test_bad_input_is_refused_and_the_next_good_message_answered(site, clients):
    client, openid = clients["jingxian"], newcomer()
    await client.follow(openid)
    await client.text(openid, "水和网")
    before = (await client.text(openid, "已填")).content
    assert "已填1项" in before
    told = {}
    for make in BAD:
        query, body = make(client, openid)
        seen = await client.post({**query, "openid": openid}, body)
        told[make.__name__] = seen.status
        assert seen.raw == "", make.__name__
        # All of them say 取消 where they say anything: had one got in, the draft would be gone.
        after = await client.text(openid, "已填")
        assert (after.status, after.content) == (200, before), make.__name__
    assert set(told.values()) <= {400, 403}, told
    assert {name for name, status in told.items() if status == 403} >= {
        "stale", "from_the_future", "forged", "replayed_with_another_body", "another_appid", "plaintext",
    }  # fmt: skip
    said = "".join(site.product.lines)
    assert "Traceback" not in said
    assert openid not in said


async def test_requests_that_are_no_pushes(site, clients):
    client = clients["jingxian"]
    query, body = client.wrapped(text_of(client, newcomer()))
    told = []
    for method, url, headers, data in [
        ("POST", client.endpoint + "x", {}, body),
        ("POST", site.origin + "/wechat/", {}, body),
        ("POST", site.origin + "/wechat/..%2Fjingxian", {}, body),
        ("PUT", client.endpoint, {}, body),
        ("DELETE", client.endpoint, {}, b""),
        ("POST", client.endpoint, {"Content-Encoding": "gzip"}, gzip.compress(body)),
        ("POST", client.endpoint, {"Content-Encoding": "gzip"}, body),
    ]:
        async with client.session.request(method, url, params=query, headers=headers, data=data) as answer:
            told.append(answer.status)
    assert told == [404, 404, 404, 405, 405, 400, 400]


async def test_an_exact_replay_changes_nothing(clients):
    client, openid = clients["jingxian"], newcomer()
    await client.follow(openid)
    first = await client.text(openid, "水和电")
    again = await client.replay()
    assert (again.status, again.content) == (200, first.content)
    assert "2/" in first.text
    assert "已填1项" in (await client.text(openid, "已填")).text

"""What the endpoint turns away, and that it does so without a word."""

import asyncio
import datetime as dt
import gzip

import pytest

from tests.wechat.hall import AES_KEY, APPID, OPENID, ORIGINAL, Site
from tests.wechat.safe_client import Envelopes, element

BOMB = '<!DOCTYPE xml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


async def test_forged_stale_and_future_requests_are_refused(site: Site) -> None:
    client = site.client()
    assert (await client.forge(OPENID, "你好")).status == 403
    assert (await client.text(OPENID, "你好")).status == 200
    site.hall.now += dt.timedelta(seconds=299)
    assert (await client.replay()).text == "收到 1"
    site.hall.now += dt.timedelta(seconds=2)
    assert (await client.replay()).status == 403
    early = client.wrapped(client.document(OPENID, "text", {}), at=site.hall.now + dt.timedelta(seconds=301))
    assert (await client.post(*early)).status == 403
    assert len(site.hall.updates) == 1


async def test_safe_mode_refuses_plaintext_even_with_a_good_signature(site: Site) -> None:
    client = site.client()
    client.mode = "plain"
    seen = await client.text(OPENID, "你好")
    assert (seen.status, seen.raw) == (403, "")
    assert not site.hall.updates


async def test_a_changed_ciphertext_under_a_good_url_signature_is_refused(site: Site) -> None:
    client = site.client()
    document = client.document(OPENID, "text", {"Content": "甲", "MsgId": 1})
    query, _ = client.wrapped(document)
    other = client.envelopes.seal(document.replace("甲", "乙"))
    assert (await client.post(query, element("xml", {"Encrypt": other}).encode())).status == 403


async def test_a_message_for_another_account_is_refused(site: Site) -> None:
    client = site.client(appid="wxffffffffffffffff")
    assert (await client.text(OPENID, "你好")).status == 403
    plain = site.client("plain")
    plain.to_user = "gh_other"
    assert (await plain.text(OPENID, "你好")).status == 403
    assert not site.hall.updates


def _sealed(body: bytes) -> str:
    return Envelopes(AES_KEY, APPID).seal_bytes(body)


@pytest.mark.parametrize(
    "sealed",
    [
        "***not base64***",
        "AAAA",
        "AAA",
        _sealed(bytes(32)),
        _sealed(bytes([255]) * 64),
        _sealed(bytes(16) + b"\xff\xff\xff\xff" + bytes(12)),
        _sealed(bytes(16) + b"\x00\x00\x00\x02" + b"\xff\xfe" + APPID.encode() + bytes([24]) * 8),
        _sealed(bytes(16) + b"\x00\x00\x00\x02hi" + APPID.encode() + bytes([40]) * 8),
    ],
    ids=["base64", "short", "base64 length", "padding 0", "padding 255", "length", "not utf-8", "padding 40"],
)
async def test_damaged_ciphertexts_are_refused(site: Site, sealed: str) -> None:
    client = site.client()
    seen = await client.post(*client.wrapped("", sealed=sealed))
    assert (seen.status, seen.raw) in {(400, ""), (403, "")}


def _text(**changes: object) -> str:
    fields: dict[str, object] = {
        "ToUserName": ORIGINAL,
        "FromUserName": OPENID,
        "CreateTime": 1748914200,
        "MsgType": "text",
        "Content": "你好",
        "MsgId": 1,
    }
    return element("xml", {name: value for name, value in (fields | changes).items() if value is not None})


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "success",
        "<xml>",
        "<xml></xml>",
        "<html></html>",
        "<xml><MsgType>text</MsgType></xml>",
        BOMB + "<xml><Content>&b;</Content></xml>",
        BOMB + _text(),
        "<!DOCTYPE xml>" + _text(),
        _text(FromUserName=None),
        _text(Content="甲").replace("<![CDATA[甲]]>", "<a><b><c><d><e><f><g>甲</g></f></e></d></c></b></a>"),
        '<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml></xml>',
        "<xml>" + "<a>" * 20000,
        "<xml>" + "<a>" * 5000 + "</a>" * 5000 + "</xml>",
        "<xml>\x00</xml>",
        "<?xml version='1.0' encoding='utf-16'?><xml><Content>&#xD800;</Content></xml>",
        _text(MsgId=None),
        _text(MsgId="abc"),
        _text(MsgId="１２"),
        _text(FromUserName=""),
        _text(CreateTime=None),
        _text(CreateTime="9" * 30),
        _text(CreateTime="-1"),
        _text(MsgType="image"),
        _text(MsgType="location", Location_X="nan", Location_Y="1"),
        _text(MsgType="location", Location_X="north", Location_Y="1"),
        _text(MsgType="event"),
        b"\xff\xfe\x00".decode("utf-16-le", "replace"),
    ],
)
@pytest.mark.parametrize("mode", ["safe", "plain"])
async def test_broken_documents_are_refused_without_a_word(site: Site, xml: str, mode: str) -> None:
    client = site.client(mode)
    seen = await client.post(*client.wrapped(xml))
    assert (seen.raw, seen.status) in {("", 400), ("", 403)}
    assert not site.hall.updates


async def test_a_document_that_is_not_utf8_is_refused(site: Site) -> None:
    plain, safe = site.client("plain"), site.client()
    latin = _text().encode("gb18030")
    assert (await plain.post(*plain.wrapped(latin))).status == 400
    assert (await safe.post(*safe.wrapped(latin))).status in {400, 403}


async def test_oversize_empty_and_compressed_bodies_are_refused(site: Site) -> None:
    client = site.client("plain")
    query, _ = client.wrapped("")
    assert (await client.post(query, b"")).status == 400
    assert (await client.post(query, b"<xml>" + b" " * 70_000 + b"</xml>")).status == 400
    async with site.session.post(
        client.endpoint, params=query, data=gzip.compress(b"0" * 10_000_000), headers={"Content-Encoding": "gzip"}
    ) as response:
        assert response.status == 400


@pytest.mark.parametrize(
    "change",
    [
        {"signature": ""},
        {"signature": "é" * 40},
        {"timestamp": "soon"},
        {"timestamp": "-1"},
        {"timestamp": "9" * 40},
        {"timestamp": "１７４８９１４２００"},
        {"nonce": ""},
        {"nonce": "n" * 9000},
        {"encrypt_type": "rot13"},
        {"msg_signature": "\ud800"},
        {"msg_signature": ""},
    ],
)
async def test_broken_queries_are_refused(site: Site, change: dict[str, str]) -> None:
    client = site.client()
    query, body = client.wrapped(_text())
    url = client.endpoint + "?" + "&".join(f"{key}={_quoted(value)}" for key, value in (query | change).items())
    reader, writer = await asyncio.open_connection(*site.url.removeprefix("http://").split(":"))
    path = url.removeprefix(site.url)
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
    writer.write(head.encode("latin-1") + body)
    status = int((await reader.read()).split(b" ", 2)[1])
    writer.close()
    await writer.wait_closed()
    assert status in {400, 403}
    assert not site.hall.updates


def _quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode("utf-8", "surrogatepass"))

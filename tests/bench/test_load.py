"""The load pushes what the product opens, reads what it seals, and counts nobody who was answered wrongly."""

import asyncio
import os
from urllib.parse import parse_qsl, urlsplit

import pytest

from bench import pushes, trivial
from bench.exchange import Exchange
from bench.load import Walks, closed
from bench.pushes import wire
from bench.script import Line, as_json
from bench.stand_in import StandIn
from bot.channels.wechat.account import Account
from bot.channels.wechat.envelope import Door
from bot.channels.wechat.inbound import parse
from bot.channels.wechat.render import reply_xml
from bot.clock import WallClock


@pytest.mark.parametrize("mode", ["plain", "safe"])
def test_the_product_opens_what_the_load_pushes_and_the_load_reads_the_answer(mode):
    account = Account(
        id="bench", county="xinxiang", original_id=pushes.ORIGINAL_ID, appid=pushes.APPID, appsecret="x",
        token=pushes.TOKEN, aes_key=pushes.AES_KEY, mode=mode,
    )  # fmt: skip
    door, speaking = Door(account, WallClock(), 300), wire(mode, "/wechat/bench")
    head, _, body = speaking.request("7", "你好").partition(b"\r\n\r\n")
    query = dict(parse_qsl(urlsplit(head.split(b" ")[1].decode()).query))
    opened = door.open(query, body)
    update = parse(account, opened.xml)
    assert (update.person, update.message.text) == ("7", "你好")
    answer = door.seal(reply_xml(person="7", account=pushes.ORIGINAL_ID, created=1, text="好的。"), opened.cipher)
    assert "好的。" in speaking.words(answer.encode())
    assert (mode == "safe") == ("好的。" not in answer)


async def served(factory):
    server = await asyncio.get_running_loop().create_server(factory, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]


async def walked(expect):
    server, port = await served(trivial.Trivial)
    script = as_json([Line("你好", expect), Line("1", expect)])
    run = {"wire": "plain", "path": "/", "port": port, "pid": os.getpid(), "by_api": False, "people": 5, "at_once": 2,
           "first": 1, "limit": 20, "script": script}  # fmt: skip
    try:
        return await closed(run, Walks())
    finally:
        server.close()


async def test_everybody_walks_to_the_end():
    found = await walked(trivial.CONTENT)
    assert (found["messages"], found["completed"], found["wrong"]) == (10, 5, [])


async def test_a_wrong_reply_is_found():
    found = await walked("下一个问题")
    assert found["wrong"]


async def test_an_answer_in_pieces_and_a_connection_that_closes():
    class Slow(asyncio.Protocol):
        def data_received(self, data):
            transport = self.transport
            transport.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Le")
            asyncio.get_running_loop().call_soon(transport.write, b"ngth: 4\r\n\r\nab")
            asyncio.get_running_loop().call_soon(transport.write, b"cd")

        def connection_made(self, transport):
            self.transport = transport

    server, port = await served(Slow)
    exchange = Exchange(port)
    for _ in range(2):
        answer = asyncio.get_running_loop().create_future()
        exchange.ask(b"GET", lambda *found, answer=answer: answer.set_result(found))
        assert await answer == (200, b"abcd")
    exchange.close()
    server.close()


async def test_the_stand_in_tells_who_was_written_to():
    heard = []
    server, port = await served(lambda: StandIn(lambda person, _: heard.append(person)))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = "chat_id=42&text=%E4%BD%A0"
    writer.write(f"POST /bot1/sendMessage HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())
    assert b'"ok": true' in (await reader.readuntil(b"}}"))
    assert heard == ["42"]
    writer.close()
    server.close()

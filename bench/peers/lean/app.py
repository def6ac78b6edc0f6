"""Baseline (b), the leanest stack: the same I/O by hand, with a constant reply.

Frozen: a baseline that moves proves nothing. expat without a tree, hashlib, OpenSSL's AES through cryptography, one
connection to Redis that all messages share (what one turn of the loop wants goes out in one write; hiredis reads), and
aiohttp's low-level server without router, middlewares or query mapping. The HTTP parser stays aiohttp's, in C: a parser of
one's own would be leaner and nobody should put it on the internet.
"""

import asyncio
import base64
import hashlib
import hmac
import os
import secrets
import struct
import time
from collections import deque
from hashlib import sha1
from urllib.parse import parse_qsl, urlsplit
from xml.parsers import expat

import hiredis
import uvloop
from aiohttp import web
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from traffic import COMMIT, CONTENT, LOAD, commit_arguments, keys

TOKEN, SAFE = os.environ["BENCH_TOKEN"], os.environ["BENCH_WIRE"] == "safe"
APPID = os.environ["BENCH_APPID"].encode()
KEY = base64.b64decode(os.environ["BENCH_AES_KEY"] + "=")
AES = Cipher(algorithms.AES(KEY), modes.CBC(KEY[:16]))
LOAD_SHA, COMMIT_SHA = hashlib.sha1(LOAD.encode()).hexdigest(), hashlib.sha1(COMMIT.encode()).hexdigest()
HEADERS = {"Content-Type": "text/xml; charset=utf-8"}


class Redis(asyncio.Protocol):
    """One connection for everybody; answers come in the order of the questions."""

    def __init__(self):
        self.reader, self.waiting, self.out, self.transport = hiredis.Reader(), deque(), [], None

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.reader.feed(data)
        while (answer := self.reader.gets()) is not False:
            waiter = self.waiting.popleft()
            if not waiter.done():
                waiter.set_result(answer)

    def call(self, *command):
        if not self.out:
            asyncio.get_running_loop().call_soon(self.flush)
        self.out.append(hiredis.pack_command(command))
        waiter = asyncio.get_running_loop().create_future()
        self.waiting.append(waiter)
        return waiter

    def flush(self):
        self.transport.write(b"".join(self.out))
        self.out.clear()


def signature(*parts):
    """The platform's signature."""
    return sha1("".join(sorted(parts)).encode()).hexdigest()


def elements(body):
    """The flat document as a mapping."""
    found, text = {}, []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(_name, _attributes):
        text.clear()

    def end(name):
        found[name] = "".join(text)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text.append
    parser.Parse(body, True)
    return found


def opened(sealed):
    """The decrypted document."""
    decryptor = AES.decryptor()
    plain = decryptor.update(base64.b64decode(sealed)) + decryptor.finalize()
    (size,) = struct.unpack_from(">I", plain, 16)
    if plain[20 + size : -plain[-1]] != APPID:
        raise web.HTTPForbidden
    return plain[20 : 20 + size]


def sealed(xml):
    """The encrypted reply."""
    data = xml.encode()
    plain = os.urandom(16) + struct.pack(">I", len(data)) + data + APPID
    fill = 32 - len(plain) % 32
    encryptor = AES.encryptor()
    text = base64.b64encode(encryptor.update(plain + bytes([fill]) * fill) + encryptor.finalize()).decode()
    stamp, nonce = str(int(time.time())), secrets.token_hex(8)
    return (
        f"<xml><Encrypt><![CDATA[{text}]]></Encrypt><MsgSignature><![CDATA[{signature(TOKEN, stamp, nonce, text)}]]>"
        f"</MsgSignature><TimeStamp>{stamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
    )


async def serve():
    """Until it is ended."""
    loop = asyncio.get_running_loop()
    path = urlsplit(os.environ["BENCH_REDIS"]).path
    _, store = await loop.create_unix_connection(Redis, path)
    await store.call("SCRIPT", "LOAD", LOAD)
    await store.call("SCRIPT", "LOAD", COMMIT)

    async def answer(request):
        query, body = dict(parse_qsl(request.path_qs.partition("?")[2])), await request.read()
        if not hmac.compare_digest(query["signature"], signature(TOKEN, query["timestamp"], query["nonce"])):
            raise web.HTTPForbidden
        found = elements(body)
        if SAFE:
            mark = signature(TOKEN, query["timestamp"], query["nonce"], found["Encrypt"])
            if not hmac.compare_digest(query["msg_signature"], mark):
                raise web.HTTPForbidden
            found = elements(opened(found["Encrypt"]))
        where = keys(found["FromUserName"], found["MsgId"])
        fields, reply = await store.call("EVALSHA", LOAD_SHA, 2, *where)
        if reply is None:
            await store.call("EVALSHA", COMMIT_SHA, 2, *where, *commit_arguments(fields))
        xml = (
            f"<xml><ToUserName><![CDATA[{found['FromUserName']}]]></ToUserName><FromUserName><![CDATA["
            f"{found['ToUserName']}]]></FromUserName><CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[text]]>"
            f"</MsgType><Content><![CDATA[{CONTENT}]]></Content></xml>"
        )
        return web.Response(body=(sealed(xml) if SAFE else xml).encode(), headers=HEADERS)

    await loop.create_server(web.Server(answer, access_log=None), "127.0.0.1", int(os.environ["BENCH_PORT"]))
    await loop.create_future()


if __name__ == "__main__":
    uvloop.run(serve())

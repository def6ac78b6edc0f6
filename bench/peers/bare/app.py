"""Baseline (a), the bare stack: the product's libraries doing the product's I/O, with a constant reply.

Frozen: a baseline that moves proves nothing. aiohttp with its router, wechatpy for signature, encryption, parsing and
rendering, redis-py's asyncio client with a pool of connections as its manual says, hiredis, uvloop.
"""

import os

import redis.asyncio
import uvloop
from aiohttp import web
from wechatpy import create_reply, parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from traffic import COMMIT, CONTENT, LOAD, commit_arguments, keys

TOKEN, SAFE = os.environ["BENCH_TOKEN"], os.environ["BENCH_WIRE"] == "safe"
CRYPTO = WeChatCrypto(TOKEN, os.environ["BENCH_AES_KEY"], os.environ["BENCH_APPID"])


class Bare:
    """One handler over one pool."""

    def __init__(self) -> None:
        pool = redis.asyncio.BlockingConnectionPool.from_url(os.environ["BENCH_REDIS"], max_connections=64)
        client = redis.asyncio.Redis.from_pool(pool)
        self.load, self.commit = client.register_script(LOAD), client.register_script(COMMIT)

    async def answer(self, request):
        """One message."""
        query, body = request.query, await request.read()
        check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])
        if SAFE:
            body = CRYPTO.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
        message = parse_message(body)
        where = keys(message.source, message.id)
        fields, reply = await self.load(keys=where)
        if reply is None:
            await self.commit(keys=where, args=commit_arguments(fields))
        xml = create_reply(CONTENT, message).render()
        if SAFE:
            xml = CRYPTO.encrypt_message(xml, query["nonce"], query["timestamp"])
        return web.Response(text=xml, content_type="text/xml")


async def serve():
    """Until it is ended."""
    app = web.Application()
    app.router.add_post("/wechat/{account}", Bare().answer)
    await web._run_app(  # noqa: SLF001 - run_app without a loop of its own
        app, host="127.0.0.1", port=int(os.environ["BENCH_PORT"]), access_log=None, print=None
    )


if __name__ == "__main__":
    uvloop.run(serve())

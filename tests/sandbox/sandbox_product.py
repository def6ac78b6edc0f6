"""A small product for the sandbox to talk to. Its cryptography is another implementation's: each checks the other."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from aiohttp import web
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import check_signature

from sandbox.accounts import Account, Mode


@dataclass
class Received:
    """One verified push as the product sees it."""

    account: Account
    query: dict[str, str]
    body: str
    xml: str

    def get(self, tag: str) -> str | None:
        return ElementTree.fromstring(self.xml).findtext(tag)


Answer = str | bytes | web.Response | None
Handler = Callable[[Received], Answer | Awaitable[Answer]]


class Product:
    """Verifies every push, remembers it, and answers as `handler` says: a str is a text reply, bytes go out raw."""

    def __init__(self, accounts: list[Account]) -> None:
        self._accounts = {account.id: account for account in accounts}
        self.received: list[Received] = []
        self.arrived: asyncio.Queue[Received] = asyncio.Queue()
        self.clocks: list[Any] = []
        self.clock_status = 200
        self.handler: Handler = lambda push: None

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/wechat/{account}", self._greet)
        app.router.add_post("/wechat/{account}", self._push)
        app.router.add_post("/sandbox-clock", self._clock)
        return app

    async def _greet(self, request: web.Request) -> web.Response:
        query = request.query
        token = self._accounts[request.match_info["account"]].token
        check_signature(token, query["signature"], query["timestamp"], query["nonce"])
        return web.Response(text=query["echostr"])

    async def _clock(self, request: web.Request) -> web.Response:
        self.clocks.append(await request.json())
        return web.Response(status=self.clock_status)

    async def _push(self, request: web.Request) -> web.Response:
        account = self._accounts[request.match_info["account"]]
        query, body = dict(request.query), (await request.read()).decode("utf-8")
        check_signature(account.token, query["signature"], query["timestamp"], query["nonce"])
        xml = body
        if account.mode is not Mode.PLAIN:
            opened = self.crypto(account).decrypt_message(
                body, query["msg_signature"], query["timestamp"], query["nonce"]
            )
            xml = opened.decode("utf-8") if isinstance(opened, bytes) else opened
        push = Received(account, query, body, xml)
        self.received.append(push)
        self.arrived.put_nowait(push)
        answer = self.handler(push)
        if inspect.isawaitable(answer):
            answer = await answer
        if isinstance(answer, web.Response):
            return answer
        if answer is None:
            return web.Response(text="success")
        if isinstance(answer, bytes):
            return web.Response(body=answer)
        return web.Response(text=self.seal(account, text_reply(push, answer)))

    def crypto(self, account: Account) -> WeChatCrypto:
        return WeChatCrypto(account.token, account.encoding_aes_key, account.appid)

    def seal(self, account: Account, xml: str) -> str:
        if account.mode is Mode.PLAIN:
            return xml
        sealed: str = self.crypto(account).encrypt_message(xml, "abcdef", "1714037059")
        return sealed

    async def next(self) -> Received:
        """The next push; fails instead of hanging."""
        return await asyncio.wait_for(self.arrived.get(), 30)


def text_reply(push: Received, content: str, **changed: str) -> str:
    """A text reply's XML; `changed` overrides single fields."""
    fields = {
        "ToUserName": push.get("FromUserName") or "",
        "FromUserName": push.get("ToUserName") or "",
        "CreateTime": "1714037059",
        "MsgType": "text",
        "Content": content,
    } | changed
    root = ElementTree.Element("xml")
    for tag, value in fields.items():
        ElementTree.SubElement(root, tag).text = value
    return ElementTree.tostring(root, encoding="unicode")

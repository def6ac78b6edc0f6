"""A product's WeCom side for the sandbox to talk to; its cryptography is wechatpy's, so that each checks the other."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from wechatpy.enterprise.crypto import WeChatCrypto

from sandbox.accounts import SandboxConfig
from sandbox.app import build_app
from sandbox.clock import Clock
from sandbox.wecom_account import WeComApp

MEMBER = "wc_xx_power"


@dataclass
class Heard:
    """One verified push."""

    query: dict[str, str]
    body: str
    xml: str

    def get(self, tag: str) -> str | None:
        return ElementTree.fromstring(self.xml).findtext(tag)


Answer = str | bytes | web.Response | dict[str, str] | None


class WeComProduct:
    """Opens every push and answers as `handler` says: a str is a text, a dict the fields of a sealed answer, bytes go out raw."""

    def __init__(self, app: WeComApp) -> None:
        self._app = app
        self.heard: list[Heard] = []
        self.handler: Callable[[Heard], Answer | Awaitable[Answer]] = lambda _: None
        self.echo: Callable[[str], str | web.Response] = lambda text: text

    @property
    def crypto(self) -> WeChatCrypto:
        return WeChatCrypto(self._app.token, self._app.encoding_aes_key, self._app.corpid)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get(f"/wecom/{self._app.id}", self._greet)
        app.router.add_post(f"/wecom/{self._app.id}", self._push)
        return app

    async def _greet(self, request: web.Request) -> web.Response:
        query = request.query
        opened = self.crypto.check_signature(
            query["msg_signature"], query["timestamp"], query["nonce"], query["echostr"]
        )
        answer = self.echo(opened if isinstance(opened, str) else opened.decode())
        return web.Response(text=answer) if isinstance(answer, str) else answer

    async def _push(self, request: web.Request) -> web.Response:
        query, body = dict(request.query), (await request.read()).decode("utf-8")
        opened = self.crypto.decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
        heard = Heard(query, body, opened if isinstance(opened, str) else opened.decode())
        self.heard.append(heard)
        answer = self.handler(heard)
        if inspect.isawaitable(answer):
            answer = await answer
        if isinstance(answer, web.Response):
            return answer
        if answer is None or isinstance(answer, bytes):
            return web.Response(body=answer or b"")
        fields = answer if isinstance(answer, dict) else {"Content": answer}
        return web.Response(text=self.crypto.encrypt_message(_xml(heard, fields), "abcdef", "1714037059"))


def _xml(heard: Heard, fields: dict[str, str]) -> str:
    """The answer's XML; a key with a slash is an element within another."""
    whole = {
        "ToUserName": heard.get("FromUserName") or "",
        "FromUserName": heard.get("ToUserName") or "",
        "CreateTime": "1714037059",
        "MsgType": "text",
    } | fields
    root = ElementTree.Element("xml")
    for path, value in whole.items():
        place = root
        for tag in path.split("/"):
            place = ElementTree.SubElement(place, tag)
        place.text = value
    return ElementTree.tostring(root, encoding="unicode")


class WeComStage:
    """A running sandbox with such a product, and short words for what tests do to them."""

    def __init__(self, client: Any, product: WeComProduct, app: WeComApp, clock: Clock) -> None:
        self.client, self.product, self.app, self.clock = client, product, app, clock

    async def act(self, act: str, status: int = 200, member: str = MEMBER, **body: Any) -> dict[str, Any]:
        response = await self.client.post(f"/sandbox/phones/xinxiang/{member}/{act}", json=body)
        answer: dict[str, Any] = await response.json()
        assert response.status == status, answer
        return answer

    async def phone(self, member: str = MEMBER) -> dict[str, Any]:
        answer: dict[str, Any] = await (await self.client.get(f"/sandbox/phones/xinxiang/{member}")).json()
        return answer

    async def entries(self) -> list[dict[str, Any]]:
        return list((await self.phone())["entries"])

    async def token(self) -> str:
        query = {"corpid": self.app.corpid, "corpsecret": self.app.secret}
        token: str = (await self.api("gettoken", token="", **query))["access_token"]
        return token

    async def api(self, path: str, body: Any = None, *, token: str | None = None, **query: str) -> dict[str, Any]:
        """Call the platform as the product does; a body makes it a POST."""
        kept = await self.token() if token is None else token
        params = ({"access_token": kept} if kept else {}) | query
        send = self.client.get if body is None else self.client.post
        arguments = {} if body is None else {"data": body} if isinstance(body, bytes) else {"json": body}
        response = await send(f"/qyapi/cgi-bin/{path}", params=params, **arguments)
        assert response.status == 200
        answer: dict[str, Any] = await response.json()
        return answer

    async def send(self, kind: str, content: Any, *, touser: str = MEMBER, **more: Any) -> dict[str, Any]:
        body = {"touser": touser, "agentid": self.app.agentid, "msgtype": kind, kind: content} | more
        return await self.api("message/send", body)


def card(task: str = "t-1", **changed: Any) -> dict[str, Any]:
    """A card that is as it should be, but for what is changed."""
    buttons = [{"text": "接单", "style": 1, "key": "i:1:take"}, {"text": "转给同事", "key": "i:1:pass"}]
    return {
        "card_type": "button_interaction",
        "main_title": {"title": "新任务"},
        "task_id": task,
        "button_list": buttons,
    } | changed


@asynccontextmanager
async def wecom_staged(config: SandboxConfig, timeout: float = 30.0) -> AsyncIterator[WeComStage]:
    """Start both. The interval between attempts is nothing."""
    app = config.accounts[0].wecom
    assert app is not None
    product, clock = WeComProduct(app), Clock()
    async with TestServer(product.app()) as server:
        origin = str(server.make_url("")).rstrip("/")
        made = build_app(config, origin, "http://sandbox.test", timeout=timeout, interval=0.0, clock=clock)
        async with TestClient(TestServer(made)) as client:
            yield WeComStage(client, product, app, clock)


async def never(_: Heard) -> Answer:
    """An answer that does not come."""
    await asyncio.Event().wait()
    return None

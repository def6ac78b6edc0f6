"""The stand-in platform with one account, the product's door beside it, and the command between them."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.__main__ import main
from bot.channels.wechat.account import Account
from bot.channels.wechat.client import WeChat
from bot.channels.wechat.envelope import Door
from bot.channels.wechat.refused import Refused
from bot.clock import WallClock
from bot.doctor.mapping import fields_of
from bot.menus import menu_of
from bot.settings import Settings
from bot.site import site_of
from handlers.wording.wording import Wording
from sandbox.accounts import Registration, SandboxConfig, TemplateConfig, load
from sandbox.app import build_app
from tests.shipped import shipped

COUNTY = "xinxiang"
_CONFIG = Path(__file__).parents[2] / "sandbox" / "default.json"


def config(**changes: Any) -> SandboxConfig:
    """One account with every template under our own name for it, and with somebody who holds it."""
    ours = fields_of(shipped()[COUNTY])
    templates = tuple(
        TemplateConfig(template_id=name, title=f"卡片{name}", fields={one: one for one in fields})
        for name, fields in ours.items()
    )
    whole = load(_CONFIG)
    good = {"templates": templates, "registration": Registration(principal="河口县住房和城乡建设局")}
    account = whole.accounts[0].model_copy(update=good | changes)
    return whole.model_copy(update={"accounts": (account,)})


@dataclass
class Surgery:
    """What runs, and what the platform was asked."""

    platform: str
    product: str
    session: aiohttp.ClientSession
    account: Any
    asked: list[tuple[str, str, Any]] = field(default_factory=list)

    async def order(self, what: str, **body: Any) -> None:
        async with self.session.post(f"{self.platform}/sandbox/{what}/{COUNTY}", json=body) as answer:
            assert answer.status == 200

    async def menu(self, menu: dict[str, Any] | None = None) -> None:
        """Somebody makes the menu, ours unless said."""
        credentials = {"appid": self.account.appid, "secret": self.account.appsecret}
        asked = {"grant_type": "client_credential", **credentials}
        async with self.session.post(f"{self.platform}/cgi-bin/stable_token", json=asked) as answer:
            token = (await answer.json(content_type=None))["access_token"]
        url, body = f"{self.platform}/cgi-bin/menu/create", menu or menu_of(shipped()[COUNTY])
        async with self.session.post(url, params={"access_token": token}, json=body) as answer:
            assert (await answer.json(content_type=None))["errcode"] == 0
        self.asked.clear()


@asynccontextmanager
async def surgery(made: SandboxConfig | None = None, *, endpoint: str = "") -> AsyncIterator[Surgery]:
    """Both, on loopback."""
    made = made or config()
    asked: list[tuple[str, str, Any]] = []

    @web.middleware
    async def noting(request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path.startswith(("/cgi-bin/", "/wxaapi/")):
            raw = await request.read()
            asked.append((request.method, request.path, json.loads(raw) if raw else None))
        response: web.StreamResponse = await handler(request)
        return response

    door = Door(product_account(made), WallClock(), 300)
    async with aiohttp.ClientSession() as session, TestServer(_product(door, session)) as product:
        product_url = str(product.make_url("")).rstrip("/")
        if endpoint:
            made = made.model_copy(update={"endpoint": endpoint})
        app = build_app(made, product_url)
        app.middlewares.append(noting)
        async with TestServer(app) as server:
            platform = str(server.make_url("")).rstrip("/")
            yield Surgery(platform, product_url, session, made.accounts[0], asked)


def product_account(made: SandboxConfig) -> Account:
    """The account as the product knows it."""
    one = made.accounts[0]
    return Account(
        id=COUNTY, county=COUNTY, original_id=one.original_id, appid=one.appid, appsecret=one.appsecret,
        token=one.token, aes_key=one.encoding_aes_key,
    )  # fmt: skip


def _product(door: Door, session: aiohttp.ClientSession) -> web.Application:
    async def greet(request: web.Request) -> web.Response:
        try:
            return web.Response(text=door.greet(request.query))
        except Refused as refused:
            return web.Response(status=refused.status)

    app = web.Application()
    app.router.add_get(f"/wechat/{COUNTY}", greet)
    nobody = cast("Any", None)  # a sign-in to nowhere comes to no store
    wechat = WeChat(door.account, session, nobody, clock=WallClock())
    wordings = {COUNTY: Wording(shipped()[COUNTY])}
    site_of(Settings(), session, {COUNTY: wechat}, wordings, nobody, WallClock(), nobody, nobody, nobody).add_to(app)
    return app


async def typed(*words: str) -> int:
    """The exit status of `python -m bot doctor …`, in a thread for it has a loop of its own."""
    return await asyncio.to_thread(main, ["doctor", *words])


def states(report: str) -> dict[str, str]:
    """The state of each check in what was printed as JSON; the worst where one has several."""
    rank = ("good", "unseen", "act")
    found: dict[str, str] = {}
    for group in json.loads(report)["groups"]:
        for one in group["findings"]:
            found[one["check"]] = max(found.get(one["check"], "good"), one["state"], key=rank.index)
    return found

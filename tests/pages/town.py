"""Our pages beside the stand-in platform, in one process, with a real Redis; and browsers that stand in somebody's hand."""

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.channels.wechat.account import Account, Subscriptions
from bot.channels.wechat.client import WeChat
from bot.channels.wechat.endpoint import Endpoint
from bot.settings import Settings
from bot.site import site_of
from handlers.wording.wording import Wording
from sandbox.accounts import SubscriptionConfig, load
from sandbox.api import WORLD
from sandbox.app import build_app
from sandbox.clock import Clock
from storage.port import RedisPort
from storage.tokens import TokenCache
from tests.shipped import shipped
from tests.wechat.hall import Hall, reception

XX, WATER, JX = "o_xx_applicant", "o_xx_water", "o_jx_applicant"
TEMPLATES = {
    "applicant.survey_proposed": "T-survey",
    "applicant.connected": "T-done",
    "applicant.closed": "T-done",
    "applicant.cells": "T-other",
    "steward.task": "T-task",
}
FOR_GOOD = {"applicant.opinion": "L-opinion"}
OPT_IN = "/pages/opt-in/xinxiang?templates=T-survey,T-done"
WECHAT = "Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36 MicroMessenger/8.0.49"
_SUBSCRIPTIONS = (
    *(SubscriptionConfig(template_id=one, title=one) for one in dict.fromkeys(TEMPLATES.values())),
    *(SubscriptionConfig(template_id=one, title=one, kind="long_term") for one in FOR_GOOD.values()),
)
_CONFIG = Path(__file__).parents[2] / "sandbox" / "default.json"
_PROOF = re.compile(r'name="proof" value="([^"]+)"')


@dataclass
class Page:
    """An answer, read."""

    status: int
    headers: Any
    text: str

    @property
    def to(self) -> str:
        return str(self.headers.get("Location", ""))


@dataclass
class Browser:
    """One browser with cookies of its own. Leads nowhere by itself: each step is one request."""

    town: "Town"
    session: aiohttp.ClientSession

    async def get(self, url: str, **headers: str) -> Page:
        return await self._ask("GET", url, None, headers)

    async def post(self, url: str, form: dict[str, str], **headers: str) -> Page:
        return await self._ask("POST", url, form, headers)

    async def _ask(self, method: str, url: str, form: dict[str, str] | None, headers: dict[str, str]) -> Page:
        whole = url if url.startswith("http") else self.town.url + url
        sent = {"User-Agent": WECHAT} | headers
        async with self.session.request(method, whole, data=form, headers=sent, allow_redirects=False) as answer:
            return Page(answer.status, answer.headers, await answer.text())

    async def pick_up(self, account: str, openid: str) -> None:
        """From here on it is the browser of this phone."""
        page = await self.get(f"{self.town.platform}/sandbox/phones/{account}/{openid}/open?url=http://x.example/")
        assert page.status == 302

    async def away(self, url: str = OPT_IN) -> str:
        """A page for a person, asked for by nobody yet: where the platform sends him back to, with its code."""
        sent = await self.get(url)
        assert sent.status == 303, sent.text
        back = await self.get(sent.to)
        assert back.status == 302, back.text
        return back.to

    async def sign_in(self, url: str = OPT_IN) -> Page:
        """All the way, to the page that was wanted."""
        page = await self.get(await self.away(url))
        assert page.status == 303, page.text
        return await self.get(page.to)

    def cookie(self, name: str) -> str:
        return next((one.value for one in self.session.cookie_jar if one.key == name), "")

    def proof(self, page: Page) -> str:
        match = _PROOF.search(page.text)
        assert match is not None
        return match[1]


@dataclass
class Town:
    """What runs. The clock is one for both sides."""

    url: str
    platform: str
    clock: Clock
    world: Any
    port: RedisPort
    session: aiohttp.ClientSession
    settings: Settings
    accounts: tuple[Account, ...]
    hall: Hall
    """What the platform pushed."""
    browsers: list[aiohttp.ClientSession] = field(default_factory=list)

    async def browser(self, openid: str = XX, account: str = "xinxiang") -> Browser:
        """One in the hand of this phone's owner; "" for one outside WeChat."""
        session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.browsers.append(session)
        made = Browser(self, session)
        if openid:
            await made.pick_up(account, openid)
        return made

    async def fault(self, path: str, account: str = "xinxiang", **body: Any) -> None:
        async with self.session.post(f"{self.platform}/sandbox/faults/{account}", json={"path": path} | body) as answer:
            assert answer.status == 200

    def client(self, account: Account) -> WeChat:
        """As one more process would have it."""
        return WeChat(account, self.session, TokenCache(self.port), clock=self.now)

    def now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.clock.now(), dt.UTC)


@asynccontextmanager
async def town(port: RedisPort, desk: Any = None, progress: Any = None, **changed: Any) -> AsyncIterator[Town]:
    """Both, on loopback; `changed` are settings of ours. What lies behind the form and the progress is nobody, unless it is given."""
    await port.command("FLUSHALL", step=None)
    clock, number = Clock(), unused_port()
    url = f"http://127.0.0.1:{number}"
    platform_app = build_app(_with_templates(), url, clock=clock, interval=0.0)
    async with TestServer(platform_app) as server, aiohttp.ClientSession() as session:
        platform = str(server.make_url("")).rstrip("/")
        settings = Settings(**{"public_url": url} | changed)
        accounts = tuple(_account(one, platform) for one in load(_CONFIG).accounts)
        platform_app[WORLD].origin = platform
        hall = Hall()
        made = Town(url, platform, clock, platform_app[WORLD], port, session, settings, accounts, hall)
        app = web.Application(client_max_size=64 * 1024)
        counties, nobody = shipped(), cast("Any", None)
        site_of(
            settings,
            session,
            {one.id: made.client(one) for one in accounts},
            {name: Wording(county) for name, county in counties.items()},
            port,
            made.now,
            desk,
            progress,
            nobody,
        ).add_to(app)
        Endpoint(accounts, reception(hall), hall.hear, clock=made.now).add_to(app)
        async with TestServer(app, port=number):
            yield made
        await asyncio.gather(*(one.close() for one in made.browsers))


def _with_templates() -> Any:
    """The platform's side of the same templates."""
    config = load(_CONFIG)
    return config.model_copy(
        update={"accounts": tuple(one.model_copy(update={"subscriptions": _SUBSCRIPTIONS}) for one in config.accounts)}
    )


def _account(one: Any, platform: str) -> Account:
    return Account(
        id=one.id, county=one.id, original_id=one.original_id, appid=one.appid, appsecret=one.appsecret, token=one.token,
        aes_key=one.encoding_aes_key, api_base=platform, open_base=platform, sdk_url=f"{platform}/open/js/jweixin-1.6.0.js",
        subscriptions=Subscriptions(one_time=TEMPLATES, long_term=FOR_GOOD),
    )  # fmt: skip

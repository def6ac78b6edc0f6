"""What the endpoint's tests share: its ports with a memory, an account in each mode, and clients."""

import base64
import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import aiohttp

from bot.channels.wechat.account import Account, Mode
from bot.channels.wechat.reports import Report
from bot.limits import Limits
from bot.reception import Answer, Reception
from model.message import Reply, Update
from tests.wechat.safe_client import SafeClient

TOKEN = "tide-of-spring"
AES_KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")
OLD_AES_KEY = base64.b64encode(bytes(range(100, 132))).decode().rstrip("=")
APPID = "wx0123456789abcdef"
ORIGINAL = "gh_lianban"
NOW = dt.datetime(2025, 6, 3, 1, 30, tzinfo=dt.UTC)
OPENID = "oABCdefGHIjklMNOpqrSTUvwxYZ0"


@dataclass
class Hall:
    """What the endpoint's ports saw, and what they do. A reply is kept under its key, as the product does."""

    now: dt.datetime = NOW
    updates: list[Update] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    stored: dict[str, Reply] = field(default_factory=dict)
    reply: Callable[[Update], Awaitable[Reply]] | None = None
    deaf: bool = False

    def clock(self) -> dt.datetime:
        return self.now

    async def answer(self, update: Update) -> Reply:
        if update.key not in self.stored:
            self.updates.append(update)
            reply = await self.reply(update) if self.reply else Reply(text=f"收到 {len(self.updates)}")
            self.stored[update.key] = reply
        return self.stored[update.key]

    async def hear(self, report: Report) -> None:
        if self.deaf:
            raise OSError
        self.reports.append(report)


@dataclass
class Site:
    """A running endpoint for three accounts named after their modes, and how to reach it."""

    hall: Hall
    url: str
    session: aiohttp.ClientSession

    def client(self, mode: str = "safe", *, aes_key: str = AES_KEY, appid: str = APPID) -> SafeClient:
        url = f"{self.url}/wechat/{mode}"
        return SafeClient(self.session, url, TOKEN, aes_key, appid, ORIGINAL, self.hall.clock, mode=mode)


def account(mode: Mode, **changes: object) -> Account:
    values: dict[str, object] = {
        "id": mode.value,
        "county": "shanhe",
        "original_id": ORIGINAL,
        "appid": APPID,
        "appsecret": "s3cret",
        "token": TOKEN,
        "aes_key": AES_KEY,
        "previous_aes_key": OLD_AES_KEY,
        "mode": mode,
    }
    return Account.model_validate(values | changes)


def reception(hall: Hall, answer: Answer | None = None, **limits: float) -> Reception:
    """Receives for the hall, or for another answer; texts of the catalogue are their names."""

    def say(_: Update, key: str, number: int) -> Reply:
        return Reply(text=f"{key} {number}" if number else key)

    async def alike(_: Update, said: Reply) -> Reply:
        return said

    kept = Limits(**{"burst": 1e6, **limits})  # type: ignore[arg-type]
    return Reception(answer or hall.answer, say, clock=hall.clock, limits=kept, alike=alike)

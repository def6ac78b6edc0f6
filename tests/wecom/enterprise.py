"""What tests of the WeCom channel share: an app, its platform (the sandbox), and somebody who pushes as the platform does."""

import base64
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import aiohttp
from aiohttp.test_utils import TestServer
from wechatpy.enterprise.crypto import WeChatCrypto

from bot.channels.wecom.app import WeComApp
from sandbox.accounts import load
from sandbox.api import WORLD
from sandbox.app import build_app
from sandbox.world import World

NOW = dt.datetime(2026, 11, 27, 1, 30, tzinfo=dt.UTC)
TOKEN, CORPID, AGENT = "tideofspring", "ww0123456789abcdef", 1000002
AES_KEY = base64.b64encode(bytes(range(32))).decode().rstrip("=")
OLD_AES_KEY = base64.b64encode(bytes(range(100, 132))).decode().rstrip("=")
MEMBER = "wc_xx_power"


def wecom_app(**changes: Any) -> WeComApp:
    """An app; `changes` are other settings."""
    values: dict[str, Any] = {
        "kind": "wecom",
        "id": "desk",
        "county": "shanhe",
        "corpid": CORPID,
        "agentid": AGENT,
        "secret": "s3cret",
        "token": TOKEN,
        "aes_key": AES_KEY,
        "previous_aes_key": OLD_AES_KEY,
    }
    return WeComApp.model_validate(values | changes)


def xml_of(kind: str = "text", **fields: Any) -> str:
    """The XML of a message or event; a field that is None is left out."""
    whole = {"ToUserName": CORPID, "FromUserName": MEMBER, "CreateTime": int(NOW.timestamp()), "MsgType": kind}
    whole |= {} if kind == "event" else {"MsgId": 7361884902110478209}
    root = ElementTree.Element("xml")
    for tag, value in (whole | {"AgentID": AGENT} | fields).items():
        if value is not None:
            ElementTree.SubElement(root, tag).text = str(value)
    return ElementTree.tostring(root, encoding="unicode")


@dataclass
class Pusher:
    """Pushes with wechatpy's cryptography, and reads the answer with it."""

    session: aiohttp.ClientSession
    url: str
    aes_key: str = AES_KEY
    corpid: str = CORPID
    token: str = TOKEN
    at: dt.datetime = NOW

    @property
    def crypto(self) -> WeChatCrypto:
        return WeChatCrypto(self.token, self.aes_key, self.corpid)

    def sealed(self, text: str) -> tuple[str, dict[str, str]]:
        """A body, and the query that goes with it."""
        body = self.crypto.encrypt_message(text, "nonce1", str(int(self.at.timestamp())))
        root = ElementTree.fromstring(body)
        query = {
            "msg_signature": root.findtext("MsgSignature") or "",
            "timestamp": root.findtext("TimeStamp") or "",
            "nonce": root.findtext("Nonce") or "",
        }
        return f"<xml><Encrypt>{root.findtext('Encrypt')}</Encrypt></xml>", query

    async def push(self, xml: str, **changed: str) -> tuple[int, str]:
        """Status, and the answer's XML, "" for an empty body. `changed` overrides parts of the query."""
        body, query = self.sealed(xml)
        async with self.session.post(self.url, params=query | changed, data=body) as answer:
            return answer.status, self.opened(await answer.text())

    def opened(self, text: str) -> str:
        """An answer's XML."""
        if not text:
            return ""
        root = ElementTree.fromstring(text)
        stamp, nonce = root.findtext("TimeStamp") or "", root.findtext("Nonce") or ""
        found = self.crypto.decrypt_message(text, root.findtext("MsgSignature") or "", stamp, nonce)
        return found if isinstance(found, str) else found.decode()

    async def check(self, echo: str, **changed: str) -> tuple[int, str]:
        """The platform's URL check."""
        body, query = self.sealed(echo)
        query["echostr"] = ElementTree.fromstring(body).findtext("Encrypt") or ""
        async with self.session.get(self.url, params=query | changed) as answer:
            return answer.status, await answer.text()


def said(xml: str, tag: str) -> str | None:
    """A field of an answer."""
    return ElementTree.fromstring(xml).findtext(tag)


@dataclass
class Platform:
    """The sandbox as the app's platform."""

    world: World
    app: WeComApp

    def clock(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.world.clock.now(), dt.UTC)

    def entries(self, member: str = MEMBER) -> list[Any]:
        return list(self.world.halls["xinxiang"].phones[member].entries)


@asynccontextmanager
async def platform() -> AsyncIterator[Platform]:
    """The platform while it runs, with the app as it knows it. Its clock stands at `NOW`."""
    config = load(Path(__file__).parents[2] / "sandbox" / "default.json")
    known = config.accounts[0].wecom
    assert known is not None
    made = build_app(config, "http://127.0.0.1:9")
    async with TestServer(made) as server:
        world = made[WORLD]
        world.clock._source = NOW.timestamp
        app = wecom_app(
            corpid=known.corpid,
            agentid=known.agentid,
            secret=known.secret,
            api_base=str(server.make_url("/qyapi")),
        )
        yield Platform(world, app)

"""A small stand-in for the platform's API, with those of its rules the client must live with."""

import asyncio
import datetime as dt
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.wechat.hall import APPID, NOW

PHOTO = b"\xff\xd8\xff\xe0" + bytes(200_000)


@dataclass
class Memory:
    """Tokens of all processes, with the interface of the shared cache. `steps` counts the lock's holders."""

    tokens: dict[str, tuple[str, int]] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)
    steps: int = 0

    async def get(self, account: str, now_ms: int) -> str | None:
        token, expires = self.tokens.get(account, ("", 0))
        return token if expires > now_ms else None

    async def put(self, account: str, token: str, expires_ms: int) -> None:
        self.tokens[account] = (token, expires_ms)

    async def invalidate(self, account: str, token: str) -> bool:
        if self.tokens.get(account, ("", 0))[0] != token:
            return False
        del self.tokens[account]
        return True

    async def lock(self, account: str) -> str | None:
        if account in self.held:
            return None
        self.steps += 1
        self.held[account] = str(self.steps)
        return self.held[account]

    async def unlock(self, account: str, held: str) -> bool:
        if self.held.get(account) != held:
            return False
        del self.held[account]
        return True


@dataclass
class Platform:
    """One account at the platform. `refusals` are answered first, in order; `seen` are the calls that arrived."""

    now: dt.datetime = NOW
    generation: int = 1
    expires: dt.datetime = NOW
    fetches: list[dict[str, Any]] = field(default_factory=list)
    seen: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    refusals: deque[tuple[int, str]] = field(default_factory=deque)
    broken: deque[web.Response] = field(default_factory=deque)
    sent: dict[str, int] = field(default_factory=dict)
    allowed: dict[tuple[str, str], int] = field(default_factory=dict)
    """Messages the person has opted in to, by person and template (platform rule: one for each)."""
    carried: int = 0
    media: bytes = PHOTO
    uploads: list[tuple[str, str, bytes]] = field(default_factory=list)
    """Name, type and bytes of what was given to it."""
    chunked: bool = False
    pause: float = 0

    @property
    def token(self) -> str:
        return f"token-{self.generation}" + "x" * 500

    def clock(self) -> dt.datetime:
        return self.now

    async def stable_token(self, request: web.Request) -> web.Response:
        """The same token to everybody until it is near its end."""
        body = await request.json()
        self.fetches.append(body)
        if body["appid"] != APPID or body["secret"] != "s3cret" or body["grant_type"] != "client_credential":
            return self._error(40125, "invalid appsecret")
        if self.expires <= self.now:
            self.expires = self.now + dt.timedelta(hours=2)
        return web.json_response(
            {"access_token": self.token, "expires_in": int((self.expires - self.now).total_seconds())}
        )

    def revoke(self) -> None:
        """The token is invalid from now on, for whatever reason of the platform's."""
        self.generation += 1

    async def call(self, request: web.Request) -> web.Response:
        """Any endpoint behind the token."""
        path = request.match_info["path"]
        body = await self._body(request)
        self.seen.append((path, {**dict(request.query), **body, "access_token": None}))
        if self.pause:
            await asyncio.sleep(self.pause)
        if self.broken:
            return self.broken.popleft()
        if request.query.get("access_token") != self.token:
            return self._error(40001, "invalid credential, access_token is invalid or not latest")
        if self.refusals:
            return self._error(*self.refusals.popleft())
        return self._answer(path, body, request)

    async def _body(self, request: web.Request) -> dict[str, Any]:
        if request.content_type.startswith("multipart/"):
            sent = (await request.post())["media"]
            assert isinstance(sent, web.FileField)
            self.uploads.append((sent.filename, sent.content_type, sent.file.read()))
            return {}
        return dict(await request.json()) if request.can_read_body else {}

    def _answer(self, path: str, body: dict[str, Any], request: web.Request) -> web.Response:
        match path:
            case "message/custom/send" if "text" in body and not body["text"]["content"]:
                return self._error(44004, "empty content")
            case "message/template/send":
                known = self.sent.setdefault(body["client_msg_id"], 9000 + len(self.sent))
                return web.json_response({"errcode": 0, "errmsg": "ok", "msgid": known})
            case "media/upload":
                return web.json_response({"type": request.query["type"], "media_id": "m-up", "created_at": 1})
            case "message/subscribe/bizsend":
                allowed = self.allowed.get((body["touser"], body["template_id"]), 0)
                if allowed < 1:
                    return self._error(43101, "user refuse to accept the msg")
                self.allowed[body["touser"], body["template_id"]] = allowed - 1
                self.carried += 1
                return web.json_response({"errcode": 0, "errmsg": "ok", "msgid": 7000 + self.carried})
            case "media/get" if request.query["media_id"] != "m-1":
                return self._error(40007, "invalid media_id")
            case "media/get":
                headers = {"Content-Disposition": 'attachment; filename="../../平面图.jpg"'}
                response = web.Response(body=self.media, content_type="image/jpeg", headers=headers)
                if self.chunked:
                    response.enable_chunked_encoding()
                return response
            case "qrcode/create":
                return web.json_response({"ticket": "gQ", "url": "http://q.example/1", "expire_seconds": 60})
        return web.json_response({"errcode": 0, "errmsg": "ok"})

    def _error(self, code: int, message: str) -> web.Response:
        # Platform rule: an error has status 200, and not always the type of JSON.
        text = f'{{"errcode": {code}, "errmsg": "{message} rid: 683f-0a1b-77"}}'
        return web.Response(text=text, content_type="text/plain")


@asynccontextmanager
async def serving(platform: Platform) -> AsyncIterator[str]:
    """The platform's address while it runs."""
    app = web.Application()
    app.router.add_post("/cgi-bin/stable_token", platform.stable_token)
    app.router.add_route("*", "/cgi-bin/{path:.*}", platform.call)
    async with TestServer(app) as server:
        yield str(server.make_url("")).rstrip("/")

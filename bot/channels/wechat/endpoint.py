"""The HTTP endpoints `/wechat/{account}` and `/wecom/{account}`: what the platforms call."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import structlog
from aiohttp import ClientError, StreamReader, hdrs, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.channels.side import Side
from bot.channels.wechat.account import Account
from bot.channels.wechat.envelope import Clock, Opened
from bot.channels.wechat.refused import Refused, broken
from bot.channels.wechat.reports import Report, Silent
from bot.channels.wechat.side import OfficialSide
from bot.channels.wechat.traces import Marks
from bot.journal import where
from bot.metrics import Metrics
from bot.reception import NotYet, Reception
from handlers.ports import CoreAway
from model.message import Update
from storage.trace import tracing

Hear = Callable[[Report], Awaitable[None]]
"""Keeps a report on our pushes; the same key may come again."""

_XML = {hdrs.CONTENT_TYPE: "text/xml; charset=utf-8"}

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts of the endpoint.

    `answer` leaves half a second of the platform's five (platform rule) for the way back; `window` is how far a
    request's timestamp may lie from our clock; `requests` are read at once.
    """

    answer: float = 4.5
    window: float = 300
    body: int = 64 * 1024
    requests: int = 4096
    shutdown: float = 20


class Endpoint:
    """Answers the platforms for several accounts in one process.

    Always one of: 200 with a reply; 200 with what says nothing, only for what needs no reply, after the commit, or to who was told
    that he is not heard for a moment; 503, so that the platform asks again (up to three times in all); 400 or 403
    without a word; 404 for an account that is not ours.
    """

    def __init__(
        self,
        accounts: Iterable[Account],
        reception: Reception,
        hear: Hear | None = None,
        *,
        clock: Clock,
        limits: Limits | None = None,
        marks: Marks | None = None,
        metrics: Metrics | None = None,
        beside: Iterable[Side] = (),
    ) -> None:
        """For official accounts, and for the sides of other platforms `beside` them."""
        self._limits = limits or Limits()
        official = (OfficialSide(account, clock, self._limits.window) for account in accounts)
        self._sides: dict[str, Side] = {side.path: side for side in (*official, *beside)}
        self._reception = reception
        self._hear = hear
        self._marks = marks or Marks(os.urandom(32))
        self._metrics = metrics or Metrics()
        self._inside = 0

    def add_to(self, app: web.Application) -> None:
        """Add the routes; on shutdown the application waits for the turns under way.

        Mind that aiohttp's own access log writes the query string, which holds openids: run without it.
        """
        for kind in ("wechat", "wecom"):
            app.router.add_get(f"/{kind}/{{account}}", self._get, allow_head=False)
            app.router.add_post(f"/{kind}/{{account}}", self._post)
        app.on_shutdown.append(self._finish)

    async def _get(self, request: web.Request) -> web.Response:
        side = self._sides.get(request.path)
        if side is None:
            return _nothing(404)
        try:
            # The echo goes back verbatim: it must not be taken for a page.
            return web.Response(text=side.greet(request.query), headers={"X-Content-Type-Options": "nosniff"})
        except Refused as refused:
            return self._turned_away(side, refused)

    async def _post(self, request: web.Request) -> web.Response:
        if self._inside >= self._limits.requests:
            self._metrics.refused("crowded")
            return _nothing(503)
        if request.transport is None or request.transport.is_closing():
            # The platform hung up while this waited to be read: it asks again, and nobody hears an answer here.
            self._metrics.refused("hung_up")
            return _nothing(503)
        self._inside += 1
        try:
            return await self._received(request, time.monotonic())
        finally:
            self._inside -= 1

    async def _received(self, request: web.Request, began: float) -> web.Response:
        side = self._sides.get(request.path)
        if side is None:
            return _nothing(404)
        try:
            body = await self._body(request)
            opened = side.open(request.query, body)
            inbound = side.read(opened.xml)
        except Refused as refused:
            return self._turned_away(side, refused)
        except Exception as error:
            log.error("wechat.unreadable", account=side.account, error=type(error).__name__, where=where(error))
            return _nothing(400)
        if isinstance(inbound, Silent):
            return _said(side.nothing)
        with tracing(self._marks.trace(inbound.key)):
            response, outcome = await self._respond(side, opened, inbound, began)
            kind, seconds = _kind(inbound), time.monotonic() - began
            self._metrics.message(kind, outcome, seconds)
            log.info(
                "wechat.inbound",
                account=side.account,
                person=self._marks.person(inbound.account, inbound.person),
                kind=kind,
                outcome=outcome,
                ms=round(seconds * 1000, 1),
            )
        return response

    async def _body(self, request: web.Request) -> bytes:
        if hdrs.CONTENT_ENCODING in request.headers:
            raise broken("content_encoding")
        content = request.content
        try:
            # Mostly it came whole, with its head: then there is nothing to wait for.
            body = content.read_nowait() if content.is_eof() else await self._arriving(content)
        except (TimeoutError, OSError, ClientError, HttpProcessingError, web.RequestPayloadError) as error:
            raise broken("body") from error
        if len(body) > self._limits.body:
            raise broken("oversize")
        return body

    async def _arriving(self, content: StreamReader) -> bytes:
        body = bytearray()
        async with asyncio.timeout(self._limits.answer):
            async for chunk in content.iter_any():
                body += chunk
                if len(body) > self._limits.body:
                    break
        return bytes(body)

    async def _respond(
        self, side: Side, opened: Opened, inbound: Update | Report, began: float
    ) -> tuple[web.Response, str]:
        if not isinstance(inbound, Update):
            return await self._report(side, inbound)
        found = await self._reception.receive(inbound, self._limits.answer - (time.monotonic() - began))
        if isinstance(found, NotYet):
            return _nothing(503), found.outcome
        try:
            body = await side.answer(inbound, opened, found)
        except CoreAway:
            return _nothing(503), "failed"
        return _said(side.nothing) if not body else web.Response(body=body.encode(), headers=_XML), found.outcome

    async def _report(self, side: Side, report: Report) -> tuple[web.Response, str]:
        try:
            if self._hear is not None:
                await self._hear(report)
        except Exception as error:
            log.error("wechat.report_lost", error=type(error).__name__, where=where(error))
            return _nothing(503), "failed"
        return _said(side.nothing), "heard"

    def _turned_away(self, side: Side, refused: Refused) -> web.Response:
        self._metrics.refused(refused.reason)
        log.warning("wechat.refused", account=side.account, status=refused.status, reason=refused.reason)
        return _nothing(refused.status)

    async def _finish(self, _: web.Application) -> None:
        left = await self._reception.finish(self._limits.shutdown)
        if left:
            log.warning("wechat.turns_abandoned", turns=left)


def _kind(inbound: Update | Report) -> str:
    return inbound.message.type if isinstance(inbound, Update) else type(inbound).__name__


def _nothing(status: int) -> web.Response:
    return web.Response(status=status)


def _said(words: str) -> web.Response:
    # Platform rule: this ends the deliveries of this message.
    return web.Response(text=words)

"""The HTTP endpoints `/wechat/{account}` and `/wecom/{account}`: what the platforms call."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

import structlog
from aiohttp import ClientError, StreamReader, hdrs, web
from aiohttp.http_exceptions import HttpProcessingError

from bot.channels.side import Side
from bot.channels.wechat.account import Account
from bot.channels.wechat.envelope import Clock, Opened
from bot.channels.wechat.predecessor import Predecessor, Words
from bot.channels.wechat.refused import Refused, broken
from bot.channels.wechat.relay import Delivery, Passed
from bot.channels.wechat.reports import Report, Silent
from bot.channels.wechat.side import OfficialSide
from bot.channels.wechat.traces import Marks
from bot.journal import where
from bot.metrics import Metrics
from bot.reception import NotYet, Reception, Said
from dialogs.whose import Whose
from handlers.ports import CoreAway
from model.message import Reply, Update
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

    Always one of: 200 with a reply, ours or that of whoever had the account before us; 200 with what says nothing, only for
    what needs no reply, after the commit, or to who was told that he is not heard for a moment; 503, so that the platform
    asks again (up to three times in all); 400 or 403 without a word; 404 for an account that is not ours.
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
        predecessors: Mapping[str, Predecessor] | None = None,
        unreached: Callable[[Update], Reply] = lambda _: Reply(),
    ) -> None:
        """For official accounts, and for the sides of other platforms `beside` them; `predecessors` by account; `unreached` words
        that one of them could not be asked.
        """
        self._predecessors = predecessors or {}
        self._unreached = unreached
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
        call = _Call(side, opened, self._predecessors.get(side.account), _as_it_came(request, body), began)
        if isinstance(inbound, Silent):
            return _said(side.nothing) if call.before is None else await self._passed_on(call, call.before, inbound)
        with tracing(self._marks.trace(inbound.key)):
            response, outcome = await self._respond(call, inbound)
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

    async def _respond(self, call: "_Call", inbound: Update | Report) -> tuple[web.Response, str]:
        before = call.before
        if not isinstance(inbound, Update):
            if before is not None:  # which of the two sent what it is about shows later (ADR 22)
                before.tell(call.delivery)
            return await self._report(call.side, inbound)
        seen = None if before is None else before.whose(inbound)
        if before is not None and seen is Whose.THEIRS:
            return await self._passed_on(call, before, inbound), "passed"
        found = await self._reception.receive(inbound, self._left(call))
        if before is not None and (seen is Whose.BOTH or not isinstance(found, Said | NotYet)):
            return await self._passed_on(call, before, inbound), "passed"
        if not isinstance(found, Said):
            return _nothing(503), found.outcome if isinstance(found, NotYet) else "failed"
        try:
            return await self._answered(call, inbound, found), found.outcome
        except CoreAway:
            return _nothing(503), "failed"

    async def _answered(self, call: "_Call", inbound: Update, said: Said) -> web.Response:
        body = await call.side.answer(inbound, call.opened, said)
        return web.Response(body=body.encode(), headers=_XML) if body else _said(call.side.nothing)

    async def _passed_on(self, call: "_Call", before: Predecessor, inbound: Update | Silent) -> web.Response:
        """What whoever had the account before us answers. He is asked as often as the platform would have asked him; after that
        a person who waits is told so, rather than shown a failure of the account.
        """
        asked = time.monotonic()
        found = await before.answer(call.delivery, inbound, self._left(call))
        self._metrics.passed(found.outcome, time.monotonic() - asked)
        if isinstance(found, Passed):
            return web.Response(body=found.body, headers={hdrs.CONTENT_TYPE: found.content_type})
        if isinstance(found, Words):
            return _said(call.side.nothing) if isinstance(inbound, Silent) else _worded(call, inbound, found.text)
        log.warning("wechat.not_passed", account=call.side.account, outcome=found.outcome)
        if before.ask_again(inbound, found):
            return _nothing(503)
        if isinstance(inbound, Update) and before.waits(inbound):
            return await self._answered(call, inbound, Said(self._unreached(inbound), found.outcome))
        return _said(call.side.nothing)

    def _left(self, call: "_Call") -> float:
        return self._limits.answer - (time.monotonic() - call.began)

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
        for one in self._predecessors.values():
            await one.finish()


@dataclass(frozen=True, slots=True)
class _Call:
    """One delivery: where it came in, what was in it, and who had the account before us."""

    side: Side
    opened: Opened
    before: Predecessor | None
    delivery: Delivery
    began: float


def _as_it_came(request: web.Request, body: bytes) -> Delivery:
    query = request.raw_path.partition("?")[2]
    return Delivery(query, body, request.headers.get(hdrs.CONTENT_TYPE, "text/xml"))


def _worded(call: _Call, inbound: Update, text: str) -> web.Response:
    """What is not ours to word."""
    if not text:
        return _said(call.side.nothing)
    return web.Response(body=call.side.words(inbound, call.opened, text).encode(), headers=_XML)


def _kind(inbound: Update | Report) -> str:
    return inbound.message.type if isinstance(inbound, Update) else type(inbound).__name__


def _nothing(status: int) -> web.Response:
    return web.Response(status=status)


def _said(words: str) -> web.Response:
    # Platform rule: this ends the deliveries of this message.
    return web.Response(text=words)

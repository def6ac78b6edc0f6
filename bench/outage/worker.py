"""One delivery worker of the bench: the product's own outbox, ways, ledger, breakers and tokens; only what is written is made up."""

import asyncio
import datetime as dt
import logging
import random
from pathlib import Path
from typing import Final

import aiohttp
import structlog
from aiohttp import web

from bench.outage.scene import ACCOUNT, TEMPLATE, account, person_of
from bot.channels.wechat.client import WeChat
from bot.channels.wechat.inbound import parse
from bot.channels.wechat.reports import TemplateReport
from bot.channels.wechat.wire import Patience
from bot.delivery import Delivery
from bot.opting_in import OptInReports
from bot.receipts import PushReceipts
from bot.sending import WeChatSender
from bot.ways.gate import Gate
from bot.ways.in_turn import ways_of
from bot.ways.places import AT_ONCE
from handlers.letter import Letter
from model.conversation import Conversation
from model.delivery import Row
from model.message import Reply
from storage.breakers import Breakers
from storage.conversations import open_port
from storage.engine import open_database
from storage.ledger import QuotaLedger
from storage.opt_ins import OptIns
from storage.outbox import Outbox
from storage.receipts import Receipts
from storage.tokens import TokenCache

PATIENCE: Final = Patience(connect=1, call=2, download=2)


class Ahead:
    """The clock of the bench: ours, and ahead by what a file says."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self) -> dt.datetime:
        """Now."""
        return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=float(self._file.read_text() or 0))

    def runs(self) -> bool:
        """Whether nobody is about to move it: nothing is begun then."""
        return not self._file.with_suffix(".moves").exists()


class Talks:
    """The conversations: what we believe we may send each person."""

    def __init__(self, began: dt.datetime) -> None:
        self._began = began

    def conversation_id(self, account: str, person: str) -> str:
        """As the product names them."""
        return f"{account}:{person}"

    async def conversation(self, account: str, person: str) -> Conversation:
        """Of a person who wrote when the bench began, or never."""
        quota = person_of(person).quota(self._began)
        return Conversation(
            id=self.conversation_id(account, person), account=account, person=person, county="x", quota=quota
        )

    async def compose(self, row: Row) -> Letter:
        """The words are the key of the row, by which it is known when it arrives."""
        reply = Reply(text=f"报装进度 #{row.key}")
        return Letter(ACCOUNT, row.recipient.id, reply, None, TEMPLATE, {"thing1": f"#{row.key}"})


def deliver(database: str, valkey: str, platform: str, clock: Path, began: dt.datetime) -> None:
    """Delivers until the process is killed."""
    say_nothing()
    asyncio.run(_deliver(database, valkey, platform, Ahead(clock), Talks(began)))


def say_nothing() -> None:
    """Every fault would be a line."""
    logging.disable()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))


async def _deliver(database: str, valkey: str, platform: str, clock: Ahead, talks: Talks) -> None:
    port = open_port(valkey)
    async with aiohttp.ClientSession() as session:
        outbox = Outbox(open_database(database))
        client = WeChat(account(platform), session, TokenCache(port), clock=clock, patience=PATIENCE)
        gate = Gate(Breakers(port), QuotaLedger(port), clock)
        ways = ways_of({ACCOUNT: client}, talks, gate, talks.compose, clock)  # type: ignore[arg-type]
        sender = WeChatSender({ACCOUNT}, ways, talks, None, talks, clock)  # type: ignore[arg-type]
        await Delivery(
            outbox, sender, now=clock, jitter=random.random, at_once=AT_ONCE, look_seconds=0.2, able=clock.runs
        ).run()


def hear(database: str, valkey: str, port: int, clock: Path, began: dt.datetime) -> None:
    """Receives the platform's reports until the process is ended."""
    say_nothing()
    now, redis, served = Ahead(clock), open_port(valkey), account("http://127.0.0.1")
    records = open_database(database)
    nobody = OptInReports(OptIns(records), [], now)
    heard = PushReceipts(Receipts(records), QuotaLedger(redis), Talks(began), now, nobody)  # type: ignore[arg-type]

    async def received(request: web.Request) -> web.Response:
        report = parse(served, (await request.read()).decode())
        if isinstance(report, TemplateReport):
            await heard.hear(report)
        return web.Response(text="success")

    app = web.Application()
    app.router.add_post("/wechat/{account}", received)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None, shutdown_timeout=1.0)

"""Never more messages than he agreed to: many workers at once, a platform and stores that fail anywhere, and nobody else counting."""

import asyncio
import datetime as dt
import shutil
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.channels.wechat.account import Mode
from bot.channels.wechat.client import WeChat
from bot.channels.wechat.wire import Patience
from bot.delivery import Announce, Delivery
from bot.ways.subscription import SubscriptionWay
from bot.ways.way import Closed
from handlers.letter import Letter
from model.conversation import Conversation
from model.delivery import Outcome, Recipient, Row, RowState, Unreachable
from model.message import Reply
from storage.engine import Database, DatabaseAway, open_database
from storage.migrate import upgrade
from storage.opt_ins import Heard, OptIns
from storage.outbox import Outbox
from storage.schema import outbox as table
from storage.steps import Point, Step, hang
from tests.ways import open_gate
from tests.wechat.hall import NOW, OPENID, account
from tests.wechat.platform import Memory, Platform, serving

ROUNDS = 8
ANSWERS = st.lists(
    st.sampled_from(["ok", "ok", "ok", "-1", "45011", "43117", "drop_before", "drop_after"]), max_size=12
)
AWAY = st.lists(st.booleans(), max_size=24)
"""Whether the records fail at a passage of the points around what is taken, given back, spent and announced."""


@dataclass
class Lax(Platform):
    """It takes whatever comes, and counts: the ledger alone must hold."""

    answers: deque[str] = field(default_factory=deque)
    took: int = 0

    async def call(self, request: web.Request) -> web.Response:
        if request.match_info["path"] != "message/subscribe/bizsend":
            return await super().call(request)
        await request.json()
        await asyncio.sleep(0)  # others come in between
        answer = self.answers.popleft() if self.answers else "ok"
        if answer.lstrip("-").isdigit():
            return self._error(int(answer), "no")
        if answer != "drop_before":
            self.took += 1
        if answer.startswith("drop") and request.transport is not None:
            request.transport.abort()
        return web.json_response({"errcode": 0, "errmsg": "ok", "msgid": self.took})


@dataclass
class House:
    """One worker's way and sender; every row is another recipient's, and all go to one phone."""

    way: SubscriptionWay

    async def send(self, row: Row, announce: Announce) -> Outcome:
        found = await self.way.send(
            row, Letter("safe", OPENID, Reply(text="好"), None, "survey", {"thing1": "用水报装"}), announce
        )
        return Unreachable(reason=found.reason) if isinstance(found, Closed) else found


class Talks:
    """Conversations, as far as a way looks at them."""

    def conversation_id(self, account: str, person: str) -> str:
        return f"{account}:{person}"

    async def conversation(self, account: str, person: str) -> Conversation:
        return Conversation(id="c", account=account, person=person, county="x")


def failing(plan: Iterator[bool], *, steps: tuple[Step, ...]) -> Any:
    def hook(point: Point) -> None:
        if point.step in steps and next(plan, False):
            raise DatabaseAway("on purpose")

    return hook


@pytest.fixture(scope="module")
def empty() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        asyncio.run(upgrade(f"sqlite:///{file}"))
        yield file


async def played(
    database: Database, agreed: int, rows: int, answers: list[str], away: list[bool], workers: int
) -> tuple[int, list[RowState]]:
    """How many messages the platform took, and where the rows stand in the end."""
    platform, opt_ins, outbox = Lax(answers=deque(answers)), OptIns(database), Outbox(database)
    said = [Heard(f"k{number}", "safe", OPENID, "sub-1", "one_time", NOW) for number in range(agreed)]
    for _ in range(2):
        await asyncio.gather(*(opt_ins.keep([one], NOW) for one in said))  # each is delivered again
    for number in range(rows):
        to = Recipient(kind="staff", id=f"s{number}")
        await outbox.reply(to, {}, key=f"row-{number}", now=NOW, not_after=None)
    served = account(Mode.SAFE, subscriptions={"one_time": {"survey": "sub-1"}})

    async def asleep(_: float) -> None:
        return None

    async with serving(platform) as url, aiohttp.ClientSession() as session:

        def worker() -> Delivery:
            client = WeChat(
                served.model_copy(update={"api_base": url}), session, Memory(), clock=platform.clock,
                patience=Patience(connect=2, call=2, download=2), sleep=asleep,
            )  # fmt: skip
            way = SubscriptionWay({"safe": client}, Talks(), open_gate(platform.clock), opt_ins, platform.clock)  # type: ignore[arg-type]
            return Delivery(outbox, House(way), now=platform.clock, jitter=lambda: 0.0, at_once=4)

        off = hang(failing(iter(away), steps=(Step.OPT_IN, Step.ANNOUNCE)))
        try:
            for _ in range(ROUNDS):
                await asyncio.gather(*(worker().deliver_due() for _ in range(workers)))
                platform.now += dt.timedelta(hours=6)
        finally:
            off()
    return platform.took, [RowState(await _state(database, f"row-{number}")) for number in range(rows)]


async def _state(database: Database, key: str) -> str:
    async with database.reading() as connection:
        return str((await connection.execute(select(table.c.state).where(table.c.key == key))).scalar_one())


def play(empty: Path, **plan: Any) -> tuple[int, list[RowState]]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "spent.db"
        shutil.copy(empty, file)

        async def run() -> tuple[int, list[RowState]]:
            database = open_database(f"sqlite:///{file}")
            try:
                return await played(database, **plan)
            finally:
                await database.close()

        return asyncio.run(run())


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(agreed=st.integers(0, 4), rows=st.integers(1, 6), answers=ANSWERS, away=AWAY, workers=st.integers(1, 3))
def test_never_more_than_he_agreed_to(
    empty: Path, agreed: int, rows: int, answers: list[str], away: list[bool], workers: int
) -> None:
    took, states = play(empty, agreed=agreed, rows=rows, answers=answers, away=away, workers=workers)
    assert took <= agreed
    assert states.count(RowState.DELIVERED) <= took, "a delivered row was taken by the platform"
    assert RowState.SENDING not in states
    assert RowState.WAITING not in states, "nothing waits for ever"


def test_where_nothing_fails_every_yes_is_used(empty: Path) -> None:
    took, states = play(empty, agreed=3, rows=5, answers=[], away=[], workers=3)
    assert took == 3
    assert sorted(states) == sorted([RowState.DELIVERED] * 3 + [RowState.WORKLIST] * 2)

"""The way to a member of WeCom, before the strict platform: cards, texts, repetitions, limits, refusals."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from bot.channels.wecom.client import WeCom
from bot.metrics import Metrics
from bot.ways.gate import MEMBER as TO_ONE
from bot.ways.gate import Gate
from bot.ways.way import Closed
from bot.ways.wecom import MEMBER_PACE, WeComWay
from handlers.letter import Letter
from model.conversation import Conversation, Quota
from model.delivery import Delivered, Failed, Outcome, Postponed, Recipient, Row, Unknown
from model.message import Button, Reply
from sandbox.faults import Fault
from storage.breakers import Breakers
from storage.conversations import RedisPort, open_port
from storage.ledger import QuotaLedger
from storage.valkey import EmbeddedValkey
from tests.wechat.platform import Memory
from tests.wecom.enterprise import MEMBER, Platform, platform

TASK = Reply(
    text="新任务：用水报装\n请先回复“接单”。", buttons=(Button(number=1, label="接单", say="接单", id="i:1:take"),)
)
LONG = TASK.model_copy(update={"text": "新任务：用水报装\n" + "字" * 200})


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RedisPort]:
    """One server for this file; each test has keys of its own."""
    async with EmbeddedValkey(Path(tmp_path_factory.mktemp("wecom"))) as server:
        opened = open_port(server.url)
        yield opened
        await opened.close()


@dataclass
class Post:
    """The platform, the way to it, and one member."""

    platform: Platform
    session: aiohttp.ClientSession
    gate: Gate
    prefix: str
    quota: Quota = Quota()
    announced: list[tuple[str, dt.timedelta | None]] = field(default_factory=list)
    metrics: Metrics = field(default_factory=Metrics)
    app: Any = None
    memory: Memory = field(default_factory=Memory)

    def conversation_id(self, account: str, person: str) -> str:
        return f"{account}:{person}"

    async def conversation(self, account: str, person: str) -> Conversation:
        return Conversation(id=f"{account}:{person}", account=account, person=person, county="x", quota=self.quota)

    async def announce(self, channel: str, protected: dt.timedelta | None, along: object = ()) -> None:
        self.announced.append((channel, protected))

    async def send(
        self, reply: Reply = TASK, key: str = "k", *, channel: str | None = None, kind: Any = "notice", to: str = MEMBER
    ) -> Outcome | Closed:
        async def asleep(_: float) -> None:
            return None

        client = WeCom(
            self.app or self.platform.app, self.session, self.memory, clock=self.platform.clock, sleep=asleep
        )
        way = WeComWay({"desk": client}, self, self.gate)  # type: ignore[arg-type]
        assert way.serves("desk") and not way.serves("xinxiang")
        row = Row(id=1, key=key, kind=kind, recipient=Recipient(kind="staff", id="s"), attempt=1, channel=channel)
        return await way.send(row, Letter("desk", to, reply, None, "", {}), self.announce)

    def fault(self, **fault: Any) -> None:
        self.platform.world.halls["xinxiang"].faults.plan(Fault(path="qyapi/message/send", **fault))

    @property
    def seen(self) -> list[str]:
        """What the member sees, cards in brackets."""
        return [f"[{one.card.title}]" if one.card else one.content for one in self.platform.entries()]


@pytest_asyncio.fixture(loop_scope="session")
async def post(port: RedisPort, request: pytest.FixtureRequest) -> AsyncIterator[Post]:
    prefix = f"{abs(hash(request.node.nodeid))}:"
    async with platform() as there, aiohttp.ClientSession() as session:
        breakers, ledger = Breakers(port, prefix=prefix), QuotaLedger(port, prefix=prefix)
        gate = Gate(breakers, ledger, there.clock, paces={TO_ONE: MEMBER_PACE}, jitter=lambda: 0.5)
        yield Post(there, session, gate, prefix)


pytestmark = pytest.mark.asyncio(loop_scope="session")
HALF_AN_HOUR = dt.timedelta(minutes=30)


async def test_a_task_is_a_card_and_what_does_not_fit_is_a_text(post: Post) -> None:
    assert await post.send() == Delivered()
    assert await post.send(LONG, "other") == Delivered()
    assert post.seen == ["[新任务：用水报装]", LONG.text + "\n1 接单"]
    assert post.announced == [("wecom", HALF_AN_HOUR)] * 2


async def test_a_card_that_may_have_arrived_is_not_seen_twice(post: Post) -> None:
    """The answer is lost after the message went: sent again it is the same one, within half an hour and after."""
    post.fault(silent="after")
    assert isinstance(await post.send(), Unknown)
    assert await post.send(channel="wecom") == Delivered()
    post.platform.world.clock.set(3600)
    assert await post.send(channel="wecom") == Delivered()
    assert post.seen == ["[新任务：用水报装]"]


async def test_a_notice_as_a_text_is_not_seen_twice_within_half_an_hour(post: Post) -> None:
    post.fault(silent="after")
    assert isinstance(await post.send(LONG), Unknown)
    assert await post.send(LONG, channel="wecom") == Delivered()
    assert len(post.seen) == 1


async def test_the_same_reply_may_be_said_again_on_purpose(post: Post) -> None:
    words = Reply(text="这件事已经处理过了，不用再点。")
    assert [await post.send(words, key, kind="reply") for key in ("a", "b")] == [Delivered(), Delivered()]
    assert post.seen == [words.text] * 2
    assert post.announced == [("wecom", None)] * 2, "nothing protects it: it is not sent again"


async def test_a_task_id_that_is_taken_by_nothing_of_ours_still_reaches_him(post: Post) -> None:
    post.fault(errcode=42014)
    assert await post.send() == Delivered()
    assert post.seen == [f"{TASK.text}\n1 接单"]


async def test_a_card_with_which_fault_is_found_goes_as_a_text(post: Post) -> None:
    post.fault(errcode=42038)
    assert await post.send() == Delivered()
    assert post.seen == [f"{TASK.text}\n1 接单"]


async def test_nothing_is_dropped_in_silence_however_much_there_is(post: Post) -> None:
    """A thousand messages in two hours, as fast as they are let: none is lost, and the others wait."""
    waited = 0
    for number in range(1000):
        while isinstance(found := await post.send(Reply(text=str(number)), f"k{number}", kind="reply"), Postponed):
            waited += 1
            post.platform.world.clock.set(post.platform.world.clock.offset + 1.5)
        assert found == Delivered()
    phone = post.platform.world.halls["xinxiang"].phones[MEMBER]
    assert (phone.limit.dropped, len(phone.limit.sent) > 900) == (0, True)
    assert waited > 900


async def test_another_member_is_not_kept_waiting(post: Post) -> None:
    while not isinstance(await post.send(Reply(text="x"), kind="reply"), Postponed):
        pass
    assert isinstance(await post.send(Reply(text="x"), kind="reply", to="nobody"), Closed), "asked, and not there"


@pytest.mark.parametrize(
    ("code", "first", "then"),
    [
        (81013, Closed("not_member"), Closed("not_member")),
        (-1, Delivered(), Delivered()),
        (40014, Delivered(), Delivered()),
        (45009, Failed(reason="errcode 45009", retry_after=dt.timedelta(minutes=1)), Postponed(reason="too_fast")),
        (60020, Failed(reason="errcode 60020"), Postponed(reason="account:60020")),
        (48002, Closed("not_authorised"), Closed("not_authorised")),
        (99999, Failed(reason="errcode 99999", permanent=True), Delivered()),
    ],
)
async def test_what_a_refusal_teaches(post: Post, code: int, first: Outcome | Closed, then: Outcome | Closed) -> None:
    post.fault(errcode=code)
    assert await post.send(LONG, "a") == first
    assert await post.send(LONG.model_copy(update={"text": "又一条"}), "b") == then


async def test_a_secret_that_is_wrong_is_the_settings_fault(post: Post) -> None:
    post.app = post.platform.app.model_copy(update={"secret": "wrong"})
    assert await post.send() == Failed(reason="errcode 40001")
    assert await post.send() == Postponed(reason="account:40001")
    assert post.seen == []


async def test_what_is_counted_of_a_member_does_not_stay_for_good(post: Post, port: RedisPort) -> None:
    await post.send()
    key = f"{post.prefix}platform:{post.platform.app.corpid}%3A{post.platform.app.agentid}%3A{MEMBER}"
    assert 0 < await port.command("PTTL", key, step=None) <= 3 * 86_400_000  # type: ignore[operator]


async def test_who_left_the_apps_range_is_not_written_to(post: Post) -> None:
    post.quota = Quota(left_at=post.platform.clock())
    assert await post.send() == Closed("not_member")
    assert post.announced == []


async def test_a_platform_that_cannot_be_reached(post: Post) -> None:
    post.app = post.platform.app.model_copy(update={"api_base": "http://127.0.0.1:9"})
    assert isinstance(await post.send(), Failed)

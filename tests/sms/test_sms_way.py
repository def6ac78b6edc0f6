"""SMS in the order of ways: when it goes, why it does not, and that what may have arrived goes once."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from bot.channels.sms.gateway import NoAnswer, Refused, Sent, Sms, Why
from bot.sending import WeChatSender
from bot.texting import paces_of
from bot.ways.gate import Gate
from bot.ways.in_turn import ways_of
from bot.ways.sms import SmsWay
from handlers.letter import Letter, Texted
from model.calendar import CHINA
from model.delivery import Delivered, Failed, Outcome, Postponed, Recipient, Row, Unknown, Unreachable
from model.message import Reply
from storage.breakers import Breakers
from storage.conversations import RedisPort, open_port
from storage.ledger import QuotaLedger
from storage.sms_days import SmsDays
from storage.valkey import EmbeddedValkey
from tests.shipped import shipped
from tests.sms.test_sms_gateway import settings

PHONE, OTHER = "13800001234", "13800005678"
DAY = dt.datetime(2026, 11, 30, 10, 0, tzinfo=CHINA)
BEFORE = "chat=no_channel_applicant"
UNBOUND = Letter(
    "",
    "",
    Reply(text="长"),
    None,
    "applicant.survey_agreed",
    {},
    texted=Texted("xinxiang", PHONE, "约好周三上门"),
    unbound="no_channel_applicant",
)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RedisPort]:
    async with EmbeddedValkey(Path(tmp_path_factory.mktemp("sms"))) as server:
        opened = open_port(server.url)
        yield opened
        await opened.close()


@dataclass
class Post:
    """A gateway that answers as told, and one letter."""

    port: RedisPort
    prefix: str
    now: dt.datetime = DAY
    letter: Letter = UNBOUND
    answers: list[Sent | Refused | NoAnswer] = field(default_factory=list)
    seen: list[Sms] = field(default_factory=list)
    announced: list[tuple[str, dt.timedelta | None]] = field(default_factory=list)
    alerts: list[tuple[str, str]] = field(default_factory=list)
    protects: dict[str, dt.timedelta] = field(default_factory=dict)
    a_minute: int = 0
    a_day: int = 0

    async def compose(self, _: Row) -> Letter:
        return self.letter

    async def announce(self, channel: str, protected: dt.timedelta | None, along: object = ()) -> None:
        self.announced.append((channel, protected))

    async def answer(self, sms: Sms) -> Sent | Refused | NoAnswer:
        self.seen.append(sms)
        return self.answers.pop(0) if self.answers else Sent("7")

    def clock(self) -> dt.datetime:
        return self.now

    async def send(self, key: str = "k", *, kind: Any = "applicant", channel: str | None = None) -> Outcome:
        paces = paces_of([settings("https://sms.example.cn/", a_minute=self.a_minute, a_day=self.a_day)])
        breakers, ledger = Breakers(self.port, prefix=self.prefix), QuotaLedger(self.port, prefix=self.prefix)
        gate = Gate(breakers, ledger, self.clock, paces=paces, alert=lambda *what: self.alerts.append(what))
        gateways: Any = {"xinxiang": SimpleNamespace(send=self.answer)}
        days = SmsDays(self.port, prefix=self.prefix)
        way = SmsWay(gateways, self.protects, shipped(), gate, days, lambda phone: f"m{phone[-2:]}", self.clock)
        turns: Any = None
        ways = ways_of({}, turns, gate, self.compose, self.clock, last=way)
        sender = WeChatSender({"safe"}, ways, turns, None, self, self.clock)  # type: ignore[arg-type]
        to = Recipient(kind=kind, id="p")
        row = Row(
            id=1,
            key=key,
            kind="notice",
            recipient=to,
            template=self.letter.template,
            case="c",
            attempt=1,
            channel=channel,
        )
        return await sender.send(row, self.announce)


@pytest.fixture
def post(port: RedisPort, request: pytest.FixtureRequest) -> Post:
    return Post(port, f"{abs(hash(request.node.nodeid))}:")


async def test_who_is_not_in_wechat_gets_an_sms(post: Post) -> None:
    with capture_logs() as logs:
        assert await post.send() == Delivered(reason=BEFORE, taken_as="sms-xinxiang:7")
    (sms,) = post.seen
    assert (sms.phone, sms.text, sms.template) == (PHONE, "约好周三上门", "applicant.survey_agreed")
    assert len(sms.key) == 32 and sms.key.isalnum()
    assert post.announced == [("sms", None)]
    assert PHONE not in repr(sms) and PHONE not in repr(post.letter) and PHONE not in str(logs)


@pytest.mark.parametrize(
    ("texted", "why"),
    [
        (None, "not_by_sms"),
        (Texted("jingxian", PHONE, "x"), "no_gateway"),
        (Texted("xinxiang", "", "x"), "no_mobile"),
    ],
)
async def test_why_it_does_not_go(post: Post, texted: Texted | None, why: str) -> None:
    post.letter = replace(UNBOUND, texted=texted)
    assert await post.send() == Unreachable(reason=f"{BEFORE} sms={why}")
    assert not post.seen and not post.announced


REFUSALS: dict[Why, Outcome | str] = {
    Why.BLOCKED: "",
    Why.BAD_NUMBER: "",
    Why.DAY_USED: "",
    Why.NO_TEMPLATE: "",
    Why.REFUSED: "",
    Why.BAD_TEXT: "told",
    Why.NO_MONEY: "shut",
    Why.NOT_AUTHORISED: "shut",
    Why.GATEWAY_DAY_USED: "shut",
    Why.TOO_FAST: Failed(reason="sms=too_fast", retry_after=dt.timedelta(minutes=1)),
    Why.BUSY: Failed(reason="sms=busy", retry_after=dt.timedelta(minutes=10)),
}


def test_every_refusal_is_met() -> None:
    assert set(REFUSALS) == set(Why)


@pytest.mark.parametrize("why", list(REFUSALS))
async def test_what_becomes_of_a_refusal(post: Post, why: Why) -> None:
    became = REFUSALS[why]
    post.answers = [Refused(why, "17")]
    closed = Unreachable(reason=f"{BEFORE} sms={why}")
    assert await post.send() == (closed if isinstance(became, str) else became)
    assert bool(post.alerts) == bool(isinstance(became, str) and became)
    after = await post.send("next")
    assert after == closed if became == "shut" else isinstance(after, Delivered)
    post.now += dt.timedelta(hours=24)
    assert isinstance(await post.send("tomorrow"), Delivered)


async def test_what_may_have_arrived_is_unknown_and_what_did_not_is_tried_again(post: Post) -> None:
    post.answers = [NoAnswer("TimeoutError", may_have_arrived=True), NoAnswer("http_302", may_have_arrived=False)]
    assert await post.send() == Unknown(reason="TimeoutError")
    assert await post.send("b") == Failed(reason="http_302")


async def test_a_gateway_that_knows_its_keys_is_asked_again_with_the_same(post: Post) -> None:
    post.protects = {"xinxiang": dt.timedelta(minutes=10)}
    post.answers = [NoAnswer("TimeoutError", may_have_arrived=True)]
    assert await post.send() == Unknown(reason="TimeoutError")
    assert isinstance(await post.send(channel="sms"), Delivered)
    assert post.seen[0].key == post.seen[1].key
    assert post.announced == [("sms", dt.timedelta(minutes=10))] * 2


async def test_so_many_a_day_to_one_number_and_what_was_refused_is_not_counted(post: Post) -> None:
    most = shipped()["xinxiang"].sms.a_day
    post.answers = [*[Refused(Why.TOO_FAST)] * 3, NoAnswer("http_302", may_have_arrived=False)]
    for number in range(4):
        assert isinstance(await post.send(f"no{number}"), Failed)
    for number in range(most):
        assert isinstance(await post.send(str(number)), Delivered)
    assert await post.send("more") == Unreachable(reason=f"{BEFORE} sms=number_used")
    post.letter = replace(UNBOUND, texted=Texted("xinxiang", OTHER, "x"))
    assert isinstance(await post.send("other"), Delivered)
    post.letter, post.now = UNBOUND, post.now + dt.timedelta(hours=23)
    assert isinstance(await post.send("tomorrow"), Delivered)


async def test_no_number_is_kept(post: Post) -> None:
    await post.send()
    keys = [key async for key in post.port.scan(f"{post.prefix}*")]
    assert keys and not any(PHONE.encode() in key for key in keys)


async def test_the_installation_has_its_own_pace_and_day(post: Post) -> None:
    post.a_minute = 60
    found = [await post.send(str(number)) for number in range(3)]
    assert [type(one) for one in found] == [Delivered, Delivered, Postponed]
    post.a_minute, post.a_day, post.prefix = 0, 1, f"day{post.prefix}"
    assert isinstance(await post.send("a"), Delivered)
    assert await post.send("b") == Unreachable(reason=f"{BEFORE} sms=day_used")


async def test_by_night_it_waits_until_morning(post: Post) -> None:
    post.now = DAY.replace(hour=22)
    assert await post.send() == Failed(reason="sms=night", retry_after=dt.timedelta(hours=10))
    assert not post.seen
    post.letter = replace(UNBOUND, template="applicant.urge_answered")
    assert isinstance(await post.send("still"), Delivered), "what the county says he waits for"
    post.letter = replace(UNBOUND, template="steward.task")
    assert isinstance(await post.send("staff", kind="staff"), Delivered), "their limits run"

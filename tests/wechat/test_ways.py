"""Every error answer of the platform, by each way: what becomes of the row, what is learnt, who hears of it (wechat.md §2)."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from structlog.testing import capture_logs

from bot.channels.wechat.account import Mode
from bot.channels.wechat.client import WeChat
from bot.channels.wechat.errors import MEANINGS
from bot.channels.wechat.reports import TemplateReport
from bot.channels.wechat.wire import Patience
from bot.metrics import Metrics
from bot.opting_in import OptInReports
from bot.receipts import PushReceipts
from bot.sending import WeChatSender
from bot.ways.gate import Gate, day_ends
from bot.ways.in_turn import ways_of
from handlers.letter import Letter
from model.conversation import Conversation, Quota
from model.delivery import Delivered, Failed, Outcome, Postponed, Recipient, Row, Unknown, Unreachable
from model.message import Reply
from storage.breakers import Breakers, Pace
from storage.conversations import RedisPort, open_port
from storage.ledger import QuotaLedger
from storage.opt_ins import OptIns
from storage.valkey import EmbeddedValkey
from tests.wechat.hall import APPID, OPENID, account
from tests.wechat.platform import Memory, Platform, serving

CARD = {"thing1": "用水报装🚰", "time2": "2026年11月27日 09:30"}
MINUTE = dt.timedelta(minutes=1)


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RedisPort]:
    """One server for this file; each test has keys of its own."""
    async with EmbeddedValkey(Path(tmp_path_factory.mktemp("ways"))) as server:
        opened = open_port(server.url)
        yield opened
        await opened.close()


@dataclass
class Post:
    """A platform, the ways to it, and one person with a conversation."""

    platform: Platform
    url: str
    session: aiohttp.ClientSession
    port: RedisPort
    prefix: str
    paces: dict[str, Pace] = field(default_factory=dict)
    metrics: Metrics = field(default_factory=Metrics)
    announced: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    """By which the messages were taken; empty where a way has no receipts."""
    quota: Quota = Quota()
    names: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of fields, as the account was granted them."""
    opt_ins: OptIns | None = None
    """Without it there is no way by 订阅通知."""
    subscribed: dict[str, dict[str, str]] = field(default_factory=dict)

    def conversation_id(self, account: str, person: str) -> str:
        return f"{account}:{person}"

    async def conversation(self, account: str, person: str) -> Conversation:
        return Conversation(id=f"{account}:{person}", account=account, person=person, county="x", quota=self.quota)

    async def compose(self, row: Row) -> Letter:
        return Letter("safe", OPENID, Reply(text="明天上午\n九点踏勘"), None, "survey", CARD if row.template else {})

    async def announce(self, channel: str, protected: dt.timedelta | None, along: object = ()) -> None:
        self.announced.append(channel)

    @property
    def gate(self) -> Gate:
        breakers, ledger = Breakers(self.port, prefix=self.prefix), QuotaLedger(self.port, prefix=self.prefix)
        return Gate(
            breakers, ledger, self.platform.clock, paces=self.paces, alert=self.metrics.alert, jitter=lambda: 0.5
        )

    async def send(self, *, template: str = "survey", key: str = "k") -> Outcome:
        """One row, by whatever way is open."""

        async def asleep(_: float) -> None:
            return None

        client = WeChat(
            account(
                Mode.SAFE,
                api_base=self.url,
                templates={"survey": "tpl-1"},
                fields=self.names,
                subscriptions=self.subscribed,
            ),
            self.session,
            Memory(),
            clock=self.platform.clock,
            patience=Patience(connect=1, call=1, download=1),
            sleep=asleep,
            refused=self.metrics.platform_refused,
        )
        ways = ways_of(
            {"safe": client},
            self,
            self.gate,
            self.compose,
            self.platform.clock,
            opt_ins=self.opt_ins,  # type: ignore[arg-type]
        )
        sender = WeChatSender({"safe"}, ways, self, None, self, self.platform.clock)  # type: ignore[arg-type]
        row = Row(
            id=1,
            key=key,
            kind="notice",
            recipient=Recipient(kind="applicant", id="p"),
            template=template,
            case="c",
            attempt=1,
        )
        sent = await sender.send(row, self.announce)
        if isinstance(sent, Delivered):
            self.numbers.append(sent.taken_as)
            return sent.model_copy(update={"taken_as": ""})
        return sent

    def count(self, name: str, **labels: str) -> float:
        return self.metrics.registry.get_sample_value(f"lianban_{name}_total", labels) or 0

    @property
    def asked(self) -> list[str]:
        """What the platform was asked, without the token."""
        return [path.removeprefix("message/") for path, _ in self.platform.seen]


@pytest_asyncio.fixture(loop_scope="session")
async def post(port: RedisPort, request: pytest.FixtureRequest) -> AsyncIterator[Post]:
    platform = Platform()
    async with serving(platform) as url, aiohttp.ClientSession() as session:
        yield Post(
            platform, url, session, port, f"{abs(hash(request.node.nodeid))}:", quota=Quota(wrote_at=platform.now)
        )


def refuse(post: Post, code: int, *, times: int = 1, words: str = "no") -> None:
    post.platform.refusals.extend([(code, words)] * times)


OTHER = ["custom/send", "template/send"]
"""The code, how often it is answered, what was asked, what became of it, and what the next row of the same person meets."""
BY_TEXT = {
    -1: (2, ["custom/send"] * 2, Failed(reason="errcode -1", retry_after=dt.timedelta(seconds=1)), Delivered()),
    40001: (1, ["custom/send"] * 2, Delivered(), Delivered()),
    40014: (1, ["custom/send"] * 2, Delivered(), Delivered()),
    42001: (1, ["custom/send"] * 2, Delivered(), Delivered()),
    40003: (1, ["custom/send"], Unreachable(reason="custom=wrong_person template=wrong_person"), "same"),
    40013: (1, ["custom/send"], Failed(reason="errcode 40013"), Postponed(reason="account:40013")),
    40125: (1, ["custom/send"], Failed(reason="errcode 40125"), Postponed(reason="account:40125")),
    40164: (1, ["custom/send"], Failed(reason="errcode 40164"), Postponed(reason="account:40164")),
    40200: (1, OTHER, Delivered(reason="custom=not_authorised"), "same"),
    43004: (1, ["custom/send"], Unreachable(reason="custom=not_following template=not_following"), "same"),
    50005: (1, ["custom/send"], Unreachable(reason="custom=not_following template=not_following"), "same"),
    43019: (1, ["custom/send"], Unreachable(reason="custom=blacklisted template=blacklisted"), "same"),
    43117: (
        1,
        ["custom/send"],
        Failed(reason="errcode 43117", retry_after=dt.timedelta(minutes=10)),
        Delivered(),
    ),
    45009: (1, OTHER, Delivered(reason="custom=day_used"), "same"),
    45011: (1, ["custom/send"], Failed(reason="errcode 45011", retry_after=MINUTE), Postponed(reason="too_fast")),
    45015: (1, OTHER, Delivered(reason="custom=closed"), Delivered(reason="custom=used")),
    45047: (1, OTHER, Delivered(reason="custom=used"), "same"),
    45002: (1, ["custom/send"] * 3, Delivered(), Delivered()),
    45008: (1, ["custom/send"] * 3, Delivered(), Delivered()),
    47001: (1, ["custom/send"], Failed(reason="errcode 47001", permanent=True), Delivered()),
    48001: (1, OTHER, Delivered(reason="custom=not_authorised"), "same"),
    48004: (1, OTHER, Delivered(reason="custom=not_authorised"), "same"),
}


@pytest.mark.parametrize("code", sorted(BY_TEXT))
async def test_by_text(post: Post, code: int) -> None:
    times, asked, became, after = BY_TEXT[code]
    refuse(post, code, times=times)
    with capture_logs() as logs:
        assert await post.send() == became
    assert post.asked == asked
    (entry, *_) = [one for one in logs if one["event"] == "wechat.refusal"]
    assert (entry["code"], entry["rid"]) == (code, "683f-0a1b-77")
    assert post.count("platform_refusals", api="message/custom/send", code=str(code)) == times
    assert post.count("platform_alerts", account=APPID, api="custom") == (1 if MEANINGS[code].alert else 0)
    post.platform.seen.clear()
    next_one = await post.send(key="next")
    assert next_one == (became if after == "same" else after)
    if after == "same":
        assert "custom/send" not in post.asked, "what is known is not asked again"


BY_CARD = {
    -1: (4, ["template/send"] * 4, Failed(reason="errcode -1", retry_after=dt.timedelta(seconds=1)), Delivered(reason="custom=closed")),
    40003: (1, ["template/send"], Unreachable(reason="custom=closed template=wrong_person"), Unreachable(reason="custom=wrong_person template=wrong_person")),
    40037: (1, ["template/send"], Unreachable(reason="custom=closed template=template_unknown"), "same"),
    43004: (1, ["template/send"], Unreachable(reason="custom=closed template=not_following"), Unreachable(reason="custom=not_following template=not_following")),
    43019: (1, ["template/send"], Unreachable(reason="custom=closed template=blacklisted"), Unreachable(reason="custom=blacklisted template=blacklisted")),
    43101: (1, ["template/send"], Unreachable(reason="custom=closed template=opt_in_spent"), Delivered(reason="custom=closed")),
    45009: (1, ["template/send"], Unreachable(reason="custom=closed template=day_used"), "same"),
    45011: (1, ["template/send"], Failed(reason="errcode 45011", retry_after=MINUTE), Postponed(reason="too_fast")),
    48001: (1, ["template/send"], Unreachable(reason="custom=closed template=not_authorised"), "same"),
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(BY_CARD))
async def test_by_card(post: Post, code: int) -> None:
    post.quota = Quota()
    times, asked, became, after = BY_CARD[code]
    refuse(post, code, times=times)
    assert await post.send() == became
    assert post.asked == asked
    post.platform.seen.clear()
    assert await post.send(key="next") == (became if after == "same" else after)
    if after == "same":
        assert not post.asked, "what is known is not asked again"


OF_PAPERS = {40004, 40005, 40006, 40007, 40009, 41005, 44001, 45001}
"""Of what is uploaded: see test_papers_sent."""


def test_every_code_is_met() -> None:
    of_cards = {code for code in MEANINGS if code > 100_000}  # see test_card_readings
    assert set(MEANINGS) - of_cards <= set(BY_TEXT) | set(BY_CARD) | {47003} | OF_PAPERS


async def test_a_field_that_the_platform_names_is_put_right_once(post: Post) -> None:
    post.quota = Quota()
    refuse(post, 47003, words="argument invalid! data.thing1.value invalid")
    assert await post.send() == Delivered(reason="custom=closed")
    first, second = (body["data"] for _, body in post.platform.seen)
    assert second["time2"] == first["time2"]
    refuse(post, 47003, times=2, words="argument invalid! data.thing1.value invalid")
    assert await post.send(key="again") == Failed(reason="errcode 47003", permanent=True)
    refuse(post, 47003, words="argument invalid! data.time2.value invalid")
    assert await post.send(key="time") == Failed(reason="errcode 47003", permanent=True), "no time is shortened"


async def test_five_texts_for_one_message_and_then_cards(post: Post) -> None:
    found = [await post.send(key=str(number)) for number in range(6)]
    assert found == [Delivered()] * 5 + [Delivered(reason="custom=used")]
    post.platform.now += dt.timedelta(hours=48)
    assert await post.send(key="late") == Delivered(reason="custom=closed")
    post.quota = Quota(wrote_at=post.platform.now)
    assert await post.send(key="new") == Delivered()


async def test_three_texts_within_a_minute_of_a_tap(post: Post) -> None:
    post.quota = Quota(tapped_at=post.platform.now)
    found = [await post.send(key=str(number)) for number in range(4)]
    assert found == [Delivered()] * 3 + [Delivered(reason="custom=used")]
    post.platform.now += MINUTE
    assert await post.send(key="late") == Delivered(reason="custom=closed")


async def test_who_left_is_not_even_tried_and_no_card_means_the_worklist(post: Post) -> None:
    post.quota = Quota(left_at=post.platform.now)
    assert await post.send() == Unreachable(reason="custom=not_following template=not_following")
    assert not post.asked
    post.quota = Quota()
    assert await post.send(template="") == Unreachable(reason="custom=closed template=no_card")


async def test_what_surely_was_not_sent_costs_no_right(post: Post) -> None:
    refuse(post, 47001, times=7)
    for number in range(7):
        assert isinstance(await post.send(key=str(number)), Failed)
    assert await post.send() == Delivered()


async def test_a_breaker_ends_with_its_day(post: Post) -> None:
    refuse(post, 45009)
    assert await post.send() == Delivered(reason="custom=day_used")
    post.platform.now = day_ends(post.platform.now)
    assert await post.send(key="tomorrow") == Delivered()


async def test_our_own_pace_and_day(post: Post) -> None:
    post.paces = {"custom": Pace(a_day=1), "template": Pace(a_minute=60, at_once=0)}
    found = [await post.send(key=str(number)) for number in range(3)]
    assert found == [Delivered(), Delivered(reason="custom=day_used"), Postponed(reason="pace")]
    assert post.asked == OTHER


async def test_no_answer_to_a_text_is_unknown_and_costs_its_right(post: Post) -> None:
    post.platform.pause = 5
    found = await post.send()
    assert isinstance(found, Unknown)
    assert post.announced == ["custom"]


async def test_who_refuses_cards_is_not_sent_one_for_a_while(post: Post) -> None:
    """The report of one card (platform rule: TEMPLATESENDJOBFINISH, failed:user block) closes the way for the next."""
    post.quota = Quota()
    assert await post.send() == Delivered(reason="custom=closed")
    (number,) = post.numbers
    account, _, msgid = number.partition(":")
    kept, woken = list[tuple[str, str]](), list[str]()

    class Kept:
        async def keep(self, taken_as: str, status: str, now: dt.datetime) -> bool:
            kept.append((taken_as, status))
            return True

    hears = PushReceipts(
        Kept(),  # type: ignore[arg-type]
        post.gate.ledger,
        post,  # type: ignore[arg-type]
        post.platform.clock,
        OptInReports(None, [], post.platform.clock),  # type: ignore[arg-type]
        wake=lambda: woken.append("woken"),
        heard=woken.append,
    )
    report = TemplateReport(
        account=account, person=OPENID, key="k", at=post.platform.clock(), msgid=msgid, status="blocked"
    )
    with capture_logs() as logged:
        await hears.hear(report)
    assert [(one["event"], one["status"]) for one in logged] == [("push.reported", "blocked")]
    assert OPENID not in str(logged)  # without the person
    assert (kept, woken) == ([(number, "blocked")], ["blocked", "woken"])
    assert await post.send(key="next") == Unreachable(reason="custom=closed template=blocked")
    post.quota = Quota(wrote_at=post.platform.now)
    assert await post.send(key="text") == Delivered()
    assert post.numbers[-1] == ""


async def test_a_field_goes_by_the_name_it_was_granted_with_and_is_put_right_by_it(post: Post) -> None:
    post.quota, post.names = Quota(), {"tpl-1": {"thing1": "thing5"}}
    refuse(post, 47003, words="argument invalid! data.thing5.value is invalid")
    assert await post.send() == Delivered(reason="custom=closed")
    sent = [body["data"] for path, body in post.platform.seen if path == "message/template/send"]
    assert [list(one) for one in sent] == [["thing5", "time2"]] * 2
    assert sent[1]["thing5"]["value"] == "用水报装"


@pytest.mark.parametrize("names", [{"thing1": "thing5", "thing2": "thing5"}])
def test_two_fields_of_one_name_are_a_mistake_of_the_file(names: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="one name"):
        account(Mode.SAFE, fields={"tpl-1": names})

"""订阅通知 as a way: in its place, never oftener than he agreed, and what the platform says of it is learnt (wechat.md §2)."""

import shutil
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from bot.channels.wechat.account import Mode
from bot.channels.wechat.reports import SubscriptionItem, SubscriptionReport
from bot.opting_in import OptInReports
from bot.receipts import PushReceipts
from model.conversation import Quota
from model.delivery import Delivered, Failed, Postponed, Unknown, Unreachable
from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.opt_ins import OptIns
from storage.receipts import Receipts
from tests.wechat.hall import OPENID, account
from tests.wechat.platform import Platform, serving
from tests.wechat.test_ways import CARD, MINUTE, Post, port, refuse  # noqa: F401 - a fixture

ONE_TIME, LONG_TERM = {"one_time": {"survey": "sub-1"}}, {"long_term": {"survey": "sub-1"}}


@pytest.fixture(scope="session")
async def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("opted") / "empty.db"
    await upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
async def database(empty: Path, tmp_path: Path) -> AsyncIterator[Database]:
    shutil.copy(empty, tmp_path / "opted.db")
    opened = open_database(f"sqlite:///{tmp_path / 'opted.db'}")
    yield opened
    await opened.close()


class Opted(Post):
    """A person outside every window, of an account that has 订阅通知."""

    def reports(self, subscribed: Mapping[str, Mapping[str, str]] = ONE_TIME) -> OptInReports:
        assert self.opt_ins is not None
        return OptInReports(self.opt_ins, [account(Mode.SAFE, subscriptions=subscribed)], self.platform.clock)

    async def agree(self, status: str = "accept", *, key: str = "k", kind: str = "popup", known: bool = True) -> None:
        """On his phone; the platform knows, and reports it."""
        if known and status == "accept":
            many = 1 if self.subscribed == ONE_TIME else 1000
            self.platform.allowed[OPENID, "sub-1"] = self.platform.allowed.get((OPENID, "sub-1"), 0) + many
        item = SubscriptionItem(template="sub-1", status=status)
        report = SubscriptionReport(
            account="safe",
            person=OPENID,
            key=key,
            at=self.platform.now,
            kind=kind,
            items=(item,),  # type: ignore[arg-type]
        )
        await self.reports(self.subscribed).hear(report)

    async def left(self) -> int:
        assert self.opt_ins is not None
        return (await self.opt_ins.standing("safe", OPENID, ["sub-1"]))["sub-1"].open


@pytest_asyncio.fixture(loop_scope="session")
async def post(port, database: Database, request: pytest.FixtureRequest) -> AsyncIterator[Opted]:  # type: ignore[no-untyped-def]  # noqa: F811
    platform = Platform()
    async with serving(platform) as url, aiohttp.ClientSession() as session:
        made = Opted(platform, url, session, port, f"{abs(hash(request.node.nodeid))}:", quota=Quota())
        made.opt_ins, made.subscribed = OptIns(database), ONE_TIME
        yield made


async def test_between_texts_and_cards_and_once_for_each_yes(post: Opted) -> None:
    await post.agree()
    assert await post.send() == Delivered(reason="custom=closed")
    assert post.numbers == ["safe:7001"]
    assert post.announced == ["subscription"]
    assert await post.left() == 0
    assert await post.send(key="next") == Delivered(reason="custom=closed subscription=no_opt_in")
    assert post.asked == ["subscribe/bizsend", "template/send"]
    post.quota = Quota(wrote_at=post.platform.now)
    await post.agree(key="again")
    assert await post.send(key="text") == Delivered()
    assert await post.left() == 1, "while a text may be sent, nothing is spent"


async def test_the_card_has_the_fields_of_its_mapping_and_fits_its_rules(post: Opted) -> None:
    await post.agree()
    post.names = {"sub-1": {"thing1": "thing9"}}
    assert await post.send() == Delivered(reason="custom=closed")
    _, body = post.platform.seen[-1]
    assert body == {
        "access_token": None,
        "touser": OPENID,
        "template_id": "sub-1",
        "data": {"thing9": {"value": "用水报装"}, "time2": {"value": CARD["time2"]}},
    }


async def test_what_he_agreed_to_for_good_is_not_used_up(post: Opted) -> None:
    post.subscribed = LONG_TERM
    await post.agree()
    for number in range(4):
        assert await post.send(key=str(number)) == Delivered(reason="custom=closed")
    await post.agree("reject", kind="change", key="stop")
    assert await post.send(key="late") == Delivered(reason="custom=closed subscription=no_opt_in")


async def test_an_account_without_any_does_not_speak_of_it(post: Opted) -> None:
    post.subscribed = {}
    assert await post.send() == Delivered(reason="custom=closed")
    post.subscribed = {"one_time": {"papers": "sub-2"}}
    assert await post.send(key="next") == Delivered(reason="custom=closed subscription=no_subscription")


async def test_who_left_is_not_even_tried(post: Opted) -> None:
    await post.agree()
    post.quota = Quota(left_at=post.platform.now)
    assert await post.send() == Unreachable(
        reason="custom=not_following subscription=not_following template=not_following"
    )
    assert not post.asked
    assert await post.left() == 1


REFUSED = {
    -1: (2, Failed(reason="errcode -1", retry_after=MINUTE / 60), 1),
    40037: (1, Delivered(reason="custom=closed subscription=template_unknown"), 1),
    43004: (1, Unreachable(reason="custom=closed subscription=not_following template=not_following"), 1),
    43019: (1, Unreachable(reason="custom=closed subscription=blacklisted template=blacklisted"), 1),
    43101: (1, Delivered(reason="custom=closed subscription=opt_in_spent"), 0),
    43117: (1, Failed(reason="errcode 43117", retry_after=10 * MINUTE), 1),
    45009: (1, Delivered(reason="custom=closed subscription=day_used"), 1),
    45011: (1, Failed(reason="errcode 45011", retry_after=MINUTE), 1),
    47003: (1, Failed(reason="errcode 47003", permanent=True), 1),
    48001: (1, Delivered(reason="custom=closed subscription=not_authorised"), 1),
    40013: (1, Failed(reason="errcode 40013"), 1),
}
"""The code, how often it is answered, what became of the row, and what is left of one opt-in."""


@pytest.mark.parametrize("code", sorted(REFUSED))
async def test_every_refusal(post: Opted, code: int) -> None:
    times, became, left = REFUSED[code]
    await post.agree()
    refuse(post, code, times=times)
    assert await post.send() == became
    assert post.asked[0] == "subscribe/bizsend"
    assert await post.left() == left, "what was surely not sent comes back; what the platform does not know is cleared"


async def test_43101_clears_all_that_the_ledger_had(post: Opted) -> None:
    for key in "abc":
        await post.agree(key=key, known=False)
    assert await post.left() == 3
    assert await post.send() == Delivered(reason="custom=closed subscription=opt_in_spent")
    assert await post.left() == 0
    assert await post.send(key="next") == Delivered(reason="custom=closed subscription=no_opt_in")
    assert post.asked.count("subscribe/bizsend") == 1


async def test_a_named_field_is_put_right_once_with_the_same_opt_in(post: Opted) -> None:
    await post.agree()
    refuse(post, 47003, words="argument invalid! data.thing1.value invalid")
    assert await post.send() == Delivered(reason="custom=closed")
    assert await post.left() == 0
    assert post.asked == ["subscribe/bizsend"] * 2


async def test_no_answer_is_unknown_and_the_opt_in_spent(post: Opted) -> None:
    await post.agree()
    post.platform.pause = 5
    assert isinstance(await post.send(), Unknown)
    assert await post.left() == 0


async def test_held_back_by_the_gate_nothing_is_spent(post: Opted) -> None:
    await post.agree()
    await post.gate.shut(account(Mode.SAFE).appid, "*", post.platform.now + MINUTE, "too_fast")
    post.quota = Quota()
    found = await post.send()
    assert found == Postponed(reason="too_fast")
    assert await post.left() == 1
    assert not post.announced


async def test_an_event_that_comes_three_times_is_one_opt_in_and_a_strangers_template_none(post: Opted) -> None:
    for _ in range(3):
        await post.agree(key="same")
    assert await post.left() == 1
    other = SubscriptionReport(
        account="safe", person=OPENID, key="x", at=post.platform.now, kind="popup",
        items=(SubscriptionItem(template="theirs", status="accept"), SubscriptionItem(template="sub-1", status="ban")),
    )  # fmt: skip
    await post.reports().hear(other)
    assert post.opt_ins is not None
    assert (await post.opt_ins.standing("safe", OPENID, ["theirs"]))["theirs"].open == 0
    assert await post.left() == 1


@pytest.mark.parametrize(
    ("code", "status", "kept", "left"),
    [("0", "success", "delivered", 1), ("43101", "failed", "blocked", 0), ("-1", "system failed", "failed", 1)],
)
async def test_the_sent_event_closes_the_loop(
    post: Opted, database: Database, code: str, status: str, kept: str, left: int
) -> None:
    await post.agree(key="a")
    await post.agree(key="b")
    assert await post.send() == Delivered(reason="custom=closed")
    heard = list[str]()
    hears = PushReceipts(
        Receipts(database),
        post.gate.ledger,
        post,
        post.platform.clock,
        post.reports(),
        heard=heard.append,  # type: ignore[arg-type]
    )
    item = SubscriptionItem(template="sub-1", status=status, msgid="7001", code=code)
    report = SubscriptionReport(
        account="safe", person=OPENID, key="s", at=post.platform.now, kind="sent", items=(item,)
    )
    for _ in range(2):
        await hears.hear(report)
    assert heard == [kept]
    assert await post.left() == left

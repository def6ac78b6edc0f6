"""看资料 as a whole: an applicant's photo, and what of it reaches a steward's phone, when, how often, and whom never."""

import asyncio
import datetime as dt
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from bot.channels.wechat.account import Account
from bot.channels.wechat.client import WeChat
from bot.delivery import Delivery
from bot.metrics import Metrics
from bot.sending import WeChatSender
from bot.ways.enclosing import Enclosing
from bot.ways.gate import Gate
from bot.ways.in_turn import ways_of
from handlers.leaving import leave
from handlers.notices import Notices
from handlers.paper_letters import PaperLetters
from model.calendar import CHINA
from model.command import Command
from model.commands.ending import Withdraw
from model.decision import Refused
from model.delivery import RowState
from model.message import Actor, PhotoMessage, TextMessage
from model.staff import Staff
from sandbox.accounts import load
from sandbox.api import WORLD
from sandbox.app import build_app
from sandbox.faults import Fault
from sandbox.media import Medium
from sandbox.phones import Entry, Phone
from sandbox.quota import Interaction
from sandbox.world import World
from storage.breakers import Breakers
from storage.conversations import RedisPort, open_port
from storage.ledger import QuotaLedger
from storage.looks import PAPER, Looks
from storage.schema import outbox
from storage.steps import Point, Step, hang
from storage.tokens import TokenCache
from storage.valkey import EmbeddedValkey
from tests.shipped import shipped
from tests.transcripts.stage import PDF, PNG, Stage, empty_database, set_up

BEGINS = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
FORM = (
    "用水", "个人", "同意", "李示例", "同意", "410721199001010006", "小冀镇示范路10号", "13800000000", "小冀镇示范路10号", "否", "新装",
    "居民生活", "我承诺",
)  # fmt: skip
APPLICANT = "o_xx_applicant"

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RedisPort]:
    """One server for this file; each test has keys of its own."""
    async with EmbeddedValkey(Path(tmp_path_factory.mktemp("papers"))) as server:
        opened = open_port(server.url)
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return await empty_database(tmp_path_factory.mktemp("template") / "template.sqlite3")


@dataclass
class Office:
    """A county with its real insides, and the platform with its rules; one clock for both."""

    stage: Stage
    world: World
    delivery: Delivery
    enclosing: Enclosing
    client: WeChat
    metrics: Metrics
    steward: Staff
    numbers: int = 0

    @property
    def phone(self) -> Phone:
        """The steward's."""
        return self.world.halls["xinxiang"].phones[self.steward.person or ""]

    @property
    def pictures(self) -> list[bytes]:
        """What the steward was shown, by its bytes."""
        shown = [entry for entry in self.phone.entries if entry.kind == "image"]
        return [self.medium(entry).data for entry in shown]

    @property
    def texts(self) -> list[str]:
        return [entry.content for entry in self.phone.entries if entry.kind == "text"]

    def medium(self, entry: Entry) -> Medium:
        found = self.world.media.find(entry.media or "")
        assert found is not None
        return found

    @property
    def uploads(self) -> list[Medium]:
        return [one for one in self.world.media._media.values() if one.kind]

    async def says(self, words: str, person: str = "") -> str:
        """The reply; the platform knows that he wrote."""
        person = person or self.steward.person or ""
        phone = self.world.halls["xinxiang"].phones[person]
        phone.following = True
        phone.ledger.interact(Interaction.MESSAGE, self.world.clock.now())
        _, reply = await self.stage.say(person, TextMessage(text=words))
        return reply.text

    async def hands_in(self, media_id: str) -> None:
        """The applicant sends a photo for what was asked for."""
        await self.stage.say(APPLICANT, PhotoMessage(media_id=media_id, name=media_id))
        await self.stage.fetching.finish()

    async def delivered(self) -> None:
        await self.delivery.deliver_due()

    async def rows(self) -> list[tuple[str, str]]:
        """Where each paper's row stands, and why."""
        async with self.stage.database.reading() as connection:
            found = await connection.execute(outbox.select().where(outbox.c.template == PAPER).order_by(outbox.c.id))
            return [(row.state, row.reason or "") for row in found]

    def fault(self, path: str, **fault: object) -> None:
        self.world.halls["xinxiang"].faults.plan(Fault.model_validate({"path": path, **fault}))


@pytest_asyncio.fixture(loop_scope="session")
async def office(
    port: RedisPort, template: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> AsyncIterator[Office]:
    """Somebody has applied for water; its steward has asked for one paper."""
    config = load(Path(__file__).parents[2] / "sandbox" / "default.json")
    made = build_app(config, "http://127.0.0.1:9")
    stage = set_up(shipped()["xinxiang"], BEGINS, tmp_path / "stage", template)
    async with TestServer(made) as server, aiohttp.ClientSession() as session:
        world, known = made[WORLD], config.accounts[0]
        world.clock._source = lambda: stage.now.timestamp()
        account = Account.model_validate(
            {
                "id": "xinxiang",
                "county": "xinxiang",
                "original_id": known.original_id,
                "appid": known.appid,
                "appsecret": known.appsecret,
                "token": known.token,
                "aes_key": known.encoding_aes_key,
                "api_base": str(server.make_url("")).rstrip("/"),
            }
        )
        prefix, metrics = f"{abs(hash(request.node.nodeid))}:", Metrics()
        gate = Gate(Breakers(port, prefix=prefix), QuotaLedger(port, prefix=prefix), stage.clock, alert=metrics.alert)
        client = WeChat(
            account, session, TokenCache(port, prefix=prefix), clock=stage.clock, refused=metrics.platform_refused
        )
        enclosing = Enclosing(TokenCache(port, prefix=prefix, kind="media"), gate, stage.clock)
        wordings = {"xinxiang": stage.turns.wording("xinxiang")}
        notices = Notices(stage.core, stage.counties, wordings)  # type: ignore[arg-type]
        sender = WeChatSender(
            {"xinxiang"},
            ways_of({"xinxiang": client}, stage.turns, gate, notices.compose, stage.clock, enclosing=enclosing),
            stage.turns,
            stage.book,
            notices,
            stage.clock,
            papers=PaperLetters(stage.core, stage.counties, wordings, stage.places, stage.files),  # type: ignore[arg-type]
        )
        delivery = Delivery(stage.outbox, sender, now=stage.clock, jitter=random.random)
        steward = await stage.hire("water_company")
        here = Office(stage, world, delivery, enclosing, client, metrics, steward)
        for said in FORM:
            await here.says(said, APPLICANT)
        for said in ("接单", "要补材料", "房产证"):
            await here.says("任务")
            await here.delivered()
            await here.says(said)
        await here.delivered()
        yield here
        await stage.close()


async def asked(office: Office, *papers: str) -> None:
    """These are handed in, and the steward asks for them."""
    for name in papers:
        await office.hands_in(name)
    await office.delivered()
    office.phone.entries.clear()
    reply = await office.says("看资料")
    assert f"现在发给您{len(papers)}份" in reply


async def test_a_photo_arrives_as_it_was_handed_in_and_the_look_is_recorded(office: Office) -> None:
    with capture_logs() as logs:
        await asked(office, "证.png#1")
        await office.delivered()
    assert office.pictures == [PNG + "证.png#1".encode()]
    (case,) = await office.stage.core.cases("xinxiang", APPLICANT)  # type: ignore[operator]
    (look,) = await Looks(office.stage.database).of_case("xinxiang", case.number)
    assert (look.staff, look.case, look.order, look.place) == (office.steward.id, case.id, case.orders[0].id, 1)
    assert look == (await Looks(office.stage.database).by(office.steward.id, BEGINS))[0]
    assert look.way == "chat"
    assert "房产证" not in str(logs)
    assert [state for state, _ in await office.rows()] == [RowState.DELIVERED]


async def test_the_same_paper_is_uploaded_once_and_anew_after_a_day(office: Office) -> None:
    await asked(office, "证.png#1")
    await office.delivered()
    await office.says("看资料")
    await office.delivered()
    assert len(office.pictures) == 2
    assert len(office.uploads) == 1
    office.stage.now += dt.timedelta(days=1, minutes=1)
    await office.says("看第一张")
    await office.delivered()
    assert len(office.pictures) == 3
    assert len(office.uploads) == 2


async def test_what_the_platform_has_lost_is_uploaded_anew(office: Office) -> None:
    await asked(office, "证.png#1")
    await office.delivered()
    data = office.pictures
    office.phone.entries.clear()
    office.world.media._media.clear()
    await office.says("看资料")
    await office.delivered()
    assert office.pictures == data
    assert len(office.uploads) == 1
    await office.says("看资料")
    await office.delivered()
    assert len(office.uploads) == 1, "the new id is known"


async def test_many_at_once_upload_once(office: Office) -> None:
    await asked(office, "证.png#1")
    (row,) = await office.stage.outbox.claim(office.stage.now, 1)
    letters = office.delivery._sender._papers  # type: ignore[attr-defined]
    letter = await letters.compose(row)
    sent: list[str] = []

    async def send(media_id: str) -> object:
        sent.append(media_id)
        return await office.client.send_image(letter.person, media_id)

    bring = (
        office.enclosing.send(office.client.account.appid, office.client, letter.enclosed, "image", "talk", send)  # type: ignore[arg-type]
        for _ in range(4)
    )
    await asyncio.gather(*bring)
    assert len(sent) == 4
    assert len(set(sent)) == len(office.uploads) == 1


async def test_not_his_order_is_refused_plainly_and_nothing_is_recorded(office: Office) -> None:
    other = await office.stage.hire("power_company")
    await office.hands_in("证.png#1")
    await office.delivered()
    assert "您名下没有这个编号的任务" in await office.says("看资料 0001", other.person or "")
    (case,) = await office.stage.core.cases("xinxiang", APPLICANT)  # type: ignore[operator]
    update = office.stage.update(other.person or "", TextMessage(text="看第1份", choice=f"m:vp:{case.orders[0].id}/1"))
    assert "不在您名下" in (await office.stage.turns.answer(update)).text
    await office.delivered()
    assert await office.rows() == []
    assert await Looks(office.stage.database).of_case("xinxiang", case.number) == ()


async def test_the_head_of_the_body_sees_them_too(office: Office) -> None:
    await office.hands_in("证.png#1")
    await office.delivered()
    head = await office.stage.hire("water_company", "lead")
    assert "现在发给您1份" in await office.says("看资料 0001", head.person or "")
    await office.delivered()
    shown = office.world.halls["xinxiang"].phones[head.person or ""].entries
    assert [office.medium(one).data for one in shown if one.kind == "image"] == [PNG + "证.png#1".encode()]


async def test_who_has_left_meanwhile_gets_nothing(office: Office) -> None:
    await asked(office, "证.png#1")
    stage = office.stage
    await leave(stage.core, stage.staffing, stage.counties, office.steward, stage.now)  # type: ignore[arg-type]
    await office.delivered()
    assert office.pictures == []
    assert [state for state, _ in await office.rows()] == [RowState.SUPERSEDED]


async def test_of_an_order_that_has_ended_meanwhile_nothing_is_sent(office: Office) -> None:
    await asked(office, "证.png#1")
    stage = office.stage
    (case,) = await stage.core.cases("xinxiang", APPLICANT)  # type: ignore[operator]
    do = Withdraw(orders=(case.orders[0].id,), reason="不办了")
    actor = Actor(person="window", role="staff", staff="window")
    done = await stage.core.execute(Command(id="w", case=case.id, actor=actor, do=do), stage.now)  # type: ignore[operator]
    assert not isinstance(done, Refused)
    await office.delivered()
    assert office.pictures == []
    assert (RowState.SUPERSEDED, "not his order any more") in await office.rows()


async def test_a_pdf_is_named_and_not_sent(office: Office) -> None:
    await office.hands_in("证.png#1")
    await office.hands_in("图.pdf#2")
    await office.delivered()
    office.phone.entries.clear()
    reply = await office.says("看资料")
    assert "一共2份，现在发给您1份" in reply
    assert "第2份“房产证”是PDF" in reply
    assert "窗口" in reply
    await office.delivered()
    assert office.pictures == [PNG + "证.png#1".encode()]
    assert PDF not in [one.data for one in office.uploads]


async def test_what_may_have_arrived_is_not_sent_again(office: Office) -> None:
    await asked(office, "证.png#1")
    office.fault("message/custom/send", silent="after")
    await office.delivered()
    office.stage.now += dt.timedelta(minutes=5)
    await office.delivered()
    assert len(office.pictures) == 1
    assert [state for state, _ in await office.rows()] == [RowState.SUPERSEDED], "and on nobody's worklist"


async def test_an_upload_without_an_answer_is_tried_again(office: Office) -> None:
    await asked(office, "证.png#1")
    office.fault("media/upload", silent="after")
    await office.delivered()
    assert office.pictures == []
    office.stage.now += dt.timedelta(minutes=1)
    await office.delivered()
    assert len(office.pictures) == 1


@pytest.mark.parametrize("code", [40004, 40005, 40006, 40009, 41005, 44001, 45001, 45009, 48001])
async def test_what_the_platform_takes_not_is_said_in_words(office: Office, code: int) -> None:
    await asked(office, "证.png#1")
    office.fault("media/upload", errcode=code)
    with capture_logs() as logs:
        await office.delivered()
    assert office.pictures == []
    assert "第1份“房产证”没发成" in office.texts[-1]
    assert "窗口" in office.texts[-1]
    (refusal,) = [one for one in logs if one["event"] == "wechat.refusal"]
    assert (refusal["code"], bool(refusal["rid"])) == (code, True)
    labels = {"api": "media/upload", "code": str(code)}
    assert office.metrics.registry.get_sample_value("lianban_platform_refusals_total", labels) == 1
    if code in (45009, 48001):  # of today: the platform is not asked again
        await office.says("看资料")
        await office.delivered()
        assert office.uploads == []
        assert len(office.texts) == 2


async def test_a_picture_that_cannot_be_sent_at_all_is_said_in_words(office: Office) -> None:
    await asked(office, "证.png#1")
    office.fault("message/custom/send", errcode=40007, times=2)
    await office.delivered()
    assert office.pictures == []
    assert "没发成" in office.texts[-1]


async def test_a_file_that_cannot_be_read_is_said_in_words(office: Office) -> None:
    await asked(office, "证.png#1")
    (case,) = await office.stage.core.cases("xinxiang", APPLICANT)  # type: ignore[operator]
    await office.stage.files.erase(case.submission)
    await office.delivered()
    assert office.uploads == []
    assert "没发成" in office.texts[-1]


async def test_where_nothing_may_be_sent_any_more_it_ends_and_nobody_is_called_up(office: Office) -> None:
    await asked(office, "证.png#1")
    office.fault("message/custom/send", errcode=45047)
    await office.delivered()
    assert await office.rows() == [(RowState.SUPERSEDED, "custom=used template=no_card")]
    assert "现在发给您1份" in await office.says("看资料")
    await office.delivered()
    assert len(office.pictures) == 1, "what he wrote since is a new right"


class Died(BaseException):
    """As kill -9."""


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_process_that_dies_over_the_record_leaves_both_or_neither(office: Office, when: str) -> None:
    await office.hands_in("证.png#1")
    await office.delivered()
    office.phone.entries.clear()

    def dies(point: Point) -> None:
        if point == (Step.LOOK, when):
            raise Died

    off = hang(dies)
    update = office.stage.update(office.steward.person or "", TextMessage(text="看资料"))
    with pytest.raises(Died):
        await office.stage.turns.answer(update)
    off()
    (case,) = await office.stage.core.cases("xinxiang", APPLICANT)  # type: ignore[operator]
    looks = await Looks(office.stage.database).of_case("xinxiang", case.number)
    assert len(looks) == len(await office.rows()) == (when == "after")
    await office.stage.elsewhere.answer(update)
    await office.delivered()
    assert len(office.pictures) == len(await Looks(office.stage.database).of_case("xinxiang", case.number)) == 1


@pytest.mark.parametrize("when", ["before", "after"])
async def test_a_process_that_dies_over_an_upload_is_followed_by_another(office: Office, when: str) -> None:
    await asked(office, "证.png#1")

    def dies(point: Point) -> None:
        if point == (Step.UPLOAD, when):
            off()
            raise RuntimeError

    off = hang(dies)
    await office.delivered()
    office.stage.now += dt.timedelta(minutes=2)
    await office.delivered()
    assert len(office.pictures) == 1

"""Photos of cards at the platform: what is asked, within which number a day, and what follows from every answer (ADR 30)."""

import asyncio
import datetime as dt
import json
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from structlog.testing import capture_logs

from bot.cards import MAX_PHOTO_BYTES, OCR, WeChatCards
from bot.channels.wechat.account import Account
from bot.channels.wechat.client import WeChat
from bot.channels.wechat.errors import MEANINGS
from bot.channels.wechat.wire import Patience
from bot.metrics import Metrics
from bot.ways.gate import Gate
from handlers.card_reading import CardReading
from handlers.ports import Unread
from model.card import Card
from model.message import PhotoMessage, TextMessage
from sandbox import cards, ocr
from sandbox.accounts import load
from sandbox.api import WORLD
from sandbox.app import build_app
from sandbox.clock import Clock
from sandbox.media import SAMPLE_PDF, sample_photo
from storage.breakers import Breakers
from storage.conversations import RedisPort, open_port
from storage.ledger import QuotaLedger
from storage.valkey import EmbeddedValkey
from tests.shipped import shipped
from tests.transcripts.stage import empty_database, set_up
from tests.wechat.platform import Memory

NOW = dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC)
PERSON = "o_xx_applicant"
ID, LICENCE = cards.picture_of(cards.Card(kind="idcard")), cards.picture_of(cards.Card(kind="bizlicense"))
READ = {"name": "李示例", "number": "410721199001010006", "address": "河南省新乡县小冀镇示范路10号"}


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RedisPort]:
    """One server for this file; each test has keys of its own."""
    async with EmbeddedValkey(Path(tmp_path_factory.mktemp("cards"))) as server:
        opened = open_port(server.url)
        yield opened
        await opened.close()


@dataclass
class Counter:
    """The stand-in platform, and a reader over an account there."""

    world: Any
    url: str
    session: aiohttp.ClientSession
    port: RedisPort
    clock: Clock
    a_day: int = 100
    prefix: str = field(default_factory=lambda: f"test-{uuid.uuid4().hex}:")
    metrics: Metrics = field(default_factory=Metrics)
    memory: Memory = field(default_factory=Memory)

    @property
    def hall(self) -> Any:
        return self.world.halls["xinxiang"]

    def now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(self.clock.now(), dt.UTC)

    def reader(self) -> WeChatCards:
        given = self.hall.account
        account = Account(
            id="xinxiang", county="xinxiang", original_id=given.original_id, appid=given.appid, appsecret=given.appsecret,
            token=given.token, aes_key=given.encoding_aes_key, api_base=self.url, card_readings=self.a_day,
        )  # fmt: skip
        patience = Patience(call=5, download=5)
        client = WeChat(account, self.session, self.memory, clock=self.now, patience=patience, sleep=_at_once)
        breakers, ledger = Breakers(self.port, prefix=self.prefix), QuotaLedger(self.port, prefix=self.prefix)
        gate = Gate(breakers, ledger, self.now, alert=self.metrics.alert)
        return WeChatCards({"xinxiang": client}, gate, self.metrics.card_read)

    def photo(self, data: bytes = ID) -> str:
        return str(self.world.media.keep("xinxiang", data, self.clock.now()).id)

    async def read(self, data: bytes = ID, card: Card = "identity") -> object:
        return await self.reader().read("xinxiang", f"xinxiang:{PERSON}", self.photo(data), card)

    async def fault(self, **order: Any) -> None:
        async with self.session.post(f"{self.url}/sandbox/faults/xinxiang", json=order) as response:
            assert response.status == 200

    def count(self, name: str, **labels: str) -> float:
        return self.metrics.registry.get_sample_value(f"lianban_{name}_total", labels) or 0

    @property
    def asked(self) -> int:
        """Photos that the platform has looked at today."""
        return int(self.hall.door.used(ocr.BOUGHT, self.clock.now()))


async def _at_once(_: float) -> None:
    await asyncio.sleep(0)


@pytest_asyncio.fixture(loop_scope="session")
async def counter(port: RedisPort) -> AsyncIterator[Counter]:
    clock = Clock(source=NOW.timestamp)
    config = load(Path(__file__).parents[2] / "sandbox" / "default.json")
    app = build_app(config, "http://127.0.0.1:1", "http://sandbox.test", timeout=5, interval=0, clock=clock)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        yield Counter(app[WORLD], str(server.make_url("")).rstrip("/"), session, port, clock)


async def test_what_stands_on_a_card_by_our_names(counter: Counter) -> None:
    assert await counter.read() == READ
    assert await counter.read(LICENCE, "licence") == {
        "name": "新乡县示例食品有限公司",
        "code": "91410721MA000901X3",
        "representative": "李示例",
        "address": "河南省新乡县小冀镇示范路10号",
    }
    assert counter.count("card_readings", outcome="read") == 2


@pytest.mark.parametrize(
    ("data", "card", "code", "asked"),
    [
        (sample_photo(), "identity", "card.none", 1),
        (LICENCE, "identity", "card.none", 1),
        (cards.picture_of(cards.Card(kind="idcard", back=True)), "identity", "card.back", 1),
        (SAMPLE_PDF, "identity", "card.type", 0),
        (b"GIF89a" + bytes(40), "identity", "card.type", 0),
        (b"", "identity", "card.type", 0),
        (ID + bytes(MAX_PHOTO_BYTES - len(ID) + 1), "identity", "card.large", 0),
    ],
)
async def test_what_is_none(counter: Counter, data: bytes, card: Card, code: str, asked: int) -> None:
    assert await counter.read(data, card) == Unread(code)
    assert counter.asked == asked, "what cannot be read costs nothing"


async def test_a_photo_just_small_enough_is_read(counter: Counter) -> None:
    assert await counter.read(ID + bytes(MAX_PHOTO_BYTES - len(ID))) == READ


async def test_a_photo_that_is_gone(counter: Counter) -> None:
    assert await counter.reader().read("xinxiang", "c", "no-such-media", "identity") == Unread("card.gone")
    media = counter.photo()
    counter.clock.offset += 4 * 86400
    assert await counter.reader().read("xinxiang", "c", media, "identity") == Unread("card.gone")


async def test_switched_off_nothing_leaves_the_house(counter: Counter) -> None:
    counter.a_day = 0
    assert await counter.read() == Unread("card.away")
    assert counter.asked == 0
    assert await counter.reader().read("elsewhere", "c", "m", "identity") == Unread("card.away")


async def test_a_days_number_is_ours_before_it_is_the_platforms(counter: Counter) -> None:
    counter.a_day = 2
    assert [await counter.read() for _ in range(3)] == [READ, READ, Unread("card.full")]
    assert counter.asked == 2
    counter.clock.offset += 86400
    assert await counter.read() == READ


FOLLOWS: dict[int, tuple[object, object]] = {
    -1: (None, READ),
    40001: (None, READ),
    40014: (None, READ),
    42001: (None, READ),
    40013: (None, None),
    40125: (None, None),
    40164: (None, None),
    45009: (Unread("card.full"), Unread("card.full")),
    45011: (None, None),
    48001: (Unread("card.full"), Unread("card.full")),
    48004: (Unread("card.full"), Unread("card.full")),
    101000: (Unread("card.unreadable"), READ),
    101001: (Unread("card.none"), READ),
    101002: (Unread("card.full"), Unread("card.full")),
    101003: (Unread("card.full"), Unread("card.full")),
    99999: (Unread("card.unreadable"), READ),
}
"""By the code that is answered: what became of the photo, and of the next one."""


@pytest.mark.parametrize("code", sorted(FOLLOWS))
async def test_what_follows_from_an_answer(counter: Counter, code: int) -> None:
    became, after = FOLLOWS[code]
    await counter.fault(path="cv/ocr/idcard", errcode=code, errmsg="no rid: 683f-0a1b-77", times=4 if code == -1 else 2)
    with capture_logs() as lines:
        assert await counter.read() == became
    meaning = MEANINGS.get(code)
    alerted = meaning is None or meaning.alert
    assert counter.count("platform_alerts", account=counter.hall.account.appid, api=OCR) == (1 if alerted else 0)
    assert any(one.get("rid", "").startswith("683f-0a1b-77") for one in lines)
    assert not any(word in json.dumps(lines, default=str, ensure_ascii=False) for word in (*READ.values(), PERSON))
    await counter.fault(path="cv/ocr/idcard", times=0)
    assert await counter.read() == after
    if after != READ:
        assert counter.asked == 0, "what is known is not asked again"


def test_every_code_of_the_service_is_in_the_table() -> None:
    assert {code for code in MEANINGS if code > 100_000} | {-1, 40001, 45009, 45011, 48001, 48004} <= set(FOLLOWS)


@pytest.mark.parametrize(
    "order", [{"silent": "before"}, {"silent": "after"}, {"half": True}, {"status": 502}, {"invalidate": True}]
)
async def test_no_answer_is_asked_again(counter: Counter, order: dict[str, Any]) -> None:
    await counter.fault(path="cv/ocr/idcard", **order)
    first = await counter.read()
    assert first == (READ if "invalidate" in order else None)
    assert await counter.read() == READ


async def test_nor_is_a_photo_that_did_not_come(counter: Counter) -> None:
    await counter.fault(path="media/get", half=True)
    assert await counter.read() is None
    assert counter.asked == 0


# --- From the photo to the answer, with the stand-in platform behind it -------------------------------------------------


@pytest_asyncio.fixture(loop_scope="session")
async def stage(tmp_path: Path, counter: Counter) -> AsyncIterator[Any]:
    made = set_up(shipped()["xinxiang"], NOW, tmp_path / "home", await empty_database(tmp_path / "template.sqlite3"))
    made.reading = CardReading(made.turns, counter.reader(), made.letters, made.clock)
    for words in ("用水", "个人", "同意"):
        await made.say(PERSON, TextMessage(text=words))
    yield made
    await made.close()


async def test_from_the_photo_to_the_answer(stage: Any, counter: Counter) -> None:
    _, asked = await stage.say(PERSON, PhotoMessage(media_id=counter.photo()))
    assert "要不要让微信识别" in asked.text
    assert counter.asked == 0, "before the word of its person nothing leaves the house"
    with capture_logs() as lines:
        _, reply = await stage.say(PERSON, TextMessage(text="1", choice=asked.buttons[0].id))
        assert "正在识别" in reply.text
        (pushed,) = await stage.deliver()
    assert "李示例" in pushed.reply.text
    assert "410721199001010006" not in pushed.reply.text
    assert READ["name"] not in json.dumps(lines, default=str, ensure_ascii=False)
    await stage.say(PERSON, TextMessage(text="1", choice=pushed.reply.buttons[0].id))
    draft = (await stage.talk(PERSON)).draft()
    assert draft.answers["applicant_name"].value.text == "李示例"
    assert draft.held["applicant_code"].value.number == READ["number"]


async def test_a_process_that_dies_before_it_told_is_followed_by_another(stage: Any, counter: Counter) -> None:
    """The reading is repeated, the result joins once, and is pushed once."""
    _, asked = await stage.say(PERSON, PhotoMessage(media_id=counter.photo()))
    answer = stage.turns.answer
    gone = asyncio.Event()

    async def dies(update: Any, fresh: Any = None) -> Any:
        if update.key.startswith("card:"):
            gone.set()
            raise RuntimeError
        return await answer(update, fresh)

    stage.turns.answer = dies
    await stage.say(PERSON, TextMessage(text="1", choice=asked.buttons[0].id))
    await gone.wait()
    await stage.reading.finish()
    assert (await stage.talk(PERSON)).readings, "it is still to be done"
    stage.turns.answer = answer
    assert not await stage.turns.settle("xinxiang", PERSON)
    (pushed,) = await stage.deliver()
    assert "李示例" in pushed.reply.text
    assert await stage.turns.settle("xinxiang", PERSON)
    assert await stage.deliver() == []
    assert counter.asked == 2
    assert (await stage.talk(PERSON)).readings == ()


async def test_two_processes_read_and_the_result_joins_once(stage: Any, counter: Counter) -> None:
    _, asked = await stage.say(PERSON, PhotoMessage(media_id=counter.photo()))
    other = CardReading(stage.elsewhere, counter.reader(), stage.letters, stage.clock)
    mine = stage.reading.begin

    def both(conversation: Any) -> None:
        mine(conversation)
        other.begin(conversation)

    stage.reading.begin = both
    await stage.say(PERSON, TextMessage(text="1", choice=asked.buttons[0].id))
    await other.finish()
    told = [one for one in await stage.deliver() if "照片上读到" in one.reply.text]
    assert len(told) == 1
    assert len((await stage.talk(PERSON)).draft().read) == 3


async def test_erasing_takes_what_was_read_with_it(stage: Any, counter: Counter) -> None:
    _, asked = await stage.say(PERSON, PhotoMessage(media_id=counter.photo()))
    await stage.say(PERSON, TextMessage(text="1", choice=asked.buttons[0].id))
    await stage.deliver()
    assert stage.remembers("李示例")
    _, known = await stage.say(PERSON, TextMessage(text="我的信息"))
    assert "李" in known.text
    assert "证件照片交给微信识别" in known.text, "what was agreed to is told too"
    for words in ("删除我的信息", "确定删除"):
        _, reply = await stage.say(PERSON, TextMessage(text=words))
    assert not stage.remembers("李示例"), reply.text
    assert not stage.remembers(READ["number"])

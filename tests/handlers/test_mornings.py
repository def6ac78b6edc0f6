"""The digest of a morning on its way: composed when it is sent, and nobody is called up for it."""

import datetime as dt

import pytest

from bot.channels.wechat.results import Sent
from bot.sending import WeChatSender
from handlers.digest import Digest
from handlers.notices import Notices
from model.calendar import CHINA
from model.delivery import Delivered, Obsolete
from model.message import TextMessage
from storage.desks import Desks
from tests.e2e.jobs import XINXIANG
from tests.shipped import shipped
from tests.transcripts.stage import empty_database, set_up
from tests.ways import open_ways

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)


class Client:
    """The platform's side of an account: all it was asked to send."""

    def __init__(self):
        self.sent, self.cards = [], []

    async def send_text(self, person, reply):
        self.sent.append(reply.text)
        return Sent()

    async def send_template(self, person, template, fields, *, key):
        self.cards.append((template, fields))
        return Sent()


@pytest.fixture
async def stage(tmp_path):
    county = shipped()["xinxiang"]
    made = set_up(county, NOW, tmp_path / "home", await empty_database(tmp_path / "template.sqlite3"))
    await made.hire("water_company")
    for text in (*XINXIANG.split("|"), "我承诺"):
        await made.say("o_someone", TextMessage(text=text))
    await made.deliver()
    yield made
    await made.close()


async def morning_of(stage, now):
    """The one digest of that morning, and what sending it comes to."""
    stage.now = now
    assert await stage.mornings.round() == 1
    (row,) = [row for row in await stage.outbox.claim(now, 50) if row.template == "steward.digest"]
    wordings = {stage.county.id: stage.turns.wording(stage.county.id)}
    digest = Digest(stage.core, Desks(stage.database), stage.counties, wordings, stage.clock)
    client = Client()
    notices = Notices(stage.core, stage.counties, wordings)

    async def announce(*_):
        return None

    ways = open_ways({stage.county.id: client}, stage.turns, notices.compose, stage.clock)
    sender = WeChatSender({stage.county.id}, ways, stage.turns, stage.book, notices, stage.clock, digest)

    async def send():
        return await sender.send(row, announce)

    return client, send


async def test_it_is_sent_as_a_text_while_he_may_be_written_to_and_as_a_card_after(stage):
    client, send = await morning_of(stage, NOW.replace(day=24, hour=8, minute=30))
    assert isinstance(await send(), Delivered)
    assert "今天17:30前对接" in client.sent[0]
    client, send = await morning_of(stage, NOW.replace(day=27, hour=8, minute=30))  # he has not written for days
    assert isinstance(await send(), Delivered)
    assert client.sent == []
    assert client.cards[0][0] == "steward.digest"


async def test_whoever_has_left_meanwhile_hears_nothing(stage):
    client, send = await morning_of(stage, NOW.replace(day=24, hour=8, minute=30))
    await stage.staffing.retire("demo_xx_water")
    assert isinstance(await send(), Obsolete)
    assert (client.sent, client.cards) == ([], [])

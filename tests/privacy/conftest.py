"""A county office over real stores: an embedded server, and SQLite and PostgreSQL in turn."""

import datetime as dt
import os
import uuid

import pytest
from sqlalchemy import update

from bot.letters import OutboxLetters
from bot.retaining import keeping
from handlers.book import SealedBook
from handlers.casework import Casework
from handlers.effects import Effects
from handlers.fetching import Fetching
from handlers.handing_in import HandingIn
from handlers.turn import Turns
from model.calendar import CHINA
from model.case import Case
from model.message import PhotoMessage, TextMessage, Update
from routing.evolve import fold
from storage.conversations import Conversations, open_port
from storage.files import FileStore
from storage.outbox import Outbox
from storage.records import Records
from storage.schema import cases
from storage.staffing import Staffing
from storage.steps import Step
from storage.valkey import EmbeddedValkey
from storage.vault import Keyring, Vault
from tests.records.conftest import database, migrated, postgres, url  # noqa: F401 - fixtures
from tests.shipped import shipped
from tests.transcripts.stage import PaperGallery

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
HEATING = (
    "热力|个人|同意|李示例|不同意|小冀镇示范路10号|13800000000|小冀镇示范路10号|否|10万平方米|1期|1期|3号楼|52000|49000|未缴|否|否|"
    "2027年11月15日|没装|照片|好了|后面补|后面补|后面补|我承诺"
)


class Premises:
    """The handlers of one process over given stores; `now` is its clock."""

    def __init__(self, redis_url, database, home, vault=None, prefix=None):  # noqa: F811
        self.now = NOW
        self.vault = vault or Vault(Keyring("k1", {"k1": os.urandom(32)}), os.urandom(32))
        self.port = open_port(redis_url)
        self.prefix = prefix or f"test-{uuid.uuid4().hex}:"
        self.store = Conversations(self.port, prefix=self.prefix)
        self.database = database
        self.home = home
        self.counties = {"xinxiang": shipped()["xinxiang"]}
        self.book = SealedBook(self.store, self.vault)
        self.records = Records(database, self.vault, fold)
        self.outbox = Outbox(database)
        self.files = FileStore(home / "files", self.vault)
        letters = OutboxLetters(self.outbox)
        self.kept = keeping(
            self.counties, self.store, self.book, database, self.vault, letters, self.files, lambda: self.now
        )
        self.account = self.kept.account
        self.core = Casework(self.records, Staffing(database, self.vault), self.counties)
        self.turns = Turns(
            self.counties,
            {"a": "xinxiang"},
            self.book,
            Effects(self.core, self.kept.eraser),
            HandingIn(self.core, letters),
            lambda: self.now,
            lambda talk: self.fetching.begin(talk),
            expiring=self.kept.expiring,
        )
        self.fetching = Fetching(self.turns, PaperGallery(), self.files, letters, lambda: self.now)

    def another(self):
        """A second process over the same stores."""
        made = Premises.__new__(Premises)
        made.__init__(self.url, self.database, self.home, self.vault, self.prefix)
        return made

    async def say(self, person, *texts, key=None):
        """Words of a person one after the other; `照片` is a photo. The last reply."""
        reply = None
        for text in texts:
            message = PhotoMessage(media_id="m.png", name="证.png") if text == "照片" else TextMessage(text=text)
            update_ = Update(account="a", person=person, key=key or uuid.uuid4().hex, at=self.now, message=message)
            reply = await self.turns.answer(update_)
            await self.fetching.finish()
        return reply

    async def talk(self, person):
        return await self.turns.conversation("a", person)

    async def page(self, person):
        return await self.turns.page("a", person)

    async def hand_in(self, person) -> Case:
        """A case with a photo."""
        await self.say(person, *HEATING.split("|"))
        [case] = await self.core.cases("a", person)
        return case

    async def close_case(self, case, at):
        """As if everything were connected."""
        async with self.database.writing(Step.COMMAND) as connection:
            await connection.execute(update(cases).where(cases.c.id == case.id).values(closed_at=at))

    async def proofs(self):
        return {(one.kind, one.rule): one for one in await self.account.proofs()}


@pytest.fixture(scope="session")
async def valkey(tmp_path_factory):
    async with EmbeddedValkey(tmp_path_factory.mktemp("privacy")) as server:
        yield server


@pytest.fixture
async def office(valkey, database, tmp_path):  # noqa: F811
    made = Premises(valkey.url, database, tmp_path / "home")
    made.url = valkey.url
    yield made
    await made.fetching.finish()
    await made.port.close()

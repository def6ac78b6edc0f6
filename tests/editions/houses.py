"""Several programs with editions of their own over one Redis and one SQL database, as in a rolling deployment."""

import datetime as dt
import os
import shutil
import uuid
from pathlib import Path

from sqlalchemy import event

from bot.letters import OutboxLetters
from handlers.book import SealedBook
from handlers.casework import Casework
from handlers.editions import Editions
from handlers.effects import Effects
from handlers.handing_in import HandingIn
from handlers.notices import Notices
from handlers.turn import Turns
from model.calendar import CHINA
from model.conversation import Conversation
from model.county import County
from model.draft import Draft
from model.message import Message, Reply, TextMessage, Update
from routing.evolve import fold
from storage.calendars import Calendars
from storage.conversations import Conversations, open_port
from storage.editions import EditionStore
from storage.engine import Database, open_database
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Keyring, Vault
from tests.transcripts.stage import _hurried, empty_database

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
PERSON = "o_someone"


class House:
    """One program: its county as loaded, its memory of editions, its connections."""

    def __init__(self, county: County, town: "Town") -> None:
        self.own = county
        self.store = EditionStore(town.database)
        self.editions = Editions({county.id: county}, self.store, Calendars(town.database))
        self.records, self.staffing = Records(town.database, town.vault, fold), Staffing(town.database, town.vault)
        self.outbox = Outbox(town.database)
        self.core = Casework(self.records, self.staffing, self.editions, learn=self.editions.learn)
        self.port = open_port(town.redis)
        self.book = SealedBook(Conversations(self.port, prefix=town.prefix, idle_ms=600_000), town.vault)
        letters = OutboxLetters(self.outbox, lambda: None)
        self.turns = Turns(
            self.editions, {county.id: county.id}, self.book, Effects(self.core), HandingIn(self.core, letters),
            lambda: town.now, learn=self.editions.learn,
        )  # fmt: skip
        self.notices = Notices(self.core, self.editions, {county.id: self.turns.wording(county.id)})
        self.town = town

    async def say(self, said: str | Message, person: str = PERSON, *, key: str = "") -> Reply:
        """One message, with a key of its own unless it is delivered again."""
        message = TextMessage(text=said) if isinstance(said, str) else said
        update = Update(
            account=self.own.id, person=person, key=key or uuid.uuid4().hex, at=self.town.now, message=message
        )
        return await self.turns.answer(update)

    async def talk(self, person: str = PERSON) -> Conversation:
        """What is stored."""
        return await self.turns.conversation(self.own.id, person)

    async def draft(self, person: str = PERSON) -> Draft:
        """The active draft as stored."""
        draft = (await self.talk(person)).draft()
        assert draft is not None
        return draft


class Town:
    """The stores, and the houses opened over them."""

    def __init__(self, redis: str, database: Database) -> None:
        self.redis, self.database = redis, database
        self.prefix = f"test-{uuid.uuid4().hex}:"
        self.vault = Vault(Keyring("k", {"k": os.urandom(32)}), os.urandom(32))
        self.now = NOW
        self.houses: list[House] = []

    async def open(self, county: County, *, replace: bool = False) -> House:
        """A program starts with this edition. Raises `EditionsChanged`."""
        house = House(county, self)
        self.houses.append(house)
        await house.editions.register(self.now, replace=replace)
        return house

    async def close(self) -> None:
        """Every program ends."""
        for house in self.houses:
            await house.port.close()
        await self.database.close()


async def new_town(redis: str, folder: Path) -> Town:
    """An empty one."""
    template = folder.parent / "editions-template.sqlite3"
    if not template.exists():
        await empty_database(template)
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(template, folder / "records.sqlite3")
    database = open_database(f"sqlite:///{folder / 'records.sqlite3'}")
    event.listen(database.engine.sync_engine, "connect", _hurried)
    return Town(redis, database)

"""Retention at work: a round every few hours in the running program, or one by `python -m bot retention`."""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

import structlog

from bot.clock import WallClock
from bot.embedded import redis_beside
from bot.keys import vault_of
from bot.letters import OutboxLetters
from bot.settings import Settings
from config.loader import load_counties
from handlers.book import SealedBook
from handlers.erasing import Eraser
from handlers.expiring import Expiring
from handlers.ports import Clock, Letters
from handlers.retaining import Retaining
from model.county import County
from model.erasure import Proof
from routing.evolve import fold
from storage.conversations import Conversations, open_port
from storage.engine import Database, open_database
from storage.enquiry_retention import EnquiryRetention
from storage.erasures import Erasures
from storage.files import FileStore
from storage.funnels import Funnels
from storage.handovers import Handovers
from storage.human_talks import HumanTalks
from storage.intakes import Intakes
from storage.migrate import upgrade
from storage.opt_ins import OptIns
from storage.outbox import Outbox
from storage.records import Records
from storage.vault import Vault

EVERY: Final = dt.timedelta(hours=6)
_LOOK = 20.0
_SHARE: Final = 0.03
"""Of the time, for a round beside people who write: 100,000 conversations take less than an hour."""

log = structlog.get_logger()


class Retainer:
    """Runs rounds by the program's clock, which the sandbox can move; any number of processes may do so."""

    def __init__(self, retaining: Retaining, clock: Clock) -> None:
        """The first round comes soon after the start."""
        self._retaining = retaining
        self._clock = clock
        self._next: dt.datetime | None = None

    async def run(self) -> None:
        """Rounds until cancelled; a store that is away only puts one off."""
        while True:
            await asyncio.sleep(_LOOK)
            if self._next is None or self._next <= self._clock():
                try:
                    done = await self._retaining.round(share=_SHARE)
                except Exception as error:
                    log.error("retention.failed", error=type(error).__name__)
                else:
                    self._next = self._clock() + EVERY
                    log.info("retention.done", **done)


@dataclass(frozen=True, slots=True)
class Keeping:
    """What keeps data only as long as it may be kept."""

    eraser: Eraser
    expiring: Expiring
    retaining: Retaining
    account: Erasures


def keeping(
    counties: Mapping[str, County],
    store: Conversations,
    book: SealedBook,
    database: Database,
    vault: Vault,
    letters: Letters,
    files: FileStore,
    clock: Clock,
) -> Keeping:
    """Everything of it over the stores of a program."""
    records, account = Records(database, vault, fold), Erasures(database, vault)
    questions, opt_ins = EnquiryRetention(database, vault), OptIns(database)
    talks = HumanTalks(database)
    eraser = Eraser(account, records, book, files, questions, opt_ins, talks)
    expiring = Expiring(book, letters, eraser, clock, talks)
    codes = Handovers(database, vault)
    retaining = Retaining(
        counties,
        store,
        book,
        expiring,
        eraser,
        account,
        records,
        files,
        clock,
        questions,
        opt_ins,
        codes,
        Funnels(database),
        Intakes(database, vault),
    )
    return Keeping(eraser, expiring, retaining, account)


@dataclass(frozen=True, slots=True)
class Beside:
    """The stores, opened by a command, beside the running program if there is one."""

    vault: Vault
    database: Database
    store: Conversations


@asynccontextmanager
async def beside(settings: Settings) -> AsyncGenerator[Beside, None]:
    """The stores of this installation. An embedded server is the running program's; else one is started for the while.

    Raises KeysMissing, ValkeyFailed.
    """
    vault = vault_of(settings, beside=True)
    async with AsyncExitStack() as stack:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        await upgrade(settings.database())
        database = open_database(settings.database())
        stack.push_async_callback(database.close)
        port = open_port(await redis_beside(settings, stack))
        stack.push_async_callback(port.close)
        yield Beside(vault, database, Conversations(port))


async def retain(settings: Settings, *, dry: bool) -> tuple[Counter[str], tuple[Proof, ...]]:
    """One round; what it did, or (`dry`) would do, and the newest proofs."""
    counties = load_counties(settings.counties)
    async with beside(settings) as stores:
        book = SealedBook(stores.store, stores.vault)
        files = FileStore(settings.data / "files", stores.vault)
        letters = OutboxLetters(Outbox(stores.database))
        made = keeping(counties, stores.store, book, stores.database, stores.vault, letters, files, WallClock())
        done = await made.retaining.round(dry=dry)
        return done, () if dry else await made.account.proofs(max(1, sum(done.values())))

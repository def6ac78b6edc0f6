"""A process that sends what waits for a body's system, and is killed with no chance to clean up at a named point."""

import asyncio
import datetime as dt
import os
import signal
import sys

from bot.letters import OutboxLetters
from bot.webhooks.working import webhook_delivery
from handlers.casework import Casework
from routing.evolve import fold
from storage.engine import open_database
from storage.outbox import Outbox
from storage.records import Records
from storage.staffing import Staffing
from storage.steps import Point, hang
from storage.vault import Keyring, Vault
from storage.webhook_rows import WebhookRows
from storage.webhooks import Webhooks
from tests.routing.county import NOW, xinxiang

VAULT = Vault(Keyring("k1", {"k1": b"1" * 32}), b"2" * 32)


async def send(url: str, now: dt.datetime = NOW) -> None:
    """Everything that waits is sent by one worker."""
    database, county = open_database(url), xinxiang()
    staffing = Staffing(database, VAULT)
    core = Casework(Records(database, VAULT, fold), staffing, {county.id: county})
    rows = WebhookRows(database)
    letters = OutboxLetters(Outbox(database))
    while (due := await rows.next_due()) is not None and due <= now:
        worker = webhook_delivery(
            Webhooks(database, VAULT), rows, core, {county.id: county}, staffing, letters, lambda: now
        )
        await worker._round()
        worker.stop()
        await worker.run()
    await database.close()


def _die_at(point: str) -> None:
    def look(reached: Point) -> None:
        if str(reached) == point:
            os.kill(os.getpid(), signal.SIGKILL)

    hang(look)


if __name__ == "__main__":
    _die_at(sys.argv[2])
    asyncio.run(send(sys.argv[1]))

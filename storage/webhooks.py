"""Where the own systems of bodies listen; address and secrets are sealed, each under a key of its own (design §6)."""

import base64
import datetime as dt
import json
from typing import Any

from sqlalchemy import delete, select, update

from model.breaker import Breaker
from model.delivery import RowState
from model.webhook import Webhook
from storage.engine import Database
from storage.outbox_sql import PENDING, SYSTEM
from storage.schema import outbox, webhooks
from storage.steps import Step
from storage.vault import Vault


class Webhooks:
    """The systems that hear of their orders. Every method is a transaction of its own."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def put(self, one: Webhook) -> None:
        """Enter a system, or change it: from now on it is this."""
        key = self._vault.new_record_key()
        said = {
            "url": one.url,
            "secret": _text(one.secret),
            "previous": _text(one.previous) if one.previous else None,
            "previous_until": one.previous_until.isoformat() if one.previous_until else None,
        }
        sealed = self._vault.seal(key, json.dumps(said).encode(), _place(one.id))
        row = one.model_dump(include={"id", "county", "body", "allow_private", "on", "delivered_at", "reason"})
        row |= one.breaker.model_dump() | {"id": one.id, "wrapped": key.wrapped, "sealed": sealed}
        changing = tuple(name for name in row if name != "id")
        async with self._database.writing(Step.WEBHOOK) as connection:
            await connection.execute(self._database.upsert(webhooks, keys=("id",), changing=changing), row)

    async def one(self, system: str) -> Webhook | None:
        """A system by its id. Raises `Unreadable` without the key it is sealed under."""
        async with self._database.reading() as connection:
            row = (await connection.execute(select(webhooks).where(webhooks.c.id == system))).one_or_none()
        return None if row is None else self._read(row)

    async def of_county(self, county: str) -> tuple[Webhook, ...]:
        """The systems of a county, by body."""
        query = select(webhooks).where(webhooks.c.county == county).order_by(webhooks.c.body)
        async with self._database.reading() as connection:
            return tuple(self._read(row) for row in await connection.execute(query))

    async def remove(self, system: str, now: dt.datetime) -> bool:
        """It hears of nothing any more, nor of what waits. False if there is none."""
        waits = (outbox.c.recipient_kind == SYSTEM, outbox.c.recipient == system, outbox.c.state.in_(PENDING))
        over = {"state": RowState.SUPERSEDED, "ended_at": now, "reason": "system removed"}
        async with self._database.writing(Step.WEBHOOK) as connection:
            await connection.execute(update(outbox).where(*waits).values(over))
            return (await connection.execute(delete(webhooks).where(webhooks.c.id == system))).rowcount == 1

    async def switch_off(self, system: str, reason: str) -> bool:
        """It said that it is gone; what is for it waits until it is entered anew. False if it was off before."""
        mine = (webhooks.c.id == system, webhooks.c.on)
        async with self._database.writing(Step.WEBHOOK) as connection:
            change = update(webhooks).where(*mine).values(on=False, reason=reason)
            return (await connection.execute(change)).rowcount == 1

    async def rewrap(self) -> int:
        """Wrap the keys of all systems under the vault's current key; how many were under another."""
        old = ~webhooks.c.wrapped.startswith(f"{self._vault.current}:", autoescape=True)
        async with self._database.reading() as connection:
            rows = (await connection.execute(select(webhooks.c.id, webhooks.c.wrapped).where(old))).all()
        done = 0
        if rows:
            async with self._database.writing(Step.ROTATE) as connection:
                for row in rows:
                    mine = (webhooks.c.id == row.id, webhooks.c.wrapped == row.wrapped)
                    change = update(webhooks).where(*mine).values(wrapped=self._vault.rewrap(row.wrapped))
                    done += (await connection.execute(change)).rowcount
        return done

    def _read(self, row: Any) -> Webhook:
        said = json.loads(self._vault.open(self._vault.unwrap(row.wrapped), row.sealed, _place(row.id)))
        return Webhook(
            county=row.county,
            body=row.body,
            url=said["url"],
            secret=base64.b64decode(said["secret"]),
            previous=base64.b64decode(said["previous"]) if said["previous"] else None,
            previous_until=dt.datetime.fromisoformat(said["previous_until"]) if said["previous_until"] else None,
            allow_private=row.allow_private,
            on=row.on,
            breaker=breaker_of(row),
            delivered_at=row.delivered_at,
            reason=row.reason,
        )


def breaker_of(row: Any) -> Breaker:
    """The breaker as a row of `webhooks` has it."""
    return Breaker(failures=row.failures, openings=row.openings, open_until=row.open_until)


def _text(secret: bytes) -> str:
    return base64.b64encode(secret).decode()


def _place(system: str) -> bytes:
    return f"webhook:{system}".encode()

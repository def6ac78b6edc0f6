"""Codes by which the hotline hands a matter over, and the wrong words said about them (ADR 27). Nothing in it says whose it is."""

import datetime as dt
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.handover import TRIES, Handover, target_of
from storage.engine import Database
from storage.schema import handover_tries, handovers
from storage.steps import Step
from storage.vault import Vault

KEPT: Final = dt.timedelta(days=30)
"""So long after its time a code is still known, so that whoever comes with it hears what became of it."""
A_DAY: Final = dt.timedelta(hours=24)


class Handovers:
    """Of a code, of who tried it and of the message he did it with only keyed hashes are kept. Every method is a transaction."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def issue(self, code: str, made: Handover) -> bool:
        """Let this code hand over; an earlier one for the same is void. False, and nothing happens, where there is such a code."""
        row = made.model_dump(exclude={"target"}) | {"hash": self._hash(code), "target": str(made.target)}
        earlier = (handovers.c.target == row["target"], handovers.c.state == "open", handovers.c.hash != row["hash"])
        async with self._database.writing(Step.HANDOVER) as connection:
            await _forget(connection, made.made_at)
            known = select(handovers.c.hash).where(handovers.c.hash.in_(self._hashes(code)))
            if (await connection.execute(known)).first() is not None:
                return False
            added = await connection.execute(self._database.add(handovers), row)
            if added.rowcount == 0:
                return False
            await connection.execute(update(handovers).where(*earlier).values(state="void"))
        return True

    async def found(self, code: str) -> Handover | None:
        """What this code hands over, whatever became of it."""
        query = select(handovers).where(handovers.c.hash.in_(self._hashes(code)))
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).mappings().one_or_none()
        if row is None:
            return None
        kept = {name: value for name, value in row.items() if name not in ("hash", "target")}
        return Handover(target=target_of(row["target"]), **kept)

    async def wrong(self, code: str | None, account: str, person: str, key: str, now: dt.datetime) -> int:
        """This person said something wrong, in the message `key`: of this code, or (None) a code that there is not.

        Counted once, however often the message comes. How often it has happened to this code; with the last time it is dead.
        """
        row = {"key": self._hash(f"try:{key}"), "person": self._person(account, person), "at": now}
        async with self._database.writing(Step.HANDOVER) as connection:
            await _forget(connection, now)
            this = select(handovers.c.hash).where(handovers.c.hash.in_(self._hashes(code or ""))).with_for_update()
            about = (await connection.execute(this)).scalar_one_or_none() if code is not None else None
            added = await connection.execute(self._database.add(handover_tries), row)
            if about is None:
                return 0
            if added.rowcount:
                more = update(handovers).where(handovers.c.hash == about).values(tries=handovers.c.tries + 1)
                await connection.execute(more)
                spent = (handovers.c.hash == about, handovers.c.state == "open", handovers.c.tries >= TRIES)
                await connection.execute(update(handovers).where(*spent).values(state="dead"))
            count = await connection.execute(select(handovers.c.tries).where(handovers.c.hash == about))
            return int(count.scalar_one())

    async def tried(self, account: str, person: str, key: str, now: dt.datetime) -> int:
        """How often this person has said something wrong within a day, but for the message `key`."""
        mine = self._vault.lookups(_of_person(account, person))
        query = select(func.count()).where(handover_tries.c.person.in_(mine), handover_tries.c.at > now - A_DAY)
        query = query.where(handover_tries.c.key.not_in(self._hashes(f"try:{key}")))
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def forget(self, now: dt.datetime) -> None:
        """Codes that nobody need know any more, and tries that do not count any more."""
        async with self._database.writing(Step.HANDOVER) as connection:
            await _forget(connection, now)

    def _hash(self, code: str) -> str:
        return self._vault.lookup(f"handover:{code}")

    def _hashes(self, code: str) -> tuple[str, ...]:
        return self._vault.lookups(f"handover:{code}")

    def _person(self, account: str, person: str) -> str:
        return self._vault.lookup(_of_person(account, person))


def _of_person(account: str, person: str) -> str:
    return f"handover_by:{account}:{person}"


async def _forget(connection: AsyncConnection, now: dt.datetime) -> None:
    await connection.execute(delete(handovers).where(handovers.c.until < now - KEPT))
    await connection.execute(delete(handover_tries).where(handover_tries.c.at <= now - A_DAY))

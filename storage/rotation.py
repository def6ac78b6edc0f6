"""Rotating keys and reindexing lookups under traffic: small steps, each safe beside every commit, each repeatable."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from sqlalchemy import Table, delete, func, select, update

from model.submission import Submission
from storage.conversations import Conversations
from storage.engine import Database
from storage.records import Records, lookup_rows
from storage.schema import cases, credit_notes, enquiries, lookups, record_keys
from storage.steps import Step
from storage.vault import Unreadable, Vault

FindBy: TypeAlias = Callable[[Submission], Mapping[str, Iterable[str]]]
"""The values a case can be found by, by kind."""

_AT_ONCE: Final = 200
_KEY: Final = "key:"
"""What the parts begin with in which a conversation keeps its record keys."""


class Rotation:
    """Brings what is stored under the vault's present keys. Whoever stops it anywhere may begin again."""

    def __init__(self, database: Database, store: Conversations, vault: Vault, records: Records) -> None:
        self._records = records
        self._database = database
        self._store = store
        self._vault = vault

    async def records(self) -> int:
        """Wrap the record keys of all cases under the current key; how many were under another.

        A key that was destroyed meanwhile stays destroyed: each is replaced only where it still is what was read.
        """
        done = 0
        after = ("", "")
        place = (record_keys.c.case_id, record_keys.c.record)
        while True:
            old = ~record_keys.c.wrapped.startswith(f"{self._vault.current}:", autoescape=True)
            later = (record_keys.c.case_id > after[0]) | (
                (record_keys.c.case_id == after[0]) & (record_keys.c.record > after[1])
            )
            async with self._database.reading() as connection:
                query = select(record_keys).where(old, later).order_by(*place).limit(_AT_ONCE)
                rows = (await connection.execute(query)).all()
            if not rows:
                return done
            async with self._database.writing(Step.ROTATE) as connection:
                for row in rows:
                    mine = (place[0] == row.case_id, place[1] == row.record, record_keys.c.wrapped == row.wrapped)
                    change = update(record_keys).where(*mine).values(wrapped=self._vault.rewrap(row.wrapped))
                    done += (await connection.execute(change)).rowcount
            after = (rows[-1].case_id, rows[-1].record)

    async def enquiries(self) -> int:
        """The same for the keys of enquiries."""
        return await self._rewrapped(enquiries)

    async def credit(self) -> int:
        """The same for the keys of credit notes."""
        return await self._rewrapped(credit_notes)

    async def _rewrapped(self, table: Table) -> int:
        done, after = 0, ""
        while True:
            old = ~table.c.wrapped.startswith(f"{self._vault.current}:", autoescape=True)
            async with self._database.reading() as connection:
                query = select(table.c.id, table.c.wrapped).where(old, table.c.id > after)
                rows = (await connection.execute(query.order_by(table.c.id).limit(_AT_ONCE))).all()
            if not rows:
                return done
            async with self._database.writing(Step.ROTATE) as connection:
                for row in rows:
                    mine = (table.c.id == row.id, table.c.wrapped == row.wrapped)
                    change = update(table).where(*mine).values(wrapped=self._vault.rewrap(row.wrapped))
                    done += (await connection.execute(change)).rowcount
            after = rows[-1].id

    async def conversations(self) -> int:
        """Wrap the record keys of all conversations under the current key; how many were under another.

        The revision stays: no commit replaces a key, so none is lost; one that destroys a key wins.
        """
        done = 0
        async for name in self._store.names():
            parts = (await self._store.load(name)).parts
            wrapped = {part: value for part, value in parts.items() if part.startswith(_KEY)}
            fresh = {part: (value, self._vault.rewrap(value.decode()).encode()) for part, value in wrapped.items()}
            if changed := {part: pair for part, pair in fresh.items() if pair[0] != pair[1]}:
                done += await self._store.swap(name, changed)
        return done

    async def lookups(self, county: str, find_by: FindBy) -> int:
        """Compute the lookups of a county's cases under the present lookup key; how many cases were under another."""
        done = 0
        while True:
            old = select(lookups.c.case_id).where(lookups.c.key_id != self._vault.lookup_id)
            query = select(cases.c.id).where(cases.c.county == county, cases.c.id.in_(old)).limit(_AT_ONCE)
            async with self._database.reading() as connection:
                found = list((await connection.execute(query)).scalars())
            for case_id in found:
                await self._reindex(case_id, find_by)
            done += len(found)
            if not found:
                return done

    async def lookups_left(self) -> int:
        """How many lookups are not under the present lookup key."""
        query = select(func.count()).where(lookups.c.key_id != self._vault.lookup_id)
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def _reindex(self, case_id: str, find_by: FindBy) -> None:
        try:
            submission = await self._records.submission(case_id)
        except Unreadable:
            submission = None  # erased meanwhile: nobody may find it any more
        rows = lookup_rows(self._vault, case_id, find_by(submission)) if submission is not None else []
        async with self._database.writing(Step.REINDEX) as connection:
            # The case is locked, so that nobody erases it between the two.
            alive = select(cases.c.id).where(cases.c.id == case_id, cases.c.erased_at.is_(None)).with_for_update()
            kept = (await connection.execute(alive)).scalar() is not None
            await connection.execute(delete(lookups).where(lookups.c.case_id == case_id))
            if kept and rows:
                await connection.execute(self._database.insert(lookups).values(rows))

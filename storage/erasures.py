"""What is erased from the records, step by step, and the proof that is left of it (design §6).

An erasure is marked, its keys are destroyed, what they sealed is deleted, and reading is tried: each step is a
transaction of its own and may be repeated, so that whoever comes after a crash goes on where it stopped.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from sqlalchemy import ColumnElement, String, and_, cast, delete, func, or_, select, update

from model.delivery import RowState
from model.erasure import Erasure, ErasureKind, Marked, Proof
from model.handover import OfCase
from storage.engine import Database
from storage.log import RecordName
from storage.schema import (
    alarms,
    appointments,
    cases,
    commands,
    credit_notes,
    enquiries,
    enquiry_events,
    erasures,
    events,
    handovers,
    lookups,
    opt_ins,
    outbox,
    record_keys,
    tickets,
)
from storage.steps import Step
from storage.vault import Vault

_NUMBER_HEX: Final = 12
_ENDED: Final = (
    RowState.DELIVERED, RowState.FAILED, RowState.WORKLIST, RowState.CALLED, RowState.SUPERSEDED, RowState.EXPIRED
)  # fmt: skip
_OF_A_CASE: Final[Mapping[str, tuple[RecordName, ...]]] = {"case": ("case", "words", "photos"), "words": ("words",)}
GONE: Final = "unreadable"
"""The proof: reading was tried and failed, and nothing is left."""


class Erasures:
    """The account of erasures, and those that happen in SQL alone. Every method is a transaction of its own."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def mark(self, what: Erasure, now: dt.datetime) -> str:
        """Announce an erasure; its number, the same again for the same record."""
        numbers = [one[:_NUMBER_HEX].upper() for one in self._vault.lookups(f"erasure:{what.kind}:{what.record}")]
        row = {
            "number": numbers[0],
            "kind": what.kind,
            "record": self._vault.lookup(what.record),
            "county": what.county,
            "rule": what.rule,
            "pending": what.model_dump(mode="json"),
            "marked_at": now,
            "counts": {},
        }
        async with self._database.writing(Step.ERASURE) as connection:
            known = await connection.execute(select(erasures.c.number).where(erasures.c.number.in_(numbers)))
            if (number := known.scalars().first()) is not None:
                return str(number)
            await connection.execute(self._database.insert(erasures).values(row).on_conflict_do_nothing())
        return numbers[0]

    async def marked(self, number: str) -> Marked | None:
        """An erasure that is not proved yet, by its number."""
        found = await self._marked(and_(erasures.c.number == number, erasures.c.proved_at.is_(None)), 1)
        return found[0] if found else None

    async def pending(self, before: dt.datetime, limit: int) -> tuple[Marked, ...]:
        """Erasures marked before an instant that nobody has brought to their proof; oldest first."""
        return await self._marked(and_(erasures.c.proved_at.is_(None), erasures.c.marked_at <= before), limit)

    async def destroyed(self, number: str, now: dt.datetime) -> None:
        """The keys of a record outside SQL are destroyed."""
        await self._set(number, destroyed_at=func.coalesce(erasures.c.destroyed_at, now))

    async def deleted(self, number: str, counts: Mapping[str, int], now: dt.datetime) -> None:
        """What the keys had sealed is deleted; repeated, the first counts stay."""
        async with self._database.writing(Step.ERASURE) as connection:
            first = and_(erasures.c.number == number, erasures.c.deleted_at.is_(None))
            await connection.execute(update(erasures).where(first).values(deleted_at=now, counts=dict(counts)))

    async def proved(self, number: str, proof: str, now: dt.datetime) -> bool:
        """Reading was tried. With `GONE` the erasure is over and forgets whose it was; anything else is tried again."""
        over = {"proved_at": now, "pending": None} if proof == GONE else {}
        await self._set(number, proof=proof, **over)
        return proof == GONE

    async def drop(self, number: str) -> bool:
        """Take back an announcement that nobody carried out; one whose keys are destroyed stays."""
        open_still = (erasures.c.number == number, erasures.c.destroyed_at.is_(None))
        async with self._database.writing(Step.ERASURE) as connection:
            return (await connection.execute(delete(erasures).where(*open_still))).rowcount == 1

    async def proofs(self, limit: int = 100) -> tuple[Proof, ...]:
        """The newest erasures, proved or not."""
        kept = [erasures.c[name] for name in Proof.model_fields]
        query = select(*kept).order_by(erasures.c.marked_at.desc(), erasures.c.number).limit(limit)
        async with self._database.reading() as connection:
            return tuple(Proof.model_validate(dict(row)) for row in (await connection.execute(query)).mappings())

    async def due(
        self, kind: ErasureKind, county: str, closed_before: dt.datetime, limit: int
    ) -> tuple[tuple[str, str], ...]:
        """Closed cases of which the whole (`case`) or the words (`words`) are to be erased, each with its draft's id."""
        query = select(cases.c.id, cases.c.submission).where(_closed(closed_before), cases.c.county == county)
        if kind == "words":
            query = query.where(cases.c.words.is_not(None))
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(cases.c.closed_at, cases.c.id).limit(limit))
            return tuple((row.id, row.submission) for row in rows)

    async def destroy_keys(self, one: Marked, closed_before: dt.datetime, now: dt.datetime) -> bool:
        """Destroy the record keys of a case. False if it is not closed, or not for long enough: nothing happens then."""
        case_id = one.erasure.case
        async with self._database.writing(Step.DESTROY) as connection:
            locked = select(cases.c.id).where(cases.c.id == case_id, _closed(closed_before)).with_for_update()
            if (await connection.execute(locked)).scalar() is None:
                return False
            mine = (record_keys.c.case_id == case_id, record_keys.c.record.in_(_OF_A_CASE[one.erasure.kind]))
            await connection.execute(delete(record_keys).where(*mine))
            when = func.coalesce(erasures.c.destroyed_at, now)
            await connection.execute(update(erasures).where(erasures.c.number == one.number).values(destroyed_at=when))
        return True

    async def clear(self, one: Marked, now: dt.datetime) -> dict[str, int]:
        """Delete what the destroyed keys of a case had sealed, and all that says whose it was; how many rows of each.

        What stays of a case is its number, its steps and their times: the figures of the county.
        """
        case_id = one.erasure.case
        async with self._database.writing(Step.CLEAR) as connection:
            if one.erasure.kind == "words":
                done = await connection.execute(update(cases).where(cases.c.id == case_id).values(words=None))
                return {"submissions": done.rowcount}
            counts = {}
            for table in (lookups, commands, appointments, alarms, credit_notes, outbox):
                done = await connection.execute(delete(table).where(table.c.case_id == case_id))
                counts[table.name] = done.rowcount
            await connection.execute(delete(tickets).where(tickets.c.case_id == case_id))
            await connection.execute(delete(handovers).where(handovers.c.target == str(OfCase(case=case_id or ""))))
            done = await connection.execute(update(events).where(events.c.case_id == case_id).values(sealed=b""))
            counts["events"] = done.rowcount
            bare = {"sealed": b"", "words": None, "account": "", "person": "", "digest": "", "erased_at": now}
            change = update(cases).where(cases.c.id == case_id)
            await connection.execute(change.values(submission=f"erased:{case_id}", **bare))
        return counts

    async def left(self, one: Marked) -> int:
        """How many keys and sealed rows are still there of what was to be erased of a case."""
        case_id, records = one.erasure.case, _OF_A_CASE[one.erasure.kind]
        queries = [
            select(func.count()).where(record_keys.c.case_id == case_id, record_keys.c.record.in_(records)),
            select(func.count()).where(cases.c.id == case_id, cases.c.words.is_not(None)),
        ]
        if one.erasure.kind == "case":
            person = or_(cases.c.person != "", cases.c.sealed != b"")
            queries += [
                select(func.count()).where(cases.c.id == case_id, person),
                select(func.count()).where(events.c.case_id == case_id, events.c.sealed != b""),
                select(func.count()).where(lookups.c.case_id == case_id),
                select(func.count()).where(credit_notes.c.case_id == case_id),
                select(func.count()).where(outbox.c.case_id == case_id),
            ]
        async with self._database.reading() as connection:
            return sum([(await connection.execute(query)).scalar_one() for query in queries])

    async def clear_pushes(self, ended_before: dt.datetime) -> int:
        """Take persons out of pushes that ended before: replies go, of notices the recipient does; how many rows."""
        async with self._database.writing(Step.CLEAR) as connection:
            gone = await connection.execute(delete(outbox).where(outbox.c.kind != "notice", *_ended(ended_before)))
            told = update(outbox).where(outbox.c.kind == "notice", *_ended(ended_before))
            bare = {"recipient": "", "subject": "", "refs": {}}
            blank = await connection.execute(
                # What is about an enquiry has no case.
                told.values(key=func.coalesce(outbox.c.case_id, "") + ":erased:" + cast(outbox.c.id, String), **bare)
            )
            return gone.rowcount + blank.rowcount

    async def pushes_due(self, ended_before: dt.datetime) -> int:
        """How many pushes still name persons though they ended before."""
        query = select(func.count()).select_from(outbox).where(*_ended(ended_before))
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def scrub(self) -> None:
        """Make the database forget the bytes of what was deleted: SQLite overwrites them and empties its journal."""
        told = (record_keys, cases, events, credit_notes, enquiries, enquiry_events, outbox, opt_ins)
        await self._database.scrub([one.name for one in told])

    async def _set(self, number: str, **values: object) -> None:
        async with self._database.writing(Step.ERASURE) as connection:
            await connection.execute(update(erasures).where(erasures.c.number == number).values(**values))

    async def _marked(self, where: ColumnElement[bool], limit: int) -> tuple[Marked, ...]:
        query = select(erasures).where(where).order_by(erasures.c.marked_at, erasures.c.number).limit(limit)
        async with self._database.reading() as connection:
            return tuple(
                Marked(
                    number=row.number,
                    erasure=Erasure.model_validate(row.pending),
                    marked_at=row.marked_at,
                    destroyed_at=row.destroyed_at,
                )
                for row in await connection.execute(query)
            )


def _closed(before: dt.datetime) -> ColumnElement[bool]:
    return and_(cases.c.closed_at <= before, cases.c.erased_at.is_(None))


def _ended(before: dt.datetime) -> tuple[ColumnElement[bool], ...]:
    return outbox.c.state.in_(_ENDED), outbox.c.ended_at <= before, outbox.c.recipient != ""

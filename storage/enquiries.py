"""Enquiries in SQL (首问记录): asked once, changed by commands, each in one transaction; kept for later query (J45, J47)."""

import datetime as dt
import secrets
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy import ColumnElement, and_, delete, func, insert, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from model.decision import Refused
from model.enquiry import (
    Enquiry,
    EnquiryCommand,
    EnquiryDecision,
    EnquiryDone,
    EnquiryEvent,
    EnquiryRecorded,
)
from model.message import Actor
from model.staff import Staff
from storage.engine import Database, lost_race
from storage.enqueuing import enqueue_enquiry
from storage.newer import Newer
from storage.records import Conflict
from storage.schema import enquiries, enquiry_commands, enquiry_events, enquiry_holders
from storage.staffing import county_staff
from storage.steps import Step
from storage.trace import current_trace
from storage.vault import RecordKey, Unreadable, Vault

Asking: TypeAlias = Callable[[str, Sequence[Staff], Mapping[str, int]], EnquiryDecision | Refused]
"""Enquiry id, the county's staff and their open enquiries -> what the core decides."""
Deciding: TypeAlias = Callable[[Enquiry, Sequence[Staff], Mapping[str, int]], EnquiryDecision | Refused]
"""The enquiry as it is, staff and their open enquiries -> what the core decides."""

_TRIES: Final = 5
_ID_BYTES: Final = 8


class _Body(BaseModel):
    """What of an event may be personal: the words in it, and who acted."""

    model_config = ConfigDict(frozen=True)

    actor: Actor
    event: EnquiryEvent


class Search(NamedTuple):
    """What is looked for: a county's enquiries, those of an owner, those that a phone asked, only open ones."""

    county: str
    owner: str | None = None
    open_only: bool = False
    phone: str | None = None


class Enquiries:
    """Every enquiry; `fold` makes one of its events."""

    def __init__(self, database: Database, vault: Vault, fold: Callable[[Iterable[EnquiryRecorded]], Enquiry]) -> None:
        self._database, self._vault, self._fold = database, vault, fold

    async def ask(self, command_id: str, county: str, now: dt.datetime, ask: Asking) -> EnquiryDone | Refused:
        """The enquiry that this message asks, made now if it is new; repeated, it gives the same one. Raises `Conflict`."""

        async def work(connection: AsyncConnection) -> EnquiryDone | Refused:
            if (before := await self._result(connection, command_id)) is not None:
                return before
            name = secrets.token_hex(_ID_BYTES)
            decision = ask(name, await county_staff(connection, county), await self._load(connection, county))
            if isinstance(decision, Refused):
                await self._keep_refusal(connection, command_id, None, decision, now)
                return decision
            key, one = self._vault.new_record_key(), decision.enquiry
            kept = {"id", "county", "account", "person", "about", "asked_at"}
            phone = self._vault.lookup(f"phone:{one.phone}") if one.phone else None
            row = one.model_dump(include=kept) | _row(one)
            first = {"first_asked": one.first_asked.id, "phone_hash": phone, "wrapped": key.wrapped}
            await connection.execute(insert(enquiries).values(row | first))
            return await self._append(connection, command_id, decision, 0, key, now)

        return await self._tried(work, command_id)

    async def execute(self, command: EnquiryCommand, now: dt.datetime, decide: Deciding) -> EnquiryDone | Refused:
        """Carry out a command once; repeated, it gives the recorded result. Refused `enquiry.unknown`. Raises `Conflict`."""

        async def work(connection: AsyncConnection) -> EnquiryDone | Refused:
            if (before := await self._result(connection, command.id)) is not None:
                return before
            locked = select(enquiries.c.county).where(
                enquiries.c.id == command.enquiry, enquiries.c.wrapped.is_not(None)
            )
            county = (await connection.execute(locked.with_for_update())).scalar_one_or_none()
            if county is None:
                return Refused(code="enquiry.unknown")
            one = self._fold(await self._read(connection, command.enquiry))
            decision = decide(one, await county_staff(connection, county), await self._load(connection, county))
            if isinstance(decision, Refused):
                await self._keep_refusal(connection, command.id, one.id, decision, now)
                return decision
            change = update(enquiries).where(enquiries.c.id == one.id, enquiries.c.version == one.version)
            done = await connection.execute(change.values(_row(decision.enquiry)))
            if done.rowcount != 1:
                raise _MovedOn
            key = await self._key(connection, one.id)
            return await self._append(connection, command.id, decision, one.version, key, now)

        return await self._tried(work, command.id)

    async def one(self, enquiry_id: str) -> Enquiry | None:
        """The enquiry as it is now; None if there is no such one, or its words were erased."""
        async with self._database.reading() as connection:
            return await self._whole(connection, enquiry_id)

    async def events(self, enquiry_id: str) -> tuple[EnquiryRecorded, ...]:
        """All that happened to it, in order; empty if there is no such one, or its words were erased."""
        async with self._database.reading() as connection:
            try:
                return await self._read(connection, enquiry_id)
            except Unreadable:
                return ()

    async def with_staff(self, one: Staff, *, window: bool = False) -> tuple[Enquiry, ...]:
        """The open enquiries that wait for this member of staff: his, offered or reported to him, or only his body's; with
        `window` also those that only the window has.
        """
        mine = and_(enquiry_holders.c.kind == "staff", enquiry_holders.c.holder == one.id)
        free = and_(enquiry_holders.c.kind == "body", enquiry_holders.c.holder == one.body)
        shared = and_(enquiry_holders.c.kind == "window", enquiry_holders.c.holder == one.county)
        held = select(enquiry_holders.c.enquiry_id).where(or_(mine, free, *((shared,) if window else ())))
        return await self._found(and_(enquiries.c.county == one.county, enquiries.c.open, enquiries.c.id.in_(held)))

    async def find(self, wanted: Search) -> tuple[Enquiry, ...]:
        """What fits, oldest first (J45)."""
        where = [enquiries.c.county == wanted.county]
        if wanted.owner is not None:
            where.append(enquiries.c.owner == wanted.owner)
        if wanted.open_only:
            where.append(enquiries.c.open)
        if wanted.phone is not None:
            where.append(enquiries.c.phone_hash.in_(self._vault.lookups(f"phone:{wanted.phone}")))
        return await self._found(and_(*where))

    async def reindex(self) -> int:
        """Compute the lookups of phones under the present lookup key; how many were under another."""
        query = select(enquiries.c.id, enquiries.c.phone_hash).where(enquiries.c.phone_hash.is_not(None))
        done = 0
        async with self._database.reading() as connection:
            rows = (await connection.execute(query)).all()
        for row in rows:
            one = await self.one(row.id)
            fresh = self._vault.lookup(f"phone:{one.phone}") if one is not None and one.phone else None
            if fresh == row.phone_hash:
                continue
            async with self._database.writing(Step.REINDEX) as connection:
                mine = (enquiries.c.id == row.id, enquiries.c.phone_hash == row.phone_hash)
                done += (await connection.execute(update(enquiries).where(*mine).values(phone_hash=fresh))).rowcount
        return done

    async def _found(self, where: ColumnElement[bool]) -> tuple[Enquiry, ...]:
        query = select(enquiries.c.id).where(where).order_by(enquiries.c.asked_at, enquiries.c.id)
        async with self._database.reading() as connection:
            names = (await connection.execute(query)).scalars().all()
            found = [await self._whole(connection, name) for name in names]
        return tuple(one for one in found if one is not None)

    async def _whole(self, connection: AsyncConnection, enquiry_id: str) -> Enquiry | None:
        try:
            events = await self._read(connection, enquiry_id)
        except Unreadable:
            return None
        return self._fold(events) if events else None

    async def _tried(
        self, work: Callable[[AsyncConnection], Awaitable[EnquiryDone | Refused]], command_id: str
    ) -> EnquiryDone | Refused:
        lost: Exception | None = None
        for _ in range(_TRIES):
            try:
                async with self._database.writing(Step.COMMAND) as connection:
                    return await work(connection)
            except _MovedOn as moved:
                lost = moved
            except DBAPIError as error:
                if not lost_race(error):
                    raise
                lost = error  # the same message twice at once: the next round finds what it has done
        raise Conflict(f"command {command_id} could not be carried out") from lost

    async def _append(
        self,
        connection: AsyncConnection,
        command_id: str,
        decision: EnquiryDecision,
        since: int,
        key: RecordKey,
        now: dt.datetime,
    ) -> EnquiryDone:
        one = decision.enquiry
        await connection.execute(insert(enquiry_events), [self._sealed(each, key) for each in decision.recorded])
        await connection.execute(delete(enquiry_holders).where(enquiry_holders.c.enquiry_id == one.id))
        if holders := _holders(one):
            await connection.execute(insert(enquiry_holders), holders)
        await enqueue_enquiry(connection, decision.notices, now)
        row = {"id": command_id, "enquiry_id": one.id, "at": now, "first": since + 1, "last": one.version}
        await connection.execute(insert(enquiry_commands).values(row))
        return EnquiryDone(enquiry=one, events=decision.recorded)

    async def _keep_refusal(
        self, connection: AsyncConnection, command_id: str, enquiry: str | None, refused: Refused, now: dt.datetime
    ) -> None:
        row = {"id": command_id, "enquiry_id": enquiry, "at": now, "refused": refused.model_dump()}
        await connection.execute(insert(enquiry_commands).values(row))

    async def _result(self, connection: AsyncConnection, command_id: str) -> EnquiryDone | Refused | None:
        query = select(enquiry_commands).where(enquiry_commands.c.id == command_id)
        row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        if row.refused is not None:
            return Refused.model_validate(row.refused)
        recorded = await self._read(connection, row.enquiry_id, upto=row.last)
        return EnquiryDone(enquiry=self._fold(recorded), events=recorded[row.first - 1 :])

    async def _load(self, connection: AsyncConnection, county: str) -> dict[str, int]:
        """How many open enquiries each member of staff has."""
        own = and_(enquiries.c.county == county, enquiries.c.open, enquiries.c.owner_kind == "staff")
        rows = await connection.execute(select(enquiries.c.owner, func.count()).where(own).group_by(enquiries.c.owner))
        return {row[0]: row[1] for row in rows}

    async def _key(self, connection: AsyncConnection, enquiry_id: str) -> RecordKey:
        query = select(enquiries.c.wrapped).where(enquiries.c.id == enquiry_id)
        wrapped = (await connection.execute(query)).scalar_one_or_none()
        if wrapped is None:
            raise Unreadable("the record was erased")
        return self._vault.unwrap(wrapped)

    async def _read(
        self, connection: AsyncConnection, enquiry_id: str, *, upto: int | None = None
    ) -> tuple[EnquiryRecorded, ...]:
        key = await self._key(connection, enquiry_id)
        query = select(enquiry_events).where(enquiry_events.c.enquiry_id == enquiry_id)
        if upto is not None:
            query = query.where(enquiry_events.c.sequence <= upto)
        found = []
        for row in await connection.execute(query.order_by(enquiry_events.c.sequence)):
            try:
                body = _Body.model_validate_json(self._vault.open(key, row.sealed, _place(enquiry_id, row.sequence)))
            except ValidationError as error:
                raise Newer("an event of a kind this program does not know") from error
            found.append(
                EnquiryRecorded(
                    enquiry=enquiry_id, sequence=row.sequence, at=row.at, actor=body.actor, event=body.event
                )
            )
        return tuple(found)

    def _sealed(self, one: EnquiryRecorded, key: RecordKey) -> dict[str, object]:
        body = _Body(actor=one.actor, event=one.event).model_dump_json().encode()
        return {
            "enquiry_id": one.enquiry,
            "sequence": one.sequence,
            "at": one.at,
            "kind": one.event.event,
            "sealed": self._vault.seal(key, body, _place(one.enquiry, one.sequence)),
            "trace": current_trace(),
        }


class _MovedOn(Exception):
    """The row of the enquiry is not at the version its events make."""


def _row(one: Enquiry) -> dict[str, object]:
    return {
        "owner_kind": one.owner.kind,
        "owner": one.owner.id,
        "open": one.closed_at is None,
        "due_at": one.due.at if one.due else None,
        "next_share": one.next.share if one.next else None,
        "next_at": one.next.at if one.next else None,
        "closed_at": one.closed_at,
        "version": one.version,
    }


def _holders(one: Enquiry) -> list[dict[str, str]]:
    """Who can do something to it now; nobody once it is closed."""
    if one.closed_at is not None:
        return []
    holders = (one.owner, *one.reported_to, *((one.offered.to,) if one.offered else ()))
    return [{"enquiry_id": one.id, "kind": each.kind, "holder": each.id} for each in dict.fromkeys(holders)]


def _place(enquiry_id: str, sequence: int) -> bytes:
    return f"enquiry:{enquiry_id}:{sequence}".encode()

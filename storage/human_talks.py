"""Which conversations staff are to answer (人工会话): when, since when, who has it. What is said in them is not here (ADR 41)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.conversation import Conversation
from model.delivery import RowState
from model.human import HumanTalk
from model.talk_record import TalkRecord
from storage.engine import Database
from storage.schema import human_talks, outbox, talk_records
from storage.steps import Step

SUBJECT: Final = "human:"
"""How the subject of a push of what staff have said begins; the number of the conversation's row follows."""
_LISTED: Final = 200
_LOST: Final = (RowState.WORKLIST, RowState.FAILED, RowState.EXPIRED, RowState.SUPERSEDED)


class Waiting(NamedTuple):
    """A talk as it stands in the list: the `row` of its conversation, and what is known of it without its words."""

    row: int
    account: str
    person: str
    number: int
    opened_at: dt.datetime
    waits_since: dt.datetime | None
    heard_at: dt.datetime | None
    said_at: dt.datetime | None
    taken_by: str
    ended_at: dt.datetime | None


class HumanTalks:
    """One row for each conversation that has a talk, or has had one that is still kept. Every method is a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, conversation: Conversation, talk: HumanTalk, *, enquiry: bool = False) -> int:
        """Write down how it stands, unless something newer stands there; the number of the row. `enquiry`: it became one."""
        mine = (human_talks.c.account == conversation.account, human_talks.c.person == conversation.person)
        state = _state(talk)
        known = {"account": conversation.account, "person": conversation.person, "county": conversation.county}
        async with self._database.writing(Step.HUMAN) as connection:
            await connection.execute(self._database.add(human_talks), known | state)
            # One that was erased meanwhile begins to count anew.
            stands = or_(human_talks.c.version < talk.version, human_talks.c.opened_at < talk.opened_at)
            older = update(human_talks).where(*mine, stands)
            await connection.execute(older.values(state))
            row = (await connection.execute(select(human_talks.c.id, human_talks.c.version).where(*mine))).one()
            if row.version == talk.version:
                await self._record(connection, row.id, conversation.county, talk, enquiry=enquiry)
            return int(row.id)

    async def _record(
        self, connection: AsyncConnection, row: int, county: str, talk: HumanTalk, *, enquiry: bool
    ) -> None:
        """What is counted of it."""
        kept = talk_records.c
        known = {"talk": row, "number": talk.number, "opened_at": talk.opened_at}
        fresh = known | {"county": county, "ended_by": "", "enquiry": False}
        await connection.execute(self._database.add(talk_records), fresh)
        answered = min((one.at for one in talk.own if one.staff), default=None)
        stands = {
            "answered_at": func.coalesce(kept.answered_at, answered),  # its line may have given way since
            "ended_at": talk.ended_at,
            "ended_by": talk.ended_by,
            "enquiry": True if enquiry else kept.enquiry,
        }
        this = (kept.talk == row, kept.number == talk.number, kept.opened_at == talk.opened_at)
        await connection.execute(update(talk_records).where(*this).values(stands))

    async def records(self, county: str, since: dt.datetime, until: dt.datetime) -> tuple[TalkRecord, ...]:
        """What is counted of the talks that began from `since` until before `until`."""
        kept = talk_records.c
        query = select(*(kept[name] for name in TalkRecord._fields)).where(kept.county == county)
        async with self._database.reading() as connection:
            rows = await connection.execute(query.where(kept.opened_at >= since, kept.opened_at < until))
            return tuple(TalkRecord(*row) for row in rows)

    async def forget(self, account: str, person: str, before: dt.datetime) -> None:
        """What was said before then is not kept any more: nor is it that there was anything."""
        mine = (human_talks.c.account == account, human_talks.c.person == person, human_talks.c.opened_at <= before)
        async with self._database.writing(Step.HUMAN) as connection:
            await connection.execute(delete(human_talks).where(*mine))

    async def open_of(self, county: str) -> tuple[Waiting, ...]:
        """Those that are on: whoever waits comes before whoever was answered, the longest wait first."""
        query = select(human_talks).where(human_talks.c.county == county, human_talks.c.ended_at.is_(None))
        since = human_talks.c.waits_since
        query = query.order_by(since.is_(None), func.coalesce(since, human_talks.c.said_at), human_talks.c.id)
        async with self._database.reading() as connection:
            return tuple(_waiting(row) for row in await connection.execute(query.limit(_LISTED)))

    async def waits(self, county: str) -> int:
        """How many people wait for a word of staff."""
        query = select(func.count()).where(
            human_talks.c.county == county, human_talks.c.ended_at.is_(None), human_talks.c.waits_since.is_not(None)
        )
        async with self._database.reading() as connection:
            return int((await connection.execute(query)).scalar_one())

    async def one(self, county: str, row: int) -> Waiting | None:
        """That of this row, if it is of this county."""
        query = select(human_talks).where(human_talks.c.id == row, human_talks.c.county == county)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).one_or_none()
        return None if found is None else _waiting(found)

    async def row_of(self, account: str, person: str) -> int | None:
        """The row of this conversation."""
        query = select(human_talks.c.id).where(human_talks.c.account == account, human_talks.c.person == person)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).scalar_one_or_none()
        return None if found is None else int(found)

    async def arrived(self, keys: Sequence[str]) -> Mapping[str, str]:
        """What became of these pushes, by their keys: `lost` none has arrived, `sent` it has been taken, `waits`."""
        async with self._database.reading() as connection:
            rows = await connection.execute(select(outbox.c.key, outbox.c.state).where(outbox.c.key.in_(list(keys))))
            return {row.key: _became(row.state) for row in rows}


def _became(state: str) -> str:
    if state in _LOST:
        return "lost"
    return {RowState.DELIVERED: "sent", RowState.CALLED: "called", RowState.UNKNOWN: "unknown"}.get(
        RowState(state), "waits"
    )


def _state(talk: HumanTalk) -> dict[str, Any]:
    kept = {"number", "version", "opened_at", "waits_since", "heard_at", "said_at", "taken_by", "ended_at", "ended_by"}
    return talk.model_dump(include=kept)


def _waiting(row: Any) -> Waiting:
    known = {name: getattr(row, name) for name in Waiting._fields if name != "row"}
    return Waiting(row=row.id, **known)

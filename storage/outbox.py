"""What waits to be sent: written with its cause, claimed by recipient, ended once (design §2.4)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, func, select, update
from sqlalchemy.exc import DBAPIError

from model.delivery import (
    Delivered,
    Failed,
    Obsolete,
    Outcome,
    Postponed,
    Recipient,
    Row,
    RowState,
    Unknown,
    Unreachable,
)
from storage.attempts import as_announced, as_delivered, change_together
from storage.engine import Database, lost_race
from storage.enqueuing import base_row
from storage.group_commit import GroupCommit
from storage.outbox_sql import (
    BESIDE,
    DUE,
    FOR_PEOPLE,
    KEPT,
    NEXT_DUE,
    NEXT_LEASE,
    PENDING,
    TAKE,
    TAKE_ALONG,
    change,
)
from storage.receipts import settle_receipts
from storage.recovering import OUTDONE, recover
from storage.schema import outbox
from storage.steps import Step

RETRY_AFTER: Final = (
    dt.timedelta(seconds=30),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=5),
)
"""The pause after the first, second … failed attempt; after the last attempt the row has failed."""
LEASE: Final = dt.timedelta(seconds=40)
"""How long an attempt may take before its worker is taken for dead; sending itself must give up well before. Whatever a
dead process began is finished within a minute, so it is shorter than that."""
POSTPONED: Final = dt.timedelta(seconds=10)
"""The pause where nothing was tried."""
NO_REPLY: Final = "no reply came"
"""Why a reply ended that was announced and never committed. Announced anew, it is sent after all."""
JITTER: Final = 0.2
TO_CALL: Final = outbox.c.state.in_((RowState.WORKLIST, RowState.FAILED))
"""What somebody has to say by telephone."""
MOST_ALONG: Final = 8
"""So many others may be told in one message."""


class LeaseLost(Exception):
    """The lease of an attempt ran out, or the clock has jumped: somebody else may be sending the row now."""


class AlongGone(Exception):
    """What was to be told in the same message is not waiting any more; nothing was announced."""


class Outbox:
    """The rows to be sent, whoever sends them. Every method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._announcing = GroupCommit(database, Step.ANNOUNCE, change_together)
        self._delivering = GroupCommit(database, Step.FINISH, change_together)

    async def reply(
        self,
        recipient: Recipient,
        refs: dict[str, str],
        *,
        key: str,
        now: dt.datetime,
        not_after: dt.datetime | None,
        template: str = "",
        subject: str = "",
    ) -> bool:
        """A reply in a conversation that must be pushed, from `now` on; `refs` say which. `template` names another text
        about the conversation instead; `subject` what it is about, if that is more than itself.

        False if this `key` was there already; one that nobody has tried to send goes at the earlier of both instants.
        """
        row = base_row(recipient, key, now) | {
            "kind": "reply",
            "subject": subject or key,
            "refs": refs,
            "not_after": not_after,
        }
        row |= {"template": template}
        async with self._database.writing(Step.LETTER) as connection:
            added = await connection.execute(self._database.add(outbox), row)
            if added.rowcount == 1:
                return True
            waits = (outbox.c.key == key, outbox.c.state == RowState.WAITING, outbox.c.attempts == 0)
            await connection.execute(update(outbox).where(*waits, outbox.c.due_at > now).values(due_at=now))
            given_up = (outbox.c.key == key, outbox.c.state == RowState.SUPERSEDED, outbox.c.reason == NO_REPLY)
            fresh = {"state": RowState.WAITING, "attempts": 0, "due_at": now, "ended_at": None, "reason": None}
            await connection.execute(update(outbox).where(*given_up).values(fresh))
        return False

    async def claim(self, now: dt.datetime, limit: int) -> tuple[Row, ...]:
        """Up to `limit` rows that are due, one of each recipient at most, his oldest; they are `sending` from now on.

        Whoever claims must `finish` each within `LEASE`. Rows whose `not_after` has passed expire here.
        """
        try:
            async with self._database.writing(Step.CLAIM) as connection:
                await settle_receipts(connection, now)
                await recover(connection, now)
                rows = (await connection.execute(DUE, {"now": now, "most": limit})).all()
                if rows:
                    await connection.execute(TAKE, {"mine": [row.id for row in rows], "lease": now + LEASE})
        except DBAPIError as error:
            if not lost_race(error):
                raise
            return ()  # another worker took a row of the same recipient in the same moment: his turn
        return tuple(row_of(row) for row in rows)

    async def beside(self, row: Row, now: dt.datetime) -> tuple[Row, ...]:
        """What else waits for an applicant who is written to, was never tried, and may be told in the same message (X162)."""
        if row.recipient.kind != "applicant" or row.kind != "notice" or row.channel is not None:
            return ()
        whose = {"kind_of": row.recipient.kind, "who": row.recipient.id, "now": now, "most": MOST_ALONG}
        async with self._database.reading() as connection:
            return tuple(row_of(one) for one in (await connection.execute(BESIDE, whose)).all())

    async def announce(
        self, row: Row, channel: str, protected_until: dt.datetime | None, along: Sequence[Row] = ()
    ) -> None:
        """Say by which channel the attempt is about to go, before it goes; `along` are told in the same message and
        must be finished as it is. Raises AlongGone: one of them waits no more, and nothing was announced.

        `protected_until`: until then the channel recognises a repetition of the same key. Should the worker die now,
        the row is sent again only within that time; without it, the hotline calls. A repetition keeps the protection
        of the first attempt. Raises LeaseLost: the attempt is not this worker's any more, and nothing may be sent.
        """
        if not along:
            if not await self._announcing.write((row, as_announced(row, channel, protected_until))):
                raise LeaseLost
            return
        values = as_announced(row, channel, protected_until)
        async with self._database.writing(Step.ANNOUNCE) as connection:
            announced = await connection.execute(change(*values), attempt_of(row) | values)
            if announced.rowcount == 0:
                raise LeaseLost
            for one in along:
                taken = await connection.execute(TAKE_ALONG, {"row": one.id, "with": row.id, "channel": channel})
                if taken.rowcount == 0:
                    raise AlongGone

    async def finish(self, row: Row, outcome: Outcome, now: dt.datetime, jitter: float) -> RowState | None:
        """End the attempt that `row` is; the state the row has now, None if its lease ran out and others have it.

        `jitter` between 0 and 1 spreads the pause before the next attempt by up to a fifth.
        """
        if isinstance(outcome, Delivered):
            return RowState.DELIVERED if await self._delivering.write((row, as_delivered(outcome, now))) else None
        async with self._database.writing(Step.FINISH) as connection:
            kept = (await connection.execute(KEPT, attempt_of(row))).one_or_none()
            if kept is None:
                return None
            # A refusal now says nothing about an earlier attempt that may have arrived.
            if row.channel is not None and isinstance(outcome, Failed):
                outcome = Unknown(reason=outcome.reason)
            values = _ended(kept, outcome, now, jitter)
            values["lease_until"] = None
            await connection.execute(change(*values), attempt_of(row) | values)
            if values["state"] in PENDING:
                # While it was on its way a newer one may have come.
                done = await connection.execute(OUTDONE, {"row": row.id, "now": now})
                return RowState.SUPERSEDED if done.rowcount else RowState(values["state"])
        return RowState(values["state"])

    async def next_due(self) -> dt.datetime | None:
        """When the next row is due or the next lease runs out; maybe past, None if nothing waits."""
        async with self._database.reading() as connection:
            times = [(await connection.execute(query)).scalar_one_or_none() for query in (NEXT_DUE, NEXT_LEASE)]
        return min((one for one in times if one is not None), default=None)

    async def states(self, case_id: str) -> dict[str, RowState]:
        """Every row of a case: its key and where it stands."""
        query = select(outbox.c.key, outbox.c.state).where(outbox.c.case_id == case_id).order_by(outbox.c.id)
        async with self._database.reading() as connection:
            return {row.key: RowState(row.state) for row in await connection.execute(query)}

    async def figures(self) -> dict[RowState, tuple[int, dt.datetime]]:
        """How many rows stand where, and when the oldest of them was written; only what still needs somebody."""
        states = (*PENDING, RowState.SENDING, RowState.WORKLIST, RowState.FAILED)
        query = select(outbox.c.state, func.count(), func.min(outbox.c.created_at))
        query = query.where(outbox.c.state.in_(states), FOR_PEOPLE)
        async with self._database.reading() as connection:
            found = (await connection.execute(query.group_by(outbox.c.state))).all()
        return {RowState(state): (count, oldest) for state, count, oldest in found}

    async def worklist(self, limit: int) -> tuple[tuple[Row, str], ...]:
        """What somebody has to say by telephone, with the reason; oldest first."""
        query = select(outbox).where(TO_CALL, FOR_PEOPLE).order_by(outbox.c.id).limit(limit)
        async with self._database.reading() as connection:
            return tuple((row_of(row, before=0), row.reason or "") for row in await connection.execute(query))


def attempt_of(row: Row) -> dict[str, Any]:
    """What names the attempt in a statement about it."""
    return {"row": row.id, "attempt": row.attempt}


def mine(row: Row) -> ColumnElement[bool]:
    """The row, while the attempt is still this one."""
    return and_(outbox.c.id == row.id, outbox.c.state == RowState.SENDING, outbox.c.attempts == row.attempt)


def row_of(row: Any, *, before: int = 1) -> Row:
    """A row of the table as the attempt that begins with its being claimed; `before` 0: as it stands."""
    return Row(
        id=row.id,
        key=row.key,
        kind=row.kind,
        recipient=Recipient(kind=row.recipient_kind, id=row.recipient),
        template=row.template,
        case=row.case_id,
        order=row.order_id,
        event=row.event,
        refs=row.refs,
        not_after=row.not_after,
        attempt=row.attempts + before,
        channel=row.channel if row.state == RowState.UNKNOWN else None,
        trace=row.trace,
    )


def _ended(kept: Any, outcome: Outcome, now: dt.datetime, jitter: float) -> dict[str, Any]:
    match outcome:
        case Delivered():
            return as_delivered(outcome, now)
        case Obsolete(reason=reason):
            return {"state": RowState.SUPERSEDED, "ended_at": now, "reason": reason}
        case Unreachable(reason=reason):
            return {"state": RowState.WORKLIST, "ended_at": now, "reason": reason}
        case Postponed(reason=reason):
            # The next claim has this number again: nobody else can have it, for the lease was still ours.
            return {
                "state": RowState.WAITING if kept.channel is None else RowState.UNKNOWN,
                "attempts": kept.attempts - 1,
                "due_at": now + POSTPONED * (1 + JITTER * jitter),
                "reason": reason,
            }
        case Failed(reason=reason, permanent=permanent, retry_after=least):
            again = _again(kept.attempts, now, jitter, least)
            if permanent or again is None:
                return {"state": RowState.FAILED, "ended_at": now, "reason": reason}
            if kept.not_after is not None and again > kept.not_after:
                return {"state": RowState.EXPIRED, "ended_at": now, "reason": reason}
            # An answer came: it did not arrive, so the next attempt may take any channel.
            return {
                "state": RowState.WAITING,
                "due_at": again,
                "reason": reason,
                "channel": None,
                "protected_until": None,
            }
        case Unknown(reason=reason):
            again = _again(kept.attempts, now, jitter, None)
            if again is None or kept.protected_until is None or again >= kept.protected_until:
                return {"state": RowState.WORKLIST, "ended_at": now, "reason": reason}
            return {"state": RowState.UNKNOWN, "due_at": again, "reason": reason}


def _again(attempts: int, now: dt.datetime, jitter: float, least: dt.timedelta | None) -> dt.datetime | None:
    if attempts > len(RETRY_AFTER):
        return None
    pause = max(RETRY_AFTER[attempts - 1], least or dt.timedelta())
    return now + pause * (1 + JITTER * jitter)

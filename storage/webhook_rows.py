"""What waits for the own systems of bodies: the outbox once more, in strict order within a case (design §2.4).

The lease and the row are those of `storage.outbox`. What differs: an event never overtakes an earlier one of its case; no
attempt is announced, for every repetition has the same `webhook-id`; and a system that is away has a breaker of its own.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from model.breaker import Breaker
from model.delivery import Delivered, Failed, Notice, Obsolete, Outcome, Postponed, Row, RowState, Unreachable
from storage.engine import Database, lost_race
from storage.enqueuing import notice_row
from storage.outbox import JITTER, LEASE, POSTPONED, LeaseLost, mine, row_of
from storage.outbox_sql import SYSTEM
from storage.recovering import recover
from storage.schema import outbox, webhooks
from storage.steps import Step
from storage.webhooks import breaker_of

RETRY_AFTER: Final = (
    dt.timedelta(seconds=30),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=30),
    dt.timedelta(hours=2),
    dt.timedelta(hours=5),
    dt.timedelta(hours=10),
    dt.timedelta(hours=20),
    dt.timedelta(hours=36),
)
"""The pause after the first, second … failed attempt; after the last, more than three days later, the row has failed."""
_LONGEST_PAUSE: Final = dt.timedelta(hours=24)
"""Nobody is left alone for longer, whatever he asks for."""
_SYSTEMS: Final = outbox.c.recipient_kind == SYSTEM
_ENDED: Final = (RowState.DELIVERED, RowState.FAILED, RowState.SUPERSEDED, RowState.EXPIRED, RowState.WORKLIST)


class Standing(NamedTuple):
    """How a system stands: whether it is on, until when its breaker is open, what waits and since when, what has failed."""

    on: bool
    open_until: dt.datetime | None
    waiting: int = 0
    failed: int = 0
    oldest: dt.datetime | None = None


class WebhookRows:
    """The rows for systems, whoever sends them: what `bot.delivery` works through. Every method is a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: dt.datetime, limit: int) -> tuple[Row, ...]:
        """A row each of up to `limit` systems that may be asked now; they are `sending` from now on."""
        due = await self.next_due()
        if due is None or due > now:
            return ()  # most counties have no such system: then nothing is locked to look for rows
        try:
            async with self._database.writing(Step.CLAIM) as connection:
                await recover(connection, now)
                found = []
                for system in (await connection.execute(_askable(now).limit(limit))).scalars().all():
                    head = (await connection.execute(_head(system, now))).one_or_none()
                    if head is not None:
                        taken = {"state": RowState.SENDING, "attempts": head.attempts + 1, "lease_until": now + LEASE}
                        await connection.execute(update(outbox).where(outbox.c.id == head.id).values(taken))
                        found.append(row_of(head))
        except DBAPIError as error:
            if not lost_race(error):
                raise
            return ()  # another worker writes to the same system in this moment: his turn
        return tuple(found)

    async def announce(
        self,
        row: Row,
        channel: str,  # noqa: ARG002 - there is one channel, and it recognises every repetition
        protected_until: dt.datetime | None,  # noqa: ARG002
        along: Sequence[Row] = (),  # noqa: ARG002 - each event is a request of its own
    ) -> None:
        """Before it is posted: raises LeaseLost if the attempt is not this worker's any more."""
        async with self._database.reading() as connection:
            if (await connection.execute(select(outbox.c.id).where(mine(row)))).one_or_none() is None:
                raise LeaseLost

    async def finish(self, row: Row, outcome: Outcome, now: dt.datetime, jitter: float) -> RowState | None:
        """End the attempt; the state the row has now, None if its lease ran out and others have it.

        An answer that refuses (`Failed`) is about this event; none, or one that says that the system is out of order
        (`Unknown`), is about the system: while its breaker is open only a probe is sent, and that uses up no attempt.
        """
        async with self._database.writing(Step.FINISH) as connection:
            kept = (await connection.execute(select(outbox).where(mine(row)).with_for_update())).one_or_none()
            if kept is None:
                return None
            system = webhooks.c.id == row.recipient.id
            known = (await connection.execute(select(webhooks).where(system).with_for_update())).one_or_none()
            before = Breaker() if known is None else breaker_of(known)
            breaker = _breaker_after(before, outcome, now)
            values = _row_after(kept.attempts, outcome, before, breaker, now, jitter)
            await connection.execute(update(outbox).where(outbox.c.id == row.id).values(lease_until=None, **values))
            if known is not None:
                delivered = isinstance(outcome, Delivered)
                state: dict[str, Any] = breaker.model_dump()
                if delivered:
                    state |= {"delivered_at": now, "reason": ""}
                elif breaker != before:
                    state["reason"] = getattr(outcome, "reason", "")
                await connection.execute(update(webhooks).where(system).values(state))
                if delivered and before.probing:
                    await self._all_due(connection, row.recipient.id, now)
        return RowState(values["state"])

    async def next_due(self) -> dt.datetime | None:
        """When the next row may be sent or the next lease runs out; maybe past, None if nothing waits."""
        heads = select(func.min(outbox.c.due_at).label("due"), webhooks.c.open_until)
        heads = heads.join(webhooks, webhooks.c.id == outbox.c.recipient).where(_waits(), webhooks.c.on, ~_busy())
        leased = select(func.min(outbox.c.lease_until)).where(_SYSTEMS, outbox.c.state == RowState.SENDING)
        async with self._database.reading() as connection:
            found = (await connection.execute(heads.group_by(webhooks.c.id, webhooks.c.open_until))).all()
            lease = (await connection.execute(leased)).scalar_one_or_none()
        times = [one.due if one.open_until is None else max(one.due, one.open_until) for one in found]
        return min((one for one in (*times, lease) if one is not None), default=None)

    async def replay(self, notices: Sequence[Notice], now: dt.datetime) -> int:
        """Have these told again, those that were never written too; how many. What waits already stays as it is."""
        done = 0
        async with self._database.writing(Step.WEBHOOK) as connection:
            for one in notices:
                insert = self._database.insert(outbox).values(notice_row(one, now))
                again = {"state": RowState.WAITING, "attempts": 0, "due_at": now, "ended_at": None, "reason": None}
                again |= {"channel": None, "protected_until": None}
                done += (
                    await connection.execute(
                        insert.on_conflict_do_update(
                            index_elements=[outbox.c.key], set_=again, where=outbox.c.state.in_(_ENDED)
                        )
                    )
                ).rowcount
        return done

    async def standing(self) -> dict[str, Standing]:
        """How every system stands, by its id."""
        waiting, failed = (func.count().filter(outbox.c.state.in_(states)) for states in (_OPEN, (RowState.FAILED,)))
        oldest = func.min(outbox.c.created_at).filter(outbox.c.state.in_(_OPEN))
        query = select(outbox.c.recipient, waiting.label("waiting"), failed.label("failed"), oldest.label("oldest"))
        query = query.where(_SYSTEMS, outbox.c.state.in_((*_OPEN, RowState.FAILED))).group_by(outbox.c.recipient)
        async with self._database.reading() as connection:
            systems = (await connection.execute(select(webhooks))).all()
            rows = (await connection.execute(query)).all() if systems else []
        counted = {row.recipient: (row.waiting, row.failed, row.oldest) for row in rows}
        return {one.id: Standing(one.on, one.open_until, *counted.get(one.id, ())) for one in systems}

    @staticmethod
    async def _all_due(connection: AsyncConnection, system: str, now: dt.datetime) -> None:
        """It is back: what had to wait longer goes now."""
        late = (_SYSTEMS, outbox.c.recipient == system, outbox.c.state == RowState.WAITING, outbox.c.due_at > now)
        await connection.execute(update(outbox).where(*late).values(due_at=now))


_OPEN: Final = (RowState.WAITING, RowState.SENDING)


def _waits() -> ColumnElement[bool]:
    """The first of its case that is not through yet."""
    other = outbox.alias("earlier")
    before = or_(
        other.c.sequence < outbox.c.sequence, and_(other.c.sequence == outbox.c.sequence, other.c.id < outbox.c.id)
    )
    earlier = exists().where(
        other.c.recipient_kind == SYSTEM,
        other.c.recipient == outbox.c.recipient,
        other.c.case_id == outbox.c.case_id,
        other.c.state.in_(_OPEN),
        before,
    )
    return and_(_SYSTEMS, outbox.c.state == RowState.WAITING, ~earlier)


def _busy() -> ColumnElement[bool]:
    """Something is on its way to the same system: it gets one after the other."""
    other = outbox.alias("under_way")
    return exists().where(
        other.c.recipient_kind == SYSTEM,
        other.c.recipient == outbox.c.recipient,
        other.c.state == RowState.SENDING,
    )


def _askable(now: dt.datetime) -> Any:
    """The systems that are on and may be asked, with something due; who waits longest first."""
    lets = or_(webhooks.c.open_until.is_(None), webhooks.c.open_until <= now)
    query = select(webhooks.c.id).join(outbox, webhooks.c.id == outbox.c.recipient)
    query = query.where(webhooks.c.on, lets, _waits(), outbox.c.due_at <= now, ~_busy())
    return query.group_by(webhooks.c.id).order_by(func.min(outbox.c.due_at), webhooks.c.id)


def _head(system: str, now: dt.datetime) -> Any:
    """What goes next: the one that waits longest for its turn, so that one event nobody takes holds up its own case only."""
    query = select(outbox).where(_waits(), outbox.c.recipient == system, outbox.c.due_at <= now)
    return query.order_by(outbox.c.due_at, outbox.c.id).limit(1).with_for_update(skip_locked=True)


def _breaker_after(breaker: Breaker, outcome: Outcome, now: dt.datetime) -> Breaker:
    match outcome:
        case Delivered():
            return Breaker()
        case Postponed() | Obsolete():
            return breaker  # it was not asked
        case Failed(retry_after=pause) if pause is not None:
            return breaker.paused(now + min(pause, _LONGEST_PAUSE))
        case _:
            return breaker.failed(now)


def _row_after(
    attempts: int, outcome: Outcome, before: Breaker, breaker: Breaker, now: dt.datetime, jitter: float
) -> dict[str, Any]:
    spread = 1 + JITTER * jitter
    match outcome:
        case Delivered():
            return {"state": RowState.DELIVERED, "ended_at": now, "reason": None}
        case Obsolete(reason=reason):
            return {"state": RowState.SUPERSEDED, "ended_at": now, "reason": reason}
        case Postponed(reason=reason):
            return _again(attempts - 1, now + POSTPONED * spread, reason)
        case Failed(reason=reason, permanent=True) | Unreachable(reason=reason):
            return {"state": RowState.FAILED, "ended_at": now, "reason": reason}
        case Failed(reason=reason, retry_after=pause) if pause is not None:
            return _again(attempts - 1, now + min(pause, _LONGEST_PAUSE), reason)
        case Failed(reason=reason):
            pass
        case _:
            reason = outcome.reason
            if before.probing:
                return _again(attempts - 1, breaker.open_until or now, reason)
    if attempts > len(RETRY_AFTER):
        return {"state": RowState.FAILED, "ended_at": now, "reason": reason}
    return _again(attempts, now + RETRY_AFTER[attempts - 1] * spread, reason)


def _again(attempts: int, due_at: dt.datetime, reason: str) -> dict[str, Any]:
    return {"state": RowState.WAITING, "attempts": attempts, "due_at": due_at, "reason": reason}

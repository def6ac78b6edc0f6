"""How the pushes of a county stand, and those that failed for good tried once more (design §2.4)."""

import datetime as dt
from typing import Any, Literal, NamedTuple

from sqlalchemy import Select, func, insert, literal, or_, select, update

from model.delivery import RowState
from storage.engine import Database
from storage.enqueuing import ENQUIRY
from storage.outbox_sql import FOR_PEOPLE, PENDING
from storage.schema import cases, enquiries, outbox, sent_again
from storage.steps import Step

Answer = Literal["waiting", "gone", "late", "newer"]
"""It waits again; it is not there or has not failed; nobody wants it any more; something newer says more."""


class Standing(NamedTuple):
    """How many pushes stand where, by which way the last attempt went ("": none did), and when the oldest was written."""

    state: RowState
    channel: str
    pushes: int
    oldest: dt.datetime


class FailedPush(NamedTuple):
    """A push that a definite refusal ended; `to`: which of its kind of `recipient`; `by`: who had it tried again before, "" for nobody."""

    row: int
    case: str | None
    number: str
    recipient: str
    to: str
    template: str
    written: dt.datetime
    reason: str
    by: str


class SendingAgain:
    """Over the notices about cases and enquiries of one county. Every method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def standing(self, county: str, since: dt.datetime) -> tuple[Standing, ...]:
        """All that still needs somebody, and what was written since then."""
        channel = func.coalesce(outbox.c.channel, "")
        open_ = outbox.c.state.in_((*PENDING, RowState.SENDING, RowState.WORKLIST, RowState.FAILED))
        query = _of(county, select(outbox.c.state, channel, func.count(), func.min(outbox.c.created_at)))
        query = query.where(or_(open_, outbox.c.created_at >= since)).group_by(outbox.c.state, channel)
        async with self._database.reading() as connection:
            found = (await connection.execute(query)).all()
        order = list(RowState)
        made = [Standing(RowState(state), way, count, oldest) for state, way, count, oldest in found]
        return tuple(sorted(made, key=lambda one: (order.index(one.state), one.channel)))

    async def failed(self, county: str, limit: int) -> tuple[FailedPush, ...]:
        """What failed for good, newest first."""
        last = select(sent_again.c.by).where(sent_again.c.row == outbox.c.id).order_by(sent_again.c.id.desc()).limit(1)
        columns = (outbox, cases.c.number, func.coalesce(last.scalar_subquery(), "").label("again_by"))
        query = _of(county, select(*columns)).where(outbox.c.state == RowState.FAILED)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(outbox.c.id.desc()).limit(limit))).all()
        return tuple(
            FailedPush(
                row.id,
                row.case_id,
                row.number or "",
                row.recipient_kind,
                row.recipient,
                row.template,
                row.created_at,
                row.reason or "",
                row.again_by,
            )
            for row in rows
        )

    async def again(self, row: int, county: str, by: str, now: dt.datetime) -> Answer:
        """Lets a failed push of this county wait to be sent, from its first attempt on, and keeps who wanted it."""
        async with self._database.writing(Step.AGAIN) as connection:
            query = _of(county, select(outbox)).where(outbox.c.id == row, outbox.c.state == RowState.FAILED)
            kept = (await connection.execute(query.with_for_update(of=outbox))).one_or_none()
            if kept is None:
                return "gone"
            if kept.not_after is not None and kept.not_after <= now:
                return "late"
            newer = select(func.count()).where(
                outbox.c.recipient_kind == kept.recipient_kind,
                outbox.c.recipient == kept.recipient,
                outbox.c.subject == kept.subject,
                outbox.c.sequence > kept.sequence,
            )
            if (await connection.execute(newer)).scalar_one():
                return "newer"
            fresh = {"state": RowState.WAITING, "attempts": 0, "due_at": now, "ended_at": None, "channel": None}
            fresh |= {"protected_until": None, "lease_until": None}
            await connection.execute(update(outbox).where(outbox.c.id == row).values(fresh))
            kept_by = {"row": row, "by": by, "at": now, "reason": kept.reason or ""}
            await connection.execute(insert(sent_again).values(kept_by))
        return "waiting"


def _of(county: str, query: Select[Any]) -> Select[Any]:
    asked = outbox.c.subject == literal(ENQUIRY).concat(enquiries.c.id)
    query = query.select_from(
        outbox.outerjoin(cases, cases.c.id == outbox.c.case_id).outerjoin(enquiries, asked)
    ).where(FOR_PEOPLE, outbox.c.kind == "notice")
    return query.where(or_(cases.c.county == county, enquiries.c.county == county))

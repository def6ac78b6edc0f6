"""The statements of the outbox, made once: making one costs more than carrying it out (design §2.4)."""

from functools import cache
from typing import Any, Final

from sqlalchemy import Integer, Update, and_, bindparam, exists, func, insert, or_, select, tuple_, update
from sqlalchemy.sql.dml import ReturningUpdate

from model.delivery import RowState
from storage.schema import Utc, outbox

SYSTEM: Final = "system"
FOR_PEOPLE: Final = outbox.c.recipient_kind != SYSTEM
"""Rows for the own systems of bodies go another way (`storage.webhook_rows`)."""
PENDING: Final = (RowState.WAITING, RowState.UNKNOWN)
NOW: Final = bindparam("now", type_=Utc)
_SAME = outbox.alias("other")
DUE: Final = (
    select(outbox)
    .where(outbox.c.state.in_(PENDING), outbox.c.due_at <= NOW, FOR_PEOPLE)
    .where(
        ~exists().where(
            _SAME.c.recipient_kind == outbox.c.recipient_kind,
            _SAME.c.recipient == outbox.c.recipient,
            _SAME.c.state.in_((RowState.SENDING, *PENDING)),  # not only in the parts below: the index knows states
            or_(_SAME.c.state == RowState.SENDING, and_(_SAME.c.due_at <= NOW, _SAME.c.id < outbox.c.id)),
        )
    )
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)
"""Of each recipient with nothing under way, the oldest row that is due.

Only the oldest may be taken, so two workers compete for the same row and never for two rows of one recipient.
"""
TAKE: Final = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("mine", expanding=True)))
    .values(
        state=RowState.SENDING,
        attempts=outbox.c.attempts + 1,
        lease_until=bindparam("lease", type_=Utc),
        along=None,
    )
)
BESIDE: Final = (
    select(outbox)
    .where(
        outbox.c.recipient_kind == bindparam("kind_of"),
        outbox.c.recipient == bindparam("who"),
        outbox.c.state == RowState.WAITING,
        outbox.c.attempts == 0,
        outbox.c.kind == "notice",
        outbox.c.case_id.is_not(None),
        func.coalesce(outbox.c.due_at, NOW)
        <= NOW,  # so that it is found by its recipient and not among all that is due
    )
    .order_by(outbox.c.id)
    .limit(bindparam("most", type_=Integer))
)
"""What else waits for one recipient and was never tried."""
NEXT_DUE: Final = select(func.min(outbox.c.due_at)).where(outbox.c.state.in_(PENDING), FOR_PEOPLE)
NEXT_LEASE: Final = select(func.min(outbox.c.lease_until)).where(outbox.c.state == RowState.SENDING, FOR_PEOPLE)
_MINE: Final = and_(
    outbox.c.id == bindparam("row"), outbox.c.state == RowState.SENDING, outbox.c.attempts == bindparam("attempt")
)
"""The row, while the attempt is still this one."""
KEPT: Final = select(outbox).where(_MINE).with_for_update()


TAKE_ALONG: Final = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"), outbox.c.state == RowState.WAITING, outbox.c.attempts == 0)
    .values(
        state=RowState.SENDING,
        attempts=1,
        lease_until=select(_SAME.c.lease_until).where(_SAME.c.id == bindparam("with")).scalar_subquery(),
        channel=bindparam("channel"),
        along=bindparam("with"),
    )
)
"""A waiting row goes in the message of another, which is under way: they end together."""


@cache
def change(*names: str) -> Update:
    """Changes these columns of the row, while the attempt is still this one."""
    return update(outbox).where(_MINE).values({name: bindparam(name) for name in names})


@cache
def change_all(*names: str) -> ReturningUpdate[Any]:
    """Changes these columns of all the rows, while each attempt is still this one; gives those that it was."""
    attempts = tuple_(outbox.c.id, outbox.c.attempts).in_(bindparam("mine", expanding=True))
    mine = update(outbox).where(attempts, outbox.c.state == RowState.SENDING)
    return mine.values({name: bindparam(name) for name in names}).returning(outbox.c.id)


INSERT: Final = insert(outbox)
SUPERSEDE_OLDER: Final = (
    update(outbox)
    .where(
        outbox.c.recipient_kind == bindparam("kind_of"),
        outbox.c.recipient == bindparam("who"),
        outbox.c.subject == bindparam("about"),
        outbox.c.sequence < bindparam("place"),
        or_(*(outbox.c.state == one for one in PENDING)),  # for IN there is no executing many at once
    )
    .values(state=RowState.SUPERSEDED, ended_at=NOW)
)

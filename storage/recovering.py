"""Rows whose worker died, and rows that nobody needs any more: looked for before every claim (design §2.4)."""

import datetime as dt
from typing import Final

from sqlalchemy import and_, bindparam, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.delivery import RowState
from storage.outbox_sql import NOW, PENDING
from storage.schema import outbox

_NEWER = outbox.alias("newer")
_HAS_NEWER: Final = exists().where(
    _NEWER.c.recipient_kind == outbox.c.recipient_kind,
    _NEWER.c.recipient == outbox.c.recipient,
    _NEWER.c.subject == outbox.c.subject,
    _NEWER.c.sequence > outbox.c.sequence,
)
"""A newer row of the same subject says more to the same recipient."""

_DEAD: Final = and_(outbox.c.state == RowState.SENDING, outbox.c.lease_until <= NOW)
_LOST: Final = and_(outbox.c.state == RowState.UNKNOWN, func.coalesce(outbox.c.protected_until, NOW) <= NOW)
_LATE: Final = and_(outbox.c.state.in_(PENDING), outbox.c.not_after < NOW)
_OUTDONE: Final = and_(outbox.c.state.in_(PENDING), outbox.c.attempts > 0, _HAS_NEWER)
_ANY: Final = (
    select(outbox.c.id)
    .where(outbox.c.state.in_((*PENDING, RowState.SENDING)), or_(_DEAD, _LOST, _LATE, _OUTDONE))
    .limit(1)
)
"""Most of the time there is none."""
_STEPS: Final = (
    # Nothing was announced, so nothing was sent: as if it had never been claimed.
    update(outbox).where(_DEAD, outbox.c.channel.is_(None)).values(state=RowState.WAITING, lease_until=None),
    update(outbox).where(_DEAD).values(state=RowState.UNKNOWN, lease_until=None),
    update(outbox).where(_LOST).values(state=RowState.WORKLIST, ended_at=NOW, reason="may_have_arrived"),
    update(outbox).where(_LATE).values(state=RowState.EXPIRED, ended_at=NOW, reason="too late to be of use"),
    update(outbox).where(_OUTDONE).values(state=RowState.SUPERSEDED, ended_at=NOW),
)

OUTDONE: Final = (
    update(outbox).where(outbox.c.id == bindparam("row"), _HAS_NEWER).values(state=RowState.SUPERSEDED, ended_at=NOW)
)
"""The same of one row whose attempt has just ended: while it was on its way a newer one may have come."""


async def recover(connection: AsyncConnection, now: dt.datetime) -> None:
    """Ends them, or lets them wait again."""
    if (await connection.execute(_ANY, {"now": now})).first() is None:
        return
    for step in _STEPS:
        await connection.execute(step, {"now": now})

"""What follows in SQL once the hotline has handed a case over: its code is used, and what waits for him is told in WeChat."""

import datetime as dt
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.case import Case
from model.decision import Decision
from model.delivery import AGAIN, RowState
from model.events.handover import CaseHandedOver
from model.handover import OfCase
from storage.outbox_sql import INSERT, NOW
from storage.schema import handovers, outbox

HANDED_OVER: Final = "handed over"
"""Why what somebody was to be called about ended: he is told it in WeChat."""
_UNTOLD: Final = (RowState.WAITING, RowState.WORKLIST, RowState.FAILED)
_TOLD: Final = (RowState.DELIVERED, RowState.CALLED, RowState.UNKNOWN)
"""By SMS, or by somebody who called: what it asks he may not have answered."""
_ROWS: Final = (
    select(outbox)
    .where(outbox.c.case_id == bindparam("case"), outbox.c.recipient_kind == "applicant")
    .where(outbox.c.recipient == bindparam("caller"), outbox.c.state.in_((*_UNTOLD, *_TOLD)))
    .order_by(outbox.c.id)
)
_SETTLE: Final = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("settled", expanding=True)))
    .values(state=RowState.SUPERSEDED, ended_at=NOW, reason=HANDED_OVER)
)
_USED: Final = (
    update(handovers)
    .where(handovers.c.target == bindparam("of"), handovers.c.state == "open")
    .values(state=bindparam("now_is"))
)


async def hand_on(connection: AsyncConnection, before: Case, decision: Decision, now: dt.datetime) -> None:
    """In the transaction of the event. What is on its way at this moment (an SMS) ends as it does."""
    if not any(isinstance(one.event, CaseHandedOver) for one in decision.recorded):
        return
    case = decision.case
    await connection.execute(_USED, {"of": str(OfCase(case=case.id)), "now_is": "used"})
    rows = (await connection.execute(_ROWS, {"case": case.id, "caller": before.person})).mappings().all()
    if rows:
        await connection.execute(INSERT, [_again(dict(row), case.person, now) for row in rows])
        untold = [row["id"] for row in rows if row["state"] in _UNTOLD]
        await connection.execute(_SETTLE, {"settled": untold, "now": now})


def _again(row: dict[str, Any], person: str, now: dt.datetime) -> dict[str, Any]:
    """The same notice to him in WeChat: what nobody has tried yet at its own time, all else at once."""
    untried = row["state"] == RowState.WAITING and row["attempts"] == 0
    kept = ("kind", "recipient_kind", "template", "case_id", "order_id", "event", "subject", "sequence")
    told = {AGAIN: "yes"} if row["state"] in _TOLD else {}
    return {name: row[name] for name in (*kept, "not_after", "trace")} | {
        "key": f"{row['key']}:{HANDED_OVER}",
        "recipient": person,
        "refs": row["refs"] | told,
        "state": RowState.WAITING,
        "attempts": 0,
        "created_at": now,
        "due_at": row["due_at"] if untried else now,
    }

"""What follows in SQL once the hotline has handed a case over: its code is used, and what waited for a call is told in WeChat."""

import datetime as dt
from typing import Any, Final

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.case import Case
from model.decision import Decision
from model.delivery import RowState
from model.events.handover import CaseHandedOver
from model.handover import OfCase
from storage.outbox_sql import INSERT, NOW
from storage.schema import handovers, outbox

HANDED_OVER: Final = "handed over"
"""Why what somebody was to be called about ended: he is told it in WeChat."""
_WAITS: Final = outbox.c.state.in_((RowState.WAITING, RowState.WORKLIST, RowState.FAILED))
_HIS: Final = (outbox.c.case_id == bindparam("case"), outbox.c.recipient_kind == "applicant")
_UNTOLD: Final = select(outbox).where(*_HIS, outbox.c.recipient == bindparam("caller"), _WAITS).order_by(outbox.c.id)
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
    """In the transaction of the event. What may be on its way at this moment (an SMS) ends as it does."""
    if not any(isinstance(one.event, CaseHandedOver) for one in decision.recorded):
        return
    case = decision.case
    await connection.execute(_USED, {"of": str(OfCase(case=case.id)), "now_is": "used"})
    rows = (await connection.execute(_UNTOLD, {"case": case.id, "caller": before.person})).mappings().all()
    if rows:
        await connection.execute(INSERT, [_again(dict(row), case.person, now) for row in rows])
        await connection.execute(_SETTLE, {"settled": [row["id"] for row in rows], "now": now})


def _again(row: dict[str, Any], person: str, now: dt.datetime) -> dict[str, Any]:
    """The same notice to him in WeChat: what nobody has tried yet at its own time, all else at once."""
    untried = row["state"] == RowState.WAITING and row["attempts"] == 0
    kept = ("kind", "recipient_kind", "template", "case_id", "order_id", "event", "subject", "sequence", "refs")
    return {name: row[name] for name in (*kept, "not_after", "trace")} | {
        "key": f"{row['key']}:{HANDED_OVER}",
        "recipient": person,
        "state": RowState.WAITING,
        "attempts": 0,
        "created_at": now,
        "due_at": row["due_at"] if untried else now,
    }

"""What is written into the outbox, in the transaction of its cause (design §2.4)."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from model.credit import CreditNote
from model.delivery import Notice, Recipient, RowState
from model.enquiry import EnquiryNotice
from storage.outbox_sql import INSERT, SUPERSEDE_OLDER, SYSTEM
from storage.schema import webhooks
from storage.trace import current_trace

ENQUIRY: Final = "enquiry:"
"""How the subject of a notice about an enquiry begins; its id follows."""
_KNOWN: Final = select(webhooks.c.id).where(webhooks.c.id.in_(bindparam("wanted", expanding=True)))


async def enqueue(connection: AsyncConnection, notices: Sequence[Notice], now: dt.datetime) -> None:
    """Write notices in the transaction of their cause; each supersedes older ones of its subject that still wait.

    What is for a body's own system is kept only where there is one, and none supersedes another: it hears of every event.
    """
    known = await _systems(connection, {one.recipient.id for one in notices if one.recipient.kind == SYSTEM})
    told = [one for one in notices if one.recipient.kind != SYSTEM or one.recipient.id in known]
    if told:
        await connection.execute(INSERT, [notice_row(one, now) for one in told])
    # All of them are there by now, and each ends only what is older than itself: as if they had come one by one.
    if older := [_older(one.recipient, one.subject, one.sequence, now) for one in told if one.recipient.kind != SYSTEM]:
        await connection.execute(SUPERSEDE_OLDER, older)


def notice_row(one: Notice, now: dt.datetime) -> dict[str, Any]:
    """A notice as it begins to wait."""
    return base_row(one.recipient, one.key, now) | {
        "kind": "notice",
        "template": one.template,
        "case_id": one.case,
        "order_id": one.order,
        "event": one.event,
        "subject": one.subject,
        "sequence": one.sequence,
        "due_at": max(now, one.not_before or now),
        "not_after": one.not_after,
    }


async def enqueue_enquiry(connection: AsyncConnection, notices: Sequence[EnquiryNotice], now: dt.datetime) -> None:
    """Notices of an enquiry, in the transaction of their cause: `refs` say which and which event; no words."""
    for one in notices:
        subject = f"{ENQUIRY}{one.enquiry}"
        await connection.execute(SUPERSEDE_OLDER, _older(one.recipient, subject, one.event, now))
        refs = {"enquiry": one.enquiry, "event": str(one.event)}
        row = base_row(one.recipient, one.key, now) | {"kind": "notice", "template": one.template, "refs": refs}
        await connection.execute(INSERT, row | {"subject": subject, "sequence": one.event})


async def enqueue_credit(
    connection: AsyncConnection,
    note: CreditNote,
    recipient: Recipient,
    template: str,
    now: dt.datetime,
    at: dt.datetime,
) -> None:
    """What the person concerned is told of a credit note, at that time; no words, the text reads them when it is sent."""
    subject, key = f"credit:{note.id}", f"credit:{note.id}:{note.version}"
    await connection.execute(SUPERSEDE_OLDER, _older(recipient, subject, note.version, now))
    row = base_row(recipient, key, now) | {"kind": "notice", "template": template, "refs": {"credit": note.id}}
    said = {"subject": subject, "sequence": note.version, "case_id": note.case, "due_at": at}
    await connection.execute(INSERT, row | said)


def base_row(recipient: Recipient, key: str, now: dt.datetime) -> dict[str, Any]:
    """What every row begins with."""
    return {
        "key": key,
        "recipient_kind": recipient.kind,
        "recipient": recipient.id,
        "template": "",
        "sequence": 0,
        "refs": {},
        "state": RowState.WAITING,
        "attempts": 0,
        "created_at": now,
        "due_at": now,
        "trace": current_trace(),
    }


def _older(recipient: Recipient, subject: str, sequence: int, now: dt.datetime) -> dict[str, Any]:
    return {"kind_of": recipient.kind, "who": recipient.id, "about": subject, "place": sequence, "now": now}


async def _systems(connection: AsyncConnection, wanted: set[str]) -> frozenset[str]:
    if not wanted:
        return frozenset()
    return frozenset((await connection.execute(_KNOWN, {"wanted": sorted(wanted)})).scalars())

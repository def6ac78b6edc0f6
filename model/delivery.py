"""What must reach a person: notices, the rows of the outbox, and how an attempt to send one ends (design §2.4)."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from model.frozen import Frozen


class Recipient(Frozen):
    """Who a notice is for: the applicant's person or a staff id.

    Where nobody can be reached in chat, a body or the window of a county: both end on the worklist, the hotline calls.
    A `system` is the own system of a body, where it has one (see `model.webhook`).
    """

    kind: Literal["applicant", "staff", "body", "window", "system"]
    id: str


class Notice(Frozen):
    """Who × event -> message: one outbox row. `template` names the text; its facts are read when it is sent.

    `event` is the sequence of the event in the case's log. `subject` and `sequence`: a newer notice on the same subject
    to the same recipient supersedes an older one still waiting. Before `not_before` it may not be sent, after `not_after`
    it is not worth sending.
    """

    recipient: Recipient
    template: str
    case: str
    order: str | None = None
    event: int
    subject: str
    sequence: int
    not_before: dt.datetime | None = None
    not_after: dt.datetime | None = None

    @property
    def key(self) -> str:
        """Makes the row unique: the same notice of the same event is never written twice."""
        return f"{self.case}:{self.event}:{self.recipient.kind}:{self.recipient.id}:{self.template}"


AGAIN = "again"
"""Among the refs of a row: he was told before, by SMS or telephone; it goes only if it asks something that he can still answer."""


class RowState(StrEnum):
    """Where an outbox row stands; from `delivered` on it is final, but that somebody may call."""

    WAITING = "waiting"
    SENDING = "sending"
    UNKNOWN = "unknown"  # may have arrived; tried again only while its channel recognises a repetition
    DELIVERED = "delivered"
    FAILED = "failed"
    WORKLIST = "worklist"  # no channel reaches this person, or it may have arrived: the hotline calls
    CALLED = "called"  # somebody has said it by telephone
    SUPERSEDED = "superseded"
    EXPIRED = "expired"  # `not_after` passed while it waited


class Row(Frozen):
    """An outbox row as claimed for sending.

    `key` is the same at every attempt: derive the platform's `client_msg_id` from it. `attempt` counts from 1.
    `channel` is set when an earlier attempt may have arrived by it: only the same channel recognises the repetition.
    A `reply` is not about a case: its `refs` name the conversation and the key of the message it answers. `trace` is
    that of the message it all came of.
    """

    id: int
    key: str
    kind: Literal["notice", "reply"]
    recipient: Recipient
    template: str = ""
    case: str | None = None
    order: str | None = None
    event: int | None = None
    refs: dict[str, str] = {}
    not_after: dt.datetime | None = None
    attempt: int
    channel: str | None = None
    trace: str | None = None


class Delivered(Frozen):
    """The platform took the message. `reason` says why the ways before this one were closed, if any were; `taken_as` is the
    number by which its receipt will name it, where the way has receipts.
    """

    outcome: Literal["delivered"] = "delivered"
    reason: str = ""
    taken_as: str = ""


class Failed(Frozen):
    """The platform, or every channel in turn, refused it: an answer came, so it did not arrive.

    `permanent`: no use in trying again. `retry_after`: not before this much time (quota, rate limit).
    """

    outcome: Literal["failed"] = "failed"
    reason: str
    permanent: bool = False
    retry_after: dt.timedelta | None = None


class Unknown(Frozen):
    """No answer came: it may have arrived. What happens next depends on the channel that was announced."""

    outcome: Literal["unknown"] = "unknown"
    reason: str


class Unreachable(Frozen):
    """No channel reaches this person: the row goes to the worklist."""

    outcome: Literal["unreachable"] = "unreachable"
    reason: str


class Postponed(Frozen):
    """Nothing was tried: what the message is made of was out of reach (our own stores). The attempt does not count."""

    outcome: Literal["postponed"] = "postponed"
    reason: str


class Obsolete(Frozen):
    """Overtaken by events: nobody needs to hear it any more (a survey time that has been answered or moved since)."""

    outcome: Literal["obsolete"] = "obsolete"
    reason: str


Outcome = Annotated[Delivered | Failed | Unknown | Unreachable | Postponed | Obsolete, Field(discriminator="outcome")]

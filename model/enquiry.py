"""An enquiry (首问记录): a question nobody could answer at once, and who has it (首问责任制, J37–J47)."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from model.calendar import Due, WarningTime
from model.delivery import Recipient
from model.frozen import Frozen
from model.message import Actor

Channel = Literal["chat", "phone", "window"]
"""How it was asked; the same rules for all of them (J43)."""


class Holder(Frozen):
    """Who has an enquiry: a member of staff by id; a body or the county's window where nobody of it can be reached."""

    kind: Literal["staff", "body", "window"]
    id: str


class EnquiryAsked(Frozen):
    """Somebody asked; `first_asked` is who must see to it from now on (J37).

    `phone` is where the person can be called, if it is known (J40); `about` is the service it concerns, `case` the case.
    """

    event: Literal["enquiry_asked"] = "enquiry_asked"
    county: str
    account: str = ""
    person: str = ""
    channel: Channel
    words: str
    phone: str = ""
    about: str | None = None
    case: str | None = None
    complaint: bool = False
    first_asked: Holder
    due: Due | None = None


class EnquiryTaken(Frozen):
    """A member of staff took what only his body, or the window, had."""

    event: Literal["enquiry_taken"] = "enquiry_taken"
    by: Holder


class HandoverOffered(Frozen):
    """It is to go to another; until he accepts, the owner stays the owner (J37, J47)."""

    event: Literal["handover_offered"] = "handover_offered"
    by: Holder
    to: Holder
    reason: str = ""


class HandoverAccepted(Frozen):
    """The other has it from now on."""

    event: Literal["handover_accepted"] = "handover_accepted"
    by: Holder


class HandoverDeclined(Frozen):
    """The other does not take it: it stays where it was."""

    event: Literal["handover_declined"] = "handover_declined"
    by: Holder
    reason: str = ""


class HolderLeft(Frozen):
    """离岗: whoever had it, or was to have it, serves no more; `to` is who has it from now on (J37)."""

    event: Literal["holder_left"] = "holder_left"
    left: Holder
    to: Holder


class EnquiryReported(Frozen):
    """报告负责人: the owner does not know whose it is; these may answer it or hand it on as well as he (J42)."""

    event: Literal["enquiry_reported"] = "enquiry_reported"
    by: Holder
    to: tuple[Holder, ...]


class EnquiryAnswered(Frozen):
    """The person got his answer. `body`: whose matter it is, told with its place and telephone (J41, J42)."""

    event: Literal["enquiry_answered"] = "enquiry_answered"
    by: Holder
    words: str
    body: str | None = None


class EnquiryWarned(Frozen):
    """So much of its limit is over, in percent, and nobody has answered: these were told (J35, J39)."""

    event: Literal["enquiry_warned"] = "enquiry_warned"
    share: int
    due: dt.datetime
    told: tuple[Holder, ...]


class EnquiryClosed(Frozen):
    """Nothing is left to do: only an answer closes an enquiry (J42)."""

    event: Literal["enquiry_closed"] = "enquiry_closed"


EnquiryEvent = Annotated[
    EnquiryAsked
    | EnquiryTaken
    | HandoverOffered
    | HandoverAccepted
    | HandoverDeclined
    | HolderLeft
    | EnquiryReported
    | EnquiryAnswered
    | EnquiryWarned
    | EnquiryClosed,
    Field(discriminator="event"),
]


class EnquiryRecorded(Frozen):
    """An event as kept: its place in the enquiry's log (from 1), when, by whom."""

    enquiry: str
    sequence: int
    at: dt.datetime
    actor: Actor
    event: EnquiryEvent


class Handover(Frozen):
    """One link of the chain: from whom, to whom, when, and when it was accepted or declined (J47)."""

    by: Holder
    to: Holder
    at: dt.datetime
    reason: str = ""
    accepted_at: dt.datetime | None = None
    declined_at: dt.datetime | None = None
    replaced_at: dt.datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it waits to be accepted."""
        return (self.accepted_at, self.declined_at, self.replaced_at) == (None, None, None)


class EnquiryAnswer(Frozen):
    """What was answered, by whom and when."""

    by: Holder
    words: str
    body: str | None
    at: dt.datetime


class Enquiry(Frozen):
    """A pure fold of its events. `owner` is never nobody: it changes only when another has accepted.

    `warned`: the highest share of its limit, in percent, that was warned of.
    """

    id: str
    county: str
    account: str
    person: str
    channel: Channel
    words: str
    phone: str
    about: str | None
    case: str | None
    complaint: bool
    asked_at: dt.datetime
    first_asked: Holder
    owner: Holder
    due: Due | None
    handovers: tuple[Handover, ...] = ()
    reported_to: tuple[Holder, ...] = ()
    reported_at: dt.datetime | None = None
    answer: EnquiryAnswer | None = None
    warned: int = 0
    closed_at: dt.datetime | None = None
    version: int = 0

    @property
    def next(self) -> WarningTime | None:
        """The warning that comes next, if nobody answers before."""
        if self.due is None or self.closed_at is not None:
            return None
        return next((one for one in self.due.warnings if one.share > self.warned), None)

    @property
    def offered(self) -> Handover | None:
        """The handover that waits to be accepted."""
        return next((one for one in self.handovers if one.open), None)


class TakeEnquiry(Frozen):
    """接手 what nobody has by name."""

    do: Literal["take_enquiry"] = "take_enquiry"


class HandOver(Frozen):
    """转交 to a colleague, or to a body: then to the one of it who has the fewest (J40, J41)."""

    do: Literal["hand_over"] = "hand_over"
    to: Holder
    reason: str = ""


class AcceptHandover(Frozen):
    """接受."""

    do: Literal["accept_handover"] = "accept_handover"


class DeclineHandover(Frozen):
    """不归我管."""

    do: Literal["decline_handover"] = "decline_handover"
    reason: str = ""


class AnswerEnquiry(Frozen):
    """回复; `body` says whose matter it is, if it is another's (J41, J42)."""

    do: Literal["answer_enquiry"] = "answer_enquiry"
    words: str = ""
    body: str | None = None


class ReportEnquiry(Frozen):
    """报告负责人 (J42)."""

    do: Literal["report_enquiry"] = "report_enquiry"


class HolderLeaves(Frozen):
    """离岗: this member of staff of this body serves no more; the operator says so."""

    do: Literal["holder_leaves"] = "holder_leaves"
    staff: str
    body: str


class WarnEnquiry(Frozen):
    """The clock: this share of the limit is over, at this instant."""

    do: Literal["warn_enquiry"] = "warn_enquiry"
    share: int
    at: dt.datetime


EnquiryDo = Annotated[
    WarnEnquiry
    | HolderLeaves
    | TakeEnquiry
    | HandOver
    | AcceptHandover
    | DeclineHandover
    | AnswerEnquiry
    | ReportEnquiry,
    Field(discriminator="do"),
]


class AskEnquiry(Frozen):
    """Somebody asks, or staff for a caller (J43). `account` and `person` are where he is answered, if he wrote to us."""

    county: str
    words: str
    channel: Channel = "chat"
    account: str = ""
    person: str = ""
    phone: str = ""
    about: str | None = None
    case: str | None = None
    steward: str | None = None
    """Who works on the person's own case for that service: he is asked first."""
    taken_by: str | None = None
    """The member of staff whom a caller or a visitor has asked: he is who was asked first (J37, J43)."""
    complaint: bool = False


class EnquiryCommand(Frozen):
    """What somebody wants to happen to an enquiry; `id` comes from the inbound dedupe key and makes it happen once."""

    id: str
    enquiry: str
    actor: Actor
    do: EnquiryDo


class EnquiryDone(Frozen):
    """A command was carried out: the enquiry right after it; the same again when it is repeated."""

    enquiry: Enquiry
    events: tuple[EnquiryRecorded, ...]


class EnquiryNotice(Frozen):
    """Who × event of an enquiry -> message: one outbox row. A newer one to the same recipient replaces one that waits."""

    recipient: Recipient
    template: str
    enquiry: str
    event: int

    @property
    def key(self) -> str:
        """Makes the row unique."""
        return f"enquiry:{self.enquiry}:{self.event}:{self.recipient.kind}:{self.recipient.id}:{self.template}"


class EnquiryDecision(Frozen):
    """What the core decided: the events to append, the enquiry after them, and the notices they cause."""

    enquiry: Enquiry
    recorded: tuple[EnquiryRecorded, ...]
    notices: tuple[EnquiryNotice, ...] = ()

"""What handlers need from outside, as protocols: each can be replaced without them noticing (design §2)."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from dialogs.left_open import LeftOpen
from handlers.people.noting import By
from model.approval import Approval
from model.card import Card
from model.case import Case
from model.command import Command
from model.decision import Done, Refused
from model.desk import OpenOrder
from model.draft import Draft, Role
from model.erasure import Erasure
from model.event import Recorded
from model.handover import Handover
from model.intake import Intake
from model.message import Proposal
from model.order import Order
from model.staff import Absence, Staff
from model.submission import Submission

Clock = Callable[[], dt.datetime]
"""The time, aware. The sandbox's clock can move."""


class CoreAway(Exception):
    """The routing core cannot be reached now; what was asked may be asked again later."""


class Picture(NamedTuple):
    """A file as the platform gave it, or why it cannot be had (`file.large`, `file.gone`)."""

    data: bytes
    refused: str | None = None


class Gallery(Protocol):
    """Photos and documents that people sent, still on the platform."""

    async def fetch(self, account: str, media_id: str) -> Picture | None:
        """The file; None if no answer came, and it is worth asking again."""


class Unread(NamedTuple):
    """Nothing was read on a photo, and asking again would change nothing: `code` says why (`card.none` …)."""

    code: str


class CardReader(Protocol):
    """Somebody outside who reads the photo of a card. He only proposes: the core checks what he says."""

    async def read(
        self, account: str, conversation: str, media_id: str, card: Card
    ) -> Mapping[str, str] | Unread | None:
        """The parts (see `model.card`) as they were read; None if no answer came, and it is worth asking again."""


class Extractor(Protocol):
    """Somebody outside who reads what the grammar left open. He only proposes: the core checks every word of it."""

    async def propose(self, left: LeftOpen) -> tuple[Proposal, ...]:
        """What he reads in the masked text; nothing if he does not answer in time, or not in order. Raises nothing."""


class OptInOffers(Protocol):
    """What people may agree to be sent (订阅通知)."""

    async def link(self, account: str, person: str, role: Role) -> str | None:
        """Where he can agree to it, in this role; None where nothing is lacking, he has said no, or nobody can tell now."""


class Letters(Protocol):
    """Pushes that are not about a case."""

    async def reply(
        self, account: str, person: str, key: str, now: dt.datetime, not_after: dt.datetime, about: str = ""
    ) -> None:
        """Pushes the reply that the message `key` got; once, however often it is asked. `about`: what staff look it up by, if they
        have to say it by telephone. Raises `CoreAway`.
        """

    async def remind(self, account: str, person: str, draft: Draft, now: dt.datetime, not_after: dt.datetime) -> None:
        """Reminds of a draft that nobody has touched since its last change; once for each time. Raises `CoreAway`."""


class Questions(NamedTuple):
    """So many questions of a person are `answered`, and go when he has all erased; those that `wait` for it stay till then."""

    wait: int
    answered: int


class Erasing(Protocol):
    """The account of what is erased, kept where it outlives the data: announced before, proved after (design §6).

    Raises `CoreAway`.
    """

    async def mark(self, what: Erasure, now: dt.datetime) -> str:
        """Announces that something is about to be erased; its number, the same again for the same thing."""

    async def questions(self, account: str, person: str) -> Questions:
        """What this person has asked, as far as it can be read still."""

    async def finish(self, number: str, now: dt.datetime) -> bool:
        """Its keys are gone: deletes the files they sealed, tries to read, and writes down what came of it."""


class HandoverCodes(Protocol):
    """The codes by which the hotline hands over, and who was wrong about them how often."""

    async def issue(self, code: str, made: Handover) -> bool:
        """Let this code hand over; an earlier one for the same is void. False: there is such a code."""

    async def found(self, code: str) -> Handover | None:
        """What this code hands over, whatever became of it."""

    async def wrong(self, code: str | None, account: str, person: str, key: str, now: dt.datetime) -> int:
        """Something wrong was said, once by the message `key`; how often of this code. With the last time it is dead."""

    async def tried(self, account: str, person: str, key: str, now: dt.datetime) -> int:
        """How often this person was wrong within a day, but for the message `key`."""


class KeptDraft(NamedTuple):
    """An intake, with its draft as long as there is one."""

    intake: Intake
    draft: Draft | None


class KeptDrafts(Protocol):
    """The drafts that clerks keep for callers. Raises the store's errors and `CoreAway`; every call may be repeated."""

    async def kept(self, county: str, intake: str) -> KeptDraft | None:
        """The one of this intake, if it is of this county."""

    async def leave(self, county: str, intake: str, to: str, revision: int, now: dt.datetime) -> Draft | None:
        """From now on it is that conversation's, and nobody types into it any more, if it is still at this revision.

        None: somebody was quicker, or it is over.
        """

    async def arrived(self, county: str, intake: str, now: dt.datetime) -> bool:
        """If the conversation has it, the intake is over and the draft is deleted here. False: it has not (yet)."""


# --- The routing core: everything that happens to a case once its form is finished ------------------------------------


class Task(NamedTuple):
    """An order on a steward's desk, with its case."""

    case: Case
    order: Order


class Application(NamedTuple):
    """An application for a permit on an officer's desk, with its case."""

    case: Case
    approval: Approval


class SheetPart(NamedTuple):
    """A case whose survey is led, and a body that has a part in it."""

    case: Case
    body: str


class RoutingCore(Protocol):
    """Cases and their orders. Every call is one transaction at most; repeating one changes nothing (design §2.3)."""

    async def accept(self, submission: Submission, now: dt.datetime, photos: str | None = None) -> Case | Refused:
        """The case of this submission, made now if it is new; the same submission always gives the same case.

        `photos` is the wrapped key that its photos are sealed under: the case owns it from now on.

        Refused `county.unknown`, `submission.changed` (another content under a known id), `submission.unknown_service`.
        """

    async def execute(self, command: Command, now: dt.datetime) -> Done | Refused:
        """Carry out a command; with an id seen before, the result it had then.

        Refused `case.unknown`, `survey.busy`, and the codes of `routing.decide`.
        """

    async def done(self, command_id: str) -> Done | Refused | None:
        """The recorded result of a command; None if it was never given."""

    async def case(self, case_id: str) -> Case | None:
        """The case as it is now."""

    async def events(self, case_id: str) -> tuple[Recorded, ...]:
        """All that happened to a case, in order."""

    async def logs(self, county: str, since: dt.datetime, until: dt.datetime) -> tuple[tuple[Recorded, ...], ...]:
        """The events of every case of a county that was open at some time between; of those erased since, nothing."""

    async def submission(self, case_id: str) -> Submission | None:
        """What the applicant confirmed."""

    async def cases(self, account: str, person: str) -> tuple[Case, ...]:
        """An applicant's cases, newest first."""

    async def numbered(self, county: str, number: str) -> Case | None:
        """The case of a county with this number (联合办件号)."""

    async def submitted(self, submission: str) -> Case | None:
        """The case that came of a submission, by its id."""

    async def task(self, order: str) -> Task | None:
        """An order, with its case."""

    async def work(self, county: str, body: str, after: str | None, most: int) -> tuple[Task, ...]:
        """The open orders of a body, oldest case first: at most so many, those that stand after the order `after`."""

    async def desk(self, county: str, body: str) -> tuple[OpenOrder, ...]:
        """What lies open at a body, without opening a case; not what the window has still to give to a body."""

    async def paused(self, county: str, body: str, now: dt.datetime) -> tuple[Task, ...]:
        """The open orders of a body of which a limit may stand still now (`routing.paused` says), oldest case first. Raises CoreAway."""

    async def tasks(self, staff_id: str) -> tuple[Task, ...]:
        """A steward's open orders and those of his body that nobody has yet, oldest case first."""

    async def claims(self, staff_id: str) -> tuple[Task, ...]:
        """The orders that a steward may claim for his body, oldest case first (J75)."""

    async def permits(self, staff_id: str) -> tuple[Application, ...]:
        """The open applications for permits that lie with an officer, and those of his body that nobody has, oldest first."""

    async def proposals(self, staff_id: str) -> tuple[Case, ...]:
        """The cases whose joint construction is proposed to him, or to his body and nobody has it, oldest first (X50)."""

    async def sheets(self, staff_id: str) -> tuple["SheetPart", ...]:
        """The surveys in which he has something left to do for his body, oldest case first (X31–X42)."""

    async def consultations(self, staff_id: str) -> tuple[tuple[Case, str], ...]:
        """The consultations he has to convene, and what was agreed at some and is his to do, by their ids (X57, J34)."""

    async def agreed(self, county: str, body: str) -> tuple[tuple[Case, str], ...]:
        """What lies open of consultations (the case, the id) with a body, whoever of it has it, oldest first. Raises CoreAway."""

    async def call_backs(self, staff_id: str) -> tuple[Case, ...]:
        """The cases after whose bad mark he is to call the applicant, the oldest call first; none that concerns him. Raises CoreAway."""

    async def staff(self, account: str, person: str) -> tuple[Staff, ...]:
        """The members of staff this person is bound as; empty for everybody else."""

    async def steward(self, staff_id: str) -> Staff | None:
        """A member of staff by id, in service or not."""

    async def colleagues(self, county: str, body: str) -> tuple[Staff, ...]:
        """Those in service of a body."""

    async def absent(self, one: Staff, absence: Absence, by: By) -> Refused | None:
        """He is absent then, kept with who says so; in place of one from the same day, and of those that are over.

        Refused `away_overlaps`, `overtaken` where `by` has not seen his newest change.
        """

    async def back(self, one: Staff, first: dt.date, by: By) -> Refused | None:
        """The absence from this day on does not stand any more. Refused `overtaken`."""

    async def redeem(self, code: str, account: str, person: str, now: dt.datetime) -> Staff | Refused:
        """Bind the person who names a one-time code. Refused `code.unknown`, `code.expired`, `code.used`."""


# --- End of the routing core ------------------------------------------------------------------------------------------

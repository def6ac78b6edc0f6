"""A form being filled in: answers with their provenance, and what the bot attends to (design §3)."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from model.frozen import Frozen
from model.page import Beside
from model.values import Amount, Value, Words

Certainty = Literal["said", "derived", "guessed"]
Role = Literal["applicant", "steward"]
FILL = "fill_form"
"""The act that fills in what an application by telephone left open (X26)."""
DraftState = Literal["filling", "leaving", "submitting", "submitted", "cancelled"]


class Answer(Frozen):
    """One answer and its provenance. `value` None means left open on purpose: skipped, or to follow later (容缺)."""

    value: Value | None
    source: str = ""
    by: str
    role: Literal["applicant", "steward", "staff"] = "applicant"
    at: dt.datetime
    certainty: Certainty = "said"
    confirmed: bool = True
    revision: int = 0
    warnings: tuple[str, ...] = ()


class Agreement(Frozen):
    """What was answered to the privacy notice, a consent or the declaration, with the version of the text shown."""

    agreed: bool
    version: int
    at: dt.datetime


class Editing(Frozen):
    """The person goes back to a field: 上一步, or an item tapped on the review card."""

    on: Literal["editing"] = "editing"
    field: str


class Unfinished(Frozen):
    """A field half answered: the parts understood so far wait for the missing one (`want`)."""

    on: Literal["unfinished"] = "unfinished"
    field: str
    text: str
    want: str


class MoreRows(Frozen):
    """A table has rows; the person is asked whether there is one more. `row` is the one being changed (from 0), if any."""

    on: Literal["more_rows"] = "more_rows"
    field: str
    row: int | None = None
    part: dict[str, Words | Amount | None] = {}


class Confirming(Frozen):
    """A value is read back and waits for 是/否: a number held before consent, or an uncertain reading."""

    on: Literal["confirming"] = "confirming"
    field: str
    answer: Answer


class Meaning(Frozen):
    """One thing that a span may say: the value of a field, and what else would have to be so (`needs`: a field and its
    option, or its yes or no).
    """

    field: str
    answer: Answer
    needs: tuple[tuple[str, str | bool], ...] = ()


class Unsettled(Frozen):
    """Words of a message (`said`) that may mean several things; or one field that was given several values at once."""

    said: str
    meanings: tuple[Meaning, ...]


class Ambiguous(Frozen):
    """The first of `asked` is offered as a choice, the others wait; `after` is what was attended to before."""

    on: Literal["ambiguous"] = "ambiguous"
    asked: tuple[Unsettled, ...]
    after: Editing | Unfinished | MoreRows | None = None


class Sure(Frozen):
    """重来 or 取消 was said; it is done only when confirmed."""

    on: Literal["sure"] = "sure"
    about: Literal["restart", "cancel"]


class Reviewing(Frozen):
    """The review card is open; `section` is the unfolded one."""

    on: Literal["reviewing"] = "reviewing"
    section: str | None = None


Attention = Annotated[
    Editing | Unfinished | MoreRows | Confirming | Ambiguous | Sure | Reviewing,
    Field(discriminator="on"),
]


class Change(Frozen):
    """What a message did to one field: the answer before, and the revision of the one after (None: there was, is none)."""

    field: str
    before: Answer | None
    revision: int | None


class LastWords(Frozen):
    """What the last message that changed an answer changed, for 撤销; `unread`: it waits for the notice as well.

    `revision` is the draft's after it: while that stands, nothing came between.
    """

    changes: tuple[Change, ...]
    unread: bool = False
    revision: int


class Adding(Frozen):
    """The services that are added to a case that was handed in (加办), in one form and one act."""

    case: str
    number: str
    services: tuple[str, ...]


class Draft(Frozen):
    """A form being filled in by one person in one conversation.

    `aside` keeps answers that fit no field of the present form version; a later version that has the field finds them.
    `agreements` is keyed by `notice`, consent id and `model.card.READING`; `held` keeps, by field, numbers that wait for a
    consent, encrypted like all else and unconfirmed; `unread` are messages that came before the notice and say something personal: they are
    read when it is agreed to. `trail` is the order in which fields were answered (for 上一步), `last` what 撤销 would take
    back; `refusals` counts refused answers per field, `slips` are refused numbers, so that 最后两位是08 can mend one, and
    words that did not look like an answer: said once more they are one. `met` are people named so far, by name or by surname
    and title, with their numbers.
    `handed_by` is the key of the message that confirmed it; `subject` is the invitation a steward's form answers, `act` the
    act it completes, `role` the role in which it is filled in; `copied` were taken over from an earlier draft or case
    (照上一件填) and wait to be confirmed; `confirmed` are the fields shown when it was handed in, `lacking` those the office
    still wanted then; `happened_at` is when the step that it reports was done, if that was said (X59);
    `cards` are the photos that wait for the word whether, and as what, they are read (ids at the platform), `read` are the values
    read so, until the person has said which of them count, `photos_read` how many photos were read (ADR 30);
    `entrance` is where the code hung that its person scanned; `reminded` is the `changed_at` of the rest that its person was reminded
    of; `beside` is what was done on a page since the chat last said something; `goes_to` is the conversation to which one that is
    `leaving` is handed over: nothing in it changes any more, and nobody else has it (ADR 40).
    The next question is derived from all this, never stored (design §3).
    """

    id: str
    form: str
    form_version: int
    opened_at: dt.datetime
    changed_at: dt.datetime
    channel: Literal["wechat", "web", "hotline", "window"] = "wechat"
    entrance: str = ""
    state: DraftState = "filling"
    answers: dict[str, Answer] = {}
    aside: dict[str, Answer] = {}
    agreements: dict[str, Agreement] = {}
    held: dict[str, Answer] = {}
    unread: tuple[str, ...] = ()
    attention: Attention | None = None
    trail: tuple[str, ...] = ()
    refusals: dict[str, int] = {}
    slips: dict[str, str] = {}
    met: dict[str, str] = {}
    last: LastWords | None = None
    subject: str | None = None
    act: str | None = None
    role: Role = "applicant"
    adding: Adding | None = None
    """The part of the form that is filled in for services that are added; `answers` hold what the case knows already as well."""
    copied: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    read: dict[str, Answer] = {}
    photos_read: int = 0
    revision: int = 0
    submitted_at: dt.datetime | None = None
    handed_by: str | None = None
    confirmed: tuple[str, ...] | None = None
    lacking: tuple[str, ...] = ()
    happened_at: dt.datetime | None = None
    reminded: dt.datetime | None = None
    beside: Beside | None = None
    goes_to: str = ""

    @property
    def filled(self) -> int:
        """How many answers were given here; what the case of an addition knew before does not count."""
        names = set(self.trail) if self.adding is not None else self.answers
        return sum(self.answers[one].value is not None for one in names if one in self.answers)

    @property
    def applies(self) -> bool:
        """Whether it is an application, or the rest of one that was left open: then everything that is said counts."""
        return self.act in (None, FILL)

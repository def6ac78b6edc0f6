"""All that a message of one person needs to be understood: one conversation per person, with room for several drafts."""

import datetime as dt

from model.card import Card
from model.draft import Answer, Draft, Role
from model.frozen import Frozen
from model.human import HumanTalk
from model.message import Invitation, PhotoMessage


class StaffRole(Frozen):
    """This person is bound as staff of a body."""

    staff: str
    body: str
    name: str


class CaseLink(Frozen):
    """A case that came from this conversation."""

    case: str
    number: str
    services: tuple[str, ...]


class FetchJob(Frozen):
    """A photo to be fetched from the platform and put into a field: durable, because it is part of the conversation.

    For a `case` it is handed in later (容缺, 补正): `field` is the supplement, and there is no draft. For a `line` it was sent to
    staff in a talk: `draft` is what the talk's files are stored under (ADR 41).
    """

    id: str
    draft: str
    field: str
    media_id: str
    name: str = ""
    case: str = ""
    line: int = 0


class ReadJob(Frozen):
    """A photo to be read as a card, for a draft: durable as a FetchJob is. The photo itself is not kept, only looked at."""

    id: str
    draft: str
    card: Card
    media_id: str
    since: dt.datetime


class Quota(Frozen):
    """What allows a push by 客服消息: when the person last wrote, tapped a menu or a link, and followed or scanned
    (platform rule: each opens a window of its own). Since `left_at` he follows no more, and nothing is open.
    """

    wrote_at: dt.datetime | None = None
    tapped_at: dt.datetime | None = None
    came_at: dt.datetime | None = None
    left_at: dt.datetime | None = None

    @property
    def last_at(self) -> dt.datetime | None:
        """When the person last did anything here."""
        return max((at for at in (self.wrote_at, self.tapped_at, self.came_at, self.left_at) if at), default=None)


class Offer(Frozen):
    """A choice on the screen: `choices` are what a number, or a tap on `m:<choice>`, means; the first `shown` have been read.

    `d:<draft>` continue it, `k:<draft>` cancel it, `s:<draft>` it is being registered, `c:<case>` its progress, `u:<case>` urge it,
    `v:<case>` rate it,
    `y:<draft or case>` copy the applicant from it, `p:<field>:<draft>` put the photo there, `b:<case>` what it lacks,
    `w:<invitation>|<act>` hand the photo in there, `i:<invitation>:<act>` do it, `card:<card or none>:<draft>` read the photos so,
    `read:<all, mine, edit, none>:<draft>` and `read:not:<field>:<draft>` what becomes of what was read,
    those of `dialogs.withdrawing` and `dialogs.reassigning`, and words that stand for themselves. `said`: what he said beside
    what has led to the choice, for when he has chosen.
    """

    about: str
    choices: tuple[str, ...]
    shown: int
    said: dict[str, Answer] = {}


class Conversation(Frozen):
    """One person's conversation with one account.

    `active` is the draft that a message speaks to; drafts stand in the order in which they were last used. `floor` says
    whether a bare number answers the draft or the invitation last shown, `pushed` that it was shown unasked; `offer` is the
    choice that has the floor, `photo` the photo it is about. `more` are the parts of a long reply not yet read; `serial`
    numbers drafts, so that ids need no randomness. `lapsed`: when a draft ran out that the person has not heard of yet;
    `wiped` counts how often he had all of it erased; `opt_in_offered`: when he was last asked to agree to 订阅通知; `taken_over` are
    the intakes of the hotline whose drafts it has had (ADR 40); `human`: he talks to staff, or has (ADR 41).
    """

    id: str
    account: str
    person: str
    county: str
    following: bool = True
    roles: tuple[StaffRole, ...] = ()
    drafts: tuple[Draft, ...] = ()
    active: str | None = None
    invitations: tuple[Invitation, ...] = ()
    floor: str | None = None
    pushed: bool = False
    offer: Offer | None = None
    photo: PhotoMessage | None = None
    cases: tuple[CaseLink, ...] = ()
    jobs: tuple[FetchJob, ...] = ()
    readings: tuple[ReadJob, ...] = ()
    more: tuple[str, ...] = ()
    quota: Quota = Quota()
    serial: int = 0
    greeted: bool = False
    lapsed: dt.datetime | None = None
    wiped: int = 0
    speaks_as: Role = "applicant"
    opt_in_offered: dt.datetime | None = None
    taken_over: tuple[str, ...] = ()
    human: HumanTalk | None = None

    @property
    def role(self) -> Role:
        """The role in which the person speaks: a steward's only while he is bound as one."""
        return "steward" if self.roles and self.speaks_as == "steward" else "applicant"

    @property
    def attended(self) -> bool:
        """Whether he talks to staff now, and the program is silent."""
        return self.human is not None and self.human.open

    @property
    def at_work(self) -> bool:
        """Whether something is done for it beside its turns: a photo is fetched, or read."""
        return bool(self.jobs or self.readings)

    @property
    def applications(self) -> tuple[Draft, ...]:
        """The person's own open drafts, the one used last at the end; not the forms of single steps."""
        return tuple(draft for draft in self.drafts if draft.state == "filling" and draft.act is None)

    @property
    def handed_in(self) -> tuple[Draft, ...]:
        """Applications that were confirmed and have no case number yet (design §2.2)."""
        return tuple(draft for draft in self.drafts if draft.state == "submitting" and draft.act is None)

    def draft(self) -> Draft | None:
        """The active draft."""
        for draft in self.drafts:
            if draft.id == self.active:
                return draft
        return None

    def with_draft(self, draft: Draft) -> "Conversation":
        """The same conversation with this draft put in the place of the one with its id, or added; it becomes active."""
        name = draft.id
        if len(self.drafts) == 1 and self.drafts[0].id == name:
            return self.model_copy(update={"drafts": (draft,), "active": name})
        others = [draft if one.id == name else one for one in self.drafts]
        drafts = others if any(one.id == name for one in self.drafts) else [*others, draft]
        return self.model_copy(update={"drafts": tuple(drafts), "active": name})

"""All that a message of one person needs to be understood: one conversation per person, with room for several drafts."""

import datetime as dt
from typing import Literal

from model.draft import Draft
from model.frozen import Frozen
from model.message import Invitation


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
    """A photo to be fetched from the platform and put into a field: durable, because it is part of the conversation."""

    id: str
    draft: str
    field: str
    media_id: str
    name: str = ""


class Quota(Frozen):
    """What allows a push by 客服消息: the person's last message and last tap (platform rule: 48 h / 1 min windows)."""

    wrote_at: dt.datetime | None = None
    tapped_at: dt.datetime | None = None


class Conversation(Frozen):
    """One person's conversation with one account.

    `active` is the draft that a message speaks to; `floor` says whether a bare number answers the draft or the
    invitation last shown; `more` are the parts of a long reply not yet read; `serial` numbers drafts, so that ids need no randomness.
    `lapsed`: when a draft ran out that the person has not heard of yet; `wiped` counts how often he had all of it erased.
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
    cases: tuple[CaseLink, ...] = ()
    jobs: tuple[FetchJob, ...] = ()
    more: tuple[str, ...] = ()
    quota: Quota = Quota()
    serial: int = 0
    greeted: bool = False
    lapsed: dt.datetime | None = None
    wiped: int = 0
    speaks_as: Literal["applicant", "steward"] = "applicant"

    def draft(self) -> Draft | None:
        """The active draft."""
        for draft in self.drafts:
            if draft.id == self.active:
                return draft
        return None

    def with_draft(self, draft: Draft) -> "Conversation":
        """The same conversation with this draft put in the place of the one with its id, or added; it becomes active."""
        others = [draft if one.id == draft.id else one for one in self.drafts]
        drafts = others if any(one.id == draft.id for one in self.drafts) else [*others, draft]
        return self.model_copy(update={"drafts": tuple(drafts), "active": draft.id})

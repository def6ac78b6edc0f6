"""When a draft that nobody touches runs out, and when its person is reminded of it (design §6). Pure: instants come out."""

import datetime as dt
from typing import Final

from dialogs.human import ends_at, forgets_at
from model.calendar import CHINA
from model.conversation import Conversation
from model.county import County
from model.draft import Draft

_REMINDED_AT: Final = dt.time(10)


def last_day(county: County, draft: Draft) -> dt.date:
    """The last day on which the draft is kept, should nobody touch it again."""
    return _day(draft.changed_at) + dt.timedelta(days=county.retention.drafts)


def runs_out(county: County, draft: Draft) -> dt.datetime:
    """The midnight after its last day."""
    return dt.datetime.combine(last_day(county, draft) + dt.timedelta(days=1), dt.time(), CHINA)


def reminds(county: County, draft: Draft) -> dt.datetime | None:
    """When its person is to be reminded; None once he was, and for a step of a task, which is no application."""
    if draft.act is not None or draft.reminded == draft.changed_at:
        return None
    day = last_day(county, draft) - dt.timedelta(days=county.retention.remind)
    return dt.datetime.combine(day, _REMINDED_AT, CHINA)


def next_due(county: County, conversation: Conversation) -> dt.datetime | None:
    """The earliest instant at which something of the conversation falls due by itself; None if nothing ever does."""
    resting = [draft for draft in conversation.drafts if draft.state == "filling"]
    instants = [reminds(county, draft) or runs_out(county, draft) for draft in resting]
    if (talk := conversation.human) is not None:
        instants += [at for at in (ends_at(county, talk), forgets_at(county, talk)) if at is not None]
    if not instants and (ends := talk_ends(county, conversation)) is not None:
        return ends
    return min(instants, default=None)


def talk_ends(county: County, conversation: Conversation) -> dt.datetime | None:
    """When a conversation in which nothing is open is over: long after its person's last word. Those of staff never are."""
    last = conversation.quota.last_at
    if conversation.drafts or conversation.human or conversation.at_work or conversation.roles or last is None:
        return None
    day = _day(last) + dt.timedelta(days=county.retention.talk + 1)
    return dt.datetime.combine(day, dt.time(), CHINA)


def run_out(county: County, conversation: Conversation, now: dt.datetime) -> tuple[Draft, ...]:
    """The drafts whose time is over, also what was to be handed over and never arrived."""
    kept = dt.timedelta(days=county.retention.drafts)  # it is never over earlier, and days need no calendar
    open_ones = [draft for draft in conversation.drafts if draft.state in ("filling", "leaving")]
    old = [draft for draft in open_ones if now - draft.changed_at >= kept]
    return tuple(draft for draft in old if runs_out(county, draft) <= now)


def to_forget(county: County, conversation: Conversation, now: dt.datetime) -> bool:
    """Whether what was said to staff is not to be kept any more."""
    at = forgets_at(county, conversation.human) if conversation.human else None
    return at is not None and at <= now


def to_remind(county: County, conversation: Conversation, now: dt.datetime) -> tuple[Draft, ...]:
    """The drafts of which their person is to be reminded now."""
    return tuple(
        draft
        for draft in conversation.drafts
        if draft.state == "filling"
        and (at := reminds(county, draft)) is not None
        and at <= now < runs_out(county, draft)
    )


def without(conversation: Conversation, gone: tuple[Draft, ...], now: dt.datetime) -> Conversation:
    """The conversation without these drafts; an application among them is spoken of at the next message. Nothing else is
    taken up unasked: the next words must not land in another applicant's form.
    """
    names = {draft.id for draft in gone}
    drafts = tuple(draft for draft in conversation.drafts if draft.id not in names)
    active = None if conversation.active in names else conversation.active
    heard_of = any(draft.act is None and draft.answers for draft in gone)
    return conversation.model_copy(
        update={
            "drafts": drafts,
            "active": active,
            "jobs": tuple(job for job in conversation.jobs if job.draft not in names),
            "readings": tuple(job for job in conversation.readings if job.draft not in names),
            "more": () if gone else conversation.more,
            "lapsed": now if heard_of else conversation.lapsed,
        }
    )


def reminded(conversation: Conversation, told: tuple[Draft, ...]) -> Conversation:
    """The conversation that knows of which drafts its person was reminded."""
    names = {draft.id for draft in told}
    drafts = tuple(
        draft.model_copy(update={"reminded": draft.changed_at}) if draft.id in names else draft
        for draft in conversation.drafts
    )
    return conversation.model_copy(update={"drafts": drafts})


def _day(at: dt.datetime) -> dt.date:
    return at.astimezone(CHINA).date()

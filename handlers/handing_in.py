"""From a confirmed draft to a case: idempotent by the submission's id, whoever finishes it (design §2.2)."""

import datetime as dt
from collections.abc import Callable, Mapping
from types import MappingProxyType

from dialogs.submitting import submission_of
from handlers.adding import hand_in_addition
from handlers.ports import CoreAway, Letters, RoutingCore
from handlers.supplementing import with_supplements
from handlers.wording.outcomes import ActRefused, News, Registered, Told, Waiting
from model.case import Case
from model.conversation import CaseLink, Conversation
from model.county import County
from model.draft import Draft
from model.edition import on_form
from model.values import Files
from routing.supplement_acts import supplements_invitation
from storage.trace import current_trace, tracing
from storage.vault import RecordKey

_TELL_WITHIN = dt.timedelta(hours=48)


class HandingIn:
    """Hands frozen submissions to the routing core."""

    def __init__(
        self,
        core: RoutingCore,
        letters: Letters,
        trace_of: Callable[[str], str | None] = lambda _: None,
        news: Mapping[str, News] = MappingProxyType({}),
    ) -> None:
        """`letters` pushes what could not be said in a reply; `trace_of` a message's key, for whoever finishes it later; `news`
        by account, of those that may not push.
        """
        self._news = news
        self._core = core
        self._letters = letters
        self._trace_of = trace_of

    async def hand_in(
        self, county: County, conversation: Conversation, draft: Draft, now: dt.datetime, key: RecordKey | None = None
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The conversation with the case linked and the draft gone; or unchanged and told to wait, if SQL is away or
        a photo of it is still being fetched.

        `key` is the draft's record key: the case owns it from now on if there are photos under it.
        """
        if any(job.draft == draft.id for job in conversation.jobs):
            return conversation, (Waiting(draft),)
        if draft.adding is not None:
            with tracing(self._trace_of(draft.handed_by) if draft.handed_by else current_trace()):
                return await hand_in_addition(self._core, county, conversation, draft, draft.adding, now)
        submission = submission_of(county, conversation, draft)
        try:
            with tracing(self._trace_of(draft.handed_by) if draft.handed_by else current_trace()):
                done = await self._core.accept(submission, now, key.wrapped if key and _photos(draft) else None)
        except CoreAway:
            return conversation, (Waiting(draft),)
        if not isinstance(done, Case):
            opened = draft.model_copy(update={"state": "filling", "handed_by": None})
            return conversation.with_draft(opened), (ActRefused(done, draft=draft),)
        link = CaseLink(case=done.id, number=done.number, services=done.services)
        # The case has it all now; conversations of before still hold drafts called `submitted`.
        drafts = tuple(one for one in conversation.drafts if one.id != draft.id and one.state != "submitted")
        # Nothing else is taken up unasked: the next words must not land in another applicant's form.
        active = conversation.active if any(one.id == conversation.active for one in drafts) else None
        links = (*(one for one in conversation.cases if one.case != done.id), link)
        after = conversation.model_copy(update={"drafts": drafts, "active": active, "cases": links})
        shown = supplements_invitation(done, on_form(county, submission.form_version), done.number)
        after = with_supplements(after, shown)  # what comes later finds its place
        return after, (Registered(done, submission, self._news.get(conversation.account, "push")),)

    async def tell_later(self, conversation: Conversation, key: str, now: dt.datetime) -> None:
        """The receipt could not be the reply to its message: it is pushed."""
        with tracing(current_trace() or self._trace_of(key)):
            await self._letters.reply(conversation.account, conversation.person, key, now, now + _TELL_WITHIN)


def _photos(draft: Draft) -> bool:
    return any(isinstance(answer.value, Files) for answer in draft.answers.values())

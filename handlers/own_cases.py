"""What a person asks of his own cases: the list with names (我的办件), how one stands (进度), to copy from one (照上一件填)."""

import datetime as dt
from collections.abc import Mapping, Sequence

from dialogs.applying import choices_of
from dialogs.carrying import carry
from dialogs.choosing import CHOICE, PAGE
from dialogs.events import Choosing, Copied
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.outcomes import CopyAway, Listed, ProgressKnown, Told
from model.case import Case
from model.conversation import CaseLink, Conversation, Offer
from model.county import County
from model.draft import Answer
from model.edition import on_form, under
from model.staff import Staff
from model.submission import Submission
from routing.adding import left_to_add
from routing.ending import resumable
from routing.lacking import lacking
from routing.rating import in_time
from routing.timeline import timeline
from routing.transitions import finished

_LISTS_ALL = "matters"
_OF_CASES = ("c", "u", "v", "y", "b", "cw", "cb", "ad")
"""Choices that are about a case: it is called by who applies and where."""


def _offer(about: str, choices: tuple[str, ...]) -> Offer:
    """These choices with the first page of them shown."""
    return Offer(about=about, choices=choices, shown=min(len(choices), PAGE))


def _linked(conversation: Conversation, cases: Sequence[Case]) -> Conversation:
    """The conversation with a link to every case of the person: one that began anew has lost them."""
    known = {link.case for link in conversation.cases}
    fresh = [
        CaseLink(case=one.id, number=one.number, services=one.services)
        for one in reversed(cases)
        if one.id not in known
    ]
    return conversation.model_copy(update={"cases": (*fresh, *conversation.cases)}) if fresh else conversation


def _to_do(
    county: County, conversation: Conversation, case: Case, signed: Submission | None, now: dt.datetime
) -> tuple[str, ...]:
    """What can be done about a case right below its progress; nothing while a form or a question of ours has the floor."""
    if conversation.draft() is not None:
        return ()
    back = (f"cb:{case.id}",) if resumable(case, under(county, case.process_version), now) else ()
    if case.closed_at is not None:
        rule = under(county, case.process_version).process.rating
        return (f"v:{case.id}",) if rule is not None and case.rating is None and in_time(case, rule, now) else back
    asked = any(one.case == case.id and one.kind == "survey" for one in conversation.invitations)
    waits = all(order.urged for order in case.orders if not finished(order, case.steps_of(order)))
    urge = () if asked or waits else (f"u:{case.id}",)
    supply = (f"b:{case.id}",) if lacking(case) else ()
    more = signed is not None and not asked and left_to_add(case, on_form(county, signed.form_version))
    add = (f"ad:{case.id}",) if more else ()
    return (*urge, *supply, *back, *add)


class OwnCases:
    """Reads the cases of the person who writes, and no others'; without the routing core they keep number and services."""

    def __init__(self, core: RoutingCore) -> None:
        """Over the routing core, wherever it runs."""
        self._core = core

    async def offered(self, conversation: Conversation, event: Choosing) -> tuple[Conversation, tuple[Told, ...]]:
        """The offer with everything that belongs on it and a label for each case of this page."""
        closed: frozenset[str] = frozenset()
        ended: frozenset[str] = frozenset()
        answers: dict[str, Mapping[str, Answer]] = {}
        try:
            if event.about == _LISTS_ALL and event.first == 1:
                conversation, event, closed, ended = await self._whole(conversation, event)
            links = {link.case for link in conversation.cases}
            for choice in event.choices:
                kind, _, target = choice.partition(":")
                target = target.partition("/")[0]
                if kind in _OF_CASES and target in links and (found := await self._core.submission(target)):
                    answers[choice] = found.answers
        except CoreAway:
            pass  # they are called by their numbers then
        return conversation, (Listed(event, answers, closed - ended, ended),)

    async def progress(
        self, county: County, conversation: Conversation, case_id: str | None, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """进度 of the one case, or of the one that is named; of several the person says which."""
        try:
            known = await self._core.cases(conversation.account, conversation.person)
            conversation = _linked(conversation, known)
            cases = [case for case in known if case_id in (None, case.id)]
            if len(cases) > 1:
                return await self.choose(conversation, known, cases, "progress", "c")
            stewards = [await self._stewards(case) for case in cases]
            busy = conversation.draft() is not None  # then nothing is offered
            signed = await self._core.submission(cases[0].id) if cases and not busy else None
            done = {
                order: milestones
                for case in cases
                for order, milestones in timeline(case, await self._core.events(case.id)).items()
            }
        except CoreAway:
            return conversation, (ProgressKnown(None),)
        offers = _to_do(county, conversation, cases[0], signed, now) if cases else ()
        listed = case_id is not None and conversation.floor == CHOICE  # the numbers on the screen are those of the list
        if offers and not listed:
            conversation = conversation.model_copy(
                update={"offer": _offer("case", offers), "floor": CHOICE, "pushed": False}
            )
        return conversation, (ProgressKnown(tuple(zip(cases, stewards, strict=True)), offers, not listed, done, now),)

    async def choose(
        self,
        conversation: Conversation,
        known: Sequence[Case],
        cases: Sequence[Case],
        about: str,
        kind: str,
        *,
        rest: str = "",
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """Which of these cases is meant: a number said next, or a tap on `<kind>:<case><rest>`. `known` are all he has."""
        asked = _offer(about, tuple(f"{kind}:{case.id}{rest}" for case in cases))
        conversation = _linked(conversation, known).model_copy(
            update={"offer": asked, "floor": CHOICE, "pushed": False}
        )
        choosing = Choosing(about, asked.choices[: asked.shown], left=len(cases) - asked.shown)
        return await self.offered(conversation, choosing)

    async def copied(
        self, county: County, conversation: Conversation, case_id: str, draft_id: str, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """照上一件填: the applicant of a case of this person's own, from what was handed in."""
        draft = next((one for one in conversation.applications if one.id == draft_id), None)
        try:
            found = await self._core.submission(case_id)
            case = await self._core.case(case_id)
        except CoreAway:
            return conversation, (CopyAway(),)
        if found is None or case is None or draft is None:
            return conversation, (CopyAway(),)
        if (case.account, case.person) != (conversation.account, conversation.person):
            return conversation, (CopyAway(),)
        form = county.forms[draft.form]
        filled = carry(form, draft, found.answers, source=case.number, by=conversation.person, at=now)
        return conversation.with_draft(filled), (Copied(len(filled.copied)),)

    async def _whole(
        self, conversation: Conversation, event: Choosing
    ) -> tuple[Conversation, Choosing, frozenset[str], frozenset[str]]:
        """Every case there is, those that are done last."""
        cases = await self._core.cases(conversation.account, conversation.person)
        conversation = _linked(conversation, cases)
        closed = frozenset(f"c:{case.id}" for case in cases if case.closed_at is not None)
        ended = frozenset(f"c:{case.id}" for case in cases if case.closed_at is not None and not case.served)
        choices = sorted(choices_of(conversation), key=closed.__contains__)
        whole = _offer(event.about, tuple(choices))
        shown = Choosing(event.about, whole.choices[: whole.shown], left=len(choices) - whole.shown)
        return conversation.model_copy(update={"offer": whole}), shown, closed, ended

    async def _stewards(self, case: Case) -> dict[str, Staff]:
        found = [await self._core.steward(order.steward) for order in case.orders if order.steward]
        return {one.id: one for one in found if one is not None}

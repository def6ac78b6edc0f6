"""An invitation is answered, or a form that an act opened is complete: the command for it, and what came of it."""

import datetime as dt
from collections.abc import Mapping
from typing import Final, Literal

from dialogs.events import (
    Asked,
)
from handlers.approving import permit_act_of, reviewed
from handlers.backdating import asked_first, said_done
from handlers.booking import replanned
from handlers.claim_acting import claimed, still_asked
from handlers.completing import form_answered
from handlers.consulting import consult_act_of, consulted
from handlers.meaning import meant_by, speaker
from handlers.meeting import times_taken
from handlers.mine import AWAY
from handlers.own_cases import OwnCases
from handlers.ports import CoreAway, RoutingCore
from handlers.rating import rated
from handlers.sheet_acting import sheet_done, sheet_viewed
from handlers.sheeting import on_own_task, seen
from handlers.steward import act_meant, asked_before, asked_of
from handlers.supplementing import Supplementing, supplement_command
from handlers.wording.outcomes import (
    Acted,
    ActRefused,
    ContactAnswered,
    EndingAnswered,
    FormTold,
    PlanTold,
    SurveyAnswered,
    TimesTaken,
    Told,
)
from handlers.wording.values import show
from model.case import Case
from model.command import Command, Do
from model.commands.booking import MovePlan
from model.commands.claims import Claim, PassOrder
from model.commands.scheduling import DecideTime, GiveTimes, ReportMissed
from model.commands.supplements import HandIn
from model.commands.survey import MoveSurvey
from model.conversation import Conversation
from model.county import County
from model.decision import Done, Refused
from model.draft import Draft, Editing
from model.edition import on_form, under
from model.message import Act, Actor, Invitation
from model.order import Order
from routing.acts import (
    act_of,
    survey_answered,
    survey_invitation,
    task_invitation,
)
from routing.paper_acts import carried
from routing.sheet_acts import VIEW

NOT_YOURS: Final = "not.yours"
_FOR_GOOD: Final = {
    NOT_YOURS, "act.unknown", "case.closed", "case.unknown", "county.unknown", "invitation.gone", "order.unassigned",
    "order.unknown", "order.ended", "case.ended", "decline.waits", "role.wrong", "step.absent", "survey.none", "survey.outdated",
    "survey.moves_over", "survey.moves_late", "times.none", "times.over", "missed.nothing",
    "move_plan.none", "move_plan.over",
}  # fmt: skip
"""After these a form cannot be handed in any more, however it is changed; nor after `<do>.already`."""


_ANSWERS: Final[Mapping[str, Literal["yes", "no", "reachable"]]] = {
    "confirm_contact": "yes",
    "deny_contact": "no",
    "reachable": "reachable",
}
"""What the applicant has said of being called."""


class Acting:
    """Gives the core the commands that people's acts mean. They carry the message's key, so computing again repeats nothing."""

    def __init__(self, core: RoutingCore) -> None:
        """Over the routing core, wherever it runs."""
        self._core = core
        self._supplementing = Supplementing(core, OwnCases(core))

    async def completed(
        self,
        county: County,
        conversation: Conversation,
        draft_id: str,
        act_id: str,
        subject: str,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """A form that an act opened is complete: the act is done with what was filled in."""
        draft = next(one for one in conversation.drafts if one.id == draft_id)
        invitation = next((one for one in conversation.invitations if one.id == subject), None)
        act = next((one for one in invitation.acts if one.id == act_id), None) if invitation else None
        if invitation is None or act is None:
            return _refused(conversation, draft, Refused(code="invitation.gone"), invitation)
        return await self.act(county, conversation, invitation, act, draft, key, actor, now)

    async def act(
        self,
        county: County,
        conversation: Conversation,
        invitation: Invitation,
        act: Act,
        form: Draft | None,
        key: str,
        actor: Actor,
        now: dt.datetime,
        words: str = "",
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The act is done, with what was filled in where it needs a `form`; the conversation then, and what to tell."""
        if act.id == VIEW:
            return await sheet_viewed(self._core, county, conversation, invitation)
        said = seen(county, form)
        asked = supplement_command(county, invitation, act, form) or asked_of(county, invitation, act, said, now, words)
        if isinstance(asked, Refused):
            return _refused(conversation, form, asked, invitation)
        try:
            speaks = await speaker(self._core, conversation, invitation, actor)
            happened = form.happened_at if form else said_done(county, invitation, act, words, now)
            command = Command(id=key, case=invitation.case, actor=speaks, do=asked, happened_at=happened)
            done = await self._core.execute(command, now)
            if isinstance(done, Refused):
                current = await self._core.case(invitation.case) if done.code != NOT_YOURS else None
                if done.code == "answer_backdating.first" and current is not None:
                    conversation, first = asked_first(county, conversation, invitation, current)
                    return conversation, (ActRefused(done, invitation), *first)
                return _refused(_refreshed(county, conversation, invitation, current, ""), form, done, invitation)
            before = asked_before(done, asked) or asked
            own = on_own_task(done.case, before, invitation)
            meant = invitation if own else await meant_by(self._core, county, conversation, done.case, before)
            if (meant.id, before.do) == (invitation.id, act_meant(act.id)):
                conversation = _without(conversation, form)
                act = permit_act_of(before, done.case, county) or act
            else:  # computed again, the message means something else than what it has done
                conversation, _ = _refused(conversation, form, AWAY, invitation)
                act, form = self._act(before, county, done.case), None
            return await self._acted(county, conversation, meant, act, before, done, _wish(form))
        except CoreAway:
            return _refused(conversation, form, AWAY, invitation)

    async def recalled(
        self, county: County, conversation: Conversation, key: str
    ) -> tuple[Conversation, tuple[Told, ...]] | None:
        """What a message did at a try whose conversation was never committed, when it asks for nothing any more: that is
        told, and the message means nothing else. None if it did nothing, or the core is away.
        """
        try:
            done = await self._core.done(key)
            before = asked_before(done) if isinstance(done, Done) else None
            if before is None or not isinstance(done, Done):
                return None
            meant = await meant_by(self._core, county, conversation, done.case, before)
            left = tuple(
                one for one in conversation.drafts if (one.subject, act_meant(one.act or "")) != (meant.id, before.do)
            )
            active = conversation.active if any(one.id == conversation.active for one in left) else None
            conversation = conversation.model_copy(update={"drafts": left, "active": active})
            return await self._acted(
                county,
                conversation,
                meant,
                self._act(before, county, done.case),
                before,
                done,
                "",
            )
        except CoreAway:
            return None

    @staticmethod
    def _act(do: Do, county: County, case: Case) -> Act:
        special = permit_act_of(do, case, county) or consult_act_of(do, case, county)
        return special or act_of(do.do, under(county, case.process_version))

    async def _acted(
        self,
        county: County,
        conversation: Conversation,
        meant: Invitation,
        act: Act,
        before: Do,
        done: Done,
        wish: str,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The conversation after a command, and the words for it."""
        if isinstance(before, GiveTimes | DecideTime):
            return times_taken(county, conversation, meant, before, done.case)
        if isinstance(before, ReportMissed) and meant.kind == "survey":
            left = tuple(one for one in conversation.invitations if one.id != meant.id)
            conversation = conversation.model_copy(update={"invitations": left, "floor": None})
            return conversation, (TimesTaken(done.case, before, None),)
        if meant.kind == "survey":
            # Agreeing has no wish; a county whose 改时间 asks nothing more must not have it read as agreeing.
            wished = wish or before.wish if isinstance(before, MoveSurvey) else None
            return await self._survey_answered(county, conversation, meant, done.case, wished)
        if meant.kind == "contact":
            left = tuple(one for one in conversation.invitations if one.id != meant.id)
            conversation = conversation.model_copy(update={"invitations": left, "floor": None})
            return conversation, (ContactAnswered(done.case, _ANSWERS[before.do]),)
        if meant.kind == "approval":
            conversation, again = reviewed(county, conversation, meant, done.case)
            return conversation, (Acted(act, done.case, None, again),)
        if meant.kind == "consultation":
            conversation, again = consulted(county, conversation, meant, done.case)
            return conversation, (Acted(act, done.case, None, again),)
        if isinstance(before, MovePlan):
            conversation = replanned(county, conversation, meant, done.case)
            return conversation, (PlanTold(done.case, now=before.day is None),)
        if isinstance(before, HandIn) and meant.kind == "supplements":
            return await self._supplementing.supplied(county, conversation, done.case, before)
        if isinstance(before, Claim | PassOrder):
            conversation, task = await claimed(self._core, county, conversation, meant, before, done.case)
            return conversation, (Acted(act, done.case, _order(done.case, meant), task),)
        if meant.kind == "sheet":
            return await sheet_done(self._core, county, conversation, meant, act, done.case)
        if meant.kind == "form":
            conversation = form_answered(county, conversation, done.case, meant)
            still = next((one for one in conversation.invitations if one.id == meant.id), None)
            return conversation, (FormTold(done.case, "right", still),)
        if meant.kind == "rating":
            return rated(county, conversation, meant, before, done.case)
        conversation = _refreshed(county, conversation, meant, done.case, meant.title)
        if meant.kind in ("works", "decline", "ending", "backdating"):
            left = tuple(one for one in conversation.invitations if one.id != meant.id)
            conversation = conversation.model_copy(update={"invitations": left, "floor": None})
        following = next((one for one in conversation.invitations if one.id == meant.id), None)
        if meant.kind == "ending":
            return conversation, (EndingAnswered(done.case, _order(done.case, meant)),)
        return conversation, (Acted(act, done.case, _order(done.case, meant), following),)

    async def _survey_answered(
        self, county: County, conversation: Conversation, invitation: Invitation, case: Case, wish: str | None
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """An agreed time can still be moved; after a wish for another time the steward is asked."""
        name, _ = survey_answered(invitation.id)
        appointment = case.appointments[name]
        left = tuple(one for one in conversation.invitations if one.id != invitation.id)
        following = survey_invitation(case, name, county, invitation.title) if wish is None else None
        steward = await self._core.steward(appointment.by)
        address = await self._address(county, case)
        kept = (*left, following) if following else left
        conversation = conversation.model_copy(
            update={"invitations": kept, "floor": following.id if following else None, "pushed": False}
        )
        return conversation, (SurveyAnswered(case, name, wish, address, steward, following),)

    async def _address(self, county: County, case: Case) -> str:
        submission = await self._core.submission(case.id)
        places = on_form(county, submission.form_version).places if submission else county.places
        answer = submission.answers.get(places.address) if submission else None
        return show(answer.value) if answer and answer.value else ""


def _refreshed(
    county: County, conversation: Conversation, invitation: Invitation, case: Case | None, title: str
) -> Conversation:
    """The task as it stands now in the place of the one acted on; gone if nothing is left to do."""
    if invitation.kind == "call_back" and case is not None and case.rating is not None and case.rating.called_back:
        left = tuple(one for one in conversation.invitations if one.id != invitation.id)
        return conversation.model_copy(update={"invitations": left, "floor": None})
    if invitation.kind == "approval":
        return reviewed(county, conversation, invitation, case)[0]
    if invitation.kind == "consultation":
        return consulted(county, conversation, invitation, case)[0]
    if invitation.kind == "claim":
        return still_asked(conversation, invitation, case)
    if invitation.kind == "plan" and case is not None:
        return replanned(county, conversation, invitation, case)
    if invitation.kind != "task":
        return conversation
    order = _order(case, invitation) if case else None
    others = tuple(one for one in conversation.invitations if one.id != invitation.id)
    if case is None or order is None:
        return conversation.model_copy(update={"invitations": others, "floor": None})
    fresh = carried(task_invitation(case, order, county, title or invitation.title), invitation)
    kept = (*others, fresh) if fresh.acts else others
    floor = fresh.id if fresh.acts else None
    return conversation.model_copy(update={"invitations": kept, "floor": floor, "pushed": False})


def _refused(
    conversation: Conversation, form: Draft | None, refused: Refused, about: Invitation | None
) -> tuple[Conversation, tuple[Told, ...]]:
    """The refusal, and the form it was about: gone if its act cannot be done any more, else asked again with all in it.

    What is wrong with its content is asked first; where only the time was wrong, repeating the last answer is enough.
    """
    if form is None:
        return conversation, (ActRefused(refused, about),)
    if refused.code in _FOR_GOOD or refused.code.endswith(".already"):
        return _without(conversation, form), (ActRefused(refused, about),)
    answered = [name for name in form.trail if name in form.answers] or list(form.answers)
    content = refused.code.startswith("survey.") or refused.code.endswith(".unknown")
    field = (answered[0] if content else answered[-1]) if answered else None
    if refused.code.startswith("backdating."):  # the time is given up, and what was filled in is handed in without it
        form = form.model_copy(update={"happened_at": None})
    changes = {"state": "filling", "submitted_at": None, "attention": Editing(field=field) if field else None}
    reopened = conversation.with_draft(form.model_copy(update=changes))
    return reopened.model_copy(update={"floor": None}), (ActRefused(refused, about), Asked())


def _without(conversation: Conversation, form: Draft | None) -> Conversation:
    """The conversation without this form, and without another begun for the same act."""
    if form is None:
        return conversation
    left = tuple(one for one in conversation.drafts if (one.subject, one.act) != (form.subject, form.act))
    active = conversation.active if any(one.id == conversation.active for one in left) else None
    return conversation.model_copy(update={"drafts": left, "active": active})


def _order(case: Case, invitation: Invitation) -> Order | None:
    return case.order(invitation.order) if invitation.order else None


def _wish(form: Draft | None) -> str:
    return "、".join(answer.source for answer in form.answers.values() if answer.value) if form else ""

"""What the events of a turn ask of the world before the reply can be worded: routing commands, progress, bindings."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from dialogs.events import (
    AbsenceTold,
    AmendmentWished,
    Answered,
    Asked,
    BindingAsked,
    BulletinAsked,
    Choosing,
    Completed,
    CopyAsked,
    Decided,
    DialogueEvent,
    EnquiryAimed,
    EnquiryReplied,
    ErasureConfirmed,
    HandedOver,
    Invited,
    MineAsked,
    Outdated,
    ProgressAsked,
    RatingAsked,
    Reviewed,
    TasksListed,
    UrgeAsked,
    WhichOne,
)
from dialogs.inviting import TASKS
from handlers.absences import told_absence
from handlers.bulletins import told_bulletin
from handlers.enquiries import EnquiryDesk
from handlers.enquiring import Enquiring
from handlers.mine import AWAY, Mine
from handlers.own_cases import OwnCases
from handlers.ports import CoreAway, Erasing, RoutingCore
from handlers.rating import Ratings, rated
from handlers.steward import act_meant, asked_before, asked_of, task_title
from handlers.urging import Urging
from handlers.wording.outcomes import (
    Acted,
    ActRefused,
    Bound,
    ContactAnswered,
    Listed,
    SurveyAnswered,
    Told,
)
from handlers.wording.values import show
from model.case import Case, Command, Do, Done, Order, Refused
from model.command import AgreeSurvey, ConfirmContact, DenyContact, MoveSurvey, ReportInside
from model.conversation import Conversation, StaffRole
from model.county import County
from model.draft import Draft, Editing
from model.edition import on_form, under
from model.message import Act, Actor, Invitation
from routing.acts import (
    act_of,
    call_back_invitation,
    contact_invitation,
    rating_invitation,
    survey_answered,
    survey_invitation,
    task_invitation,
    works_invitation,
)

NOT_YOURS: Final = "not.yours"
ACTS: Final = (Decided, Completed)
"""What asks the core for a command."""

_APPLICANTS: Final = ("survey", "works", "rating", "contact")
"""What is asked of the applicant."""
_STEWARDS = Decided | Completed | Invited | WhichOne | TasksListed | EnquiryReplied | EnquiryAimed
"""What is done and shown only to those who are stewards at this moment."""
_FOR_GOOD: Final = {
    NOT_YOURS, "act.unknown", "case.closed", "case.unknown", "county.unknown", "invitation.gone", "order.unassigned",
    "order.unknown", "role.wrong", "step.absent", "survey.none", "survey.outdated",
}  # fmt: skip
"""After these a form cannot be handed in any more, however it is changed; nor after `<do>.already`."""


class Effects:
    """Carries out what a turn decided. Commands carry the message's key, so computing the turn again repeats nothing."""

    def __init__(self, core: RoutingCore, erasing: Erasing | None = None, enquiries: EnquiryDesk | None = None) -> None:
        """Over the routing core, wherever it runs; `erasing` keeps the account of what people have erased, `enquiries` what
        nobody could answer at once.
        """
        self._enquiring = Enquiring(core, enquiries) if enquiries is not None else None
        self._core = core
        self._mine = Mine(core, erasing)
        self._own = OwnCases(core)
        self._urging = Urging(core, self._own)
        self._ratings = Ratings(core, self._own)

    async def carry_out(  # noqa: PLR0915 - one case per event
        self,
        county: County,
        conversation: Conversation,
        events: Sequence[DialogueEvent],
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The conversation after the effects, and what to tell in place of the events that asked for them."""
        told = list[Told]()
        outcome: tuple[Told, ...]
        if conversation.roles and any(isinstance(event, _STEWARDS) for event in events):
            conversation = await self._roles(county, conversation)
        for event in events:
            match event:
                case Invited(invitation=invitation) if not _holds(conversation, invitation):
                    outcome = (Outdated(invitation=True),)
                case WhichOne(invitations=several) if not all(_holds(conversation, one) for one in several):
                    conversation = conversation.model_copy(update={"floor": None, "offer": None})
                    outcome = (Outdated(invitation=True),)
                case HandedOver(words=words, asked=asked) if self._enquiring and (words or asked):
                    outcome = await self._enquiring.ask(county, conversation, event, key, actor, now)
                case Answered(words=words) if self._enquiring and words:
                    outcome = await self._enquiring.ask(county, conversation, event, key, actor, now)
                case EnquiryReplied() if self._enquiring:
                    conversation, outcome = await self._enquiring.replied(county, conversation, event, key, actor, now)
                case EnquiryAimed() if self._enquiring:
                    conversation, outcome = await self._enquiring.aimed(county, conversation, event, key, actor, now)
                case Decided(invitation=invitation, act=act) if self._enquiring and invitation.kind == "enquiry":
                    conversation, outcome = await self._enquiring.decided(
                        county, conversation, invitation, act, key, actor, now
                    )
                case Decided(invitation=invitation, act=act):
                    conversation, outcome = await self._act(
                        county, conversation, invitation, act, None, key, actor, now
                    )
                case Completed(draft=draft_id, act=act_id, subject=subject):
                    conversation, outcome = await self._completed(
                        county, conversation, draft_id, act_id, subject, key, actor, now
                    )
                case MineAsked():
                    conversation, outcome = await self._mine.known(conversation)
                case AmendmentWished():
                    conversation, outcome = await self._mine.amend(conversation, event, key, actor, now)
                case ErasureConfirmed():
                    conversation, outcome = await self._mine.erase(conversation, key, now)
                case ProgressAsked(case=case_id):
                    conversation, outcome = await self._own.progress(county, conversation, case_id, now)
                case UrgeAsked():
                    conversation, outcome = await self._urging.urge(county, conversation, event, key, actor, now)
                case RatingAsked():
                    conversation, outcome = await self._ratings.ask(county, conversation, event, now)
                case Choosing():
                    conversation, outcome = await self._own.offered(conversation, event)
                case CopyAsked(case=case_id, draft=draft_id):
                    conversation, outcome = await self._own.copied(county, conversation, case_id, draft_id, now)
                case BindingAsked(code=code):
                    conversation, outcome = await self._bind(conversation, code, now)
                case AbsenceTold():
                    outcome = await told_absence(self._core, county, conversation, event, now)
                case BulletinAsked():
                    outcome = await told_bulletin(self._core, county, conversation, event, now)
                case TasksListed():
                    conversation, outcome = await self._tasks(county, conversation, event)
                case _:
                    outcome = (event,)
            told += outcome
        if any(isinstance(one, Listed) for one in told):  # a choice is the one question of its reply
            told = [one for one in told if not isinstance(one, Asked | Reviewed)]
        return conversation, tuple(told)

    async def _roles(self, county: County, conversation: Conversation) -> Conversation:
        """The conversation with the roles the person has now; what was asked of one that is gone goes with it."""
        try:
            bound = await self._core.staff(conversation.account, conversation.person)
            staff = {one.id: one for one in bound if one.county == county.id}
            if {role.staff: role.body for role in conversation.roles} == {one.id: one.body for one in staff.values()}:
                return conversation
            left = {task.order.id for name in staff for task in await self._core.tasks(name)}
        except CoreAway:
            return conversation
        roles = tuple(StaffRole(staff=one.id, body=one.body, name=one.name) for one in staff.values())
        invitations = tuple(one for one in conversation.invitations if one.kind != "task" or one.order in left)
        floor = conversation.floor
        if floor in {one.id for one in conversation.invitations} - {one.id for one in invitations}:
            floor = None
        return conversation.model_copy(update={"roles": roles, "invitations": invitations, "floor": floor})

    async def _completed(
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
        return await self._act(county, conversation, invitation, act, draft, key, actor, now)

    async def _act(
        self,
        county: County,
        conversation: Conversation,
        invitation: Invitation,
        act: Act,
        form: Draft | None,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        asked = asked_of(invitation, act, form)
        if isinstance(asked, Refused):
            return _refused(conversation, form, asked, invitation)
        try:
            speaker = await self._speaker(conversation, invitation, actor)
            command = Command(id=key, case=invitation.case, actor=speaker, do=asked)
            done = await self._core.execute(command, now)
            if isinstance(done, Refused):
                current = await self._core.case(invitation.case) if done.code != NOT_YOURS else None
                return _refused(_refreshed(county, conversation, invitation, current, ""), form, done, invitation)
            before = asked_before(done, asked) or asked
            meant = await self._meant(county, conversation, done.case, before)
            if (meant.id, before.do) == (invitation.id, act_meant(act.id)):
                conversation = _without(conversation, form)
            else:  # computed again, the message means something else than what it has done
                conversation, _ = _refused(conversation, form, AWAY, invitation)
                act, form = act_of(before.do, under(county, done.case.process_version)), None
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
            meant = await self._meant(county, conversation, done.case, before)
            left = tuple(
                one for one in conversation.drafts if (one.subject, act_meant(one.act or "")) != (meant.id, before.do)
            )
            active = conversation.active if any(one.id == conversation.active for one in left) else None
            conversation = conversation.model_copy(update={"drafts": left, "active": active})
            return await self._acted(
                county,
                conversation,
                meant,
                act_of(before.do, under(county, done.case.process_version)),
                before,
                done,
                "",
            )
        except CoreAway:
            return None

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
        if meant.kind == "survey":
            # Agreeing has no wish; a county whose 改时间 asks nothing more must not have it read as agreeing.
            wished = wish or before.wish if isinstance(before, MoveSurvey) else None
            return await self._survey_answered(county, conversation, meant, done.case, wished)
        if meant.kind == "contact":
            left = tuple(one for one in conversation.invitations if one.id != meant.id)
            conversation = conversation.model_copy(update={"invitations": left, "floor": None})
            return conversation, (ContactAnswered(done.case, reached=isinstance(before, ConfirmContact)),)
        if meant.kind == "rating":
            return rated(county, conversation, meant, before, done.case)
        conversation = _refreshed(county, conversation, meant, done.case, meant.title)
        if meant.kind == "works":
            left = tuple(one for one in conversation.invitations if one.id != meant.id)
            conversation = conversation.model_copy(update={"invitations": left, "floor": None})
        following = next((one for one in conversation.invitations if one.id == meant.id), None)
        return conversation, (Acted(act, done.case, _order(done.case, meant), following),)

    async def _speaker(self, conversation: Conversation, invitation: Invitation, actor: Actor) -> Actor:
        """Who acts: an applicant on his survey, else the one of the person's roles that the task lies with."""
        if invitation.kind in _APPLICANTS:
            return actor.model_copy(update={"role": "applicant", "staff": None})
        case = await self._core.case(invitation.case)
        order = _order(case, invitation) if case else None
        callers = {one.id for one in case.rating.callers} if case and case.rating else set[str]()
        if invitation.kind == "call_back":
            calls = next((role.staff for role in conversation.roles if role.staff in callers), None)
            return actor.model_copy(update={"role": "steward", "staff": calls})
        roles = [
            role.staff
            for role in conversation.roles
            if order and (role.staff == order.steward or (order.steward is None and role.body == order.body))
        ]
        return actor.model_copy(update={"role": "steward", "staff": roles[0] if roles else None})

    async def _meant(self, county: County, conversation: Conversation, case: Case, do: Do) -> Invitation:
        """The invitation that this command answers, as the conversation has it or made anew."""
        survey = isinstance(do, AgreeSurvey | MoveSurvey)
        subject = getattr(do, "order", "")
        if isinstance(do, AgreeSurvey | MoveSurvey):
            subject = f"{case.id}:{do.appointment}:{do.sequence}"
        if isinstance(do, ReportInside) and do.order is None:
            return works_invitation(case, county, case.number)
        after = {"rate": "rating", "reason": "reason", "call_back": "call_back"}.get(do.do)
        if after:
            subject = f"{case.id}:{after}"
        contact = isinstance(do, ConfirmContact | DenyContact)
        if contact:
            subject = f"{subject}:contact"
        known = next((one for one in conversation.invitations if one.id == subject), None)
        if known is not None:
            return known
        if isinstance(do, ConfirmContact | DenyContact) and (named := case.order(do.order)):
            return contact_invitation(case, named, county, case.number)
        if after == "call_back":
            return call_back_invitation(case, county, case.number)
        if after and (asked := rating_invitation(case, county, case.number, reason=after == "reason")):
            return asked
        order = case.orders[0] if survey else next(one for one in case.orders if one.id == subject)
        title = task_title(county, case, order, await self._core.submission(case.id))
        if isinstance(do, AgreeSurvey | MoveSurvey):
            return survey_invitation(case, do.appointment, county, title)
        return task_invitation(case, order, county, title)

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

    async def _bind(
        self, conversation: Conversation, code: str, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        try:
            staff = await self._core.redeem(code, conversation.account, conversation.person, now)
        except CoreAway:
            return conversation, (ActRefused(AWAY),)
        if isinstance(staff, Refused):
            return conversation, (ActRefused(staff),)
        role = StaffRole(staff=staff.id, body=staff.body, name=staff.name)
        roles = (*(one for one in conversation.roles if one.staff != role.staff), role)
        drafts = tuple(draft for draft in conversation.drafts if draft.answers or draft.state != "filling")
        bound = {"roles": roles, "drafts": drafts, "active": None, "floor": None, "speaks_as": "steward"}
        return conversation.model_copy(update=bound), (Bound(staff),)

    async def _tasks(
        self, county: County, conversation: Conversation, event: TasksListed
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The list as SQL knows it: a push that never arrived must not hide a task."""
        try:
            tasks = [task for role in conversation.roles for task in await self._core.tasks(role.staff)]
            titles = [
                task_title(county, task.case, task.order, await self._core.submission(task.case.id)) for task in tasks
            ]
            asked = await self._enquiring.waiting(county, conversation) if self._enquiring else ()
        except CoreAway:
            return conversation, (event,)
        fresh = tuple(
            task_invitation(task.case, task.order, county, title) for task, title in zip(tasks, titles, strict=True)
        )
        fresh = (*fresh, *asked)
        others = tuple(one for one in conversation.invitations if one.kind not in TASKS)
        # A single task is shown whole; of several, a number said next chooses one.
        single = len(fresh) == 1
        shown: tuple[Told, ...] = (Invited(fresh[0]),) if single else (TasksListed(fresh),)
        floor = fresh[0].id if single else conversation.floor
        return conversation.model_copy(
            update={"invitations": (*others, *fresh), "floor": floor, "pushed": False}
        ), shown


def _refreshed(
    county: County, conversation: Conversation, invitation: Invitation, case: Case | None, title: str
) -> Conversation:
    """The task as it stands now in the place of the one acted on; gone if nothing is left to do."""
    if invitation.kind == "call_back" and case is not None and case.rating is not None and case.rating.called_back:
        left = tuple(one for one in conversation.invitations if one.id != invitation.id)
        return conversation.model_copy(update={"invitations": left, "floor": None})
    if invitation.kind != "task":
        return conversation
    order = _order(case, invitation) if case else None
    others = tuple(one for one in conversation.invitations if one.id != invitation.id)
    if case is None or order is None:
        return conversation.model_copy(update={"invitations": others, "floor": None})
    fresh = task_invitation(case, order, county, title or invitation.title)
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


def _holds(conversation: Conversation, invitation: Invitation) -> bool:
    return any(one.id == invitation.id for one in conversation.invitations)


def _order(case: Case, invitation: Invitation) -> Order | None:
    return case.order(invitation.order) if invitation.order else None


def _wish(form: Draft | None) -> str:
    return "、".join(answer.source for answer in form.answers.values() if answer.value) if form else ""

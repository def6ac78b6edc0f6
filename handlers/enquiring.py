"""首问责任制 in chat: a question that nobody here can answer is passed on; staff answer it or hand it over (J37–J44)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from dialogs import enquiring
from dialogs.enquiring import REFER, TO
from dialogs.events import Answered, EnquiryAimed, EnquiryReplied, HandedOver
from handlers.asked_of import phone_of, service_of, steward_of
from handlers.enquiries import EnquiryDesk
from handlers.ports import CoreAway, RoutingCore
from handlers.wording.holders import Called, called, short
from handlers.wording.outcomes import ActRefused, EndingAnswered, EnquiryActed, PassedOn, Target, TargetsOffered, Told
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.enquiry import (
    AcceptHandover,
    AnswerEnquiry,
    AskEnquiry,
    DeclineHandover,
    Enquiry,
    EnquiryCommand,
    EnquiryDo,
    HandOver,
    Holder,
    ReportEnquiry,
    TakeEnquiry,
)
from model.message import Act, Actor, Invitation
from model.staff import Staff
from routing.enquiry_acts import enquiry_invitation

_AWAY: Final = Refused(code="core.away")
_AT_ONCE: Final[Mapping[str, EnquiryDo]] = {
    "take_enquiry": TakeEnquiry(),
    "accept_handover": AcceptHandover(),
    "decline_handover": DeclineHandover(),
    "report_enquiry": ReportEnquiry(),
}
_COLLEAGUES: Final = 5
_BODIES: Final = 9
_GONE: Final = {"enquiry.closed", "enquiry.unknown", "enquiry.not_offered", "enquiry.not_free", "not.yours"}
"""After these the enquiry does not wait for him any more."""


class Enquiring:
    """Carries out what a turn decided about enquiries; commands carry the message's key, so that nothing happens twice."""

    def __init__(self, core: RoutingCore, desk: EnquiryDesk) -> None:
        """`core` knows the person's own cases, `desk` the enquiries."""
        self._core = core
        self._desk = desk

    async def ask(
        self,
        county: County,
        conversation: Conversation,
        event: HandedOver | Answered,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Told, ...]:
        """The question is somebody's from now on: who, where he can be called, and by when he answers. While that cannot be
        written down, the person hears where to turn, as before.
        """
        complaint = isinstance(event, Answered)
        words = (event.asked if isinstance(event, HandedOver) else None) or event.words
        try:
            passed = await self.pass_on(county, conversation, words, key, actor, now, complaint=complaint)
        except CoreAway:
            return (event,)
        return passed or (event,)

    async def pass_on(
        self,
        county: County,
        conversation: Conversation,
        words: str,
        key: str,
        actor: Actor,
        now: dt.datetime,
        *,
        complaint: bool = False,
    ) -> tuple[Told, ...]:
        """These words are somebody's to answer from now on; nothing if there is nobody, or nothing to answer. Raises CoreAway."""
        cases = tuple(
            one for one in await self._core.cases(conversation.account, conversation.person) if one.closed_at is None
        )
        draft = conversation.draft()
        answers = draft.answers if draft is not None and draft.act is None else {}
        about = service_of(words, county, answers, cases)
        steward, case = steward_of(about, cases)
        newest = await self._core.submission(cases[0].id) if cases else None
        asked = AskEnquiry(
            county=county.id,
            words=words,
            account=conversation.account,
            person=conversation.person,
            phone=phone_of(county, conversation, newest),
            about=about,
            case=case,
            steward=steward,
            complaint=complaint,
        )
        done = await self._desk.ask(key, asked, actor.model_copy(update={"role": "applicant", "staff": None}), now)
        if isinstance(done, Refused):
            return ()
        return (PassedOn(done.enquiry, await self._called(county, done.enquiry.first_asked)),)

    async def object(
        self,
        county: County,
        conversation: Conversation,
        event: EndingAnswered,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Told, ...]:
        """What somebody says against a refusal is a complaint: it goes to those who supervise, not to who refused (J44)."""
        order = event.order
        if order is None or order.ending is None:
            return (event,)
        service = county.service[order.service].name
        words = county.messages["enquiry.objection"].strip().format(number=event.case.number, service=service)
        try:
            submission = await self._core.submission(event.case.id)
            asked = AskEnquiry(
                county=county.id,
                words=f"{words}{order.ending.objection}",
                account=conversation.account,
                person=conversation.person,
                phone=event.case.contact or phone_of(county, conversation, submission),
                about=order.service,
                case=event.case.id,
                complaint=True,
            )
            done = await self._desk.ask(key, asked, actor.model_copy(update={"role": "applicant", "staff": None}), now)
            if isinstance(done, Refused):
                return (event,)
            owner = await self._called(county, done.enquiry.first_asked)
        except CoreAway:
            return (event,)
        return (replace(event, owner=owner, due=done.enquiry.due),)

    async def decided(
        self,
        county: County,
        conversation: Conversation,
        invitation: Invitation,
        act: Act,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """An act on an enquiry: done at once, or a list is shown of whom it could go to."""
        if act.id in _AT_ONCE:
            return await self._done(county, conversation, invitation.id, _AT_ONCE[act.id], key, actor, now)
        how = REFER if act.id == "refer_enquiry" else TO
        try:
            targets = await self._targets(county, conversation, how)
        except CoreAway:
            return conversation, (ActRefused(_AWAY, invitation),)
        floor = enquiring.offered(how, invitation.id, [one.id for one in targets]) if targets else invitation.id
        return conversation.model_copy(update={"floor": floor, "pushed": False}), (
            TargetsOffered(invitation, how, targets),
        )

    async def replied(
        self,
        county: County,
        conversation: Conversation,
        event: EnquiryReplied,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The written answer goes to the person who asked."""
        return await self._done(county, conversation, event.enquiry, AnswerEnquiry(words=event.words), key, actor, now)

    async def aimed(
        self, county: County, conversation: Conversation, event: EnquiryAimed, key: str, actor: Actor, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """It is offered to whom was chosen, or the person is told whose matter it is."""
        do: EnquiryDo
        if event.how == REFER:
            do = AnswerEnquiry(body=event.target)
        else:
            do = HandOver(to=Holder(kind="body" if event.kind == "body" else "staff", id=event.target))
        return await self._done(county, conversation, event.enquiry, do, key, actor, now)

    async def waiting(self, county: County, conversation: Conversation) -> tuple[Invitation, ...]:
        """The open enquiries of a person's roles, for his list: a push that never arrived must not hide one. Raises CoreAway."""
        found = dict[str, Invitation]()
        for role in conversation.roles:
            me = await self._core.steward(role.staff)
            if me is None:
                continue
            for one in await self._desk.waiting_for(role.staff):
                found[one.id] = enquiry_invitation(one, me, county, title_of(county, one))
        return tuple(found.values())

    async def _done(
        self,
        county: County,
        conversation: Conversation,
        enquiry_id: str,
        do: EnquiryDo,
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        known = next((one for one in conversation.invitations if one.id == enquiry_id), None)
        try:
            current = await self._desk.enquiry(enquiry_id)
            me = await self._speaker(conversation, current)
            speaker = actor.model_copy(update={"role": "steward", "staff": me.id if me else None})
            done = await self._desk.execute(EnquiryCommand(id=key, enquiry=enquiry_id, actor=speaker, do=do), now)
            if isinstance(done, Refused):
                if done.code in _GONE:
                    conversation = _without(conversation, enquiry_id)
                elif known is not None:
                    conversation = conversation.model_copy(update={"floor": known.id, "pushed": False})
                return conversation, (ActRefused(done, known),)
            to = await self._to(county, done.enquiry, do)
        except CoreAway:
            return conversation, (ActRefused(_AWAY, known),)
        following = enquiry_invitation(done.enquiry, me, county, title_of(county, done.enquiry)) if me else None
        conversation = _without(conversation, enquiry_id)
        if following is not None and following.acts:
            kept = {"invitations": (*conversation.invitations, following), "floor": following.id, "pushed": False}
            conversation = conversation.model_copy(update=kept)
        return conversation, (EnquiryActed(do.do, done.enquiry, title_of(county, done.enquiry), to, following),)

    async def _speaker(self, conversation: Conversation, enquiry: Enquiry | None) -> Staff | None:
        """The one of the person's roles that the enquiry waits for; else his first."""
        own = [await self._core.steward(role.staff) for role in conversation.roles]
        roles = [one for one in own if one is not None]
        if enquiry is not None:
            offered = (enquiry.offered.to,) if enquiry.offered else ()
            waits = {one.id for one in (enquiry.owner, *enquiry.reported_to, *offered)}
            roles.sort(key=lambda one: one.id not in waits and one.body not in waits)
        return roles[0] if roles else None

    async def _targets(self, county: County, conversation: Conversation, how: str) -> tuple[Target, ...]:
        """Colleagues by name, then other bodies; only bodies where it is asked whose matter it is (J41, J46)."""
        mine = {role.staff for role in conversation.roles}
        bodies = {role.body for role in conversation.roles}
        if how == REFER:
            return tuple(Target(f"body:{one.id}", one.short) for one in county.bodies if one.id not in bodies)[:_BODIES]
        able = [one for one in await self._desk.colleagues(county.id) if one.reachable and one.id not in mine]
        near = [Target(f"staff:{one.id}", one.name) for one in able if one.body in bodies][:_COLLEAGUES]
        there = {one.body for one in able}
        far = [Target(f"body:{one.id}", one.short) for one in county.bodies if one.id in there - bodies][:_BODIES]
        return (*near, *far)

    async def _to(self, county: County, enquiry: Enquiry, do: EnquiryDo) -> Called | None:
        """Whom the reply names: who is asked to take it, who hears that it was declined, to whom it was reported."""
        match do:
            case HandOver() if enquiry.handovers:
                return await self._called(county, enquiry.handovers[-1].to)
            case DeclineHandover() if enquiry.handovers:
                return await self._called(county, enquiry.handovers[-1].by)
            case ReportEnquiry() if enquiry.reported_to:
                return await self._called(county, enquiry.reported_to[0])
            case _:
                return None

    async def _called(self, county: County, holder: Holder) -> Called:
        staff = await self._core.steward(holder.id) if holder.kind == "staff" else None
        return called(holder, county, staff)


def title_of(county: County, enquiry: Enquiry) -> str:
    """How an enquiry is called in lists."""
    key = "enquiry.title_complaint" if enquiry.complaint else "enquiry.title"
    return f"{county.messages.get(key, '').strip()}{short(enquiry.words)}"


def _without(conversation: Conversation, enquiry_id: str) -> Conversation:
    """The conversation without this enquiry."""
    left = tuple(one for one in conversation.invitations if one.id != enquiry_id)
    return conversation.model_copy(update={"invitations": left, "floor": None, "pushed": False})

"""What the events of a turn ask of the world before the reply can be worded: routing commands, progress, bindings."""

import datetime as dt
from collections.abc import Sequence
from typing import Final

from dialogs.events import (
    AbsenceTold,
    AddAsked,
    AmendmentWished,
    Answered,
    Asked,
    BindingAsked,
    BulletinAsked,
    Choosing,
    Completed,
    ConsultWanted,
    CopyAsked,
    Decided,
    DialogueEvent,
    DirectoryAsked,
    EndReasonTold,
    EnquiryAimed,
    EnquiryReplied,
    ErasureConfirmed,
    FormAnswered,
    GoOnAsked,
    GoOnProved,
    HandedOver,
    Invited,
    MineAsked,
    Outdated,
    PaperCame,
    PapersWanted,
    PausedAsked,
    ProgressAsked,
    RatingAsked,
    ReassignAsked,
    ReliefWanted,
    ResumeAsked,
    Reviewed,
    SupplementsWanted,
    TasksListed,
    TerminationAsked,
    UrgeAsked,
    WhichOne,
    WithdrawAsked,
)
from dialogs.human_events import HumanChanged, HumanEnded, HumanOpened, HumanSaid
from handlers.absences import told_absence
from handlers.acting import Acting
from handlers.adding import AddingServices
from handlers.attending import Attending, unopened
from handlers.bulletins import told_bulletin
from handlers.completing import Completing
from handlers.convening import Convening
from handlers.directory import told_directory
from handlers.enquiries import EnquiryDesk
from handlers.enquiring import Enquiring
from handlers.going_on import GoingOn
from handlers.handing_over import HandingOver
from handlers.mine import AWAY, Mine
from handlers.own_cases import OwnCases
from handlers.pausing import Pausing
from handlers.ports import CoreAway, Erasing, RoutingCore
from handlers.rating import Ratings
from handlers.reassigning import ABOUT, Reassigning
from handlers.showing import Paperboy, Showing, wants_papers
from handlers.supplementing import Supplementing
from handlers.task_list import tasks_listed
from handlers.terminating import TERMINATIONS, Terminating
from handlers.urging import Urging
from handlers.withdrawing import Withdrawing
from handlers.wording.outcomes import (
    ActRefused,
    Bound,
    EndingAnswered,
    Listed,
    Told,
)
from model.conversation import Conversation, StaffRole
from model.county import County
from model.decision import Refused
from model.draft import FILL
from model.message import Actor, Invitation
from storage.human_talks import HumanTalks

ACTS: Final = (Decided, Completed, FormAnswered)
"""What asks the core for a command."""

_STEWARDS = (
    Decided
    | Completed
    | FormAnswered
    | Invited
    | WhichOne
    | TasksListed
    | EnquiryReplied
    | EnquiryAimed
    | PausedAsked
    | PapersWanted
    | ConsultWanted
    | ReassignAsked
    | ReliefWanted
    | TerminationAsked
)
"""What is done and shown only to those who are stewards at this moment."""


class Effects:
    """Carries out what a turn decided. Commands carry the message's key, so computing the turn again repeats nothing."""

    def __init__(
        self,
        core: RoutingCore,
        erasing: Erasing | None = None,
        enquiries: EnquiryDesk | None = None,
        paperboy: Paperboy | None = None,
        handing_over: HandingOver | None = None,
        talks: HumanTalks | None = None,
    ) -> None:
        """Over the routing core, wherever it runs; `erasing` keeps the account of what people have erased, `enquiries` what
        nobody could answer at once, `paperboy` brings papers into chats, `handing_over` has the codes of the hotline,
        `talks` those who talk to staff: without it nobody can.
        """
        self._showing = Showing(core, paperboy) if paperboy is not None else None
        self._enquiring = Enquiring(core, enquiries) if enquiries is not None else None
        self._attending = Attending(talks, self._enquiring) if talks is not None else None
        self._core = core
        self._acting = Acting(core)
        self._completing = Completing(core)
        self.recalled = self._acting.recalled
        self._mine = Mine(core, erasing)
        self._own = OwnCases(core)
        self._going_on = GoingOn(handing_over, self._own) if handing_over is not None else None
        self._urging = Urging(core, self._own)
        self._supplementing = Supplementing(core, self._own)
        self._adding = AddingServices(core, self._own)
        self._withdrawing = Withdrawing(core, self._own)
        self._reassigning = Reassigning(core)
        self._terminating = Terminating(core)
        self._pausing = Pausing(core)
        self._convening = Convening(core)
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
                case HumanOpened() if self._attending is None:
                    conversation, outcome = unopened(conversation, event)
                case HumanOpened() | HumanChanged() | HumanSaid() | HumanEnded() if self._attending:
                    conversation, outcome = await self._attending.carry_out(
                        county, conversation, event, key, actor, now
                    )
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
                case Decided(invitation=invitation, act=act) if invitation.kind == "reassign":
                    conversation, outcome = await self._reassigning.decided(
                        county, conversation, invitation, act, key, actor, now
                    )
                case _ if self._showing and (wanted := wants_papers(event)):
                    conversation, outcome = await self._showing.carry_out(county, conversation, wanted, key, now)
                case Decided(invitation=invitation, act=act) if act.id == FILL:
                    conversation, outcome = await self._completing.open(county, conversation, invitation, now)
                case FormAnswered():
                    conversation, outcome = await self._completing.answered(
                        county, conversation, event, key, actor, now
                    )
                case Decided(invitation=invitation, act=act, words=words):
                    conversation, outcome = await self._acting.act(
                        county, conversation, invitation, act, None, key, actor, now, words
                    )
                case Completed(draft=draft_id, act=act_id, subject=subject):
                    conversation, outcome = await self._acting.completed(
                        county, conversation, draft_id, act_id, subject, key, actor, now
                    )
                    outcome = await self._objection(county, conversation, outcome, key, actor, now)
                case MineAsked():
                    conversation, outcome = await self._mine.known(conversation)
                case AmendmentWished():
                    conversation, outcome = await self._mine.amend(county, conversation, event, key, actor, now)
                case ErasureConfirmed():
                    conversation, outcome = await self._mine.erase(conversation, key, actor, now)
                case ProgressAsked(case=case_id):
                    conversation, outcome = await self._own.progress(county, conversation, case_id, now)
                case UrgeAsked():
                    conversation, outcome = await self._urging.urge(county, conversation, event, key, actor, now)
                case SupplementsWanted():
                    conversation, outcome = await self._supplementing.wanted(county, conversation, event, now)
                case PaperCame():
                    conversation, outcome = await self._supplementing.came(county, conversation, event, key, actor, now)
                case AddAsked():
                    conversation, outcome = await self._adding.asked(county, conversation, event, now)
                case WithdrawAsked() | EndReasonTold() | ResumeAsked():
                    conversation, outcome = await self._withdrawing.carry_out(
                        county, conversation, event, key, actor, now
                    )
                case ReassignAsked() | ReliefWanted():
                    conversation, outcome = await self._reassigning.carry_out(
                        county, conversation, event, key, actor, now
                    )
                case TerminationAsked():
                    conversation, outcome = await self._terminating.carry_out(
                        county, conversation, event, key, actor, now
                    )
                case ConsultWanted():
                    conversation, outcome = await self._convening.carry_out(county, conversation, event, now)
                case Choosing(about="consult"):
                    conversation, outcome = await self._convening.listed(county, conversation, event, now)
                case PausedAsked():
                    conversation, outcome = await self._pausing.carry_out(county, conversation, event, now)
                case Choosing(about="paused"):
                    conversation, outcome = await self._pausing.listed(county, conversation, event, now)
                case Choosing(about=about) if about in TERMINATIONS:
                    conversation, outcome = await self._terminating.listed(county, conversation, event, now)
                case Choosing(about=about) if about in ABOUT:
                    conversation, outcome = await self._reassigning.listed(county, conversation, event, now)
                case RatingAsked():
                    conversation, outcome = await self._ratings.ask(county, conversation, event, now)
                case Choosing():
                    conversation, outcome = await self._own.offered(conversation, event)
                case CopyAsked(case=case_id, draft=draft_id):
                    conversation, outcome = await self._own.copied(county, conversation, case_id, draft_id, now)
                case BindingAsked(code=code):
                    conversation, outcome = await self._bind(conversation, code, now)
                case GoOnAsked() | GoOnProved() if self._going_on:
                    conversation, outcome = await self._going_on.carry_out(county, conversation, event, key, now)
                case AbsenceTold():
                    outcome = await told_absence(self._core, county, conversation, event, now)
                case BulletinAsked():
                    outcome = await told_bulletin(self._core, county, conversation, event, now)
                case DirectoryAsked(bodies=only):
                    outcome = await told_directory(self._core, county, conversation, only, now)
                case TasksListed():
                    conversation, outcome = await tasks_listed(self._core, self._enquiring, county, conversation, event)
                case _:
                    outcome = (event,)
            told += outcome
        if any(isinstance(one, Listed) for one in told):  # a choice is the one question of its reply
            told = [one for one in told if not isinstance(one, Asked | Reviewed)]
        return conversation, tuple(told)

    async def settled(self, county: County, told: Sequence[Told], now: dt.datetime) -> None:
        """What was told is stored with its conversation: what had to wait for that is done."""
        if self._going_on is not None:
            await self._going_on.settled(county, told, now)

    async def _objection(
        self,
        county: County,
        conversation: Conversation,
        outcome: tuple[Told, ...],
        key: str,
        actor: Actor,
        now: dt.datetime,
    ) -> tuple[Told, ...]:
        """An objection to a refusal is somebody's to answer, as every complaint is (J44)."""
        told = [one for one in outcome if isinstance(one, EndingAnswered) and one.order and one.order.ending]
        if not told or self._enquiring is None:
            return outcome
        return await self._enquiring.object(county, conversation, told[0], key, actor, now)

    async def _roles(self, county: County, conversation: Conversation) -> Conversation:
        """The conversation with the roles the person has now; what was asked of one that is gone goes with it."""
        try:
            bound = await self._core.staff(conversation.account, conversation.person)
            staff = {one.id: one for one in bound if one.county == county.id}
            if {role.staff: role.body for role in conversation.roles} == {one.id: one.body for one in staff.values()}:
                return conversation
            left = {task.order.id for name in staff for task in await self._core.tasks(name)}
            left |= {one.approval.id for name in staff for one in await self._core.permits(name)}
            left |= {f"{one.id}-joint" for name in staff for one in await self._core.proposals(name)}
        except CoreAway:
            return conversation
        roles = tuple(StaffRole(staff=one.id, body=one.body, name=one.name) for one in staff.values())
        invitations = tuple(
            one
            for one in conversation.invitations
            if one.kind not in ("task", "approval") or (one.order or one.id) in left
        )
        floor = conversation.floor
        if floor in {one.id for one in conversation.invitations} - {one.id for one in invitations}:
            floor = None
        return conversation.model_copy(update={"roles": roles, "invitations": invitations, "floor": floor})

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


def _holds(conversation: Conversation, invitation: Invitation) -> bool:
    return any(one.id == invitation.id for one in conversation.invitations)

"""An act of a steward on a page: what the chat offers him for an order, carried out by the same handler, in the same words."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from dialogs.as_data.edits import Result
from dialogs.as_data.entering import Posted
from dialogs.events import Asked, FormAnswered, ReassignAsked, ReliefWanted
from handlers.acting import Acting
from handlers.completing import Completing
from handlers.console_talk import actor_of, talk_of
from handlers.page_filling import filled
from handlers.papers import task_of
from handlers.ports import RoutingCore, Task
from handlers.reassigning import Reassigning
from handlers.sheet_acting import sheet_of
from handlers.sheeting import seen
from handlers.steward import asked_of, task_title
from handlers.wording.outcomes import Acted, ActRefused, EnquiryActed, Told
from handlers.wording.wording import Wording
from model.backdating import Backdating
from model.calendar import CHINA
from model.case import Case
from model.command import Command
from model.commands.sheet import GiveRow
from model.commands.survey import GiveOpinion
from model.conversation import Conversation
from model.county import County
from model.decision import Done, Refused
from model.draft import FILL, Draft
from model.edition import form_at, form_of
from model.events.intake import OrderAssigned
from model.events.relief import ReliefAsked, ReliefRefused
from model.events.telephone import FormFilled
from model.login import at_console
from model.message import Act, Invitation
from model.order import Order
from model.site import SitePapers
from model.staff import Staff
from model.submission import Submission
from routing.acts import decline_invitation, reassign_invitation
from routing.backdating_acts import backdating_invitation
from routing.claim_acts import claim_invitation
from routing.consultation_acts import consult_invitation, of_order
from routing.half_days_named import time_named
from routing.meeting_acts import decision_invitation, times_invitation
from routing.paper_acts import SEE
from routing.sheet_acts import VIEW, sheet_invitation

_MOVES: Final = ("propose_survey", "move_survey")
_UNSAID: Final = (OrderAssigned, ReliefAsked, ReliefRefused, FormFilled)
"""What the chat has words for only at once."""
_LEFT_TO_PAGES: Final = (SEE, VIEW)
"""What the page shows anyhow."""


class Outcome(NamedTuple):
    """What came of an act: the conversation to word it in, what is to be told, and the id of its command."""

    talk: Conversation
    told: tuple[Told, ...]
    key: str = ""

    @property
    def refused(self) -> bool:
        """Whether it was not done."""
        return any(isinstance(one, ActRefused) for one in self.told)

    def text(self, wording: Wording) -> str:
        """In the words of the chat, without the question that follows there: the page shows what comes next itself."""
        spoken = [replace(one, following=None) if isinstance(one, Acted | EnquiryActed) else one for one in self.told]
        spoken = [one for one in spoken if not isinstance(one, Asked)]
        return wording.reply(self.talk, spoken)[0].text if spoken else ""


class PageActs:
    """Gives the core what a steward does on a page. A request is one act of his on one state of the case: sent twice, it is done once."""

    def __init__(self, core: RoutingCore) -> None:
        """Over the routing core, wherever it runs."""
        self._core = core
        self._acting = Acting(core)
        self._completing = Completing(core)
        self._reassigning = Reassigning(core)

    async def asked(
        self, county: County, staff: Staff, task: Task, submission: Submission | None = None
    ) -> tuple[Invitation, ...]:
        """All that this member of staff can answer about an order now; `submission` if it is known already. Raises `CoreAway`."""
        submission = submission or await self._core.submission(task.case.id)
        return tuple(one for one in _asked(county, staff, task, submission) if one.acts)

    async def sheet(self, county: County, staff: Staff, case: Case) -> Invitation:
        """What is left to do about the sheet of the survey for his body. Raises `CoreAway`."""
        return await sheet_of(self._core, county, case, staff.body)

    def begun(self, county: County, staff: Staff, invitation: Invitation, act: Act, now: dt.datetime) -> Draft:
        """The form of an act, with nothing in it. Raises `EditionUnknown`."""
        form = form_at(county, act.form or "", act.form_version)
        return Draft(
            id=f"{_name(staff)}#{invitation.id}:{act.id}",
            form=form.id,
            form_version=form.version,
            opened_at=now,
            changed_at=now,
            channel="web",
            subject=invitation.id,
            act=act.id,
            role="steward",
        )

    async def rest(self, county: County, staff: Staff, invitation: Invitation, now: dt.datetime) -> Draft | None:
        """The rest of a form that was left open on the telephone; None once it is filled in."""
        talk, _ = await self._completing.open(county, talk_of(county, staff, invitation), invitation, now)
        return talk.draft()

    def filled(
        self, county: County, staff: Staff, draft: Draft, posted: Posted, now: dt.datetime
    ) -> tuple[Draft, Mapping[str, Result]]:
        """The form with all of this that can be taken, and what became of each field, as `FormPage` shows it."""
        return filled(county, draft, posted, _name(staff), now)

    def key(self, staff: Staff, subject: str, act: str, request: str, posted: Posted) -> str:
        """The id of the command. What is entered belongs to it: the same request with other words is another one."""
        told = "".join(f"{name}={one!r};" for name, one in sorted(posted.items()))
        what = hashlib.sha256(f"{staff.id}\0{subject}\0{act}\0{request}\0{told}".encode()).hexdigest()
        return f"console:{what[:40]}"

    async def told(self, county: County, staff: Staff, key: str) -> Outcome | None:
        """What this command of his did, in the words of that time; None where it did nothing. Raises `CoreAway`."""
        done = await self._core.done(key)
        if not isinstance(done, Done) or done.events[0].actor.staff != staff.id:
            return None
        talk = talk_of(county, staff, None)
        found = None if isinstance(done.events[0].event, _UNSAID) else await self._acting.recalled(county, talk, key)
        return Outcome(*(found or (talk, ())), key=key)

    async def act(
        self,
        county: County,
        staff: Staff,
        invitation: Invitation,
        act: Act,
        key: str,
        now: dt.datetime,
        draft: Draft | None = None,
    ) -> Outcome:
        """The act is done, with what was filled in where it needs a form. Raises `CoreAway`."""
        talk, actor, key = talk_of(county, staff, invitation, draft), actor_of(staff), await self._once(key, now)
        if act.id == FILL and draft is not None:
            event = FormAnswered(draft, more=False)
            talk, told = await self._completing.answered(county, talk, event, key, actor, now)
        elif invitation.kind == "reassign":
            talk, told = await self._reassigning.decided(county, talk, invitation, act, key, actor, now)
        else:
            talk, told = await self._acting.act(county, talk, invitation, act, draft, key, actor, now)
        return Outcome(talk, told, key)

    async def moves(self, county: County, staff: Staff, task: Task) -> tuple[Invitation, Act] | None:
        """By which act he may have another time for a visit now: proposing one himself, or asking everybody anew."""
        asked = await self.asked(county, staff, task)
        if not any(task.order.id in one.orders and not one.released for one in task.case.appointments.values()):
            return None
        found = ((one, act) for one in asked if one.kind == "task" for act in one.acts if act.id in _MOVES)
        return next((each for each in found if each[1].form), None)

    async def move(
        self, county: County, staff: Staff, task: Task, at: dt.datetime, key: str, now: dt.datetime
    ) -> Outcome | None:
        """A visit is moved to this time, as if he had filled in the form of the act; None where he may not. Raises `CoreAway`."""
        found = await self.moves(county, staff, task)
        if found is None:
            return None
        begun = self.begun(county, staff, *found, now)
        field = next(iter(form_of(county, begun).fields.values()))
        local = at.astimezone(CHINA)
        posted = {field.id: (time_named(at),)}
        if field.kind == "date":
            posted = {field.id: (local.date().isoformat(),), f"{field.id}.time": (f"{local:%H:%M}",)}
        draft, _ = self.filled(county, staff, begun, posted, now)
        return await self.act(county, staff, *found, key, now, draft)

    async def at_site(
        self,
        county: County,
        staff: Staff,
        invitation: Invitation,
        act: Act,
        key: str,
        now: dt.datetime,
        draft: Draft,
        site: SitePapers,
    ) -> Outcome:
        """An opinion with what was taken and signed at the site. Raises `CoreAway`."""
        talk, key = talk_of(county, staff, invitation, draft), await self._once(key, now)
        asked = asked_of(county, invitation, act, seen(county, draft), now)
        if isinstance(asked, Refused):
            return Outcome(talk, (ActRefused(asked, invitation),), key)
        if not isinstance(asked, GiveRow | GiveOpinion):
            raise TypeError(asked.do)
        do = asked.model_copy(update={"site": site})
        done = await self._core.execute(Command(id=key, case=invitation.case, actor=actor_of(staff), do=do), now)
        if isinstance(done, Refused):
            return Outcome(talk, (ActRefused(done, invitation),), key)
        return Outcome(talk, (), key)

    async def relieve(
        self, county: County, staff: Staff, task: Task, reason: str, key: str, now: dt.datetime
    ) -> Outcome:
        """请转给别人, with his reason."""
        event = ReliefWanted(task.order.id, reason)
        return await self._reassigned(county, staff, event, await self._once(key, now), now)

    async def reassign(
        self, county: County, staff: Staff, task: Task, to: str, reason: str, key: str, now: dt.datetime
    ) -> Outcome:
        """转派 by the head of the body."""
        event = ReassignAsked(task.order.id, to, reason=reason, sure=True)
        return await self._reassigned(county, staff, event, await self._once(key, now), now)

    async def _reassigned(
        self, county: County, staff: Staff, event: ReliefWanted | ReassignAsked, key: str, now: dt.datetime
    ) -> Outcome:
        talk = talk_of(county, staff, None)
        return Outcome(*await self._reassigning.carry_out(county, talk, event, key, actor_of(staff), now), key)

    async def _once(self, key: str, now: dt.datetime) -> str:
        """What was refused has changed nothing and may be tried again later: perhaps it was too early."""
        return f"{key}:{now:%Y%m%d%H%M}" if isinstance(await self._core.done(key), Refused) else key


def _asked(county: County, staff: Staff, task: Task, submission: Submission | None) -> list[Invitation]:
    case, order = task
    title = task_title(county, case, order, submission)
    if order.candidates:
        mine = staff.body in {one.body for one in order.offers}
        return [claim_invitation(case, order, county, title)] if mine else []
    found = list[Invitation]()
    if order.steward == staff.id or (order.steward is None and order.body == staff.body):
        found.append(_without_looking(task_of(county, case, order, submission, title)))
    if case.sheet is not None and order.body == staff.body:
        found.append(_without_looking(sheet_invitation(case, staff.body, county, title)))
    for name, one in case.gatherings.items():
        if order.id in one.orders and order.steward == staff.id and staff.id in one.asked:
            found.append(times_invitation(case, name, staff.id, county, title))
        if order.id in one.orders and one.decider == staff.id:
            found.append(decision_invitation(case, name, county, title))
    if staff.duty == "lead" and order.body == staff.body:
        if order.declining is not None and staff.id in {one.id for one in order.declining.told}:
            found.append(decline_invitation(case, order, county, title))
        if case.closed_at is None and order.ending is None:
            found.append(reassign_invitation(case, order, county, title))
        if order.steward != staff.id:  # his own he asks about as the steward of it
            found.append(consult_invitation(case, of_order(order), county, title))
    found += [backdating_invitation(case, order, one.entry, county, title) for one in _judged(order, staff)]
    return found


def _judged(order: Order, staff: Staff) -> Iterator[Backdating]:
    """The earlier times of its steps that he gives a reason for, or says yes or no to."""
    for one in order.backdatings:
        if staff.id in ({told.id for told in one.told} if one.reason else {one.steward}):
            yield one


def _without_looking(task: Invitation) -> Invitation:
    return task.model_copy(update={"acts": tuple(one for one in task.acts if one.id not in _LEFT_TO_PAGES)})


def _name(staff: Staff) -> str:
    return at_console(staff.id)

"""看资料: the papers of an order are sent to whoever may see them, so many at once, each recorded as a look of his."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from dialogs.events import Choosing, Decided, DialogueEvent, PapersWanted
from dialogs.papers import LIST, WHICH
from handlers.mine import AWAY
from handlers.offering import offered
from handlers.papers import Carries, Paper, may_see, papers_of
from handlers.ports import CoreAway, RoutingCore, Task
from handlers.steward import task_title
from handlers.wording.outcomes import ActRefused, Listed, Told
from handlers.wording.papers import PapersTold
from model.conversation import Conversation, Offer
from model.county import County
from model.decision import Refused
from model.look import Look
from model.order import Order
from model.staff import Staff
from routing.paper_acts import SEE

AT_ONCE: Final = 3
"""So many at once: as many as a tap on a link allows to be sent after it (platform rule)."""
WITHIN: Final = dt.timedelta(minutes=10)
"""Nobody waits longer for a picture that he has asked for."""
_MOST_TASKS: Final = 7


class Paperboy(Protocol):
    """Brings papers into chats."""

    def carries(self, account: str) -> Carries:
        """What it can bring to people of an account."""

    async def bring(self, looked: Sequence[tuple[Look, Mapping[str, str]]], person: str, now: dt.datetime) -> None:
        """Records the looks and has the papers sent to him; with each the `refs` that name its content. Raises `CoreAway`."""


def wants_papers(event: DialogueEvent) -> PapersWanted | Choosing | None:
    """What an event asks about papers: said, tapped on a task, or more of a list; None if it is about something else."""
    match event:
        case Decided(invitation=invitation, act=act) if act.id == SEE:
            return PapersWanted(order=invitation.order or "")
        case PapersWanted() | Choosing(about="papers" | "papers_which"):
            return event
        case _:
            return None


class Showing:
    """What a steward sees of the papers of his orders."""

    def __init__(self, core: RoutingCore, paperboy: Paperboy) -> None:
        """Over the routing core, wherever it runs."""
        self._core = core
        self._paperboy = paperboy

    async def carry_out(
        self, county: County, conversation: Conversation, event: PapersWanted | Choosing, key: str, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        """The papers themselves follow as messages of their own; the reply says which, or why none do."""
        try:
            if isinstance(event, Choosing):
                return conversation, (await self._listed(county, event),)
            staff = [one for role in conversation.roles if (one := await self._core.steward(role.staff)) is not None]
            if event.order:
                task = await self._core.task(event.order)
                return await self._asked(county, conversation, event, staff, task, key, now)
            found = await self._having(county, staff, event.number)
            if len(found) == 1:
                return await self._asked(county, conversation, event, staff, found[0], key, now)
            if not found:
                return conversation, (ActRefused(Refused(code="papers.unknown" if event.number else "papers.nothing")),)
            return offered(conversation, WHICH, await self._labels(county, found), {"total": len(found)})
        except CoreAway:
            return conversation, (ActRefused(AWAY),)

    async def _listed(self, county: County, event: Choosing) -> Told:
        """更多: the next of a list."""
        targets = [one.partition(":")[2] for one in event.choices]
        if event.about == WHICH:
            tasks = [task for one in targets if (task := await self._core.task(one)) is not None]
            return Listed(event, labels=await self._labels(county, tasks))
        task = await self._core.task(targets[0].rpartition("/")[0])
        papers = await self._papers(county, task) if task is not None else None
        if task is None or papers is None:
            return ActRefused(Refused(code="papers.erased"))
        return Listed(event, labels=_names(task.order, papers))

    async def _asked(
        self,
        county: County,
        conversation: Conversation,
        event: PapersWanted,
        staff: Sequence[Staff],
        task: Task | None,
        key: str,
        now: dt.datetime,
    ) -> tuple[Conversation, tuple[Told, ...]]:
        who = next((one for one in staff if task is not None and may_see(one, task.case, task.order)), None)
        if task is None or who is None:
            return conversation, (ActRefused(Refused(code="papers.not_yours")),)
        papers = await self._papers(county, task)
        if papers is None:
            return conversation, (ActRefused(Refused(code="papers.erased")),)
        first = 1 if event.place is None else event.place
        if papers and not 1 <= first <= len(papers):
            about = {"count": str(len(papers)), "place": str(first)}
            code = "papers.all" if event.onwards else "papers.no_such"
            return conversation, (ActRefused(Refused(code=code, about=about)),)
        several = event.place is None or event.onwards
        last = first + AT_ONCE - 1 if several else first
        wanted = list(enumerate(papers, 1))[first - 1 : last]
        carries = self._paperboy.carries(conversation.account)
        going = [(place, one) for place, one in wanted if carries.brings(one.file)]
        if going:
            account, person = conversation.account, conversation.person
            looked = [_look(task, who, place, one, key, now) for place, one in going]
            refs = [{"account": account, "person": person, "digest": one.file.digest} for _, one in going]
            await self._paperboy.bring(list(zip(looked, refs, strict=True)), person, now)
        brought = frozenset(place for place, _ in going)
        further = last < len(papers) and several
        following = next((one for one in conversation.invitations if one.id == task.order.id), None)
        told = PapersTold(
            task.case, task.order, papers, tuple(wanted), brought, further, following if event.place is None else None
        )
        return _shown(conversation, task, event, told)

    async def _papers(self, county: County, task: Task) -> tuple[Paper, ...] | None:
        """None once the case was erased."""
        submission = await self._core.submission(task.case.id)
        return None if submission is None else papers_of(county, task.case, task.order, submission)

    async def _having(self, county: County, staff: Sequence[Staff], number: str) -> list[Task]:
        """What he may look at: of cases with this in their number (the head of a body: of the whole body), else those of his
        tasks that have any papers.
        """
        tasks = {one.order.id: one for who in staff for one in await self._core.tasks(who.id)}
        if number:
            for head in (one for one in staff if one.duty == "lead"):
                lying = [one for one in await self._core.desk(county.id, head.body) if number in one.number]
                for one in lying[:_MOST_TASKS]:
                    if (task := await self._core.task(one.order)) is not None:
                        tasks[one.order] = task
            return [one for one in tasks.values() if number in one.case.number]
        return [one for one in tasks.values() if await self._papers(county, one)]

    async def _labels(self, county: County, tasks: Sequence[Task]) -> dict[str, str]:
        return {
            f"vo:{order.id}": task_title(county, case, order, await self._core.submission(case.id))
            for case, order in tasks
        }


def _shown(
    conversation: Conversation, task: Task, event: PapersWanted, told: PapersTold
) -> tuple[Conversation, tuple[Told, ...]]:
    """With his task before him again; with all of the papers to choose from where there are more than come at once."""
    labels = _names(task.order, told.papers)
    if len(told.papers) <= AT_ONCE:
        floor = told.following.id if told.following and conversation.draft() is None else conversation.floor
        known = {"floor": floor, "pushed": False, "offer": Offer(about=LIST, choices=tuple(labels), shown=len(labels))}
        return conversation.model_copy(update=known if labels else {}), (told,)
    after = told.wanted[-1][0]
    if event.place is None:
        conversation, listed = offered(conversation, LIST, labels, {})
        return _going_on(conversation, task.order, after, len(told.papers)), (told, *listed)
    if event.onwards:
        conversation = _going_on(conversation, task.order, after, len(told.papers))
    return conversation, (told,)


def _going_on(conversation: Conversation, order: Order, after: int, total: int) -> Conversation:
    """接着看 means what comes after this place."""
    offer = conversation.offer
    if offer is None or offer.about != LIST:
        return conversation
    kept = tuple(one for one in offer.choices if not one.startswith("vn:"))
    further = (f"vn:{order.id}/{after + 1}",) if after < total else ()
    return conversation.model_copy(update={"offer": offer.model_copy(update={"choices": (*kept, *further)})})


def _names(order: Order, papers: Sequence[Paper]) -> dict[str, str]:
    """Each by its place, so that the number that is said is that of the paper."""
    return {f"vp:{order.id}/{place}": one.name for place, one in enumerate(papers, 1)}


def _look(task: Task, who: Staff, place: int, paper: Paper, key: str, now: dt.datetime) -> Look:
    case, order = task
    return Look(
        key=f"paper:{key}:{order.id}:{paper.field}:{paper.file.digest}",
        county=case.county,
        case=case.id,
        order=order.id,
        staff=who.id,
        paper=paper.field,
        place=place,
        way="chat",
        at=now,
    )

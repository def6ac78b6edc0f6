"""The photos and files of an order, one by one; each time somebody opens one it is written down (X19)."""

from aiohttp import web

from bot.console.case_page import Looking
from bot.console.route import PREFIX, Route
from bot.console.sent_file import served
from bot.console.steward.desk import ROLES, Desk
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.papers import Paper, may_see, papers_of
from handlers.ports import RoutingCore, Task
from model.look import Look
from storage.case_papers import CasePapers
from storage.files import FileStore
from storage.vault import Unreadable


class TaskPapers:
    """For whoever may look at them (`handlers.papers.may_see`)."""

    def __init__(self, core: RoutingCore, desk: Desk, looks: Looking, places: CasePapers, files: FileStore) -> None:
        self._core = core
        self._desk = desk
        self._looks = looks
        self._places = places
        self._files = files

    def routes(self) -> tuple[Route, ...]:
        """A paper by its place among those of the order."""
        return (Route("GET", "/tasks/{order}/papers", ROLES, self._paper),)

    async def _paper(self, visit: Visit) -> web.Response:
        task = await self._desk.task(visit)
        asked = visit.request.query.get("place", "")
        if not asked:
            return web.Response(status=303, headers={"Location": f"{PREFIX}/tasks/{task.order.id}#papers"})
        place, paper = await self._named(visit, task, asked)
        held = await self._places.held(task.case.id)
        if held is None:
            raise Problem(404, "no_paper")
        try:
            data = await self._files.get(held.key, held.record, paper.file.digest)
        except Unreadable as error:
            raise Problem(404, "no_paper") from error
        await self._looks.note([_look(visit, task, place, paper)])
        return served(data, f"{task.case.number}-{place}")

    async def _named(self, visit: Visit, task: Task, asked: str) -> tuple[int, Paper]:
        submission = await self._core.submission(task.case.id)
        if submission is None or not may_see(visit.clerk.staff, task.case, task.order):
            raise Problem(404, "no_paper")
        papers = papers_of(visit.clerk.county, task.case, task.order, submission)
        place = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 0
        if not 1 <= place <= len(papers):
            raise Problem(404, "no_paper")
        return place, papers[place - 1]


def _look(visit: Visit, task: Task, place: int, paper: Paper) -> Look:
    clerk, (case, order) = visit.clerk, task
    key = f"paper:{clerk.staff.id}:{order.id}:{paper.field}:{paper.file.digest}:{visit.now:%Y%m%d%H%M}"
    return Look(
        key=key, county=case.county, case=case.id, order=order.id, staff=clerk.staff.id, paper=paper.field, place=place,
        way="console", at=visit.now,
    )  # fmt: skip

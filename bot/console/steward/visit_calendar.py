"""`/console/calendar`: the visits of a week; one is moved by choosing another half hour, with the keyboard or by dragging it."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

from aiohttp import web

from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.steward.desk import DONE, ROLES, Desk, leads
from bot.console.steward.orders import opened, orders_of, tasks_in
from bot.console.visit import Clerk, Visit
from handlers.casework import Casework
from handlers.page_acts import PageActs
from handlers.ports import Task
from handlers.task_board import About, about
from handlers.visit_week import VisitAt, free, half_hours, monday, visit_of, visits_of
from model.calendar import CHINA
from model.desk import OpenOrder
from model.submission import Submission
from storage.mask import mask_address

_MOST: Final = 200
_STAMP: Final = "%Y-%m-%dT%H:%M"
_FARTHEST: Final = dt.timedelta(days=400)


class Shown(NamedTuple):
    """A visit on the page."""

    visit: VisitAt
    about: About
    place: str
    who: str
    movable: bool


class Day(NamedTuple):
    """A column of the week."""

    date: dt.date
    visits: tuple[Shown, ...]

    def at(self, time: dt.time) -> tuple[Shown, ...]:
        """Those that begin in this half hour."""
        return tuple(one for one in self.visits if one.visit.slot.astimezone(CHINA).time() == time)

    def stamp(self, time: dt.time) -> str:
        """The half hour, as the page to move asks for it."""
        return f"{dt.datetime.combine(self.date, time):{_STAMP}}"


class VisitCalendar:
    """For stewards; a lead sees those of his body."""

    def __init__(self, core: Casework, acts: PageActs, desk: Desk, pages: Pages) -> None:
        self._core = core
        self._acts = acts
        self._desk = desk
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The week, and moving a visit."""
        return (
            Route("GET", "/calendar", ROLES, self._week),
            Route("GET", "/tasks/{order}/move", ROLES, self._choose),
            Route("POST", "/tasks/{order}/move", ROLES, self._moved),
        )

    async def _week(self, visit: Visit) -> web.Response:
        clerk, county = visit.clerk, visit.clerk.county
        today = visit.now.astimezone(CHINA).date()
        first = monday(_day(visit.request.query.get("week", ""), today))
        orders = [one for one in await orders_of(self._core, clerk, everybody=leads(clerk)) if _has(one, clerk)][:_MOST]
        cases = await opened(self._core, [one.case for one in orders])
        found = visits_of(tasks_in(cases, orders), first)
        shown = [await self._shown(visit, one, cases[one.task.case.id][1]) for one in found]
        days = [
            Day(day, tuple(one for one in shown if one.visit.at.astimezone(CHINA).date() == day))
            for day in (first + dt.timedelta(days=number) for number in range(7))
        ]
        # Nobody works at weekends, as a rule: they stand there when somebody does.
        kept = [one for one in days if one.visits or one.date.weekday() < 5 or county.calendar.is_workday(one.date)]
        return self._pages.page(
            "calendar",
            visit,
            topic=f"county:{county.id}",
            days=kept,
            times=half_hours(county, found),
            today=today,
            first=first,
            before=first - dt.timedelta(days=7),
            after=first + dt.timedelta(days=7),
            total=len(shown),
            leads=leads(clerk),
            did=await self._desk.did(visit),
        )

    async def _shown(self, visit: Visit, one: VisitAt, submission: Submission) -> Shown:
        told = about(visit.clerk.county, one.task, submission)
        steward, own = one.task.order.steward, visit.clerk.staff.id
        has = await self._core.steward(steward) if steward and steward != own else None
        movable = steward == own and await self._acts.moves(visit.clerk.county, visit.clerk.staff, one.task) is not None
        return Shown(one, told, mask_address(told.place), has.name if has else "", movable)

    async def _choose(self, visit: Visit) -> web.Response:
        task = await self._desk.task(visit)
        if await self._acts.moves(visit.clerk.county, visit.clerk.staff, task) is None:
            return web.Response(status=303, headers={"Location": f"{PREFIX}/tasks/{task.order.id}"})
        return await self._page(visit, task, _at(visit.request.query.get("at", "")))

    async def _moved(self, visit: Visit) -> web.Response:
        task, county, staff = await self._desk.task(visit), visit.clerk.county, visit.clerk.staff
        said = visit.text("at")
        key = self._acts.key(staff, task.order.id, "move", visit.text("request"), {"at": (said,)})
        if await self._acts.told(county, staff, key) is not None:
            return _to_week(key, _at(said))
        at = _at(said)
        if at is None:
            return await self._page(visit, task, None, visit.catalogue.say("console.calendar.no_time"), 400)
        moved = await self._acts.move(county, staff, task, at, key, visit.now)
        if moved is None:
            return await self._page(visit, task, at, visit.catalogue.say("console.tasks.stale"), 409)
        if not moved.refused:
            return _to_week(moved.key, at)
        current = await self._core.task(task.order.id) or task
        return await self._page(visit, current, at, self._desk.words(visit, moved), 409)

    async def _page(
        self, visit: Visit, task: Task, chosen: dt.datetime | None, problem: str = "", status: int = 200
    ) -> web.Response:
        clerk, county = visit.clerk, visit.clerk.county
        act = await self._acts.moves(county, clerk.staff, task)
        owner = task.order.steward or ""
        own = [one for one in await self._core.tasks(owner) if one.order.steward == owner]
        has = await self._core.steward(owner)
        found = list(free(county, task, has, own, visit.now)) if act is not None else []
        if chosen is not None and chosen not in found:
            found = sorted([*found, chosen])
        return self._pages.page(
            "move",
            visit,
            status=status,
            task=task,
            about=about(county, task, await self._core.submission(task.case.id)),
            stands=visit_of(task),
            everybody=act is not None and act[1].id == "move_survey",
            offered=act is not None,
            days=_by_day(found),
            chosen=chosen,
            problem=problem,
        )


def _by_day(times: Sequence[dt.datetime]) -> list[tuple[dt.date, list[tuple[str, dt.datetime]]]]:
    local = [one.astimezone(CHINA) for one in times]
    return [
        (day, [(f"{one:{_STAMP}}", one) for one in several])
        for day, several in groupby(local, key=lambda one: one.date())
    ]


def _at(text: str) -> dt.datetime | None:
    try:
        return dt.datetime.strptime(text, _STAMP).replace(tzinfo=CHINA)
    except ValueError:
        return None


def _day(text: str, today: dt.date) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return today
    return day if abs(day - today) <= _FARTHEST else today


def _to_week(key: str, at: dt.datetime | None) -> web.Response:
    week = f"&week={at.date()}" if at is not None else ""
    return web.Response(status=303, headers={"Location": f"{PREFIX}/calendar?{DONE}={key}{week}"})


def _has(order: OpenOrder, clerk: Clerk) -> bool:
    """Whether its visit stands in his week: his own, and for a lead all of his body."""
    return leads(clerk) or order.steward == clerk.staff.id

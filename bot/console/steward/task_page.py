"""`/console/tasks/<order>`: what the order is about, what he can do now, what was done; each act is a click or a small form."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from aiohttp import web

from bot.console.case_page import WHOLE, Looking, looked, revealed
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.steward.board import row_of
from bot.console.steward.desk import DONE, ROLES, Desk
from bot.console.steward.thing import Thing, offered
from bot.console.visit import Visit
from handlers.page_acts import Outcome, PageActs
from handlers.papers import may_see, papers_of
from handlers.ports import RoutingCore, Task
from handlers.systems.visible_form import visible_sections
from handlers.task_board import about, lying
from handlers.wording.values import called, show
from model.county import County
from model.draft import Answer
from model.edition import on_form
from model.fields import Field
from model.message import Invitation
from model.staff import Staff
from model.submission import Submission
from model.values import Declared, Files
from routing.open_form import as_filled
from routing.relief import relievers
from routing.timeline import timeline
from storage.mask import mask_address, mask_name, mask_phone

_TECHNICAL: Final = frozenset({"choice", "yes_no", "number", "date", "buildings", "table"})
"""Kinds of answers that are nobody's name, number or address: they stand there at once."""
_LONGEST_REASON: Final = 200


class Said(NamedTuple):
    """A section of the form with its answers."""

    title: str
    answers: tuple[tuple[str, str], ...]


class TaskPage:
    """For whoever has the order, may take it, or heads its body."""

    def __init__(self, core: RoutingCore, acts: PageActs, desk: Desk, looks: Looking, pages: Pages) -> None:
        self._core = core
        self._acts = acts
        self._desk = desk
        self._looks = looks
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The page, one click, what is personal, 请转给别人 and 转派."""
        return (
            Route("GET", "/tasks/{order}", ROLES, self._page),
            Route("POST", "/tasks/{order}", ROLES, self._clicked),
            Route("POST", "/tasks/{order}/look", ROLES, self._revealed),
            Route("POST", "/tasks/{order}/relief", ROLES, self._relieved),
            Route("POST", "/tasks/{order}/reassign", ROLES, self._reassigned),
        )

    async def thing(self, visit: Visit) -> Thing:
        """The task in the path, with what is offered about it. Raises Problem."""
        task, county = await self._desk.task(visit), visit.clerk.county
        submission = await self._core.submission(task.case.id)
        asked = await self._acts.asked(county, visit.clerk.staff, task, submission)
        return Thing(f"{PREFIX}/tasks/{task.order.id}", task.case, about(county, task, submission).name, asked)

    async def _page(self, visit: Visit) -> web.Response:
        task = await self._desk.task(visit)
        whole = await revealed(self._looks, visit, task.case)
        return await self.shown(visit, task, whole=whole, did=await self._desk.did(visit))

    async def _revealed(self, visit: Visit) -> web.Response:
        task = await self._desk.task(visit)
        one = looked(visit.clerk, task.case, visit.now)
        look = one.model_copy(update={"order": task.order.id, "key": f"{one.key}:{task.order.id}"})
        await self._looks.note([look])
        return web.Response(status=303, headers={"Location": f"{PREFIX}/tasks/{task.order.id}?{WHOLE}=yes"})

    async def _clicked(self, visit: Visit) -> web.Response:
        """An act without a form. What was done already by this very click is told again; what is not offered any more, too."""
        task, county, staff = await self._desk.task(visit), visit.clerk.county, visit.clerk.staff
        name, act_id = visit.text("about"), visit.text("act")
        key = self._acts.key(staff, name, act_id, visit.text("request"), {})
        if await self._acts.told(county, staff, key) is not None:
            return _done(visit, task, key)
        found = offered(await self._acts.asked(county, staff, task), name, act_id)
        if found is None or found[1].form or act_id in ("reassign", "fill_form"):
            return await self.shown(visit, task, problem=visit.catalogue.say("console.tasks.stale"), status=409)
        return await self.came(visit, task, await self._acts.act(county, staff, *found, key, visit.now))

    async def _relieved(self, visit: Visit) -> web.Response:
        task, staff = await self._desk.task(visit), visit.clerk.staff
        reason = visit.text("reason")[:_LONGEST_REASON]
        if not reason:
            return await self.shown(visit, task, problem=visit.catalogue.say("console.tasks.no_reason"), status=400)
        key = self._acts.key(staff, task.order.id, "ask_relief", visit.text("request"), {"reason": (reason,)})
        if await self._acts.told(visit.clerk.county, staff, key) is not None:
            return _done(visit, task, key)
        return await self.came(
            visit, task, await self._acts.relieve(visit.clerk.county, staff, task, reason, key, visit.now)
        )

    async def _reassigned(self, visit: Visit) -> web.Response:
        task, staff = await self._desk.task(visit), visit.clerk.staff
        to, reason = visit.text("to"), visit.text("reason")[:_LONGEST_REASON]
        key = self._acts.key(staff, task.order.id, "reassign", visit.text("request"), {"to": (to,), "why": (reason,)})
        if await self._acts.told(visit.clerk.county, staff, key) is not None:
            return _done(visit, task, key)
        if to not in {one.id for one in await self._able(visit, task)}:
            return await self.shown(visit, task, problem=visit.catalogue.say("console.tasks.no_colleague"), status=400)
        done = await self._acts.reassign(visit.clerk.county, staff, task, to, reason, key, visit.now)
        return await self.came(visit, task, done)

    async def came(self, visit: Visit, task: Task, outcome: Outcome) -> web.Response:
        """What came of an act: the next page says so, or this one why not."""
        if not outcome.refused:
            return _done(visit, task, outcome.key)
        current = await self._core.task(task.order.id) or task
        return await self.shown(visit, current, problem=self._desk.words(visit, outcome), status=409)

    async def shown(
        self, visit: Visit, task: Task, *, whole: bool = False, did: str = "", problem: str = "", status: int = 200
    ) -> web.Response:
        """The page as the order stands now; `whole`: with what is personal, which was recorded as a look."""
        clerk, county = visit.clerk, visit.clerk.county
        submission = await self._core.submission(task.case.id)
        asked = await self._acts.asked(county, clerk.staff, task, submission)
        events = await self._core.events(task.case.id)
        told = about(county, task, submission)
        own = task.order.steward == clerk.staff.id
        papers = papers_of(county, task.case, task.order, submission) if submission is not None else ()
        has = await self._core.steward(task.order.steward) if task.order.steward and not own else None
        row = row_of(visit, lying([task], visit.now)[0], told, has.name if has is not None else "", asked)
        party = told if whole else told._replace(
            applicant=mask_name(told.applicant), phone=mask_phone(told.phone), place=mask_address(told.place)
        )  # fmt: skip
        lead = any(one.kind == "reassign" and one.acts for one in asked)
        return self._pages.page(
            "task",
            visit,
            status=status,
            topic=f"county:{county.id}",
            task=task,
            row=row,
            party=party if submission is not None else None,
            whole=whole,
            asked=[one for one in asked if one.kind != "reassign"],
            lead=next((one for one in asked if one.kind == "reassign"), None),
            colleagues=await self._able(visit, task) if lead else (),
            relief=county.messages["relief.reasons"].split() if own and not task.order.relief_asked else (),
            sheet=_at_site(task, asked),
            papers=papers if may_see(clerk.staff, task.case, task.order) else (),
            said=_said(county, task, submission, whole=whole) if submission is not None else (),
            done=timeline(task.case, events)[task.order.id],
            did=did,
            problem=problem,
        )

    async def _able(self, visit: Visit, task: Task) -> tuple[Staff, ...]:
        county, order = visit.clerk.county, task.order
        return relievers(order, await self._core.colleagues(county.id, order.body), visit.now)


def _said(county: County, task: Task, submission: Submission, *, whole: bool) -> tuple[Said, ...]:
    """The answers of his part of the form (X19)."""
    here = on_form(county, submission.form_version)
    answers = as_filled(submission, task.case, here).answers
    found = list[Said]()
    for section in visible_sections(here, [task.order.service]):
        lines = tuple(_lines(section.fields, answers, whole=whole))
        if lines:
            found.append(Said(section.title, lines))
    return tuple(found)


def _lines(fields: Iterable[Field], answers: Mapping[str, Answer], *, whole: bool) -> Iterator[tuple[str, str]]:
    for field in fields:
        value = answers[field.id].value if field.id in answers else None
        if value is None or isinstance(value, Files | Declared) or not (whole or field.kind in _TECHNICAL):
            continue
        yield called(field), show(value, field)


def _at_site(task: Task, asked: tuple[Invitation, ...]) -> bool:
    """Whether he gives an opinion at the site now, or has given one there."""
    gives = any(act.id in ("opinion", "row") for one in asked for act in one.acts)
    return gives or task.order.survey is not None or task.case.sheet is not None


def _done(visit: Visit, task: Task, key: str) -> web.Response:
    back = f"{PREFIX}/tasks" if visit.text("back") == "board" else f"{PREFIX}/tasks/{task.order.id}"
    return web.Response(status=303, headers={"Location": f"{back}?{DONE}={key}"})

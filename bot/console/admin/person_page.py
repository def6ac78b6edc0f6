"""`/console/admin/person/<id>`: one member of staff, all that may be changed of him, and who changed what; and one more entered."""

import datetime as dt
import secrets
from typing import Any, Final

import segno
from aiohttp import web

from bot.console.hotline.code_page import Scanned
from bot.console.pages import Pages
from bot.console.route import Route
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.leaving import Handed
from handlers.people.codes import VALID
from handlers.people.desk import Code, Given, People
from handlers.people.noting import By
from model.calendar import CHINA
from model.decision import Refused
from model.login import Role
from model.scene import Binding
from model.staff import Absence, Staff
from storage.logins import Logins
from storage.staff_changes import StaffChanges
from storage.staffing import Staffing

_ADMIN: Final = frozenset({Role.ADMIN})
_ADD: Final = "/admin/staff/add"
_PERSON: Final = "/admin/person/{person}"
_FIELDS: Final = {"name": "姓名", "body": "单位", "phone": "电话", "duty": "职责", "districts": "负责的乡镇"}
_MOST: Final = 50
_LONGEST: Final = 18


class PersonPage:
    """What is shown once, a code or a password, stands in the answer to the form that asked for it and nowhere else."""

    def __init__(
        self,
        people: People,
        staffing: Staffing,
        logins: Logins,
        changes: StaffChanges,
        scanned: Scanned,
        pages: Pages,
    ) -> None:
        self._people = people
        self._staffing = staffing
        self._logins = logins
        self._changes = changes
        self._scanned = scanned
        self._pages = pages

    def routes(self) -> tuple[Route, ...]:
        """The form for one more, the person, and what is done to him (`do`)."""
        return (
            Route("GET", _ADD, _ADMIN, self._new),
            Route("POST", _ADD, _ADMIN, self._add),
            Route("GET", _PERSON, _ADMIN, self._page),
            Route("POST", _PERSON, _ADMIN, self._done),
        )

    async def _new(self, visit: Visit) -> web.Response:
        return self._form(visit)

    def _form(self, visit: Visit, *wrong: str) -> web.Response:
        facts = {name: visit.text(name) for name in _FIELDS}
        return self._pages.page(
            "admin_person_new", visit, status=422 if wrong else 200, wrong=wrong, said=facts, duties=_duties(visit)
        )

    async def _add(self, visit: Visit) -> web.Response:
        county = visit.clerk.county
        version = await self._staffing.version(county.id)
        present = await self._staffing.of_county(county.id)
        plan = _compared(visit, "", present)
        if isinstance(plan, list):
            return self._form(visit, *plan)
        say = visit.catalogue.say
        if not plan.new:
            return self._form(visit, say("console.admin.person.wrong.there"))
        (one,) = plan.new
        if visit.text("sure") != "yes" and any((each.body, each.name) == (one.body, one.name) for each in present):
            return self._form(visit, say("console.admin.person.wrong.same_name", name=one.name))
        codes = await self._people.enter(county.id, plan.new, (), version, _by(visit))
        if isinstance(codes, Refused):
            return self._form(visit, say("console.admin.person.wrong.overtaken"))
        return await self._shown(visit, one.id, code=Code(codes[one.id], visit.now + VALID), done="added")

    async def _page(self, visit: Visit) -> web.Response:
        return await self._shown(visit, (await self._one(visit)).id)

    async def _one(self, visit: Visit) -> Staff:
        one = await self._staffing.one(visit.path["person"])
        if one is None or one.county != visit.clerk.county.id:
            raise Problem(404, "no_page")
        return one

    async def _done(self, visit: Visit) -> web.Response:
        one, do, by = await self._one(visit), visit.text("do"), _by(visit)
        if not one.serves and do != "leave":
            return await self._shown(visit, one.id, refused=Refused(code="left"))
        roles = frozenset(Role(each) for each in visit.form.getall("roles", []) if each in set(Role))
        answer: Any
        match do:
            case "change":
                return await self._changed(visit, one, by)
            case "code":
                answer = await self._people.code(one, by)
            case "away":
                try:
                    days = [dt.date.fromisoformat(visit.text(each)) for each in ("first", "last")]
                except ValueError:
                    answer = Refused(code="away_days")
                else:
                    answer = await self._people.away(one, Absence(first=days[0], last=days[1]), by)
            case "back":
                try:
                    answer = await self._people.back(one, dt.date.fromisoformat(visit.text("first")), by)
                except ValueError:
                    answer = Refused(code="away_days")
            case "duty":
                weekdays = sorted({int(each) for each in visit.form.getall("weekdays", []) if each in set("0123456")})
                answer = await self._people.duty(one, weekdays, by)
            case "leave":
                answer = await self._people.leave(one, by, sure=visit.text("sure") == "yes")
            case "login":
                answer = await self._people.login(one, visit.text("login"), roles, by)
            case "roles":
                answer = await self._people.roles(one, roles, by)
            case "logout":
                answer = await self._people.logout(one, by)
            case _:
                raise Problem(404, "no_page")
        match answer:
            case Refused():
                return await self._shown(visit, one.id, refused=answer)
            case Code():
                return await self._shown(visit, one.id, code=answer, done=do)
            case Given():
                return await self._shown(visit, one.id, given=answer, done=do)
        return await self._shown(visit, one.id, done=do, handed=answer if do == "leave" else ())

    async def _changed(self, visit: Visit, one: Staff, by: By) -> web.Response:
        county = visit.clerk.county
        version = await self._staffing.version(county.id)
        plan = _compared(visit, one.id, await self._staffing.of_county(county.id))
        if isinstance(plan, list):
            return await self._shown(visit, one.id, wrong=plan)
        entered = await self._people.enter(county.id, (), plan.changed, version, by)
        if isinstance(entered, Refused):
            return await self._shown(visit, one.id, refused=entered)
        return await self._shown(visit, one.id, done="change" if plan.changed else "same")

    async def _shown(
        self,
        visit: Visit,
        staff_id: str,
        *,
        done: str = "",
        refused: Refused | None = None,
        wrong: list[str] | None = None,
        code: Code | None = None,
        given: Given | None = None,
        handed: tuple[Handed, ...] = (),
    ) -> web.Response:
        say, one = visit.catalogue.say, await self._staffing.one(staff_id)
        if one is None:
            raise Problem(404, "no_page")
        log = await self._changes.of(one.id, _MOST)
        names = {each: await self._staffing.one(each) for each in {change.by for change in log}}
        wrong = list(wrong or [])
        if refused is not None:
            wrong.append(say(f"console.admin.person.wrong.{refused.code}", **refused.about))
        for each in handed:
            if each.refused is not None:
                wrong.append(f"{each.number} {say(f'refused.{each.refused.code}', **each.refused.about)}")
        kept = await self._logins.of(one.id)
        conflict = refused is not None and refused.code == "overtaken"
        return self._pages.page(
            "admin_person",
            visit,
            status=409 if conflict else 422 if refused or (wrong and not handed) else 200,
            one=one,
            today=visit.now.astimezone(CHINA).date(),
            duties=_duties(visit),
            log=[(change, getattr(names[change.by], "name", "")) for change in log],
            seen=log[0].number if log else 0,
            known=_seen(visit) if conflict else None,
            login=kept.login if kept else None,
            roles=list(Role),
            done=done,
            wrong=wrong,
            code=code,
            picture=await self._picture(visit, code) if code else "",
            given=given,
            handed=[each for each in handed if each.refused is None],
        )

    async def _picture(self, visit: Visit, made: Code) -> str:
        seconds = int((made.until - visit.now).total_seconds())
        says = await self._scanned(visit.clerk.county.id, str(Binding(code=made.code)), seconds)
        return segno.make(says, error="m").svg_data_uri(scale=5, border=3) if says else ""


def _seen(visit: Visit) -> int:
    said = visit.text("seen")
    return int(said) if said.isdecimal() and said.isascii() and len(said) <= _LONGEST else -1


def _by(visit: Visit) -> By:
    """The admin; of a form about somebody who is there with the newest change he had seen."""
    return By(visit.clerk.staff.id, visit.now, _seen(visit) if "person" in visit.path else None)


def _duties(visit: Visit) -> dict[str, str]:
    """What each duty is called here, by its key."""
    say = visit.catalogue.say
    return {
        one: say(f"console.admin.staff.duties.{one}", county=visit.clerk.county)
        for one in ("steward", "lead", "supervisor", "clerk")
    }


def _compared(visit: Visit, staff_id: str, present: tuple[Staff, ...]) -> Any:
    """The form as one row of the sheet that is imported, by the same rules: the plan, or every mistake as people read it."""
    from bot.roster.plan import Plan, planned  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it
    from bot.roster.reading import read_sheet  # noqa: PLC0415
    from bot.roster.workbook import Cell, Line  # noqa: PLC0415

    county = visit.clerk.county
    said = {title: visit.text(name)[:1000] for name, title in _FIELDS.items()} | {"编号": staff_id}
    head = Line(1, tuple(Cell(title, title) for title in said))
    sheet = read_sheet([head, Line(2, tuple(Cell(title, text) for title, text in said.items()))], county)
    if sheet.mistakes:
        return [str(one) for one in sheet.mistakes]
    plan = planned(sheet.entries, present, county, lambda: f"{county.id}_{secrets.token_hex(6)}")
    return plan if isinstance(plan, Plan) else [str(one) for one in plan]

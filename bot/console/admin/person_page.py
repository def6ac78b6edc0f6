"""`/console/admin/person/<id>`: one member of staff, all that may be changed of him, and who changed what; and one more entered."""

import datetime as dt
from typing import TYPE_CHECKING, Final

import segno
from aiohttp import web

from bot.console.admin.person_form import as_is, at_fields, changes_said, compared, duties_of, summed_up, typed
from bot.console.hotline.code_page import Scanned
from bot.console.pages import Pages
from bot.console.route import PREFIX, Route
from bot.console.visit import Visit
from bot.pages.problem import Problem
from handlers.covering import Passed
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

if TYPE_CHECKING:
    from bot.roster.reading import AtCell

_ADMIN: Final = frozenset({Role.ADMIN})
_ADD: Final = "/admin/staff/add"
_PERSON: Final = "/admin/person/{person}"
_TOLD: Final = ("change", "same", "away", "back", "duty", "leave", "roles", "logout")
"""What the page says was done on the one before; codes and passwords are shown with it, once."""
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

    def _form(
        self, visit: Visit, *wrong: str, faults: "tuple[AtCell, ...]" = (), namesake: bool = False
    ) -> web.Response:
        """`namesake`: nothing else is in the way than that somebody is called the same."""
        status = 422 if wrong or faults else 200
        return self._pages.page(
            "admin_person_new",
            visit,
            status=status,
            wrong=(*wrong, *summed_up(visit, faults)),
            said=typed(visit),
            duties=duties_of(visit),
            faults=at_fields(visit, faults),
            namesake=namesake,
            sure=visit.text("sure") == "yes",
        )

    async def _add(self, visit: Visit) -> web.Response:
        from bot.roster.one import namesakes  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

        county = visit.clerk.county
        version = await self._staffing.version(county.id)
        present = await self._staffing.of_county(county.id)
        plan = compared(visit, "", present)
        if isinstance(plan, tuple):
            return self._form(visit, faults=plan)
        say = visit.catalogue.say
        if not plan.new:
            return self._form(visit, say("console.admin.person.wrong.there"))
        (one,) = plan.new
        if visit.text("sure") != "yes" and namesakes(one, present):
            return self._form(visit, say("console.admin.person.wrong.same_name", name=one.name), namesake=True)
        codes = await self._people.enter(county.id, plan.new, (), version, _by(visit))
        if isinstance(codes, Refused):
            return self._form(visit, say("console.admin.person.wrong.overtaken"))
        return await self._shown(visit, one.id, code=Code(codes[one.id], visit.now + VALID), done="added")

    async def _page(self, visit: Visit) -> web.Response:
        done = visit.request.query.get("done", "")
        return await self._shown(visit, (await self._one(visit)).id, done=done if done in _TOLD else "")

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
        answer: Refused | Code | Given | tuple[Handed, ...] | tuple[Passed, ...] | None
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
                answer = await self._people.leave(one, by, sure=visit.text("sure") == "yes", to=visit.text("to"))
            case "login":
                answer = await self._people.login(one, visit.text("login"), roles, by)
            case "roles":
                answer = await self._people.roles(one, roles, by)
            case "password":
                answer = await self._people.password(one, by)
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
        handed = tuple(each for each in answer or () if isinstance(each, Handed))
        if handed:  # to whom his orders went is told this once
            return await self._shown(visit, one.id, done=do, handed=handed)
        return _after(one, do)

    async def _changed(self, visit: Visit, one: Staff, by: By) -> web.Response:
        county = visit.clerk.county
        version = await self._staffing.version(county.id)
        plan = compared(visit, one.id, await self._staffing.of_county(county.id))
        if isinstance(plan, tuple):
            return await self._shown(visit, one.id, faults=plan)
        entered = await self._people.enter(county.id, (), plan.changed, version, by)
        if isinstance(entered, Refused):
            return await self._shown(visit, one.id, refused=entered)
        return _after(one, "change" if plan.changed else "same")

    async def _shown(
        self,
        visit: Visit,
        staff_id: str,
        *,
        done: str = "",
        refused: Refused | None = None,
        faults: "tuple[AtCell, ...]" = (),
        code: Code | None = None,
        given: Given | None = None,
        handed: tuple[Handed, ...] = (),
    ) -> web.Response:
        say, one = visit.catalogue.say, await self._staffing.one(staff_id)
        if one is None:
            raise Problem(404, "no_page")
        log = await self._changes.of(one.id, _MOST)
        names = {each: await self._staffing.one(each) for each in {change.by for change in log}}
        wrong = summed_up(visit, faults)
        if refused is not None:
            wrong.append(say(f"console.admin.person.wrong.{refused.code}", **refused.about))
        for each in handed:
            if each.refused is not None:
                wrong.append(f"{each.number} {say(f'refused.{each.refused.code}', **each.refused.about)}")
        kept = await self._logins.of(one.id)
        conflict = refused is not None and refused.code == "overtaken"
        # Of a conflict the page shows what is there now: what was typed was meant for something else.
        refused_do = visit.text("do") if faults or (refused is not None and not conflict) else ""
        return self._pages.page(
            "admin_person",
            visit,
            status=409 if conflict else 422 if refused or (wrong and not handed) else 200,
            one=one,
            today=visit.now.astimezone(CHINA).date(),
            duties=duties_of(visit),
            said=typed(visit) if refused_do == "change" else as_is(visit, one),
            faults=at_fields(visit, faults),
            typed={name: visit.text(name) for name in ("first", "last")} if refused_do == "away" else {},
            typed_login=visit.text("login") if refused_do == "login" else None,
            typed_roles=visit.form.getall("roles", []) if refused_do in ("login", "roles") else None,
            log=[(change, getattr(names[change.by], "name", ""), changes_said(visit, change)) for change in log],
            seen=log[0].number if log else 0,
            known=_seen(visit) if conflict else None,
            heirs=await self._people.heirs(one, visit.now),
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


def _after(one: Staff, done: str) -> web.Response:
    # 303: whatever asked, what follows is a GET.
    return web.Response(status=303, headers={"Location": f"{PREFIX}/admin/person/{one.id}?done={done}"})


def _seen(visit: Visit) -> int:
    said = visit.text("seen")
    return int(said) if said.isdecimal() and said.isascii() and len(said) <= _LONGEST else -1


def _by(visit: Visit) -> By:
    """The admin; of a form about somebody who is there with the newest change he had seen."""
    return By(visit.clerk.staff.id, visit.now, _seen(visit) if "person" in visit.path else None)

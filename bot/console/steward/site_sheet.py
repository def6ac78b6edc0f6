"""`/console/tasks/sheet/<case>`: an opinion given at the site, with photos and a signature, where a signal comes and goes."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from aiohttp import web

from bot.console.case_access import visible_orders
from bot.console.case_page import Looking
from bot.console.pages import Pages
from bot.console.posted import posted_of
from bot.console.route import PREFIX, Route
from bot.console.sent_file import served
from bot.console.steward.desk import DONE, ROLES, Desk
from bot.console.steward.site_sent import Sent, digests, read, wrong_with
from bot.console.visit import Clerk, Visit
from bot.pages.problem import Problem
from dialogs.as_data.edits import Result, Taken
from dialogs.as_data.entering import Posted
from handlers.page_acts import PageActs
from handlers.ports import RoutingCore, Task
from handlers.task_board import about
from handlers.web.form.at_once import AtOnce, at_once
from handlers.web.form.view import FormPage
from handlers.wording.orders import order_name
from model.case import Case
from model.draft import Draft
from model.edition import form_of
from model.look import Look
from model.message import Act, Invitation
from model.order import Opinion
from model.site import MOST, SitePapers
from model.values import StoredFile
from storage.case_papers import CasePapers
from storage.files import FileStore
from storage.mask import mask_address
from storage.sniff import HEAD_BYTES, media_type
from storage.vault import Unreadable

_MOST_SENT: Final = 40 * 1024 * 1024
_ACTS: Final = ("opinion", "row")


class Line(NamedTuple):
    """A row of the sheet: whose, and what he found."""

    who: str
    opinion: Opinion | None
    places: tuple[int, ...]


class SiteSheet:
    """For every body that surveys: the units that build, and the departments of the sheet (X37–X39)."""

    def __init__(
        self,
        core: RoutingCore,
        acts: PageActs,
        desk: Desk,
        looks: Looking,
        pages: Pages,
        places: CasePapers,
        files: FileStore,
    ) -> None:
        self._core = core
        self._acts = acts
        self._desk = desk
        self._looks = looks
        self._pages = pages
        self._places = places
        self._files = files

    def routes(self) -> tuple[Route, ...]:
        """The sheet, what is entered on it, and a photo of it."""
        return (
            Route("GET", "/tasks/sheet/{case}", ROLES, self._page),
            Route("POST", "/tasks/sheet/{case}", ROLES, self._sent, most=_MOST_SENT),
            Route("GET", "/tasks/sheet/{case}/photos", ROLES, self._photo),
        )

    async def _case(self, visit: Visit) -> Case:
        case = await self._core.case(visit.path["case"])
        if case is None or not takes_part(visit.clerk, case):
            raise Problem(404, "no_task")
        return case

    async def _page(self, visit: Visit) -> web.Response:
        case = await self._case(visit)
        asked, offers = visit.request.query, await self._offers(visit, case)
        named = [one for one in offers if one[0].id == asked.get("about", "")]
        return await self._shown(visit, case, offers, next(iter([*named, *offers]), None))

    async def _sent(self, visit: Visit) -> web.Response:
        case, county, staff = await self._case(visit), visit.clerk.county, visit.clerk.staff
        sent = read(visit)
        posted = {name: texts for name, texts in posted_of(visit).items() if name not in ("signature", "signed")}
        name, act_id = visit.text("about"), visit.text("act")
        key = self._acts.key(staff, name, act_id, visit.text("request"), {**posted, "site": digests(sent)})
        if await self._acts.told(county, staff, key) is not None:
            return _done(case, key)
        offers = await self._offers(visit, case)
        found = next((one for one in offers if (one[0].id, one[1].id) == (name, act_id)), None)
        if found is None:
            return await self._shown(
                visit,
                case,
                offers,
                next(iter(offers), None),
                problem=visit.catalogue.say("console.tasks.stale"),
                status=409,
            )
        begun = self._acts.begun(county, staff, *found, visit.now)
        draft, results = self._acts.filled(county, staff, begun, posted, visit.now)
        wrong = wrong_with(sent, staff.name)
        if wrong or not all(isinstance(one, Taken) for one in results.values()):
            said = visit.catalogue.say(f"console.site.wrong.{wrong}", most=MOST, name=staff.name) if wrong else ""
            return await self._shown(visit, case, offers, found, draft, posted, results, problem=said, status=400)
        site = await self._kept(case, sent)
        outcome = await self._acts.at_site(county, staff, *found, key, visit.now, draft, site)
        if not outcome.refused:
            return _done(case, outcome.key)
        said = self._desk.words(visit, outcome)
        return await self._shown(visit, case, offers, found, draft, posted, results, problem=said, status=409)

    async def _kept(self, case: Case, sent: Sent) -> SitePapers:
        """The files are on disk before anything says that they are there; sent again, they are the same files."""
        place = await self._places.place(case.id)
        if place is None:
            raise Problem(404, "no_task")

        async def put(data: bytes) -> StoredFile:
            digest = await self._files.put(place.key, place.record, data)
            return StoredFile(digest=digest, media_type=media_type(data[:HEAD_BYTES]) or "", size=len(data))

        photos = tuple([await put(one) for one in sent.photos])
        signature = await put(sent.signature) if sent.signature else None
        return SitePapers(photos=photos, signature=signature, signed="" if signature else sent.signed)

    async def _offers(self, visit: Visit, case: Case) -> list[tuple[Invitation, Act]]:
        """The opinions that he can give here: of his orders, and for his department."""
        clerk = visit.clerk
        own = [one for one in case.orders if one.steward == clerk.staff.id and not one.candidates]
        asked = [one for order in own for one in await self._acts.asked(clerk.county, clerk.staff, Task(case, order))]
        if case.sheet is not None and clerk.staff.body in {one.body for one in case.parts}:
            asked.append(await self._acts.sheet(clerk.county, clerk.staff, case))
        found = {(one.id, act.id): (one, act) for one in asked for act in one.acts if act.id in _ACTS and act.form}
        return list(found.values())

    async def _shown(
        self,
        visit: Visit,
        case: Case,
        offers: list[tuple[Invitation, Act]],
        entry: tuple[Invitation, Act] | None,
        draft: Draft | None = None,
        posted: Posted | None = None,
        results: Mapping[str, Result] | None = None,
        *,
        problem: str = "",
        status: int = 200,
    ) -> web.Response:
        clerk, county = visit.clerk, visit.clerk.county
        fields: tuple[AtOnce, ...] = ()
        if entry is not None:
            draft = draft or self._acts.begun(county, clerk.staff, *entry, visit.now)
            form = form_of(county, draft)
            fields = at_once(
                form, draft, lambda one: FormPage(visit.catalogue, form, one, posted=posted, results=results)
            )
        told = about(county, Task(case, case.orders[0]), await self._core.submission(case.id))
        return self._pages.page(
            "site",
            visit,
            status=status,
            case=case,
            place=mask_address(told.place),
            offers=[(one, act, _named(visit, case, one)) for one, act in offers],
            entry=entry,
            entry_name=_named(visit, case, entry[0]) if entry is not None else "",
            fields=fields,
            lines=_lines(visit, case),
            order=next((one.id for one in case.orders if one.steward == clerk.staff.id), ""),
            given=any(one is not None and one.by == clerk.staff.id for _, _, one in _opinions(clerk, case)),
            most=MOST,
            did=await self._desk.did(visit),
            problem=problem,
        )

    async def _photo(self, visit: Visit) -> web.Response:
        case, clerk = await self._case(visit), visit.clerk
        asked = visit.request.query.get("place", "")
        if not asked:
            return web.Response(status=303, headers={"Location": f"{PREFIX}/tasks/sheet/{case.id}"})
        seen = {place: one for place, _, one in _files(clerk, case)}
        file = seen.get(int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else None
        held = await self._places.held(case.id)
        if file is None or held is None:
            raise Problem(404, "no_paper")
        try:
            data = await self._files.get(held.key, held.record, file.digest)
        except Unreadable as error:
            raise Problem(404, "no_paper") from error
        key = f"site:{clerk.staff.id}:{case.id}:{file.digest}:{visit.now:%Y%m%d%H%M}"
        look = Look(
            key=key, county=case.county, case=case.id, staff=clerk.staff.id, paper="site", place=int(asked), way="console",
            at=visit.now,
        )  # fmt: skip
        await self._looks.note([look])
        return served(data, f"{case.number}-site-{asked}")


def takes_part(clerk: Clerk, case: Case) -> bool:
    """Whether his body surveys: by an order, or as a department of the sheet."""
    bodies = {one.body for one in case.parts} | {one.body for one in case.orders if not one.candidates}
    return case.county == clerk.county.id and clerk.staff.handles and clerk.staff.body in bodies


def _opinions(clerk: Clerk, case: Case) -> Iterator[tuple[str, str, Opinion | None]]:
    """The rows that he may read: of a sheet all, for each body on it keeps a copy (X42); else those of his own orders."""
    whole = case.sheet is not None and clerk.staff.body in {one.body for one in case.parts}
    for row in case.sheet.rows if case.sheet is not None and whole else ():
        yield row.body, "", row.opinion
    for order in case.orders if whole else visible_orders(clerk, case):
        if not order.candidates and order.ending is None:
            yield order.body, order.id, order.survey


def _files(clerk: Clerk, case: Case) -> Iterator[tuple[int, int, StoredFile]]:
    """The files of those rows: their place among all of the case, so that a link goes on to be the same for everybody."""
    number = 0
    rows = [(one.opinion, one.body) for one in case.sheet.rows] if case.sheet is not None else []
    seen = [one for _, _, one in _opinions(clerk, case)]
    for opinion in (*(one for one, _ in rows), *(one.survey for one in case.orders)):
        for file in opinion.site.files if opinion is not None else ():
            number += 1
            if any(opinion is one for one in seen):
                yield number, id(opinion), file


def _lines(visit: Visit, case: Case) -> list[Line]:
    county = visit.clerk.county
    places = dict[int, list[int]]()
    for place, whose, _ in _files(visit.clerk, case):
        places.setdefault(whose, []).append(place)
    names = {one.id: order_name(county, case, one) for one in case.orders}
    return [
        Line(
            f"{county.body[body].short} {names[order]}" if order else county.body[body].short,
            opinion,
            tuple(places.get(id(opinion), ())),
        )
        for body, order, opinion in _opinions(visit.clerk, case)
    ]


def _named(visit: Visit, case: Case, invitation: Invitation) -> str:
    order = case.order(invitation.order) if invitation.order else None
    county = visit.clerk.county
    return order_name(county, case, order) if order is not None else county.body[visit.clerk.staff.body].short


def _done(case: Case, key: str) -> web.Response:
    return web.Response(status=303, headers={"Location": f"{PREFIX}/tasks/sheet/{case.id}?{DONE}={key}"})

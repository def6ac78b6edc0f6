"""The console as it runs here: its areas made, and handed what they need."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.busy import Busy
from bot.console.add_form import AddForm
from bot.console.admin.calendar_page import CalendarPage
from bot.console.admin.checking import Checking
from bot.console.admin.checks_page import ChecksPage
from bot.console.admin.delivery_page import DeliveryPage
from bot.console.admin.person_page import PersonPage
from bot.console.admin.staff_page import StaffPage
from bot.console.admin.texts_page import TextsPage
from bot.console.bulletins_page import BulletinsPage
from bot.console.case_page import CasePage
from bot.console.home import Home
from bot.console.hotline.area import hotline_routes
from bot.console.hotline.code_page import Scanned
from bot.console.hotline.inbox_page import InboxPage
from bot.console.lately import Lately
from bot.console.ledger_page import LedgerPage
from bot.console.live import Live
from bot.console.looks_page import LooksPage
from bot.console.pages import STATIC, Pages
from bot.console.passwords import Passwords, drawn
from bot.console.ratings_page import RatingsPage
from bot.console.rest_form import RestForm
from bot.console.route import PREFIX, Open, Route
from bot.console.sheet_codes import SheetCodesPage
from bot.console.sheets import Sheets
from bot.console.signing_in import DEVICE_SECONDS, SigningIn
from bot.console.site import Site
from bot.console.steward.compose import steward_routes
from bot.console.streams import Streams
from bot.console.supervision import Supervision
from bot.console.visit import Visit
from bot.console.waits import Waits
from bot.console.window_case import AT_WINDOW, WindowCase
from bot.console.window_list import WindowList
from bot.console.worklist import Worklist
from bot.letters import key_of
from bot.limits import Buckets
from bot.pages.answering import Answering
from bot.pages.assets import FOLDER as PAGES_STATIC
from bot.pages.assets import Assets
from bot.pages.cookies import Cookies
from bot.pages.policy import headers
from bot.paper.paper import Paper
from bot.paper.typesetter import Typesetter
from bot.settings import Settings
from bot.site import address_of
from handlers.asked_here import AskedHere
from handlers.bulletin_desk import BulletinDesk
from handlers.call_list import CallList
from handlers.casework import Casework
from handlers.credit_notices import CreditNotices
from handlers.editions import Editions
from handlers.enquiries import EnquiryWork
from handlers.enquiry_notices import EnquiryNotices
from handlers.hotline.inbox import Inbox
from handlers.human_notices import HumanNotices
from handlers.ledger import Ledger
from handlers.notices import Notices
from handlers.overseeing import Overseeing
from handlers.paper.signatures import SiteSignatures
from handlers.people.desk import People
from handlers.ports import Clock, Letters
from handlers.rated import RatingsBook
from handlers.rearranging import Rearranging
from handlers.sheet_signing import SheetSigning
from handlers.turn import Turns
from handlers.wording.wording import Wording
from routing.enquiry_log import fold_enquiry
from storage.bulletins import Bulletins
from storage.calendars import Calendars
from storage.caller_checks import CallerChecks
from storage.calls import Calls
from storage.cancelling import cancelled
from storage.case_papers import CasePapers
from storage.credit import CreditNotes
from storage.deadlines import Deadlines
from storage.engine import Database
from storage.enquiries import Enquiries
from storage.files import FileStore
from storage.funnels import Funnels
from storage.human_talks import HumanTalks
from storage.intakes import Intakes
from storage.logins import Logins
from storage.looks import Looks
from storage.oversight import Oversight
from storage.port import Port
from storage.pulse import Pulse
from storage.sending_again import SendingAgain
from storage.sessions import Sessions
from storage.sheet_codes import SheetCodes
from storage.signatures import SheetSignatures
from storage.staff_changes import StaffChanges
from storage.staffing import Staffing
from storage.vault import Vault
from storage.wrong_tries import WrongTries

_BURST: Final = 240
_RATE: Final = 20
"""A clerk's pages: he works fast, and what changes is fetched again."""
_NEW_BURST: Final = 60
_NEW_RATE: Final = 5
"""All who are not signed in together: each page of theirs costs a key in Redis."""
_TRIES: Final = 10
_DEVICE_MS: Final = DEVICE_SECONDS * 1000


@dataclass(frozen=True, slots=True)
class Parts:
    """What the areas are made of."""

    settings: Settings
    database: Database
    port: Port
    core: Casework
    staffing: Staffing
    counties: Editions
    wordings: Mapping[str, Wording]
    clock: Clock
    vault: Vault
    scanned: Scanned
    signing: SheetSigning
    look: Callable[[], Awaitable[None]]
    """Takes up a calendar that was just stored."""
    turns: Turns
    letters: Letters


@dataclass(frozen=True, slots=True)
class Console:
    """The pages, who tells them that something has changed, and who sets their sheets."""

    site: Site
    live: Live
    typesetter: Typesetter

    def add_to(self, app: web.Application) -> None:
        """Serves the pages, and looks for changes as long as the app runs; open streams end before it does."""
        self.site.add_to(app)

        async def looking(_: web.Application) -> AsyncIterator[None]:
            looks = asyncio.create_task(self.live.run())
            yield
            await cancelled([looks])

        async def stop(_: web.Application) -> None:
            self.live.stop()

        async def close(_: web.Application) -> None:
            self.typesetter.close()

        app.cleanup_ctx.append(looking)
        app.on_shutdown.append(stop)
        app.on_cleanup.append(close)  # what is asked for until then is still set


def console_of(parts: Parts, passwords: Passwords | None = None, lately: Lately | None = None) -> Console:
    """The console over the running program."""
    lately = lately or Lately()
    cookies = Cookies(secure=address_of(parts.settings).startswith("https://"), name="lianban_console")
    assets = Assets(PAGES_STATIC, STATIC, prefix=PREFIX)
    pages, live = Pages(assets, practice=parts.settings.practice), Live((Pulse(parts.database).marks,), Busy().share)
    answering = Answering("console", headers(secure=cookies.secure))
    looks = Looks(parts.database)
    logins, passwords = Logins(parts.database), passwords or Passwords()
    signing_in = SigningIn(
        logins,
        parts.staffing,
        Sessions(parts.port, kind="console"),
        Sessions(parts.port, kind="device", idle_ms=_DEVICE_MS, whole_ms=_DEVICE_MS),
        WrongTries(parts.port, "console", most=_TRIES),
        passwords,
        pages,
        cookies,
        parts.counties,
    )
    cases, typesetter = CasePage(parts.core, CallerChecks(parts.database), looks, pages), Typesetter()
    places = CasePapers(parts.database, parts.vault)
    files = FileStore(parts.settings.data / "files", parts.vault)
    signatures = SiteSignatures(SheetCodes(parts.database, parts.vault), SheetSignatures(places, files))
    paper = Paper(parts.core, typesetter, address_of(parts.settings), signatures)
    enquiries = EnquiryWork(Enquiries(parts.database, parts.vault, fold_enquiry), parts.staffing, parts.counties)
    people = People(parts.core, parts.staffing, logins, parts.counties, enquiries, drawn, passwords.kept)
    window, calls = WindowList(parts.core, pages), _calls(parts, enquiries)
    case_at_window = WindowCase(parts.core, parts.staffing, pages)
    overseeing = Overseeing(parts.core, Oversight(parts.database), parts.counties, parts.wordings, parts.clock)
    inbox = Inbox(parts.turns, HumanTalks(parts.database), parts.letters, key_of, parts.clock, files)
    waits = Waits(
        parts.core,
        Intakes(parts.database, parts.vault),
        enquiries,
        AskedHere(parts.core, enquiries),
        window,
        calls,
        overseeing,
        inbox,
        lately,
    )
    routes = (
        _static(assets),
        *signing_in.routes(),
        *Home(pages, waits).routes(),
        *Streams(live, answering).routes(),
        *cases.routes(),
        *Sheets(cases, paper, typesetter, looks).routes(),
        *_supervision(parts, overseeing, pages),
        *hotline_routes(
            parts.database,
            parts.port,
            parts.vault,
            parts.core,
            parts.staffing,
            parts.counties,
            parts.clock,
            pages,
            parts.scanned,
        ),
        *InboxPage(inbox, parts.staffing, looks, pages).routes(),
        *steward_routes(parts.core, parts.wordings, looks, pages, places, files, enquiries),
        *LooksPage(looks, parts.core, pages).routes(),
        *window.routes(),
        *case_at_window.routes(),
        *AddForm(parts.core, pages, case_at_window).routes(),
        *RestForm(parts.core, pages, "/window", AT_WINDOW, case_at_window.opened).routes(),
        *SheetCodesPage(parts.core, parts.signing, address_of(parts.settings), pages).routes(),
        *Worklist(calls, parts.staffing, looks, pages).routes(),
        *StaffPage(parts.staffing, logins, people, pages).routes(),
        *PersonPage(people, parts.staffing, logins, StaffChanges(parts.database), parts.scanned, pages).routes(),
        *_calendar(parts, pages),
        *DeliveryPage(SendingAgain(parts.database), parts.staffing, pages).routes(),
        *TextsPage(parts.wordings, pages).routes(),
        *ChecksPage(Checking(parts.settings, parts.database, parts.counties), pages).routes(),
    )
    catalogues = {name: one.catalogue for name, one in parts.wordings.items()}
    site = Site(
        routes,
        signing_in,
        pages,
        catalogues,
        answering=answering,
        clock=parts.clock,
        known=Buckets(burst=_BURST, rate=_RATE, silence=0),
        new=Buckets(burst=_NEW_BURST, rate=_NEW_RATE, silence=0),
        done=lately.forget,
    )
    return Console(site, live, typesetter)


def _supervision(parts: Parts, overseeing: Overseeing, pages: Pages) -> tuple[Route, ...]:
    """The pages of whoever supervises the county, or heads a body of it."""
    rows, core = Oversight(parts.database), parts.core
    desk = BulletinDesk(
        core, Bulletins(parts.database), HumanTalks(parts.database), parts.counties, parts.wordings, parts.clock
    )
    ledger = Ledger(core, rows, parts.counties, parts.wordings)
    areas = (
        Supervision(overseeing, desk, Funnels(parts.database), pages),
        RatingsPage(RatingsBook(core, rows, parts.counties), overseeing, parts.staffing, pages),
        BulletinsPage(desk, parts.staffing, pages),
        LedgerPage(ledger, Looks(parts.database), parts.settings.data / "exports", pages),
    )
    return tuple(route for one in areas for route in one.routes())


def _calendar(parts: Parts, pages: Pages) -> tuple[Route, ...]:
    """The page of the calendar."""
    rearranging = Rearranging(Calendars(parts.database), Deadlines(parts.database), parts.core, parts.counties)
    return CalendarPage(rearranging, parts.staffing, parts.look, pages).routes()


def _calls(parts: Parts, desk: EnquiryWork) -> CallList:
    """What is to be said by telephone, in the words of the notices."""
    database, vault, counties, wordings = parts.database, parts.vault, parts.counties, parts.wordings
    enquiries = EnquiryNotices(parts.core, desk, counties, wordings)
    credit = CreditNotices(parts.core, CreditNotes(database, vault).one, counties, wordings)
    humans = HumanNotices(parts.core, counties, parts.turns)
    return CallList(Calls(database), Notices(parts.core, counties, wordings, enquiries, credit, humans))


def _static(assets: Assets) -> Route:
    """Anybody may have styles and scripts."""

    async def served(visit: Visit) -> web.Response:
        return assets.served(visit.path["name"])

    return Route("GET", "/static/{name}", Open.ANYBODY, served)

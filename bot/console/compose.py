"""The console as it runs here: its areas made, and handed what they need."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.console.admin.delivery_page import DeliveryPage
from bot.console.admin.staff_page import StaffPage
from bot.console.case_page import CasePage
from bot.console.home import Home
from bot.console.live import Live
from bot.console.looks_page import LooksPage
from bot.console.pages import STATIC, Pages
from bot.console.passwords import Passwords
from bot.console.route import PREFIX, Open, Route
from bot.console.signing_in import DEVICE_SECONDS, SigningIn
from bot.console.site import Site
from bot.console.streams import Streams
from bot.console.visit import Visit
from bot.limits import Buckets
from bot.pages.answering import Answering
from bot.pages.assets import FOLDER as PAGES_STATIC
from bot.pages.assets import Assets
from bot.pages.cookies import Cookies
from bot.pages.policy import headers
from bot.settings import Settings
from bot.site import address_of
from handlers.casework import Casework
from handlers.ports import Clock
from handlers.wording.wording import Wording
from model.county import County
from storage.cancelling import cancelled
from storage.engine import Database
from storage.logins import Logins
from storage.looks import Looks
from storage.port import Port
from storage.pulse import Pulse
from storage.sending_again import SendingAgain
from storage.sessions import Sessions
from storage.staffing import Staffing
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
    counties: Mapping[str, County]
    wordings: Mapping[str, Wording]
    clock: Clock


@dataclass(frozen=True, slots=True)
class Console:
    """The pages, and who tells them that something has changed."""

    site: Site
    live: Live

    def add_to(self, app: web.Application) -> None:
        """Serves the pages, and looks for changes as long as the app runs; open streams end before it does."""
        self.site.add_to(app)

        async def looking(_: web.Application) -> AsyncIterator[None]:
            looks = asyncio.create_task(self.live.run())
            yield
            await cancelled([looks])

        async def stop(_: web.Application) -> None:
            self.live.stop()

        app.cleanup_ctx.append(looking)
        app.on_shutdown.append(stop)


def console_of(parts: Parts, passwords: Passwords | None = None) -> Console:
    """The console over the running program."""
    cookies = Cookies(secure=address_of(parts.settings).startswith("https://"), name="lianban_console")
    assets = Assets(PAGES_STATIC, STATIC, prefix=PREFIX)
    pages, live = Pages(assets, practice=parts.settings.practice), Live((Pulse(parts.database).marks,))
    answering = Answering("console", headers(secure=cookies.secure))
    looks = Looks(parts.database)
    signing_in = SigningIn(
        Logins(parts.database),
        parts.staffing,
        Sessions(parts.port, kind="console"),
        Sessions(parts.port, kind="device", idle_ms=_DEVICE_MS, whole_ms=_DEVICE_MS),
        WrongTries(parts.port, "console", most=_TRIES),
        passwords or Passwords(),
        pages,
        cookies,
        parts.counties,
    )
    cases = CasePage(parts.core, looks, pages)
    routes = (
        _static(assets),
        *signing_in.routes(),
        *Home(pages).routes(),
        *Streams(live, answering).routes(),
        *cases.routes(),
        *LooksPage(looks, parts.core, pages).routes(),
        *StaffPage(parts.staffing, pages).routes(),
        *DeliveryPage(SendingAgain(parts.database), pages).routes(),
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
    )
    return Console(site, live)


def _static(assets: Assets) -> Route:
    """Anybody may have styles and scripts."""

    async def served(visit: Visit) -> web.Response:
        return assets.served(visit.path["name"])

    return Route("GET", "/static/{name}", Open.ANYBODY, served)

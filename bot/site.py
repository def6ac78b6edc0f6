"""Our pages as they run here: over this installation's accounts, at the address where people reach us."""

from collections.abc import Mapping
from typing import Final

import aiohttp
from aiohttp import web

from bot.channels.wechat.client import WeChat
from bot.channels.wechat.oauth import OAuth
from bot.limits import Buckets
from bot.pages.assets import Assets
from bot.pages.cookies import Cookies
from bot.pages.opt_in import OptIn
from bot.pages.rendering import Rendering
from bot.pages.route import Audience, Route
from bot.pages.signing_in import SigningIn
from bot.pages.site import Site
from bot.pages.visit import Visit
from bot.settings import Settings
from handlers.ports import Clock
from handlers.wording.wording import Wording
from storage.port import Port
from storage.sessions import Sessions
from storage.sign_ins import SignIns

_NEW_BURST: Final = 300
_NEW_RATE: Final = 30
"""Browsers that show nothing of ours, all together: each costs a key in Redis for ten minutes."""


def site_of(
    settings: Settings,
    session: aiohttp.ClientSession,
    clients: Mapping[str, WeChat],
    wordings: Mapping[str, Wording],
    port: Port,
    clock: Clock,
) -> Site:
    """The pages. In the sandbox every browser may be WeChat's."""
    address = address_of(settings)
    cookies, assets = Cookies(secure=address.startswith("https://")), Assets()
    rendering = Rendering(assets)
    accounts = {name: one.account for name, one in clients.items()}
    signing_in = SigningIn(
        address,
        {name: OAuth(one, session) for name, one in accounts.items()},
        Sessions(port),
        SignIns(port),
        cookies,
        rendering,
        within=lambda agent: "MicroMessenger" in agent or bool(settings.sandbox),
    )
    opt_in = OptIn(address, clients, rendering)
    return Site(
        (*signing_in.routes(), *opt_in.routes(), _static(assets)),
        signing_in,
        rendering,
        cookies,
        accounts,
        {name: one.catalogue for name, one in wordings.items()},
        clock=clock,
        known=Buckets(burst=settings.pages_burst, rate=settings.pages_rate, silence=0),
        new=Buckets(burst=_NEW_BURST, rate=_NEW_RATE, silence=0),
    )


def _static(assets: Assets) -> Route:
    """Anybody may have styles and scripts."""

    async def served(visit: Visit) -> web.Response:
        return assets.served(visit.request.match_info["name"])

    return Route("GET", "/static/{name}", Audience.ANYBODY, served, measured=False)


def address_of(settings: Settings) -> str:
    """Where people reach us, without a slash at its end; "" where nobody said."""
    beside = f"http://127.0.0.1:{settings.port}" if settings.sandbox else ""
    return (settings.public_url or beside).rstrip("/")

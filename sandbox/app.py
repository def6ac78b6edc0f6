"""The stand-in platform put together as one web application."""

from collections.abc import AsyncIterator

from aiohttp import web

from . import api, browser, jssdk, oauth, page, sms_door, wecom_api
from .accounts import SandboxConfig
from .acts import Acts
from .clock import Clock
from .delivery import TIMEOUT, Delivery
from .world import World, open_session

_MAX_BODY = 21 << 20


def build_app(
    config: SandboxConfig,
    product: str,
    origin: str = "",
    *,
    timeout: float = TIMEOUT,
    interval: float = TIMEOUT,
    clock: Clock | None = None,
) -> web.Application:
    """The application. `product` is where the product listens, `origin` where this one does; `timeout` and `interval`
    shorten the platform's five seconds for tests.
    """
    app = web.Application(client_max_size=_MAX_BODY)

    async def world(app: web.Application) -> AsyncIterator[None]:
        time = clock or Clock(holidays=config.holidays, make_up_days=config.make_up_days)
        async with open_session() as session:
            made = World(config, product, time, Delivery(session, time.now, timeout, interval))
            made.origin = origin
            app[api.WORLD] = made
            app[page.ACTS] = Acts(made)
            yield
            await made.close()

    async def stop_streams(app: web.Application) -> None:
        app[api.WORLD].stream.close()

    app.cleanup_ctx.append(world)
    app.on_shutdown.append(stop_streams)
    api.routes(app)
    wecom_api.routes(app, api.WORLD)
    page.routes(app)
    browser.routes(app)
    oauth.routes(app)
    jssdk.routes(app)
    sms_door.routes(app)
    return app

"""A table of routes as an application of its own: each answered by its site, and what is not there too."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Protocol, TypeVar

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Entry(Protocol):
    """What a table says of a route."""

    @property
    def method(self) -> str:
        """GET or POST."""
        ...

    @property
    def path(self) -> str:
        """Below the prefix."""
        ...


_One = TypeVar("_One", bound=Entry)


def mounted(
    routes: Iterable[_One],
    serving: Callable[[_One], Handler],
    lost: Callable[[web.Request, web.HTTPException], Awaitable[web.StreamResponse]],
) -> web.Application:
    """`lost` answers a request for what is not in the table, or not by this method."""

    @web.middleware
    async def routed(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as error:
            return await lost(request, error)

    app = web.Application(middlewares=[routed])
    for route in routes:
        if route.method == "GET":
            app.router.add_get(route.path, serving(route), allow_head=False)
        else:
            app.router.add_post(route.path, serving(route))
    return app

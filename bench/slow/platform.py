"""A platform that is well but for one person, or one endpoint; it notes when each push arrives."""

import asyncio
import logging
import time
from typing import Any, Final

from aiohttp import web

from bench.outage.platform import config, settle
from sandbox import api
from sandbox.app import build_app

SLOW_PERSON: Final = "person"
"""Everything that is sent to him takes long."""


def serve(people: int, port: int, product: str, slow: str, seconds: float) -> None:
    """Serves until the process is ended. `slow` is an endpoint's path, or SLOW_PERSON: the first of them."""
    logging.disable()
    app, arrived = build_app(config(people), product, f"http://127.0.0.1:{port}"), dict[str, float]()

    @web.middleware
    async def held_up(request: web.Request, handler: Any) -> web.StreamResponse:
        if request.method == "POST" and "/message/" in request.path:
            body = await request.json()
            text = str(body.get("text") or body.get("data"))
            if request.path.endswith(slow) or (slow == SLOW_PERSON and body["touser"] in _SLOW):
                await asyncio.sleep(seconds)
            arrived[text.partition("#")[2].rstrip("'}")] = time.time()
        answer: web.StreamResponse = await handler(request)
        return answer

    async def told(_: web.Request) -> web.Response:
        return web.json_response(arrived)

    async def settled(app: web.Application) -> Any:
        settle(app[api.WORLD])
        yield

    app.middlewares.insert(0, held_up)
    app.cleanup_ctx.append(settled)
    app.router.add_get("/bench/arrived", told)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None, shutdown_timeout=1.0)


_SLOW: Final = frozenset(f"o_bench_{number}" for number in (7, 3))
"""One who gets 客服消息, one who gets cards."""

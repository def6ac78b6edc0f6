"""An endpoint in a test server, with an answer that remembers."""

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.wechat.account import Mode
from bot.channels.wechat.endpoint import Endpoint, Limits
from tests.wechat.hall import Hall, Site, account, reception


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def running() -> AsyncIterator[Site]:
    """One server for all tests: starting one per test is what makes a folder slow."""
    hall = Hall()
    endpoint = Endpoint(
        [account(mode) for mode in Mode], reception(hall), hall.hear, clock=hall.clock, limits=Limits(answer=0.3)
    )
    app = web.Application()
    endpoint.add_to(app)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        yield Site(hall, str(server.make_url("")).rstrip("/"), session)


@pytest_asyncio.fixture(loop_scope="session")
async def site(running: Site) -> Site:
    """The server with a memory as on its first day."""
    fresh = Hall()
    running.hall.__dict__.update(fresh.__dict__)
    return running

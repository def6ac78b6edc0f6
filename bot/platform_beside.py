"""The platform, asked from the command line beside a running program."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from bot.accounts import load_accounts
from bot.app import redis_at
from bot.channels.wechat.client import WeChat
from bot.clock import WallClock
from bot.settings import Settings
from config.loader import load_counties
from model.county import County
from storage.conversations import open_port
from storage.tokens import TokenCache


@dataclass(frozen=True, slots=True)
class Beside:
    """The accounts' clients by account, and the counties."""

    clients: Mapping[str, WeChat]
    counties: Mapping[str, County]


@asynccontextmanager
async def platform_beside(settings: Settings) -> AsyncGenerator[Beside, None]:
    """What can be asked of the platform. Raises AccountsMissing."""
    counties = load_counties(settings.counties)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        accounts = await load_accounts(settings, session, counties)
        # A running program holds the data directory's Redis; the platform gives everybody the same token.
        apart = Path(stack.enter_context(TemporaryDirectory()))
        port = open_port(await redis_at(settings.model_copy(update={"data": apart}), stack))
        stack.push_async_callback(port.close)
        clients = {one.id: WeChat(one, session, TokenCache(port), clock=WallClock()) for one in accounts}
        yield Beside(clients, counties)

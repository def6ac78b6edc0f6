"""The platform, for a command: beside a running program or alone."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp

from bot.accounts import load_accounts
from bot.channels.wechat.client import WeChat
from bot.clock import WallClock
from bot.embedded import redis_at
from bot.settings import Settings
from config.loader import load_counties
from model.county import County
from storage.conversations import open_port
from storage.tokens import TokenCache


@dataclass(frozen=True, slots=True)
class Platform:
    """The counties, and a client for every account by its id."""

    counties: Mapping[str, County]
    clients: Mapping[str, WeChat]

    def of(self, county: str) -> tuple[WeChat, ...]:
        """The accounts of a county."""
        return tuple(one for one in self.clients.values() if one.account.county == county)


@asynccontextmanager
async def platform_beside(settings: Settings) -> AsyncGenerator[Platform]:
    """Raises AccountsMissing, Mistakes."""
    counties = load_counties(settings.counties)
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        accounts = await load_accounts(settings, session, counties)
        # A running program holds the data directory's Redis; the platform gives everybody the same token.
        apart = Path(stack.enter_context(TemporaryDirectory()))
        port = open_port(await redis_at(settings.model_copy(update={"data": apart}), stack))
        stack.push_async_callback(port.close)
        cache, clock = TokenCache(port), WallClock()
        yield Platform(counties, {one.id: WeChat(one, session, cache, clock=clock) for one in accounts.official})

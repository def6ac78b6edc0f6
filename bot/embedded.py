"""Redis where none is set: an embedded one that lives as long as the program."""

import asyncio
from contextlib import AsyncExitStack

import structlog

from bot.settings import Settings
from storage.valkey import EmbeddedValkey, running_url

log = structlog.get_logger()


async def redis_at(settings: Settings, stack: AsyncExitStack) -> str:
    """The address of the Redis that is set, else of an embedded one that lives as long as the stack."""
    if settings.redis_url:
        return settings.redis_url
    valkey = await stack.enter_async_context(EmbeddedValkey(settings.data / "valkey"))
    keeping = asyncio.create_task(valkey.keep(lambda reason: log.error("valkey.ended", reason=reason)))
    stack.callback(keeping.cancel)
    return valkey.url


async def redis_beside(settings: Settings, stack: AsyncExitStack) -> str:
    """The same for a command: of the running program's embedded server if there is one, else of one started for the while."""
    folder = settings.data / "valkey"
    url = settings.redis_url or running_url(folder)
    return url or (await stack.enter_async_context(EmbeddedValkey(folder))).url

"""A Redis for all pages' tests, and the town anew for each of them."""

from collections.abc import AsyncIterator

import pytest

from storage.port import RedisPort, open_port
from storage.valkey import EmbeddedValkey
from tests.pages.town import Browser, Town, town


@pytest.fixture(scope="session")
async def redis_port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RedisPort]:
    async with EmbeddedValkey(tmp_path_factory.mktemp("pages")) as server:
        port = open_port(server.url)
        yield port
        await port.close()


@pytest.fixture
async def here(redis_port: RedisPort) -> AsyncIterator[Town]:
    async with town(redis_port) as made:
        yield made


@pytest.fixture
async def browser(here: Town) -> Browser:
    """The applicant's."""
    return await here.browser()

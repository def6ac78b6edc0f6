"""A Redis for all pages' tests, and the town anew for each of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import upgrade
from storage.port import RedisPort, open_port
from storage.valkey import EmbeddedValkey
from tests.pages.counter import Counter, counter
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


@pytest.fixture(scope="session")
async def migrated_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pages") / "migrated.db"
    await upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
async def behind(redis_port: RedisPort, migrated_once: Path, tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter(redis_port, migrated_once, tmp_path) as made:
        yield made

"""A Redis and records with staff in them for all tests of the console, and the office anew for each of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.port import RedisPort, open_port
from storage.valkey import EmbeddedValkey
from tests.console.office import Office, office, staffed


@pytest.fixture(scope="session")
async def redis_port(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[RedisPort]:
    async with EmbeddedValkey(tmp_path_factory.mktemp("console")) as server:
        port = open_port(server.url)
        yield port
        await port.close()


@pytest.fixture(scope="session")
async def staffed_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("console") / "staffed.db"
    await staffed(file)
    return file


@pytest.fixture
async def here(redis_port: RedisPort, staffed_once: Path, tmp_path: Path) -> AsyncIterator[Office]:
    async with office(redis_port, staffed_once, tmp_path) as made:
        yield made

"""One embedded server for all talks of these tests."""

from collections.abc import AsyncIterator

import pytest

from storage.valkey import EmbeddedValkey
from tests.editions.houses import Town, new_town


@pytest.fixture(scope="session")
async def valkey(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Where it is."""
    async with EmbeddedValkey(tmp_path_factory.mktemp("valkey")) as server:
        yield server.url


@pytest.fixture
async def town(valkey: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """Empty stores."""
    made = await new_town(valkey, tmp_path_factory.mktemp("town"))
    yield made
    await made.close()

"""The stores of production, for whoever asks: one PostgreSQL for the session, with an empty database for each module."""

import asyncpg
import pytest

from tests.e2e.stores import postgresql, valkey


@pytest.fixture(scope="session")
def postgresql_server():
    with postgresql() as server:
        yield server


@pytest.fixture(scope="module")
async def postgres(postgresql_server, request):
    """Where an empty database is."""
    url = postgresql_server.get_uri()
    name = request.module.__name__.rpartition(".")[2]
    connection = await asyncpg.connect(url)
    await connection.execute(f'create database "{name}"')
    await connection.close()
    return url.replace("/postgres?", f"/{name}?")


@pytest.fixture(scope="module")
async def external(tmp_path_factory):
    """A Redis that is not the product's own."""
    async with valkey(tmp_path_factory.mktemp("external")) as server:
        yield server.url

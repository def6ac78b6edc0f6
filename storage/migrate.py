"""Bring a database to the present schema; the migrations are in `storage/migrations/versions`."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from storage.engine import Database, open_database
from storage.steps import Step

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x6C69616E62616E
"""Held on PostgreSQL while migrating, so that several processes may start at once."""


async def upgrade(database: Database | str) -> None:
    """Migrate a database, or the one at a URL, to the newest schema; nothing happens if it is there already, or beyond."""
    if isinstance(database, str):
        opened = open_database(database, patience=None)
        try:
            await upgrade(opened)
        finally:
            await opened.close()
        return
    async with database.writing(Step.MIGRATE) as connection:
        await connection.run_sync(_upgrade)


async def standing(database: Database) -> str | None:
    """The revision the schema is at, None if it is older than this program wants.

    A newer one is another process's, in a rolling deployment: migrations only add, so it is none of our worry.
    """
    async with database.reading() as connection:
        found = str((await connection.execute(text("select version_num from alembic_version"))).scalar_one())
    return None if found in _known() - {_newest()} else found


def knows(revision: str) -> bool:
    """Whether a schema at this revision can be brought to the present one: false for that of a newer program."""
    return revision in _known()


def _upgrade(connection: Connection, to: str = "head") -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    found = set(MigrationContext.configure(connection).get_current_heads())
    if found == {_newest()} or not found <= _known():
        return  # there already; or a newer program was here, whose migrations only add (ADR 0006)
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, to)


@cache
def _known() -> frozenset[str]:
    return frozenset(one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions())


@cache
def _newest() -> str:
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config

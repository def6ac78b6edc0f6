"""Bring a database to the present schema; the migrations are in `storage/migrations/versions`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from storage.engine import Database, open_database

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x6C69616E62616E
"""Held on PostgreSQL while migrating, so that several processes may start at once."""


async def upgrade(database: Database | str) -> None:
    """Migrate a database, or the one at a URL, to the newest schema; nothing happens if it is there already."""
    if isinstance(database, str):
        opened = open_database(database, patience=None)
        try:
            await upgrade(opened)
        finally:
            await opened.close()
        return
    async with database.writing() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection, to: str = "head") -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)

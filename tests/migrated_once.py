"""Empty databases are brought to the newest schema hundreds of times in a run: the migrations make the first one of a process, and every
further one of SQLite is made as that one was found.
"""

from sqlalchemy import Connection, create_engine

from storage import migrate

really = migrate._upgrade
"""By the migrations, always: for the tests of the migrations themselves."""

_TABLES = "select sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by rowid"
_made: list[str] = []


def _upgrade(connection: Connection, to: str = "head") -> None:
    if connection.dialect.name != "sqlite" or to != "head" or _said(connection, _TABLES):
        really(connection, to)
    elif _made:
        for statement in _made:
            connection.exec_driver_sql(statement)
    else:
        really(connection)
        statements = _said(connection, _TABLES)
        (version,) = _said(connection, "select version_num from alembic_version")
        full = [one for one in _names(connection) if _said(connection, f"select 1 from {one} limit 1")]  # noqa: S608
        assert full == ["alembic_version"], f"the migrations fill {full}: those rows have to be kept here too"
        _made[:] = [*statements, f"insert into alembic_version values ('{version}')"]  # noqa: S608


def _names(connection: Connection) -> list[str]:
    return _said(connection, "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")


def _said(connection: Connection, query: str) -> list[str]:
    return [str(one) for one in connection.exec_driver_sql(query).scalars()]


def made_before() -> None:
    """From now on, and the first one is made now."""
    migrated_once()
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        _upgrade(connection)
    engine.dispose()


def migrated_once() -> None:
    """From now on."""
    migrate._upgrade = _upgrade

"""The logins of the console, with what their passwords were made into; never a password."""

import datetime as dt
from typing import Any, Final, NamedTuple

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.exc import IntegrityError

from model.login import Login, Role
from storage.engine import Database
from storage.schema import logins, staff
from storage.staff_changes import Noting, noted
from storage.steps import Step

# Made once: every page of the console asks whose it is.
_SERVING: Final = select(logins).join(staff, staff.c.id == logins.c.staff_id).where(staff.c.active)
_NAMED: Final = _SERVING.where(logins.c.name == bindparam("value"))
_OF_STAFF: Final = _SERVING.where(logins.c.staff_id == bindparam("value"))


class Kept(NamedTuple):
    """A login with the hash of its password."""

    login: Login
    hash: str


class Logins:
    """One login for a member of staff. Every method is a transaction of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def give(self, login: Login, hashed: str, noting: Noting | None = None) -> bool:
        """Enter a login, or give its owner another name, other roles, a new password. False: the name is somebody else's.

        This, `enrol` and `end` raise what `noted` does.
        """
        row = _row(login) | {"hash": hashed}
        statement = self._database.insert(logins).values(row)
        statement = statement.on_conflict_do_update(index_elements=[logins.c.staff_id], set_=row)
        try:
            async with self._database.writing(Step.LOGIN) as connection, noted(self._database, connection, noting):
                await connection.execute(statement)
        except IntegrityError:
            return False
        return True

    async def change(self, name: str, before: str, hashed: str, now: dt.datetime) -> bool:
        """He has chosen a password himself; False if it was changed meanwhile."""
        mine = (logins.c.name == name, logins.c.hash == before)
        async with self._database.writing(Step.LOGIN) as connection:
            done = await connection.execute(
                update(logins).where(*mine).values(hash=hashed, given=False, changed_at=now)
            )
            return done.rowcount == 1

    async def enrol(self, staff_id: str, roles: frozenset[Role], now: dt.datetime, noting: Noting) -> None:
        """He has these roles from now on, and the password that he had."""
        changed = {"roles": sorted(roles), "changed_at": now}
        async with self._database.writing(Step.LOGIN) as connection, noted(self._database, connection, noting):
            await connection.execute(update(logins).where(logins.c.staff_id == staff_id).values(changed))

    async def end(self, staff_id: str, noting: Noting | None = None) -> bool:
        """Nobody signs in by it any more. False if there was none."""
        async with self._database.writing(Step.LOGIN) as connection, noted(self._database, connection, noting):
            return (await connection.execute(delete(logins).where(logins.c.staff_id == staff_id))).rowcount == 1

    async def named(self, name: str) -> Kept | None:
        """The login of this name, while its owner serves."""
        return await self._one(_NAMED, name)

    async def of(self, staff_id: str) -> Kept | None:
        """The login of this member of staff, while he serves."""
        return await self._one(_OF_STAFF, staff_id)

    async def of_county(self, county: str) -> tuple[Login, ...]:
        """All of a county, by name."""
        query = select(logins).join(staff, staff.c.id == logins.c.staff_id)
        query = query.where(staff.c.county == county, staff.c.active).order_by(logins.c.name)
        async with self._database.reading() as connection:
            return tuple(_login(row) for row in await connection.execute(query))

    async def _one(self, query: Select[Any], value: str) -> Kept | None:
        async with self._database.reading() as connection:
            row = (await connection.execute(query, {"value": value})).one_or_none()
        return None if row is None else Kept(_login(row), row.hash)


def _row(login: Login) -> dict[str, Any]:
    kept = login.model_dump(exclude={"staff", "roles"})
    return kept | {"staff_id": login.staff, "roles": sorted(login.roles)}


def _login(row: Any) -> Login:
    roles = frozenset(Role(one) for one in row.roles if one in set(Role))
    return Login(name=row.name, staff=row.staff_id, roles=roles, given=row.given, changed_at=row.changed_at)

"""Forms that clerks fill in for callers: whose call each is, by what it can be found, what came of it. What was said is not here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from model.intake import Intake, Spoken, State
from storage.engine import Database
from storage.schema import intake_lookups, intakes
from storage.steps import Step
from storage.vault import Vault

_LISTED: Final = 50


class Intakes:
    """Every method is one transaction; repeating one changes nothing."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self._database = database
        self._vault = vault

    async def begin(self, one: Intake) -> None:
        """Enter it; one of this id stays as it is."""
        async with self._database.writing(Step.INTAKE) as connection:
            await connection.execute(self._database.add(intakes), _row(one))

    async def one(self, county: str, name: str) -> Intake | None:
        """The one of this id, of this county."""
        query = select(intakes).where(intakes.c.id == name, intakes.c.county == county)
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else _intake(row)

    async def open_of(self, county: str, clerk: str) -> tuple[Intake, ...]:
        """Those that a clerk has open, the newest first."""
        mine = (intakes.c.county == county, intakes.c.state == "open", intakes.c.clerk == clerk)
        query = select(intakes).where(*mine).order_by(intakes.c.opened_at.desc(), intakes.c.id).limit(_LISTED)
        async with self._database.reading() as connection:
            return tuple(_intake(row) for row in await connection.execute(query))

    async def understood(self, name: str, revision: int, keys: Mapping[str, Iterable[str]], now: dt.datetime) -> None:
        """The draft is at this revision and can be found by these values; whoever comes with an older revision is too late."""
        found = {self._vault.lookup(f"{kind}:{value}"): kind for kind, values in keys.items() for value in values}
        rows = [{"hash": one, "intake_id": name, "kind": kind} for one, kind in found.items()]
        mine = (intakes.c.id == name, intakes.c.state == "open", intakes.c.revision < revision)
        async with self._database.writing(Step.INTAKE) as connection:
            done = await connection.execute(update(intakes).where(*mine).values(revision=revision, changed_at=now))
            if done.rowcount == 0:
                return
            await connection.execute(delete(intake_lookups).where(intake_lookups.c.intake_id == name))
            if rows:
                await connection.execute(insert(intake_lookups), rows)

    async def heard(self, name: str, *, notice: Spoken | None = None, read_back: Spoken | None = None) -> None:
        """He said yes to what was read to him; the notice he hears once in a version, what was understood as often as it changes."""
        said: dict[str, Any] = {}
        if notice is not None:
            said["notice"] = notice.model_dump(mode="json")
        if read_back is not None:
            said["read_back"] = read_back.model_dump(mode="json")
        async with self._database.writing(Step.INTAKE) as connection:
            await connection.execute(
                update(intakes).where(intakes.c.id == name, intakes.c.state == "open").values(said)
            )

    async def ended(self, name: str, state: State, now: dt.datetime, case: str | None = None) -> None:
        """It is open no more, and nobody finds it by what was said."""
        change = {"state": state, "changed_at": now, "case_id": case}
        async with self._database.writing(Step.INTAKE) as connection:
            await connection.execute(
                update(intakes).where(intakes.c.id == name, intakes.c.state == "open").values(change)
            )
            await connection.execute(delete(intake_lookups).where(intake_lookups.c.intake_id == name))

    async def alike(self, county: str, keys: Mapping[str, Iterable[str]], but: str) -> dict[str, tuple[str, ...]]:
        """Other open ones of a county that have one of these values, with the kinds in which they are alike."""
        wanted = [
            one for kind, values in keys.items() for value in values for one in self._vault.lookups(f"{kind}:{value}")
        ]
        query = select(intake_lookups.c.intake_id, intake_lookups.c.kind).join(
            intakes, intakes.c.id == intake_lookups.c.intake_id
        )
        query = query.where(intake_lookups.c.hash.in_(wanted), intakes.c.county == county, intakes.c.id != but)
        found: dict[str, tuple[str, ...]] = {}
        async with self._database.reading() as connection:
            for row in await connection.execute(query.where(intakes.c.state == "open").order_by(intakes.c.opened_at)):
                found[row.intake_id] = tuple(dict.fromkeys((*found.get(row.intake_id, ()), row.kind)))
        return found

    async def forget(self, county: str, before: dt.datetime) -> int:
        """Those that nobody has touched since then are over; how many were."""
        old = select(intakes.c.id).where(
            intakes.c.county == county, intakes.c.state == "open", intakes.c.changed_at < before
        )
        async with self._database.writing(Step.INTAKE) as connection:
            names = list((await connection.execute(old)).scalars())
            if names:
                await _over(connection, names)
        return len(names)


async def _over(connection: AsyncConnection, names: list[str]) -> None:
    await connection.execute(update(intakes).where(intakes.c.id.in_(names)).values(state="expired"))
    await connection.execute(delete(intake_lookups).where(intake_lookups.c.intake_id.in_(names)))


def _row(one: Intake) -> dict[str, Any]:
    return one.model_dump(exclude={"case"}) | {"case_id": one.case}


def _intake(row: Any) -> Intake:
    kept = {name: getattr(row, name) for name in Intake.model_fields if name != "case"}
    return Intake.model_validate(kept | {"case": row.case_id})

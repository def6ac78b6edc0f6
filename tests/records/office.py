"""An office around the records: the real core decides, everybody of a county is on duty."""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from handlers.casework import Casework
from model.case import Case
from model.command import Command, Do
from model.county import County
from model.decision import Done, Refused
from model.message import Actor
from model.staff import Staff
from model.submission import Submission
from model.values import Address, Words
from storage.engine import Database
from storage.records import Records
from storage.schema import metadata, outbox
from storage.staffing import Staffing
from tests.routing.county import NOW, everybody, submission, xinxiang

APPLICANT = Actor(person="applicant")


class Office:
    """Casework over given records, with one county open."""

    def __init__(self, database: Database, records: Records, staffing: Staffing, county: County | None = None) -> None:
        self.county = county or xinxiang()
        self.database = database
        self.staffing = staffing
        self.casework = Casework(records, staffing, {self.county.id: self.county})
        self.commands = 0

    async def open(self, people: Sequence[Staff] | None = None) -> "Office":
        """Enter and bind everybody."""
        for one in everybody(self.county) if people is None else people:
            await self.hire(one)
        return self

    async def hire(self, one: Staff) -> Staff | Refused:
        """Enter a member of staff; bind him if he has a person."""
        await self.staffing.put(one)
        if one.person is None or one.account is None:
            return one
        await self.staffing.issue_code(one.id, f"code {one.id}", NOW + dt.timedelta(days=1))
        return await self.staffing.redeem(f"code {one.id}", one.account, one.person, NOW)

    async def accept(self, made: Submission, now: dt.datetime = NOW) -> Case:
        """A case that must come about."""
        case = await self.casework.accept(made, now)
        assert isinstance(case, Case), case
        return case

    async def do(self, case: Case, actor: Actor, do: Do, *, key: str = "", now: dt.datetime = NOW) -> Done | Refused:
        """A command, with an id of its own unless one is given."""
        self.commands += 1
        command = Command(id=key or f"command-{self.commands}", case=case.id, actor=actor, do=do)
        return await self.casework.execute(command, now)

    async def done(self, case: Case, actor: Actor, do: Do, *, now: dt.datetime = NOW) -> Case:
        """A command that must succeed; the case after it."""
        result = await self.do(case, actor, do, now=now)
        assert isinstance(result, Done), result
        return result.case


def steward_of(case: Case, place: int = 1) -> Actor:
    """The steward of an order as an actor."""
    staff = case.orders[place - 1].steward
    return Actor(person=f"person-{staff}", role="steward", staff=staff)


async def told(database: Database, template: str) -> int:
    """How many notices of this kind were written."""
    async with database.reading() as connection:
        query = select(func.count()).select_from(outbox).where(outbox.c.template == template)
        return int((await connection.execute(query)).scalar_one())


async def counts(database: Database) -> Mapping[str, int]:
    """How many rows every table has."""
    async with database.reading() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in metadata.sorted_tables
        }


def filled(county: County, *services: str) -> Submission:
    """An application of 王示例 for these services, on the form that the county has."""
    made = submission(county, *services)
    answers = {name: one for name, one in made.answers.items() if name in county.form.fields}
    for field, value in (
        (county.places.address, Address(text="示范路6号")),
        (county.places.applicant_name, Words(text="王示例")),
    ):
        answers[field] = made.answers["address"].model_copy(update={"value": value})
    return made.model_copy(update={"form_version": county.form.version, "answers": answers})

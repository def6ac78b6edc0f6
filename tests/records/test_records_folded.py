"""What a process remembers of a case is the case: as the log makes it, and never older than its row."""

import secrets

import pytest

from model.case import Case
from model.command import Command
from model.commands.intake import Take
from model.decision import Decision, Done, Refused
from model.staff import Staff
from routing.evolve import fold
from storage.engine import Database
from storage.folded import Folded
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Vault
from tests.records.office import Office, steward_of
from tests.routing.county import NOW, submission


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing).open()


async def seen(records: Records, case: Case) -> Case:
    """What a command is decided on."""
    found: list[Case] = []

    def decide(now: Case, _staff: object) -> Decision | Refused:
        found.append(now)
        return Refused(code="asked.only")

    await records.execute(
        Command(id=secrets.token_hex(8), case=case.id, actor=steward_of(case), do=Take(order=case.orders[0].id)),
        now=NOW,
        decide=decide,
    )
    return found[0]


async def test_it_is_to_the_letter_what_is_read(
    database: Database, vault: Vault, records: Records, office: Office
) -> None:
    case = await office.accept(submission(office.county, "用水", "用电"))
    order = case.orders[0]
    done = await office.do(case, steward_of(case), Take(order=order.id))
    assert isinstance(done, Done)
    read = await seen(Records(database, vault, fold), case)
    assert (await seen(records, case)).model_dump_json() == read.model_dump_json()
    assert read.version == done.case.version


async def test_what_another_process_did_is_seen(
    database: Database, vault: Vault, records: Records, staffing: Staffing, office: Office
) -> None:
    case = await office.accept(submission(office.county, "用水", "用电"))
    first, second = case.orders
    await office.do(case, steward_of(case), Take(order=first.id))
    other = Office(database, Records(database, vault, fold), staffing)
    done = await other.do(case, steward_of(case, 2), Take(order=second.id), key="elsewhere")
    assert isinstance(done, Done)
    assert await seen(records, case) == done.case


async def test_what_was_not_committed_is_not_remembered(records: Records, office: Office) -> None:
    case = await office.accept(submission(office.county, "用水"))
    order = case.orders[0]
    await office.do(case, steward_of(case), Take(order=order.id))
    before = await seen(records, case)

    def breaks(_case: Case, _staff: tuple[Staff, ...]) -> Decision | Refused:
        raise OSError("the power went")

    command = Command(id="broken", case=case.id, actor=steward_of(case), do=Take(order=order.id))
    with pytest.raises(OSError, match="power"):
        await records.execute(command, now=NOW, decide=breaks)  # type: ignore[arg-type]
    assert await seen(records, case) == before


def test_those_wanted_last_are_kept() -> None:
    def case(name: str, version: int = 1) -> Case:
        return Case.model_construct(id=name, version=version)

    folded = Folded(2)
    folded.keep(case("a"))
    folded.keep(case("b"))
    assert folded.at("a", 1) is not None
    folded.keep(case("c"))
    assert folded.at("b", 1) is None
    assert folded.at("a", 2) is None  # somebody changed it since
    folded.forget("a")
    assert folded.at("a", 1) is None

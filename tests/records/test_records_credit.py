"""Credit notes over both engines: sealed, changed in turn, deleted without a trace, told to the person concerned (X60)."""

import datetime as dt

import pytest
from sqlalchemy import select

from handlers.credit_notices import CreditNotices
from handlers.letter import Letter, Undeliverable
from handlers.wording.wording import Wording
from model.case import Case
from model.credit import CreditNote
from model.delivery import Recipient, Row
from model.erasure import Erasure
from routing.credit import confirmed, noted, objected
from storage.credit import CreditNotes
from storage.engine import Database
from storage.erasures import Erasures
from storage.records import Conflict, Records
from storage.rotation import Rotation
from storage.schema import credit_notes, outbox
from storage.staffing import Staffing
from storage.vault import Keyring, Secrets, Vault
from tests.records.office import Office
from tests.routing.county import NOW, submission
from tests.routing.test_credit import AUTHOR, HERE, LEAD, OTHER
from tests.shipped import shipped

FACTS = "营业执照的章是假的"
LATER = NOW + dt.timedelta(hours=2)


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, HERE).open()


@pytest.fixture
def notes(database: Database, vault: Vault) -> CreditNotes:
    return CreditNotes(database, vault)


@pytest.fixture
async def case(office: Office) -> Case:
    return await office.accept(submission(HERE, "用水"))


async def kept(notes: CreditNotes, case: Case) -> CreditNote:
    note = noted("n1", case, "forged", FACTS, AUTHOR, HERE, NOW)
    await notes.add(note)
    return note


def told(case: Case, what: str) -> tuple[Recipient, str]:
    return Recipient(kind="applicant", id=case.person), f"applicant.{what}"


async def test_it_comes_back_as_it_was_and_stands_sealed(database: Database, notes: CreditNotes, case: Case) -> None:
    note = await kept(notes, case)
    assert await notes.one("n1") == note
    assert await notes.of_county("xinxiang") == (note,)
    assert await notes.of_county("jingxian") == ()
    async with database.reading() as connection:
        row = (await connection.execute(select(credit_notes))).one()
    assert not [value for value in row if FACTS in str(value) or (isinstance(value, bytes) and FACTS.encode() in value)]


async def test_nobody_is_told_before_it_is_confirmed_then_the_person_concerned(
    database: Database, notes: CreditNotes, case: Case
) -> None:
    note = await kept(notes, case)

    async def rows() -> list[tuple[str, str, dt.datetime]]:
        wanted = (outbox.c.recipient, outbox.c.template, outbox.c.due_at)
        query = select(*wanted).where(outbox.c.template.like("applicant.credit%")).order_by(outbox.c.id)
        async with database.reading() as connection:
            return [tuple(row) for row in await connection.execute(query)]

    assert await rows() == []
    await notes.change(confirmed(note, LEAD, (AUTHOR,), HERE, NOW), told(case, "credit_noted"), NOW, LATER)
    assert await rows() == [(case.person, "applicant.credit_noted", LATER)]


async def test_whoever_decides_on_what_has_moved_on_is_told(notes: CreditNotes, case: Case) -> None:
    note = await kept(notes, case)
    fresh = confirmed(note, LEAD, (AUTHOR,), HERE, NOW)
    await notes.change(fresh, None, NOW, NOW)
    with pytest.raises(Conflict):
        await notes.change(fresh, None, NOW, NOW)
    with pytest.raises(Conflict):
        await notes.remove(note, None, NOW, NOW)
    assert await notes.one("n1") == fresh


async def test_an_objection_that_is_right_deletes_it_and_the_person_hears_so(
    office: Office, notes: CreditNotes, case: Case
) -> None:
    county = shipped()["xinxiang"]
    said = CreditNotices(office.casework, notes.one, {"xinxiang": county}, {"xinxiang": Wording(county)})

    async def letter(what: str) -> Letter | Undeliverable:
        row = Row(
            id=1, key="k", kind="notice", recipient=told(case, what)[0], template=f"applicant.{what}", case=case.id,
            refs={"credit": "n1"}, attempt=1,
        )  # fmt: skip
        return await said.compose(row)

    note = confirmed(await kept(notes, case), LEAD, (AUTHOR,), HERE, NOW)
    await notes.change(note, told(case, "credit_noted"), NOW, NOW)
    first = await letter("credit_noted")
    assert isinstance(first, Letter)
    assert county.help.complaints in first.reply.text
    assert FACTS not in first.reply.text  # who denounced what stays with the staff
    note = objected(note, "章是真的", OTHER, HERE, NOW)
    await notes.change(note, None, NOW, NOW)
    await notes.remove(note, told(case, "credit_removed"), NOW, NOW)
    assert await notes.one("n1") is None
    assert await notes.of_county("xinxiang") == ()
    gone = await letter("credit_removed")
    assert isinstance(gone, Letter)
    assert "已删除" in gone.reply.text
    assert isinstance(await letter("credit_noted"), Undeliverable)


async def test_its_key_is_rewrapped_and_it_can_still_be_read(
    database: Database, records: Records, vault: Vault, notes: CreditNotes, case: Case
) -> None:
    note = await kept(notes, case)
    vault.take(Secrets(Keyring("k2", {"k1": b"1" * 32, "k2": b"3" * 32}), b"2" * 32))
    rotation = Rotation(database, None, vault, records)  # type: ignore[arg-type]
    assert [await rotation.credit(), await rotation.credit()] == [1, 0]
    async with database.reading() as connection:
        assert (await connection.execute(select(credit_notes.c.wrapped))).scalar_one().startswith("k2:")
    assert await notes.one("n1") == note


async def test_it_goes_with_its_case(database: Database, vault: Vault, notes: CreditNotes, case: Case) -> None:
    await kept(notes, case)
    erasures = Erasures(database, vault)
    what = Erasure(kind="case", record=case.id, county="xinxiang", rule="cases", case=case.id)
    marked = await erasures.marked(await erasures.mark(what, NOW))
    assert marked is not None
    assert await erasures.left(marked) > 0
    counts = await erasures.clear(marked, NOW)
    assert counts["credit_notes"] == 1
    assert await notes.one("n1") is None

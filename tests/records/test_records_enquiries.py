"""Enquiries over both databases: once for each message, sealed, found again by owner and phone (J45, J47)."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import select

from handlers.enquiries import EnquiryWork
from handlers.leaving import leave
from model.decision import Refused
from model.enquiry import (
    AcceptHandover,
    AnswerEnquiry,
    AskEnquiry,
    EnquiryCommand,
    EnquiryDone,
    HandOver,
    Holder,
    ReportEnquiry,
)
from model.message import Actor
from routing.enquiry_log import fold_enquiry
from storage.enquiries import Enquiries, Search
from storage.enquiry_retention import EnquiryRetention
from storage.rotation import Rotation
from storage.schema import enquiries, enquiry_events, outbox
from storage.vault import Keyring, Secrets
from tests.records.office import Office, counts
from tests.routing.county import NOW, steward, xinxiang

COUNTY = xinxiang()
CLERK, GAS = "water_body-a", "gas_body-a"
WORDS = "门口的电线杆谁来挪"
ASKER = Actor(person="p")


@pytest.fixture
def kept(database, vault):
    return Enquiries(database, vault, fold_enquiry)


@pytest.fixture
async def work(database, records, staffing, kept):
    office = await Office(database, records, staffing).open()
    await office.hire(steward("water_body", name="lead", duty="lead"))
    return EnquiryWork(kept, staffing, {COUNTY.id: COUNTY})


def question(**more):
    asked = {
        "county": COUNTY.id,
        "words": WORDS,
        "account": "a",
        "person": "p",
        "phone": "13900000001",
        "about": "water",
    }
    return AskEnquiry(**asked | more)


async def asked(work, key="m1", **more):
    done = await work.ask(key, question(**more), ASKER, NOW)
    assert isinstance(done, EnquiryDone)
    return done.enquiry


async def did(work, one, who, do, key):
    actor = Actor(person=f"person-{who}", role="steward", staff=who)
    return await work.execute(EnquiryCommand(id=key, enquiry=one.id, actor=actor, do=do), NOW)


def to(staff_id):
    return HandOver(to=Holder(kind="staff", id=staff_id))


async def test_a_message_asks_once(work, database):
    first = await asked(work)
    before = await counts(database)
    assert await asked(work, words="etwas anderes") == first
    assert await counts(database) == before
    assert (await asked(work, key="m2")).id != first.id


async def test_the_same_message_at_once_asks_once(work, database):
    found = await asyncio.gather(*(asked(work) for _ in range(4)))
    assert len({one.id for one in found}) == 1
    assert (await counts(database))["enquiries"] == 1


async def test_a_command_is_carried_out_once_and_its_refusal_is_kept(work):
    one = await asked(work)
    offered = await did(work, one, CLERK, to(GAS), "c1")
    assert await did(work, one, CLERK, AnswerEnquiry(words="anders"), "c1") == offered
    refused = await did(work, one, "heat_body-a", AcceptHandover(), "c2")
    assert refused == Refused(code="enquiry.not_offered")
    accepted = await did(work, one, GAS, AcceptHandover(), "c3")
    assert accepted.enquiry.owner.id == GAS
    assert await did(work, one, "heat_body-a", to(CLERK), "c2") == refused
    assert await work.enquiry(one.id) == accepted.enquiry


async def test_two_answers_at_once_are_one(work):
    one = await asked(work)
    both = await asyncio.gather(*(did(work, one, CLERK, AnswerEnquiry(words=f"A{n}"), f"c{n}") for n in range(2)))
    assert sorted(isinstance(each, EnquiryDone) for each in both) == [False, True]
    closed = next(each for each in both if isinstance(each, Refused))
    assert closed.code == "enquiry.closed"


async def test_what_waits_for_whom(work):
    one = await asked(work)
    await did(work, one, CLERK, to(GAS), "c1")
    await did(work, one, CLERK, ReportEnquiry(), "c2")
    for who in (CLERK, GAS, "water_body-lead"):
        assert [each.id for each in await work.waiting_for(who)] == [one.id]
    assert not await work.waiting_for("heat_body-a")
    await did(work, one, CLERK, AnswerEnquiry(words="好"), "c3")
    assert not await work.waiting_for(CLERK)


async def test_the_one_with_fewer_is_asked_next(work, database, records, staffing):
    await Office(database, records, staffing).hire(steward("water_body", name="b"))
    owners = [(await asked(work, key=f"m{n}")).owner.id for n in range(4)]
    assert owners == [CLERK, "water_body-b"] * 2


async def test_it_is_found_again(work, kept):
    one, other = await asked(work), await asked(work, key="m2", about="gas", phone="13900000002")
    await did(work, other, GAS, AnswerEnquiry(words="好"), "c1")
    found = {
        "all": await kept.find(Search(COUNTY.id)),
        "open": await kept.find(Search(COUNTY.id, open_only=True)),
        "owner": await kept.find(Search(COUNTY.id, owner=GAS)),
        "phone": await kept.find(Search(COUNTY.id, phone="13900000001")),
        "elsewhere": await kept.find(Search("jingxian")),
    }
    assert {name: {each.id for each in those} for name, those in found.items()} == {
        "all": {one.id, other.id},
        "open": {one.id},
        "owner": {other.id},
        "phone": {one.id},
        "elsewhere": set(),
    }
    chain = [each.event.event for each in await kept.events(other.id)]
    assert chain == ["enquiry_asked", "enquiry_answered", "enquiry_closed"]


async def test_no_row_holds_what_was_said(work, database):
    one = await asked(work)
    await did(work, one, CLERK, AnswerEnquiry(words="归供电公司"), "c1")
    async with database.reading() as connection:
        rows = [*await connection.execute(select(enquiries)), *await connection.execute(select(outbox))]
        sealed = [row.sealed for row in await connection.execute(select(enquiry_events))]
    plain = repr(rows)
    assert not [word for word in (WORDS, "归供电公司", "13900000001") if word in plain]
    assert not [each for each in sealed if WORDS.encode() in each]


async def test_whoever_is_told_is_told_in_the_outbox(work, outbox, database):
    one = await asked(work)
    row = (await outbox.claim(NOW, 10))[0]
    assert (row.template, row.recipient.id, row.case) == ("enquiry.asked", CLERK, None)
    assert row.refs == {"enquiry": one.id, "event": "1"}
    await did(work, one, CLERK, to(GAS), "c1")
    await did(work, one, CLERK, to("heat_body-a"), "c2")
    waiting = {(each.recipient.id, each.template) for each in await outbox.claim(NOW + dt.timedelta(seconds=1), 10)}
    assert waiting == {("heat_body-a", "enquiry.offered"), (GAS, "enquiry.gone")}  # the offer to him never went out


async def test_whoever_leaves_leaves_no_enquiry_behind(work, database, records, staffing):
    """J37: by the same command that moves his orders."""
    office = Office(database, records, staffing)
    one = await asked(work)
    gone = await staffing.one(CLERK)
    for _ in range(2):  # broken off and done again
        await leave(office.casework, staffing, {COUNTY.id: COUNTY}, gone, NOW, work)
    assert (await work.enquiry(one.id)).owner.id == "water_body-lead"
    assert [each.id for each in await work.waiting_for("water_body-lead")] == [one.id]
    refused = await did(work, one, CLERK, AnswerEnquiry(words="好"), "c9")
    assert refused == Refused(code="not.yours")


async def test_keys_are_rotated(work, kept, database, vault, records):
    one = await asked(work)
    old = Keyring("k1", {"k1": b"1" * 32})
    vault.take(Secrets(Keyring("k2", {**old.keys, "k2": b"3" * 32}), b"2" * 32))
    rotation = Rotation(database, None, vault, records)
    assert await rotation.enquiries() == 1
    assert await rotation.enquiries() == 0
    async with database.reading() as connection:
        wrapped = (await connection.execute(select(enquiries.c.wrapped))).scalar_one()
    assert wrapped.startswith("k2:")
    assert (await kept.one(one.id)).words == WORDS


async def test_phones_are_found_under_the_present_lookup_key(work, kept, vault):
    one = await asked(work)
    vault.take(Secrets(Keyring("k1", {"k1": b"1" * 32}), b"4" * 32, b"2" * 32))
    assert [each.id for each in await kept.find(Search(COUNTY.id, phone="13900000001"))] == [one.id]
    assert [await kept.reindex(), await kept.reindex()] == [1, 0]
    vault.take(Secrets(Keyring("k1", {"k1": b"1" * 32}), b"4" * 32))
    assert [each.id for each in await kept.find(Search(COUNTY.id, phone="13900000001"))] == [one.id]


async def test_what_is_closed_long_enough_is_forgotten_and_what_is_open_never(work, kept, database, vault):
    one, still = await asked(work), await asked(work, key="m2")
    await did(work, one, CLERK, AnswerEnquiry(words="好"), "c1")
    retention = EnquiryRetention(database, vault)
    assert await retention.forget(COUNTY.id, NOW - dt.timedelta(seconds=1), 10) == 0
    assert await retention.due(COUNTY.id, NOW) == 1
    assert [await retention.forget(COUNTY.id, NOW, 10), await retention.forget(COUNTY.id, NOW, 10)] == [1, 0]
    assert await work.enquiry(one.id) is None
    assert [each.id for each in await kept.find(Search(COUNTY.id))] == [still.id]
    async with database.reading() as connection:
        row = (await connection.execute(select(enquiries).where(enquiries.c.id == one.id))).one()
        left = (await connection.execute(select(enquiry_events.c.enquiry_id).distinct())).scalars().all()
    assert (row.person, row.phone_hash, row.wrapped, row.first_asked) == ("", None, None, CLERK)
    assert left == [still.id]


async def test_who_has_all_of_his_own_erased_has_his_answered_questions_erased(work, kept, database, vault):
    """The words of another stay, and so does what somebody still works on."""
    one, still = await asked(work), await asked(work, key="m2")
    others = await asked(work, key="m3", person="q")
    for number, answered in enumerate((one, others)):
        await did(work, answered, CLERK, AnswerEnquiry(words="好"), f"c{number}")
    retention = EnquiryRetention(database, vault)
    assert [await retention.open_of("a", "p"), await retention.closed_of("a", "p")] == [1, 1]
    assert [await retention.forget_closed_of("a", "p"), await retention.forget_closed_of("a", "p")] == [1, 0]
    assert [await retention.open_of("a", "p"), await retention.closed_of("a", "p")] == [1, 0]
    assert await work.enquiry(one.id) is None
    assert {each.id for each in await kept.find(Search(COUNTY.id))} == {still.id, others.id}
    async with database.reading() as connection:
        left = (await connection.execute(select(enquiry_events.c.enquiry_id).distinct())).scalars().all()
    assert set(left) == {still.id, others.id}

"""The clock over enquiries: each share once, whoever looks and restarts, in the same rounds as the limits of orders (J35, J39)."""

import asyncio
import datetime as dt

import pytest
from sqlalchemy import func, select

from bot.warning import Warner
from handlers.enquiries import EnquiryWork
from model.enquiry import AnswerEnquiry, AskEnquiry, EnquiryCommand, EnquiryDone
from model.message import Actor
from model.process import EnquiryRule, Length
from routing.enquiry_log import fold_enquiry
from storage.deadlines import Deadlines
from storage.enquiries import Enquiries
from storage.schema import enquiry_events
from tests.records.office import Office
from tests.routing.clocks import at, county
from tests.routing.county import NOW, steward

RULES = county()
RULES = RULES.made_anew(process=RULES.process.model_copy(update={"enquiries": EnquiryRule(limit=Length(days=1))}))
CLERK = "water_body-a"
LATER = NOW + dt.timedelta(days=30)


@pytest.fixture
async def office(database, records, staffing):
    made = await Office(database, records, staffing, RULES).open()
    await made.hire(steward("water_body", name="lead", duty="lead"))
    return made


@pytest.fixture
def work(office, database, vault):
    return EnquiryWork(Enquiries(database, vault, fold_enquiry), office.staffing, {RULES.id: RULES})


async def asked(work):
    asked = AskEnquiry(county=RULES.id, words="谁修", account="a", person="p", about="water")
    done = await work.ask("m1", asked, Actor(person="p"), NOW)
    assert isinstance(done, EnquiryDone)
    return done.enquiry


def warner(office, work, now):
    """As another process has it, or this one after a restart."""
    return Warner(Deadlines(office.database), office.casework, lambda: now, work)


async def warned(office):
    async with office.database.reading() as connection:
        query = select(func.count()).where(enquiry_events.c.kind == "enquiry_warned")
        return (await connection.execute(query)).scalar_one()


async def test_each_share_in_its_time_and_once(office, work):
    one = await asked(work)
    look = Deadlines(office.database)
    times = [each.at for each in one.due.warnings]
    assert await look.soonest() == times[0] < at("2026-11-24 17:30") == times[2]
    assert await warner(office, work, times[0] - dt.timedelta(seconds=1)).round() == 0
    for count, time in enumerate(times, 1):
        given = await asyncio.gather(*(warner(office, work, time).round() for _ in range(3)))
        assert sum(given) >= 1
        assert await warner(office, work, time).round() == 0
        assert await warned(office) == count
    assert await look.soonest() is None


async def test_what_nobody_gave_while_it_was_down_is_given_after(office, work):
    await asked(work)
    given = 0
    for _ in range(6):
        given += await warner(office, work, LATER).round()
    assert given == await warned(office) == 4


async def test_an_answer_ends_it(office, work):
    one = await asked(work)
    await warner(office, work, one.due.warnings[0].at).round()
    clerk = Actor(person=f"person-{CLERK}", role="steward", staff=CLERK)
    await work.execute(EnquiryCommand(id="c", enquiry=one.id, actor=clerk, do=AnswerEnquiry(words="好")), NOW)
    assert await Deadlines(office.database).soonest() is None
    assert await warner(office, work, LATER).round() == 0

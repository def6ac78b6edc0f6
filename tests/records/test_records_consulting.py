"""Consultations over both engines: on whose list they stand, that nobody is in two places, and each ringing once (X57, J34)."""

import datetime as dt

import pytest

from model.case import Case
from model.commands.consultations import (
    AskConsultation,
    GiveItem,
    NameConsultation,
    RecordConsultation,
    SettleConsultation,
    TickItem,
)
from model.decision import Refused
from storage.alarms import Alarms
from storage.engine import Database
from storage.records import Records
from storage.staffing import Staffing
from tests.records.office import Office, steward_of
from tests.records.test_records_alarms import Time, ringer
from tests.routing.consulted import county
from tests.routing.county import NOW, steward, submission

MEETING = NOW + dt.timedelta(days=2)


@pytest.fixture
async def office(database: Database, records: Records, staffing: Staffing) -> Office:
    return await Office(database, records, staffing, county()).open()


async def asked(office: Office, key: str = "submission") -> Case:
    made = submission(office.county, "用水", "用电").model_copy(update={"id": key})
    case = await office.accept(made)
    do = AskConsultation(order=case.orders[1].id, reason="几家说法不一致")
    return await office.done(case, steward_of(case, 2), do)


async def listed(office: Office, staff: str | None) -> list[str]:
    return [name for _, name in await office.casework.consultations(staff or "")]


async def test_it_stands_on_the_list_of_whoever_convenes_until_all_is_written_down(office: Office) -> None:
    case = await asked(office)
    lead, other = steward_of(case, 1), steward_of(case, 2)
    name = case.consultations[0].id
    assert (await listed(office, lead.staff), await listed(office, other.staff)) == ([name], [])
    case = await office.done(case, lead, NameConsultation(consultation=name, at=MEETING, place="三楼"))
    case = await office.done(
        case, lead, RecordConsultation(consultation=name, decision="按0.8米", public="定了"), now=MEETING
    )
    give = GiveItem(consultation=name, body=case.orders[1].body, words="出图", day=MEETING.date())
    case = await office.done(case, lead, give, now=MEETING)
    item = case.consultations[0].items[0].id
    agreed = office.casework.agreed
    assert [found for _, found in await agreed(office.county.id, case.orders[1].body)] == [item]
    assert await agreed("elsewhere", case.orders[1].body) == ()
    assert await office.staffing.attending(office.county.id) == {lead.staff, other.staff}
    assert (await listed(office, lead.staff), await listed(office, other.staff)) == ([name], [item])
    case = await office.done(case, lead, SettleConsultation(consultation=name), now=MEETING)
    case = await office.done(case, other, TickItem(item=item), now=MEETING)
    assert await agreed(office.county.id, case.orders[1].body) == ()
    assert await office.staffing.attending(office.county.id) == frozenset()
    assert (await listed(office, lead.staff), await listed(office, other.staff)) == ([], [])


async def test_what_somebody_had_who_left_stands_on_his_colleagues_lists(office: Office) -> None:
    case = await asked(office)
    colleague = steward(case.orders[0].body, name="b")
    await office.hire(colleague)
    assert await listed(office, colleague.id) == []
    await office.staffing.retire(case.consultations[0].officer or "")
    assert await listed(office, colleague.id) == [case.consultations[0].id]


async def test_nobody_is_in_two_consultations_at_once_and_a_moved_one_leaves_its_hour(office: Office) -> None:
    first, second = await asked(office), await asked(office, "other")
    lead = steward_of(first)
    do = NameConsultation(consultation=first.consultations[0].id, at=MEETING, place="三楼")
    await office.done(first, lead, do)
    late = NameConsultation(
        consultation=second.consultations[0].id, at=MEETING + dt.timedelta(minutes=20), place="二楼"
    )
    refused = await office.do(second, lead, late)
    assert isinstance(refused, Refused)
    assert refused.code == "name_consultation.busy"
    await office.done(first, lead, do.model_copy(update={"at": MEETING + dt.timedelta(hours=1)}))
    await office.done(second, lead, late)


async def test_each_ringing_once_whatever_the_number_of_processes(office: Office) -> None:
    case = await asked(office)
    reply = await Alarms(office.database).soonest()
    assert reply == case.consultations[0].rings[0].at
    time = Time()
    time.now = reply
    assert [await ringer(office, time).round() for _ in range(2)] == [1, 0]
    lead = steward_of(case)
    do = NameConsultation(consultation=case.consultations[0].id, at=MEETING, place="三楼")
    await office.done(case, lead, do)
    time.now = MEETING
    await ringer(office, time).round()
    events = [one.event.event for one in await office.casework.events(case.id)]
    assert (events.count("consultation_late"), events.count("consultation_near")) == (1, 2)


async def test_the_cases_with_consultations_are_found(office: Office, records: Records) -> None:
    case = await asked(office)
    await office.accept(submission(office.county, "热力").model_copy(update={"id": "without"}))
    assert [one.id for one in await records.consulted(office.county.id)] == [case.id]
    assert await records.consulted("elsewhere") == ()

"""A few weeks of a county, everybody scripted: nothing is missing, early, late or doubled, and both counts agree."""

import datetime as dt

import pytest

from bench.year.figures import Recount
from bench.year.hours import Hours
from bench.year.limits import limit
from bench.year.receivers import Receivers
from bench.year.running import Running
from bench.year.simulate import START, records_at, simulate
from config.loader import load_counties
from model.calendar import CHINA, Length

DAYS = 34


@pytest.fixture(scope="module", params=["xinxiang", "jingxian"])
async def year(request):
    """Simulated, and counted again."""
    async with records_at(None) as database:
        made = await simulate(database, request.param, 18, days=DAYS)
        made.logs = [await made.world.core.events(case_id) for case_id in made.world.cases]
        yield made


async def test_both_counts_agree(year):
    assert year.found.faults == []
    assert len(year.world.cases) == 18
    assert year.found.warnings > 30
    assert year.found.notices > 300
    assert year.found.arrived > 300
    assert [sum(one["opened"] for one in month.values() if "opened" in one) for month in year.bulletins] > [15]


def all_faults(year, log):
    return list(Running(year.world.county, year.world.hours).faults(log, year.world.end))


async def test_a_warning_left_out_given_twice_or_early_is_found(year):
    log, place = next(
        (log, place)
        for log in year.logs
        for place, one in enumerate(log)
        if one.event.event == "warned" and one.event.share == 100
    )
    assert all_faults(year, log) == []
    assert "was to be warned of" in all_faults(year, [*log[:place], *log[place + 1 :]])[0]
    assert "nothing was to be" in all_faults(year, [*log[: place + 1], *log[place:]])[0]
    early = log[place].model_copy(update={"at": log[place].at - dt.timedelta(seconds=1)})
    assert "before" in all_faults(year, [*log[:place], early, *log[place + 1 :]])[0]


async def test_a_warning_that_tells_somebody_else_is_found(year):
    world = year.world
    receivers = Receivers(world.county, world.staff, world.gone)
    assert [fault for log in year.logs for fault in receivers.faults(log)] == []
    one = next(one for log in year.logs for one in log if one.event.event == "warned" and len(one.event.told) > 1)
    log = next(log for log in year.logs if one in log)
    fewer = one.model_copy(update={"event": one.event.model_copy(update={"told": one.event.told[:-1]})})
    assert "had to tell" in next(receivers.faults([fewer if each is one else each for each in log]))


async def test_an_event_left_out_changes_the_figures(year):
    def counted(logs):
        recount = Recount(year.world.hours, [START, START + dt.timedelta(days=31)])
        for log in logs:
            recount.count(log)
        return recount.months()

    whole = counted(year.logs)
    place, one = next((at, one) for at, one in enumerate(year.logs[0]) if one.event.event == "applicant_contacted")
    assert one.at < START + dt.timedelta(days=31)
    without = year.logs[0][:place] + year.logs[0][place + 1 :]
    assert counted([without, *year.logs[1:]]) != whole


def test_working_time_is_counted_as_the_notices_say():
    """国庆: 2026-10-01 to 07 off, Saturday the 10th worked."""
    process = load_counties()["xinxiang"].process
    hours = Hours(process.hours.spans, process.closes, dt.date(2026, 9, 1), dt.date(2026, 11, 1))
    start = dt.datetime(2026, 9, 30, 16, tzinfo=CHINA)
    found = limit(Length(days=1), hours, (50, 80, 100, 200), start)
    assert found.at == dt.datetime(2026, 10, 8, 17, 30, tzinfo=CHINA)
    assert [f"{at:%m-%d %H:%M}" for _, at in found.warnings] == [
        "09-30 16:45",
        "09-30 17:12",
        "10-08 17:30",
        "10-10 10:00",
    ]

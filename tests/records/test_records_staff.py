"""Staff and how a person becomes one."""

import asyncio
import datetime as dt

from model.decision import Refused
from model.staff import Absence, Staff
from storage.staffing import Staffing
from tests.routing.county import NOW, steward

TOMORROW = NOW + dt.timedelta(days=1)


def unbound(name: str = "a") -> Staff:
    return steward("water_body", name=name, account=None, person=None)


async def test_binding(staffing: Staffing) -> None:
    one = unbound()
    await staffing.put(one)
    assert await staffing.issue_code(one.id, "AB12", TOMORROW)
    bound = await staffing.redeem(" ab12 ", "account", "openid", NOW)
    assert bound == one.model_copy(update={"account": "account", "person": "openid"})
    assert await staffing.of_person("account", "openid") == (bound,)
    assert await staffing.of_person("other account", "openid") == ()
    assert await staffing.one(one.id) == bound


async def test_a_code_serves_one_person(staffing: Staffing) -> None:
    """A redelivery of his message gets the same answer; somebody else's gets none."""
    await staffing.put(unbound())
    await staffing.issue_code("water_body-a", "AB12", TOMORROW)
    first = await staffing.redeem("AB12", "account", "openid", NOW)
    late = TOMORROW + dt.timedelta(days=1)
    assert await staffing.redeem("AB12", "account", "openid", late) == first
    assert await staffing.redeem("AB12", "account", "thief", NOW) == Refused(code="code.used")
    assert await staffing.redeem("XX99", "account", "openid", NOW) == Refused(code="code.unknown")


async def test_two_people_with_one_code_at_once(staffing: Staffing) -> None:
    await staffing.put(unbound())
    await staffing.issue_code("water_body-a", "AB12", TOMORROW)
    people = [f"openid-{n}" for n in range(4)]
    results = await asyncio.gather(*(staffing.redeem("AB12", "account", person, NOW) for person in people))
    assert sum(isinstance(result, Staff) for result in results) == 1
    assert {result.code for result in results if isinstance(result, Refused)} == {"code.used"}


async def test_codes_expire(staffing: Staffing) -> None:
    await staffing.put(unbound())
    await staffing.issue_code("water_body-a", "AB12", TOMORROW)
    late = TOMORROW + dt.timedelta(seconds=1)
    assert await staffing.redeem("AB12", "account", "openid", late) == Refused(code="code.expired")


async def test_a_new_code_takes_the_place_of_the_old_one(staffing: Staffing) -> None:
    """Also of the old binding, once it is used: he has a new telephone."""
    await staffing.put(unbound())
    await staffing.issue_code("water_body-a", "AB12", TOMORROW)
    await staffing.redeem("AB12", "account", "old", NOW)
    await staffing.issue_code("water_body-a", "CD34", TOMORROW)
    assert await staffing.redeem("AB12", "account", "old", NOW) == Refused(code="code.unknown")
    assert len(await staffing.of_person("account", "old")) == 1
    assert isinstance(await staffing.redeem("CD34", "account", "new", NOW), Staff)
    assert await staffing.of_person("account", "old") == ()
    assert not await staffing.issue_code("nobody", "EF56", TOMORROW)


async def test_one_person_with_two_roles(staffing: Staffing) -> None:
    for name in ("a", "b"):
        await staffing.put(unbound(name))
        await staffing.issue_code(f"water_body-{name}", f"code {name}", TOMORROW)
        await staffing.redeem(f"code {name}", "account", "openid", NOW)
    assert [one.id for one in await staffing.of_person("account", "openid")] == ["water_body-a", "water_body-b"]


async def test_changing_keeps_the_binding(staffing: Staffing) -> None:
    await staffing.put(unbound())
    await staffing.issue_code("water_body-a", "AB12", TOMORROW)
    await staffing.redeem("AB12", "account", "openid", NOW)
    await staffing.put(unbound().model_copy(update={"name": "新名", "districts": ("东溪镇",)}))
    changed = await staffing.one("water_body-a")
    assert changed is not None
    assert (changed.name, changed.districts, changed.person) == ("新名", ("东溪镇",), "openid")


async def test_leaving(staffing: Staffing) -> None:
    for name in ("a", "b"):
        await staffing.put(unbound(name))
        await staffing.issue_code(f"water_body-{name}", f"code {name}", TOMORROW)
        await staffing.redeem(f"code {name}", "account", f"openid-{name}", NOW)
    await staffing.unbind("water_body-a")
    assert await staffing.of_person("account", "openid-a") == ()
    assert await staffing.redeem("code a", "account", "openid-a", NOW) == Refused(code="code.unknown")
    await staffing.retire("water_body-b")
    assert [one.id for one in await staffing.of_county("xinxiang")] == ["water_body-a"]
    gone = await staffing.one("water_body-b")
    assert gone is not None
    assert (gone.name, gone.reachable) == ("管家b", False)
    assert await staffing.of_county("xinxiang", "power_body") == ()


async def test_absences_and_the_rota(staffing: Staffing) -> None:
    """What is over is gone when another absence is entered; 销假 ends them all."""
    today, day = NOW.date(), dt.timedelta(days=1)
    await staffing.put(unbound())
    past, first = (Absence(first=today + n * day, last=today + (n + 1) * day) for n in (-5, 2))
    await staffing.absent("water_body-a", past, today - 5 * day)
    await staffing.absent("water_body-a", first, today)
    longer = Absence(first=first.first, last=first.last + day)
    await staffing.absent("water_body-a", longer, today)
    await staffing.on_duty("water_body-a", [4, 0, 0])
    found = await staffing.one("water_body-a")
    assert found is not None
    assert (found.absences, found.weekdays) == ((longer,), (0, 4))
    await staffing.back("water_body-a")
    await staffing.on_duty("water_body-a", [])
    assert await staffing.one("water_body-a") == unbound()

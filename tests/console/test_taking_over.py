"""Before somebody leaves the page says who takes over what, and a colleague who is chosen has it then, and is told (X160)."""

import re

from model.case import Case
from model.login import Role
from model.staff import Absence, Staff
from storage.outbox import Outbox
from tests.console.office import Office
from tests.console.test_absences_told import DAY, today
from tests.console.test_admin_people import do

BODY = "water_company"


async def bound(here: Office, name: str, **more: object) -> Staff:
    """A steward of the water company who is reached in chat."""
    one = Staff(id=f"xinxiang-{name}", county="xinxiang", body=BODY, name=name, phone="13900000008", **more)  # type: ignore[arg-type]
    await here.staffing.put(one)
    assert await here.staffing.issue_code(one.id, f"CODE{name}", here.now + DAY)
    assert isinstance(await here.staffing.redeem(f"CODE{name}", "xinxiang", f"p-{name}", here.now), Staff)
    return one


async def busy(here: Office, cases: int) -> tuple[str, tuple[Case, ...]]:
    """Somebody with so many orders, before anybody else of his body is there."""
    made = [await here.case("xinxiang", key=str(number)) for number in range(cases)]
    (steward,) = {order.steward for case in made for order in case.orders if order.body == BODY}
    assert steward is not None
    return steward, tuple(made)


async def stewards(here: Office, cases: tuple[Case, ...]) -> list[str | None]:
    now = [await here.core.case(one.id) for one in cases]
    return [order.steward for case in now if case is not None for order in case.orders if order.body == BODY]


async def test_what_is_foreseen_is_what_happens(here: Office) -> None:
    leaver, cases = await busy(here, 3)
    await bound(here, "王芳")
    await bound(here, "李明")
    admin = await here.clerk(Role.ADMIN, county="xinxiang")
    at = f"/console/admin/person/{leaver}"
    page = (await admin.get(at)).text
    told = dict(re.findall(r"<li>(\w+)：工单(\d)项</li>", page))
    assert sorted(told.values()) == ["1", "2"] and set(told) == {"王芳", "李明"}, page
    assert (await do(admin, at, "leave")).status == 200
    after = await stewards(here, cases)
    assert {name: str(after.count(f"xinxiang-{name}")) for name in told} == told


async def test_whom_the_admin_chooses_has_it_and_is_told(here: Office) -> None:
    leaver, cases = await busy(here, 3)
    for name in ("王芳", "李明"):
        await bound(here, name)
    away = await bound(here, "赵请假")
    await here.staffing.absent(away.id, Absence(first=today(here), last=today(here) + DAY), today(here))
    other = await here.hire("xinxiang", "power_company", "钱电", duty="steward")
    admin = await here.clerk(Role.ADMIN, county="xinxiang", name="admin")
    at = f"/console/admin/person/{leaver}"
    page = (await admin.get(at)).text
    offered = re.findall(r'<option value="(xinxiang-\w+)">', page[page.index('id="to"') :])
    assert offered == ["xinxiang-李明", "xinxiang-王芳"] and 'id="sure"' not in page
    for nobody in (away.id, other.id, leaver, "<b>"):
        page = (await do(admin, at, "leave", to=nobody)).text
        assert "选的同事现在接不了" in page and "已离岗" not in page
    assert await stewards(here, cases) == [leaver] * 3
    done = await do(admin, at, "leave", to="xinxiang-王芳")
    assert done.status == 200 and done.text.count("转给王芳") == 3
    assert await stewards(here, cases) == ["xinxiang-王芳"] * 3
    log = (await admin.get(at)).text
    assert "办离岗" in log and "工单转给 王芳" in log
    for case in cases:
        keys = list(await Outbox(here.database).states(case.id))
        assert any(key.endswith("staff:xinxiang-王芳:steward.task") for key in keys), keys


async def test_nobody_who_could_take_it(here: Office) -> None:
    leaver, _ = await busy(here, 2)
    admin = await here.clerk(Role.ADMIN, county="xinxiang")
    page = (await admin.get(f"/console/admin/person/{leaver}")).text
    assert "没有人能接：2项，列入热线工单" in page and 'id="to"' not in page and 'id="sure"' in page

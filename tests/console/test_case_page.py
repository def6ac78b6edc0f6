"""A case at the console: masked until somebody asks, its log in words, and to each what is his."""

from bot.console.case_page import says_how_it_was
from model.event import Event
from model.events.clock import Warned
from model.login import Role
from storage.looks import Looks
from tests.console.office import NOW, Office
from tests.shipped import shipped


async def test_it_is_masked_until_somebody_asks(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.SUPERVISOR, name="jia")
    path = f"/console/cases/{case.id}"
    page = await browser.get(path)
    assert page.status == 200
    assert "李示例" not in page.text
    assert "13800000001" not in page.text
    assert "138****0001" in page.text
    assert await Looks(here.database).of_case("jingxian", case.number) == ()
    assert "李示例" not in (await browser.get(f"{path}?whole=yes")).text  # a link alone shows nothing
    whole = await browser.sent(path)
    assert "李示例" in whole.text
    assert "13800000001" in whole.text
    (look,) = await Looks(here.database).of_case("jingxian", case.number)
    assert (look.what, look.staff, look.case, look.order) == ("case", "jingxian-jia", case.id, None)
    await browser.send(path)
    assert len(await Looks(here.database).of_case("jingxian", case.number)) == 1
    here.later(minutes=2)
    await browser.send(path)
    assert len(await Looks(here.database).of_case("jingxian", case.number)) == 2
    back = f"{path}?whole=yes"
    assert "李示例" in (await browser.get(back)).text  # whoever goes back to it need not ask again
    other = await here.clerk(Role.SUPERVISOR, name="bing")
    assert "李示例" not in (await other.get(back)).text
    here.later(minutes=11)
    assert "李示例" not in (await browser.get(back)).text


async def test_who_has_looked_is_seen_day_by_day(here: Office) -> None:
    case, other = await here.case(), await here.case("xinxiang", key="2")
    window = await here.clerk(Role.WINDOW, name="jia")
    await window.send(f"/console/cases/{case.id}")
    watching = await here.clerk(Role.SUPERVISOR)
    page = await watching.get("/console/looks")
    assert case.number in page.text
    assert "看姓名、电话、地址" in page.text
    assert other.number not in page.text
    for day in ("2026-11-22", "2026-11-23", "2030-01-01", "never", "-1"):
        page = await watching.get(f"/console/looks?day={day}")
        assert (case.number in page.text) == (day != "2026-11-22"), day
    elsewhere = await here.clerk(Role.SUPERVISOR, county="xinxiang")
    assert case.number not in (await elsewhere.get("/console/looks")).text


async def test_what_is_written_into_it_stays_text(here: Office) -> None:
    case = await here.case(使用地址="泾川镇<script>alert(1)</script><img src=x onerror=alert(1)>路1号")
    browser = await here.clerk(Role.WINDOW)
    page = await browser.sent(f"/console/cases/{case.id}")
    assert page.status == 200
    assert "<script>alert" not in page.text
    assert "<img" not in page.text


async def test_a_body_sees_its_own(here: Office) -> None:
    case = await here.case(办理业务="水、电")
    water = await here.clerk(Role.STEWARD, body="water_company")
    power = await here.clerk(Role.STEWARD, body="power_company")
    telecom = await here.clerk(Role.STEWARD, body="telecom")
    window = await here.clerk(Role.WINDOW)
    path = f"/console/cases/{case.id}"
    assert "管家供电公司" not in (await water.get(path)).text
    assert "管家供水公司" not in (await power.get(path)).text
    assert (await telecom.get(path)).status == 404
    page = await window.get(path)
    assert "管家供电公司" in page.text
    assert "管家供水公司" in page.text


async def test_what_there_is_not_and_what_is_anothers_are_told_alike(here: Office) -> None:
    case = await here.case("xinxiang")
    browser = await here.clerk(Role.ADMIN)
    other, none = await browser.get(f"/console/cases/{case.id}"), await browser.get("/console/cases/none")
    assert (other.status, other.text.replace(case.id, "none")) == (none.status, none.text)
    assert other.status == 404


def test_a_limit_for_calling_back_says_that_the_mark_was_a_bad_one() -> None:
    warned = Warned(orders=("1",), step="call_back", share=50, due=NOW, told=())
    assert says_how_it_was(warned)
    assert not says_how_it_was(warned.model_copy(update={"step": "contact"}))


def test_every_event_has_a_name() -> None:
    messages = shipped()["jingxian"].messages
    kinds = kinds_of(Event)
    assert {f"console.events.{one}" for one in kinds} == {one for one in messages if one.startswith("console.events.")}


def kinds_of(union: object) -> set[str]:
    """What stands in the field `event` of each."""
    found: set[str] = set()
    for one in getattr(union, "__args__", ()):
        fields = getattr(one, "model_fields", None)
        found |= set(fields["event"].annotation.__args__) if fields else kinds_of(one)
    return found

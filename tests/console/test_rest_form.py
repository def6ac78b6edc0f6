"""补填 at the window and at the desk: the form with what is missing alone, each mistake at its field, nothing lost (X26)."""

import re

from model.case import Case
from model.draft import Answer
from model.login import Role
from tests.console.office import Browser, Office, Page


def page_of(case: Case, place: str = "window") -> str:
    return f"/console/{place}/{case.id}/fill"


async def send(browser: Browser, case: Case, page: Page, **said: str) -> Page:
    request = re.search(r'name="request" value="([^"]+)"', page.text)
    assert request is not None, page.text
    posted = {name.replace("__", "."): text for name, text in said.items()}
    return await browser.post(page_of(case), {"proof": page.proof, "request": request[1]} | posted)


async def answers(here: Office, case: Case) -> dict[str, Answer]:
    now = await here.core.case(case.id)
    assert now is not None
    assert now.telephone is not None
    return dict(now.telephone.answers)


async def test_only_what_is_missing_is_asked_and_filled_in_by_parts(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.WINDOW)
    page = await browser.get(page_of(case))
    assert 'name="business_nature"' in page.text
    assert 'name="phone"' not in page.text
    assert "李示例" not in page.text
    done = await send(browser, case, page, business_nature="商用")
    assert done.status == 303, done.text
    again = await browser.get(done.to)
    assert "记下了。" in again.text
    assert 'name="business_nature"' not in again.text
    kept = (await answers(here, case))["business_nature"]
    assert (kept.role, kept.by, kept.confirmed) == ("staff", "jingxian-window.0", False)
    version = (await here.core.case(case.id)).version  # type: ignore[union-attr]
    assert (await send(browser, case, page, business_nature="商用")).to == done.to  # clicked twice
    assert (await here.core.case(case.id)).version == version  # type: ignore[union-attr]


async def test_a_mistake_is_told_at_its_field_and_what_was_entered_stays(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.WINDOW)
    page = await browser.get(page_of(case))
    told = await send(browser, case, page, business_nature="其他", applicant_type="住户")
    assert told.status == 422
    assert 'id="business_nature-problem"' in told.text
    assert 'value="住户" checked' in told.text
    assert "business_nature" not in await answers(here, case)
    empty = await send(browser, case, told)
    assert empty.status == 422
    assert "refused." not in empty.text


async def test_what_a_colleague_filled_in_meanwhile_stays_and_is_told(here: Office) -> None:
    case = await here.case()
    one, other = await here.clerk(Role.WINDOW), await here.clerk(Role.WINDOW)
    pages = [await browser.get(page_of(case)) for browser in (one, other)]
    assert (await send(one, case, pages[0], business_nature="商用")).status == 303
    told = await send(other, case, pages[1], business_nature="住宅", applicant_type="住户")
    assert told.status == 409
    assert "业务性质别人刚刚填过了" in told.text
    assert (await send(other, case, told, applicant_type="住户")).status == 303
    kept = await answers(here, case)
    assert [kept[name].value.options for name in ("business_nature", "applicant_type")] == [("商用",), ("住户",)]  # type: ignore[union-attr]


async def test_at_the_desk_it_is_for_whoever_has_asked_the_caller(here: Office) -> None:
    case = await here.case(key="5")
    browser = await here.clerk(Role.HOTLINE)
    assert (await browser.get(page_of(case, "desk"))).to == f"/console/desk/{case.id}"
    said = {"how": "number", "said": case.number, "key": "1"}
    assert (await browser.send(f"/console/desk/{case.id}/check", said, of=f"/console/desk/{case.id}")).status == 303
    desk = await browser.get(f"/console/desk/{case.id}")
    assert page_of(case, "desk") in desk.text
    assert 'name="business_nature"' in (await browser.get(page_of(case, "desk"))).text


async def test_the_desk_offers_only_what_the_core_would_take(here: Office) -> None:
    case = await here.case(key="5")
    browser = await here.clerk(Role.WINDOW)
    at = f"/console/desk/{case.id}"
    await browser.send(f"{at}/check", {"how": "number", "said": case.number, "key": "1"}, of=at)
    page = await browser.get(at)
    assert 'value="urge"' in page.text
    assert 'value="withdraw"' in page.text
    assert not re.search(r'value="(agree|resume|keep-on|call-back|original|reply-urge)"', page.text)
    urged = await browser.sent(f"{at}/act", {"act": "urge", "version": str(case.version)}, of=at)
    assert 'name="act" value="urge"' not in urged.text
    assert "已经替他催过" in urged.text
    assert 'value="reply-urge"' in urged.text

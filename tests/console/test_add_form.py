"""加办 at the window: which services, then their part of the form; read to the caller before it is done (X19, X24)."""

import re

from model.case import Case
from model.login import Role
from tests.console.office import Browser, Office, Page


async def send(browser: Browser, case: Case, page: Page, **said: str) -> Page:
    """The form as a browser sends it, with the hidden fields that stand on it."""
    form = page.text[page.text.index('<form method="post" action="/console/window') :]
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
    return await browser.post(f"/console/window/{case.id}/add", hidden | said)


GAS = {"gas_business": "通气点火", "gas_pressure": "3", "gas_load": "20"}


async def services(here: Office, case: Case) -> list[str]:
    now = await here.core.case(case.id)
    assert now is not None
    return [one.service for one in now.orders]


async def test_what_a_service_brings_is_asked_read_out_and_done_once(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.WINDOW)
    at = f"/console/window/{case.id}/add"
    assert at in (await browser.get(f"/console/window/{case.id}")).text
    which = await browser.get(at)
    assert 'name="service" value="gas"' in which.text
    assert 'value="water"' not in which.text
    page = await browser.get(f"{at}?service=gas")
    wrong = await send(browser, case, page, **GAS | {"gas_load": "很多"})
    assert wrong.status == 422
    assert 'id="gas_load-problem"' in wrong.text
    assert 'value="很多"' in wrong.text
    aloud = await send(browser, case, wrong, **GAS)
    assert aloud.status == 200, aloud.text
    assert "请先念给申请人听" in aloud.text
    assert "--read-out" not in aloud.text
    assert await services(here, case) == ["water"]
    other = await send(browser, case, aloud, **GAS | {"gas_load": "30"}, read="1")  # other words than were read to him
    assert other.status == 200
    assert await services(here, case) == ["water"]
    done = await send(browser, case, other, **GAS | {"gas_load": "30"}, read="1")
    assert done.status == 303
    assert "办好了：加办业务" in (await browser.get(done.to)).text
    assert await services(here, case) == ["water", "gas"]
    assert (await send(browser, case, other, **GAS, read="1")).to == done.to  # clicked twice


async def test_of_what_a_colleague_added_meanwhile_he_is_told_and_the_rest_stays(here: Office) -> None:
    case = await here.case()
    one, other = await here.clerk(Role.WINDOW), await here.clerk(Role.WINDOW)
    at = f"/console/window/{case.id}/add"
    first, both = await one.get(f"{at}?service=gas"), await other.get(f"{at}?service=gas")
    aloud = await send(one, case, first, **GAS)
    assert (await send(one, case, aloud, **GAS, read="1")).status == 303
    told = await send(other, case, both, **GAS, read="1")
    assert told.status == 409
    assert "已经在这件里办着" in told.text
    assert 'value="gas"' not in told.text
    assert (await other.get(f"{at}?service=nothing")).status == 200

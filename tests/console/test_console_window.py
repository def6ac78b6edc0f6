"""The window's desk: what waits for it, and every act of it as a form that does it once."""

import re

from handlers.window_acts import ACTS
from handlers.window_forms import FORMS
from model.login import Role
from tests.console.office import Browser, Office, Page


def form(page: Page, act: str) -> dict[str, str]:
    """The hidden fields of an act's form."""
    match = re.search(rf'<form[^>]*acts/{act}"[^>]*>(.*?)</form>', page.text, re.DOTALL)
    assert match is not None, f"no form for {act}"
    return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', match[1]))


async def act(browser: Browser, case: str, name: str, of: Page | None = None, **said: str) -> Page:
    page = of or await browser.get(f"/console/window/{case}")
    return await browser.post(f"/console/window/{case}/acts/{name}", form(page, name) | said)


def test_every_act_has_a_form() -> None:
    assert set(FORMS) == set(ACTS)


async def test_what_waits_is_listed_and_done(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.WINDOW)
    listed = await browser.get("/console/window")
    assert case.number in listed.text
    assert f"/console/window/{case.id}#act-fill" in listed.text
    page = await browser.get(f"/console/window/{case.id}")
    assert page.status == 200, page.text
    assert "李示例" not in page.text
    done = await act(browser, case.id, "phone", page, phone="13900001111")
    assert done.status == 303, done.text
    assert "办好了：更正联系电话" in (await browser.get(done.to)).text
    after = await here.core.case(case.id)
    assert after is not None
    assert after.contact == "13900001111"

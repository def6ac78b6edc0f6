"""Every page of the console over a case in which everybody has written markup wherever he may write, and forms and addresses that
no page of ours sends. Made from the router, so that what is added is tried too.
"""

from collections.abc import AsyncIterator
from html.parser import HTMLParser
from itertools import count
from typing import Final
from urllib.parse import quote

import pytest

from bot.console.route import Open
from model.case import Case
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.login import Role
from storage.calls import Calls
from tests.console.calls import unreached
from tests.console.office import Browser, Office, Page
from tests.console.talking import talked
from tests.console.test_console_guarded import POSTS, ROUTES, filled, named
from tests.paper.made import submission, values

COUNTIES = ["xinxiang", "jingxian"]
EVIL: Final = "x-evil"
NASTY: Final = f"</textarea></title></script>\"'><{EVIL} onclick=alert(1) "
"""Out of a text, an attribute, a field, a title, a script: whichever it stands in, a parser would meet the tag or the attribute."""
PAGES = [one for one in ROUTES if one.method == "GET" and one.path != "/live"]
MOST_FIELDS: Final = 12
EACH: Final = 150
ODD_IDS = (NASTY, "..", "%00", "%0d%0aSet-Cookie:%20a=b", "%FF", "x" * 2_000, "9" * 30)
ODD = (
    "?" + "&".join(f"{name}={quote(NASTY)}" for name in ("to", "done", "did", "body", "service", "town", "of", "light", "step")),
    "?page=%FF%FE&month=%F0%28%8C%28&day=%E2%80%AE&week=9999-W99&body=%0d%0aSet-Cookie:%20a=b&service=%00",
    "?week=0001-01-01&month=0000-00&day=0001-01-01&page=٣&" + "a=1&" * 1_500,
)  # fmt: skip


class Seen(HTMLParser):
    """A page as a browser reads it: tags and attributes of nobody of us."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.fields: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        self.found += [tag] if tag.startswith(EVIL) else []
        self.found += [f"{tag} {one}" for one in names if one.startswith("on") or EVIL in one]
        self.found += [
            f"{tag} {one}" for one in ("href", "src", "action") if (names.get(one) or "").startswith("javascript:")
        ]
        if tag in {"input", "select", "textarea", "button"} and names.get("name"):
            self.fields.add(names["name"] or "")


def harmless(page: Page, what: str) -> Seen:
    """Nothing of it became markup, no line of it a header."""
    seen = Seen()
    if page.headers.get("Content-Type", "").startswith("text/html"):
        seen.feed(page.text)
    assert seen.found == [], what
    assert page.status < 500, (what, page.text)
    assert "Set-Cookie" not in page.headers or "a=b" not in page.headers["Set-Cookie"], what
    for name, value in page.headers.items():
        assert value.isprintable(), (what, name)
    return seen


async def hostile(here: Office, county: str) -> tuple[Case, dict[str, str]]:
    """A case with markup in every answer of the form, in the names of the staff, in what they say of it; what hangs on it."""
    one = here.counties[county]
    for staff in await here.staffing.of_county(county):
        await here.staffing.put(staff.model_copy(update={"name": f"{staff.name}{NASTY}"}))
    case = await here.core.accept(submission(one, values(one, NASTY)), here.now)
    assert isinstance(case, Case), case
    who = f"{county}-{case.orders[0].body}"
    case = await here.do(case, Take(order=case.orders[0].id), staff=who, role="steward")
    case = await here.do(case, ReportContact(order=case.orders[0].id, outline=NASTY), staff=who, role="steward")
    clerk = await here.clerk(Role.HOTLINE, county=county, name="hotline.he")
    intake = (await clerk.send("/console/intake/", {"by": "telephone"})).to.rpartition("/")[2]
    at = f"/console/intake/{intake}"
    await clerk.send(f"{at}/notice", of=at)
    await clerk.send(f"{at}/say", {"text": f"王示例{NASTY}"}, of=at)
    asked = await clerk.sent(
        "/console/enquiries/", {"words": NASTY, "phone": "13900000007", "key": "7", "ticket": "GD1"}
    )
    enquiry = asked.text.split("/enquiries/")[1].split("/")[0]
    await unreached(here)
    call = (await Calls(here.database).waiting(county, 1))[0]
    known = {"intake": intake, "enquiry": enquiry, "row": str(call.row.id), "act": "phone"}
    known |= {"talk": await talked(here, county, NASTY), "line": "1"}
    known |= {"person": who}
    return case, known | {
        "county": county,
        "sheet": "application",
        "case": case.id,
        "order": case.orders[0].id,
        "matter": "x",
    }


async def everybody(here: Office, county: str, case: Case) -> list[Browser]:
    """A clerk with each role, named with markup; those of a body are of the first order's."""
    found = list[Browser]()
    for role in Role:
        body = case.orders[0].body if role in {Role.STEWARD, Role.LEAD} else ""
        browser = await here.clerk(role, county=county, body=body, name=f"{role.value}.x")
        (me,) = [one for one in await here.staffing.of_county(county) if one.id == f"{county}-{role.value}.x"]
        await here.staffing.put(me.model_copy(update={"name": NASTY}))
        found.append(browser)
    return found


@pytest.mark.parametrize("county", COUNTIES)
async def test_what_anybody_writes_stays_text(here: Office, county: str) -> None:
    case, ids = await hostile(here, county)
    shown = 0
    for browser in await everybody(here, county, case):
        for one in PAGES:
            page = await browser.get(filled(one.path, ids))
            harmless(page, named(one))
            shown += EVIL in page.text
        proof = (await browser.get("/console/password")).proof
        for path in (
            f"/console/cases/{case.id}",
            f"/console/tasks/{case.orders[0].id}/look",
            f"/console/worklist/{ids['row']}",
        ):
            whole = await browser.post(path, {"proof": proof})
            harmless(whole, path)
            shown += EVIL in whole.text
    assert shown > len(Role)


async def clerks(here: Office, body: str) -> AsyncIterator[Browser]:
    """One after the other, each with every role: nobody asks so much that he is not heard any more."""
    for number in count():
        yield await here.clerk(*Role, body=body, name=f"hand.{number}")


async def test_addresses_that_no_page_has(here: Office) -> None:
    case, ids = await hostile(here, "jingxian")
    tries = [filled(one.path, ids) + odd for one in PAGES for odd in ODD]
    for one in PAGES:
        for name in ids:
            if f"{{{name}" in one.path:
                tries += [filled(one.path, ids | {name: quote(odd, safe="%.")}) for odd in ODD_IDS]
    hands = clerks(here, case.orders[0].body)
    for place, path in enumerate(tries):
        if place % EACH == 0:
            browser = await anext(hands)
        page = await browser.get(path)
        harmless(page, path[:200])
        assert page.status in {200, 303, 400, 403, 404, 405, 409}, (path[:200], page.status)


async def test_forms_that_no_page_sends(here: Office) -> None:
    """Markup, what is no UTF-8, numbers without end, everything twice: in every field that any page of the console has."""
    case, ids = await hostile(here, "jingxian")
    hands = clerks(here, case.orders[0].body)
    browser, fields = await anext(hands), set[str]()
    for one in PAGES:
        fields |= harmless(await browser.get(filled(one.path, ids)), named(one)).fields
    names = sorted(fields - {"proof", "before", "new", "again"})
    assert len(names) > MOST_FIELDS
    sent = {"Content-Type": "application/x-www-form-urlencoded"}
    for one in POSTS:
        if isinstance(one.audience, Open) or one.path.endswith("sign-out"):
            continue
        browser = await anext(hands)
        proof, path = (await browser.get("/console/")).proof, filled(one.path, ids)
        for times, told in ((1, quote(NASTY)), (2, "%FF%00%ED%A0%80"), (1, "9" * 400)):
            body = "&".join([f"proof={proof}", *(f"{name}={told}" for name in names for _ in range(times))])
            page = await browser.ask("POST", path, body.encode(), sent)
            harmless(page, f"{named(one)} {told[:20]} {times}")
            assert page.status != 429, named(one)


async def test_a_way_of_asking_that_a_path_has_not(here: Office) -> None:
    case, ids = await hostile(here, "jingxian")
    hands = clerks(here, case.orders[0].body)
    version = case.version
    served = {(one.method, one.path) for one in ROUTES}
    for place, one in enumerate(ROUTES):
        if place % 20 == 0:
            browser = await anext(hands)
            proof = (await browser.get("/console/")).proof
        path = filled(one.path, ids)
        for method in ("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"):
            if (method, one.path) not in served and one.path != "/tasks/{order}":
                page = await browser.ask(method, path, {"proof": proof} if method not in {"GET", "HEAD"} else None, {})
                assert page.status in {404, 405}, (method, one.path, page.status)
    again = await here.core.case(case.id)
    assert again is not None
    assert again.version == version

"""Every route of the console, as it is served: closed without a login, to other roles, to forms of other sites, to another county.

Made from the router: what is added is guarded too, or fails here.
"""

import re

import pytest

from bot.console.route import PREFIX, Open, Route
from model.login import Role
from storage.calls import Calls
from tests.console.calls import unreached
from tests.console.office import Browser, Office
from tests.console.talking import talked
from tests.house.test_console_declared import routes

ROUTES = [one for one in routes() if one.path != "/static/{name}"]
BLANKS = "/papers/{county}-{sheet}.pdf"
"""Of no body's: empty sheets of the whole county."""
CLOSED = [one for one in ROUTES if not isinstance(one.audience, Open)]
POSTS = [one for one in ROUTES if one.method == "POST"]

HOSTILE = "<img src=x onerror=alert(1)>"


def named(one: Route) -> str:
    return f"{one.method} {one.path}"


def filled(path: str, ids: dict[str, str]) -> str:
    """The path with ids in it. A new kind of id has to be named here, so that somebody thinks of whose it is."""
    return PREFIX + re.sub(r"\{(\w+)(?::[^}]*)?\}", lambda match: ids[match[1]], path)


async def ids_of(here: Office, county: str) -> dict[str, str]:
    """Ids of a case of this county, and what hangs on it."""
    said = {"使用地址": f"泾川镇示范路7号{HOSTILE}"} if county == "jingxian" else {}
    case = await here.case(county, key="7", **said)
    clerk = await here.clerk(Role.HOTLINE, county=county)
    intake = await clerk.send("/console/intake/", {"by": "telephone"})
    asked_for = {"words": f"路灯坏了找谁{HOSTILE}", "phone": "13900000007", "key": "7"}
    enquiry = re.search(r"/enquiries/(\w+)/answer", (await clerk.sent("/console/enquiries/", asked_for)).text)
    assert enquiry is not None
    known = {"intake": intake.to.rpartition("/")[2], "enquiry": enquiry[1]}
    await unreached(here)
    (call,) = await Calls(here.database).waiting(county, 1)
    known |= {"row": str(call.row.id), "act": "phone", "county": county, "sheet": "application"}
    known["talk"] = await talked(here, county, f"在吗{HOSTILE}")
    known |= {"line": "1", "person": f"{county}-{case.orders[0].body}"}
    return {"case": case.id, "order": case.orders[0].id, "matter": f"{case.id}-joint"} | known


async def asked(browser: Browser, one: Route, path: str, proof: str = "", **headers: str) -> int:
    if one.method == "GET":
        return (await browser.get(path, **headers)).status
    return (await browser.post(path, {"proof": proof}, **headers)).status


async def test_nobody_is_let_in_without_a_login(here: Office) -> None:
    ids = await ids_of(here, "jingxian")
    browser = here.stranger()
    for one in CLOSED:
        expected = 303 if one.method == "GET" else 401
        assert await asked(browser, one, filled(one.path, ids)) == expected, named(one)


@pytest.mark.parametrize("role", list(Role))
async def test_nobody_is_let_in_by_another_role(here: Office, role: Role) -> None:
    ids = await ids_of(here, "jingxian")
    browser = await here.clerk(role)
    proof = (await browser.get("/console/")).proof
    for one in CLOSED:
        if not one.admits(frozenset({role})):
            assert await asked(browser, one, filled(one.path, ids), proof) == 403, named(one)


async def test_no_form_is_taken_without_its_proof(here: Office) -> None:
    ids = await ids_of(here, "jingxian")
    browser = await here.clerk(*Role)
    proof = (await browser.get("/console/")).proof
    for one in POSTS:
        path = filled(one.path, ids)
        for sent, headers in (("", {}), ("x" * 43, {}), (proof, {"Sec-Fetch-Site": "cross-site"})):
            assert await asked(browser, one, path, sent, **headers) == 403, named(one)
        other = await browser.ask("POST", path, b"{}", {"Content-Type": "application/json"})
        assert other.status == 403, named(one)


@pytest.mark.parametrize("role", list(Role))
async def test_what_is_another_countys_is_not_there(here: Office, role: Role) -> None:
    ids = await ids_of(here, "xinxiang")
    browser = await here.clerk(role)
    proof = (await browser.get("/console/")).proof
    for one in CLOSED:
        if "{" in one.path and one.admits(frozenset({role})):
            assert await asked(browser, one, filled(one.path, ids), proof) == 404, named(one)


@pytest.mark.parametrize("role", [Role.STEWARD, Role.LEAD])
async def test_what_is_another_bodys_is_not_there(here: Office, role: Role) -> None:
    ids = await ids_of(here, "jingxian")
    browser = await here.clerk(role, body="telecom")
    proof = (await browser.get("/console/")).proof
    for one in CLOSED:
        if "{" in one.path and one.path != BLANKS and one.admits(frozenset({role})):
            assert await asked(browser, one, filled(one.path, ids), proof) == 404, named(one)


async def test_every_answer_has_the_strict_headers(here: Office) -> None:
    ids = await ids_of(here, "jingxian")
    browser = await here.clerk(*Role)
    for one in ROUTES:
        if one.method != "GET" or one.path == "/live":
            continue
        page = await browser.get(filled(one.path, ids))
        assert HOSTILE not in page.text, named(one)
        assert page.status in {200, 303, 404}, (named(one), page.text)
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy, named(one)  # noqa: PT018
        assert page.headers["Cache-Control"] == "no-store", named(one)
        assert page.headers["X-Frame-Options"] == "DENY", named(one)
        assert page.headers["X-Content-Type-Options"] == "nosniff", named(one)


async def test_a_page_that_is_not_there(here: Office) -> None:
    for path in ("/console/none", "/console/cases/", "/console/static/none.js", "/console/a/b/c"):
        page = await here.stranger().get(path)
        assert page.status == 404
        assert "没有这个页面" in page.text
    assert (await here.stranger().ask("PUT", "/console/", b"", {})).status == 405


async def test_too_much_is_not_read(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    page = await browser.post("/console/password", {"proof": "x", "new": "x" * 100_000})
    assert page.status == 413

"""What lies with somebody beside his orders is on his board and done there: a permit, a consultation, a department's copy (ADR 39, 44)."""

import re
from urllib.parse import quote

from model.approval import ApprovalState
from model.case import Case
from model.commands.consultations import AskConsultation
from model.commands.intake import Take
from model.commands.sheet import GiveRow
from model.commands.survey import GiveOpinion
from model.login import Role
from tests.console.at_the_site import PLANNING, surveying
from tests.console.office import Browser, Office, Page
from tests.console.permitted import OFFICER, applied

BOARD = "/console/tasks"


async def of(here: Office, staff: str, *roles: Role) -> Browser:
    name = f"m.{len(here.browsers)}"
    await here.login(staff, name, *roles or (Role.STEWARD,))
    return await here.sign_in(name)


async def now(here: Office, case: Case) -> Case:
    found = await here.core.case(case.id)
    assert found is not None
    return found


def hidden(page: Page, act: str) -> dict[str, str]:
    """What the button of this act sends."""
    for form in re.findall(r"<form method=\"post\".*?</form>", page.text, re.DOTALL):
        sent = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
        if sent.get("act") == act:
            return sent
    raise AssertionError(act)


async def test_an_officer_takes_and_decides_a_permit(here: Office) -> None:
    case = await applied(here)
    at = f"{BOARD}/matters/{case.approvals[0].id}"
    browser, other = await of(here, OFFICER), await of(here, "xinxiang-gardens")
    board = await browser.get(BOARD)
    assert at in board.text
    assert "占掘路许可" in board.text
    assert at not in (await other.get(BOARD)).text
    assert (await other.get(at)).status == 404
    page = await browser.get(at)
    for words in ("等受理", "挖路面", "供水公司", "1390000"):
        assert words in page.text, words
    accept = hidden(page, "accept_approval")
    done = await browser.post(at, accept)
    assert done.status == 303, done.text
    assert "已受理" in (await browser.get(done.to)).text
    again = await browser.post(at, accept)
    assert again.to == done.to  # clicked twice
    taken = (await now(here, case)).approvals[0]
    assert (taken.state, taken.officer) == (ApprovalState.ACCEPTED, OFFICER)

    page = await browser.get(at)
    form = f"{at}/form?about={quote(case.approvals[0].id)}&act=return_approval"
    empty = await browser.get(form)
    fields = dict(re.findall(r'<input type="hidden" name="(proof|about|act|request)" value="([^"]*)"', empty.text))
    refused = await browser.post(f"{at}/form", fields)
    assert refused.status == 400
    assert (await now(here, case)).approvals[0].state == ApprovalState.ACCEPTED
    done = await browser.post(f"{at}/form", fields | {"words": "补一张平面图"})
    assert done.status == 303, done.text
    returned = (await now(here, case)).approvals[0]
    assert (returned.state, returned.lacking) == (ApprovalState.RETURNED, "补一张平面图")
    # Nothing is left to do: what was done is told on the board.
    gone = await browser.get(done.to)
    assert gone.to.startswith(f"{BOARD}?did=")
    assert (await browser.get(gone.to)).status == 200
    assert (await browser.get(at)).status == 404


async def test_whoever_convenes_names_the_time_of_a_consultation(here: Office) -> None:
    case = await here.case()
    who = case.orders[0].steward or ""
    case = await here.do(case, Take(order=case.orders[0].id), staff=who, role="steward")
    case = await here.do(case, AskConsultation(order=case.orders[0].id, reason="管线交叉"), staff=who, role="steward")
    one = case.consultations[0]
    browser = await of(here, one.officer or "")
    at = f"{BOARD}/matters/{one.id}"
    page = await browser.get(at)
    assert "管线交叉" in page.text
    assert "decline_consultation" in page.text
    form = await browser.get(f"{at}/form?about={quote(one.id)}&act=decline_consultation")
    fields = dict(re.findall(r'<input type="hidden" name="(proof|about|act|request)" value="([^"]*)"', form.text))
    done = await browser.post(f"{at}/form", fields | {"words": "现场已经说好"})
    assert done.status == 303, done.text
    assert (await now(here, case)).consultations[0].state == "declined"


async def test_a_head_asks_for_a_consultation_about_an_order_of_his_body(here: Office) -> None:
    case = await here.case()
    lead = await here.clerk(Role.LEAD, body=case.orders[0].body)
    page = await lead.get(f"{BOARD}/{case.orders[0].id}")
    assert "act=ask_consultation" in page.text


async def test_a_department_without_an_order_ticks_its_copy(here: Office) -> None:
    case = await surveying(here)
    assert case.sheet is not None
    for row in case.sheet.rows:
        do = GiveRow(body=row.body, opinion="符合", surveyor="周示例")
        case = await here.do(case, do, staff=f"xinxiang-{row.body}", role="steward")
    opinion = GiveOpinion(order=case.orders[0].id, opinion="符合")
    case = await here.do(case, opinion, staff=case.orders[0].steward or "", role="steward")
    assert case.sheet is not None
    assert case.sheet.passed
    browser = await of(here, f"xinxiang-{PLANNING}")
    at = f"{BOARD}/matters/{case.id}:sheet:{PLANNING}"
    page = await browser.get(at)
    assert page.status == 200, (await browser.get(BOARD)).text
    done = await browser.post(at, hidden(page, "keep_copy"))
    assert done.status == 303, done.text
    after = await now(here, case)
    assert after.sheet is not None
    assert PLANNING in after.sheet.copies

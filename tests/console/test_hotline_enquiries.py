"""首问: whoever hears a question has it until somebody else has taken it; a complaint goes to those who supervise (J37–J47)."""

import re

from handlers.enquiries import EnquiryWork
from model.enquiry import Enquiry
from model.login import Role
from routing.enquiry_log import fold_enquiry
from storage.enquiries import Enquiries, Search
from tests.console.office import Browser, Office, Page

AT = "/console/enquiries/"
EVIL = "<script>alert(1)</script>\"'"


async def asked(browser: Browser, **said: str) -> Page:
    return await browser.sent(AT, {"words": "路灯坏了归谁管", "phone": "13900000007", "key": "1"} | said)


async def kept(here: Office, county: str = "jingxian") -> tuple[Enquiry, ...]:
    return await Enquiries(here.database, here.vault, fold_enquiry).find(Search(county))


async def test_the_clerk_who_heard_it_has_it(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE, name="jia")
    page = await asked(browser)
    assert "由jia负责" in page.text
    (one,) = await kept(here)
    assert (one.first_asked.id, one.owner.id, one.channel) == ("jingxian-jia", "jingxian-jia", "phone")
    assert one.phone == "13900000007"
    again = await asked(browser)
    assert again.status == 200
    assert len(await kept(here)) == 1


async def test_answered_by_whoever_has_it_and_by_nobody_else(here: Office) -> None:
    browser, other = await here.clerk(Role.HOTLINE, name="jia"), await here.clerk(Role.HOTLINE)
    await asked(browser)
    (one,) = await kept(here)
    assert one.id not in (await other.get(AT)).text
    no = await other.send(f"{AT}{one.id}/answer", {"words": "归城管"}, of=AT)
    assert no.status == 422
    assert (await kept(here))[0].answer is None
    page = await browser.sent(f"{AT}{one.id}/answer", {"words": "已转告城管局"}, of=AT)
    assert "这一条办结" in page.text
    (one,) = await kept(here)
    assert one.answer is not None
    assert one.answer.words == "已转告城管局"
    assert one.closed_at is not None


async def test_handed_over_it_stays_until_the_other_has_accepted(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE, name="jia")
    await asked(browser)
    (one,) = await kept(here)
    page = await browser.sent(f"{AT}{one.id}/hand-over", {"body": "water_company"}, of=AT)
    assert "他接受以前还是您负责" in page.text
    (one,) = await kept(here)
    assert one.owner.id == "jingxian-jia"
    assert one.offered is not None
    assert one.offered.to.id == "jingxian-water_company"
    no = await browser.send(f"{AT}{one.id}/hand-over", {"body": EVIL}, of=AT)
    assert no.status == 422
    assert "<script>alert" not in no.text


async def test_a_complaint_stays_with_nobody_it_may_be_about(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE, name="jia")
    await asked(browser, complaint="1")
    (one,) = await kept(here)
    assert one.complaint
    assert one.owner.id != "jingxian-jia"


async def test_what_is_lacking_is_said_and_nothing_is_lost(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    for said, told in (
        ({"phone": "123"}, "请写能回电话的号码"),
        ({"phone": EVIL}, "请写能回电话的号码"),
        ({"words": "长" * 401}, "最多400个字"),
        ({"ticket": "短"}, "6到40位"),
    ):
        page = await asked(browser, **said)
        assert page.status == 422
        assert told in page.text
        assert "<script>alert" not in page.text
    assert not await kept(here)
    page = await asked(browser, words="  ")
    assert page.status == 422


async def test_words_are_shown_as_they_are(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    await asked(browser, words=EVIL)
    page = await browser.get(AT)
    assert "&lt;script&gt;alert(1)" in page.text
    assert "<script>alert" not in page.text


async def test_words_typed_in_a_call_come_along(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    page = await browser.send(AT, {"draft": "1", "words": "可不可以分年付"})
    assert re.search(r"<textarea id=\"words\"[^>]*>可不可以分年付</textarea>", page.text)
    assert not await kept(here)


async def test_a_number_of_12345_is_of_one_question(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    for _ in range(2):
        assert (await asked(browser, ticket="DH20261128001")).status == 200
    assert "12345工单DH20261128001" in (await browser.get(AT)).text
    page = await asked(browser, words="又来问别的", ticket="DH20261128001", key="2")
    assert page.status == 422
    assert len(await kept(here)) == 1


async def test_at_the_window(here: Office) -> None:
    browser = await here.clerk(Role.WINDOW)
    await asked(browser, channel="window", about="water")
    (one,) = await kept(here)
    assert (one.channel, one.about) == ("window", "water")
    work = EnquiryWork(Enquiries(here.database, here.vault, fold_enquiry), here.staffing, here.counties)
    assert [each.id for each in await work.waiting_for(one.owner.id)] == [one.id]

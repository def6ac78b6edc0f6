"""How one's own cases stand, on a page; nobody else's; and where the chat offers the pages."""

import pytest

from dialogs.events import Helped
from handlers.own_progress import OwnProgress
from handlers.page_offering import PageOffering
from handlers.wording.wording import Wording
from model.conversation import Conversation, StaffRole
from model.message import Act, Invitation
from tests.pages.counter import ADDRESS, FORM, PROGRESS, Counter, send
from tests.pages.test_form_pages import CHAT, LEFT, filled
from tests.pages.town import WATER, XX, Browser
from tests.routing.county import NOW
from tests.shipped import shipped


@pytest.fixture
async def mine(behind: Counter) -> Browser:
    """The applicant's, signed in."""
    made = await behind.town.browser()
    await made.sign_in(PROGRESS)
    return made


async def handed_in(behind: Counter, browser: Browser) -> str:
    """A case of his; its number."""
    url = await filled(behind, browser)
    review = await browser.get(f"{url}&section=review")
    await send(browser, url, review, hand_in="yes", promise="yes")
    return (await behind.core.cases("xinxiang", XX))[0].number


async def test_nothing_handed_in_yet(mine: Browser) -> None:
    page = await mine.get(PROGRESS)
    assert "您还没有交过申请" in page.text
    assert "报一件新的" in page.text


async def test_one_case_with_its_steps_and_whom_to_call(behind: Counter, mine: Browser) -> None:
    number = await handed_in(behind, mine)
    page = await mine.get(PROGRESS)
    assert number in page.text
    assert "交申请" in page.text
    assert "已转给" in page.text
    assert 'href="tel:' in page.text
    assert "联系您" in page.text


async def test_the_page_knows_when_something_has_changed(behind: Counter, mine: Browser) -> None:
    await handed_in(behind, mine)
    before = await mine.get(f"{PROGRESS}/mark")
    assert (await mine.get(PROGRESS)).text.count(f'data-mark="{before.text}"') == 1
    [case] = await behind.core.cases("xinxiang", XX)
    assert (await mine.get(f"{PROGRESS}/mark")).text == before.text
    await behind.take(case.id)
    assert (await mine.get(f"{PROGRESS}/mark")).text != before.text
    assert "接单" in (await mine.get(PROGRESS)).text


async def test_of_several_one_is_chosen_and_nobody_elses(behind: Counter, mine: Browser) -> None:
    first = await handed_in(behind, mine)
    await behind.say("报装")
    second_url = await filled(behind, mine)
    await send(mine, second_url, await mine.get(f"{second_url}&section=review"), hand_in="yes", promise="yes")
    numbers = {one.number for one in await behind.core.cases("xinxiang", XX)}
    assert len(numbers) == 2
    listed = await mine.get(PROGRESS)
    assert all(f"?case={one}" in listed.text for one in numbers)
    assert f"办件号{first}" in (await mine.get(f"{PROGRESS}?case={first}")).text
    other = await behind.town.browser(WATER)
    await other.sign_in(PROGRESS)
    refused = await other.get(f"{PROGRESS}?case={first}")
    assert (refused.status, "李示例" in refused.text) == (404, False)
    assert first not in (await other.get(PROGRESS)).text
    assert (await mine.get(f"{PROGRESS}?case=%3Cscript%3E")).status == 404


async def test_the_chat_offers_the_pages_where_they_help(behind: Counter, mine: Browser) -> None:
    form = f"{ADDRESS}{FORM}?draft="
    assert form not in (await behind.say("用水", "个人")).text
    assert form in (await behind.say("同意")).text
    assert form not in (await behind.say("李示例")).text
    helped = await behind.say("帮助")
    tail = (await behind.draft()).id.partition("#")[2]
    assert form + tail in helped.text
    await behind.say("不同意")
    url = await filled_on(behind, mine)
    assert form + tail in (await behind.say("已填", "你好")).text
    await send(mine, url, await mine.get(f"{url}&section=review"), hand_in="yes", promise="yes")
    assert f"{ADDRESS}{PROGRESS}" in (await behind.say("进度")).text


async def filled_on(behind: Counter, browser: Browser) -> str:
    """The draft that the chat has begun, filled in on the page."""
    url = f"{FORM}?draft={(await behind.draft()).id.partition('#')[2]}"
    for section, fields in LEFT.items():
        here = f"{url}&section={section}"
        answer = await send(browser, here, await browser.get(here), do="next", **fields)
        assert answer.status == 303, answer.text
    return url


async def test_no_dead_link_is_ever_sent(behind: Counter) -> None:
    await behind.say(*CHAT)
    talk = await behind.turns.conversation("xinxiang", XX)
    reply = (Helped(),)
    assert PageOffering("", ["xinxiang"]).beside(talk, reply) == reply
    assert PageOffering(ADDRESS, []).beside(talk, reply) == reply
    steward = talk.model_copy(update={"roles": (StaffRole(staff="s", body="b", name="n"),), "speaks_as": "steward"})
    assert PageOffering(ADDRESS, ["xinxiang"]).beside(steward, reply) == reply
    assert len(PageOffering(ADDRESS, ["xinxiang"]).beside(talk, reply)) == len(reply) + 1


@pytest.mark.parametrize(
    ("acts", "waits"), [(("agree_survey", "move_survey"), True), (("move_survey", "missed"), False)]
)
async def test_what_he_may_change_is_not_said_to_wait_for_him(
    behind: Counter, mine: Browser, acts: tuple[str, ...], waits: bool
) -> None:
    number = await handed_in(behind, mine)
    [case] = await behind.core.cases("xinxiang", XX)
    told = Invitation(
        id="s1",
        kind="survey",
        case=case.id,
        number=number,
        title="",
        acts=tuple(Act(id=one, label=one) for one in acts),
    )
    progress = OwnProgress(behind.core, {"xinxiang": Wording(shipped()["xinxiang"])})
    shown = await progress.shown(
        case, Conversation(id="c", account="xinxiang", person=XX, county="xinxiang", invitations=(told,)), NOW
    )
    assert bool(shown.asks) is waits

"""What a clerk has begun to fill in goes on in the applicant's WeChat: whole, once, to one, whoever dies on the way (ADR 40)."""

import asyncio
import datetime as dt
import re
from html import unescape
from typing import Any

import pytest

from bot.letters import OutboxLetters
from dialogs.expiring import run_out
from handlers.book import SealedBook
from handlers.effects import Effects
from handlers.handing_in import HandingIn
from handlers.handing_over import HandingOver
from handlers.hotline.giving import Giving
from handlers.ports import CoreAway
from handlers.turn import Turns
from model.conversation import Conversation
from model.draft import Draft
from model.login import Role
from model.message import FollowMessage, Message, Reply, TextMessage, Update
from model.scene import GoingOn
from storage.conversations import Conversations
from storage.handovers import Handovers
from storage.intakes import Intakes
from storage.outbox import Outbox
from tests.console.office import Browser, Office
from tests.console.test_hotline_intake import begun, case_of, kept, said, told

HIM = "o_wang"


class Chat:
    """The people in WeChat, over the same stores as the console."""

    def __init__(self, here: Office) -> None:
        self.here = here
        self.book = SealedBook(Conversations(here.port), here.vault)
        self.giving = Giving(self.book, Intakes(here.database, here.vault))
        codes = Handovers(here.database, here.vault)
        self.handing_over = HandingOver(here.core, codes, here.counties, drafts=self.giving)
        letters = OutboxLetters(Outbox(here.database))
        effects = Effects(here.core, handing_over=self.handing_over)
        self.turns = Turns(
            here.counties,
            {"jingxian": "jingxian"},
            self.book,
            effects,
            HandingIn(here.core, letters),
            lambda: here.now,
        )
        self.number = 0

    def update(self, message: Message, person: str = HIM) -> Update:
        self.number += 1
        key = f"m{self.number}"
        return Update(account="jingxian", person=person, key=key, at=self.here.now, message=message)

    async def says(self, words: str, person: str = HIM) -> str:
        reply = await self.turns.answer(self.update(TextMessage(text=words), person))
        return shown(reply)

    async def comes(self, code: str, person: str = HIM) -> str:
        return await self.says(f"接着办 {code}", person)

    async def scans(self, code: str, person: str = HIM) -> str:
        scene = str(GoingOn(code=code.replace(" ", "")))
        return shown(await self.turns.answer(self.update(FollowMessage(scene=scene), person)))

    async def talk(self, person: str = HIM) -> Conversation:
        return await self.turns.conversation("jingxian", person)

    async def draft(self, person: str = HIM) -> Draft:
        draft = (await self.talk(person)).draft()
        assert draft is not None
        return draft


def shown(reply: Reply) -> str:
    return "\n".join((reply.text, *(one.label for one in reply.buttons), reply.tail))


async def code(browser: Browser, at: str) -> str:
    page = await browser.send(f"{at}/handover", of=at)
    assert page.status == 200, page.text
    found = re.search(r'class="number">(\d{3} \d{3} \d{3})<', page.text)
    assert found is not None
    return found[1]


async def promised(here: Office, chat: Chat, at: str) -> Draft | None:
    """It is his, and then the program dies."""
    one = await chat.giving.kept("jingxian", at.rpartition("/")[2])
    assert one is not None
    assert one.draft is not None
    return await chat.giving.leave("jingxian", one.intake.id, f"jingxian:{HIM}", one.draft.revision, here.now)


async def sources(here: Office) -> list[bytes]:
    return [key async for key in here.port.scan("*intake-jingxian*:c")]


@pytest.fixture
def chat(here: Office) -> Chat:
    return Chat(here)


async def offered(here: Office) -> tuple[Browser, str, str]:
    """A clerk, the page of his call, and a code for it."""
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    await told(browser, at)
    return browser, at, await code(browser, at)


async def test_he_goes_on_with_all_of_it_and_hands_it_in_himself(here: Office, chat: Chat) -> None:
    browser, at, digits = await offered(here)
    clerk = (await kept(here, at)).clerk
    await said(browser, at, "邮箱不用，户主就是他")  # the clerk goes on until somebody comes
    assert "后四位" in await chat.comes(digits)
    answer = await chat.says("0001")
    assert "已填4项" in answer
    assert "个人信息告知" not in answer
    draft = await chat.draft()
    assert draft.state == "filling"
    assert {(one.by, one.role) for one in draft.answers.values() if one.value is not None} == {(clerk, "staff")}
    assert draft.agreements["notice"].agreed
    assert draft.answers["phone"].value.number == "13900000001"  # type: ignore[union-attr]
    assert draft.attention is None
    one = await kept(here, at)
    assert (one.state, one.changed_at) == ("handed_over", here.now)
    assert one.notice is not None
    assert one.notice.by == clerk
    assert await sources(here) == []
    own = await chat.says("改联系电话 13900000007")
    assert "13900000007" in own.replace(" ", "")
    changed = (await chat.draft()).answers["phone"]
    assert (changed.by, changed.role) == (HIM, "applicant")


async def test_nothing_more_is_typed_once_it_is_his(here: Office, chat: Chat) -> None:
    browser, at, digits = await offered(here)
    before = await chat.comes(digits)
    assert "王示例" not in before
    await chat.says("0001")
    proof = (await browser.get("/console/intake/")).proof
    assert at not in (await browser.get("/console/intake/")).text
    for act, form in (("say", {"text": "13900000009"}), ("notice", {}), ("form", {"consent": "x.yes"}), ("drop", {})):
        page = await browser.post(f"{at}/{act}", {"proof": proof} | form)
        assert page.status in {200, 303}
    for act in ("register", "handover"):
        page = await browser.post(f"{at}/{act}", {"proof": proof})
        assert page.status == 200, page.text  # the page says that it is over
        assert "他在微信里接过去了" in page.text
    page = await browser.get(at)
    assert "这里不能再改" in page.text
    assert "13900000001" not in page.text
    assert (await kept(here, at)).state == "handed_over"
    assert (await chat.draft()).answers["phone"].value.number == "13900000001"  # type: ignore[union-attr]


async def test_a_redelivery_and_another_scan_bring_it_once(here: Office, chat: Chat) -> None:
    _, _, digits = await offered(here)
    await chat.scans(digits)
    update = chat.update(TextMessage(text="0001"))
    first = await chat.turns.answer(update)
    assert await chat.turns.answer(update) == first
    assert "不用再扫" in await chat.scans(digits)
    assert len((await chat.talk()).drafts) == 1
    assert "用过了" in await chat.scans(digits, "o_li")
    assert "用过了" in await chat.comes(digits, "o_li")


async def test_of_two_at_once_one_has_it(here: Office, chat: Chat) -> None:
    _, at, digits = await offered(here)
    people = ("o_1", "o_2", "o_3")
    for one in people:
        await chat.comes(digits, one)
    found = await asyncio.gather(*(chat.says("0001", one) for one in people))
    assert sorted("已填4项" in one for one in found) == [False, False, True]
    assert [bool((await chat.talk(one)).taken_over) for one in people].count(True) == 1
    assert (await kept(here, at)).state == "handed_over"


async def test_who_died_before_it_arrived_scans_again_and_has_it(here: Office, chat: Chat) -> None:
    browser, at, digits = await offered(here)
    one = await kept(here, at)
    assert await promised(here, chat, at) is not None
    page = await browser.get(at)
    assert "正在转到他的微信" in page.text
    assert (await browser.send(f"{at}/drop", of="/console/intake/")).status == 303
    assert (await kept(here, at)).state == "open"
    refused = await browser.send(f"{at}/register", of="/console/intake/")
    assert "正在转到他的微信" in refused.text
    assert "用过了" in await chat.comes(digits, "o_li")
    assert not await chat.giving.arrived("jingxian", one.id, here.now)
    assert "已填4项" in await chat.scans(digits)  # it was promised to him: nobody asks again
    assert (await kept(here, at)).state == "handed_over"


async def test_who_died_before_he_could_say_so_is_found_by_the_next_look(
    here: Office, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, at, digits = await offered(here)
    await chat.comes(digits)

    async def dies(*_: object) -> bool:
        raise CoreAway

    with monkeypatch.context() as broken:
        broken.setattr(Giving, "arrived", dies)
        assert "已填4项" in await chat.says("0001")
    assert (await kept(here, at)).state == "open"
    assert len(await sources(here)) == 1
    assert "他在微信里接过去了" in (await browser.get(at)).text
    assert (await kept(here, at)).state == "handed_over"
    assert await sources(here) == []
    assert len((await chat.talk()).drafts) == 1


async def test_what_was_typed_meanwhile_comes_too_or_not_at_all(here: Office, chat: Chat) -> None:
    """The clerk's Enter and the applicant's four digits in one moment: what the clerk is shown as kept is in the chat."""
    browser, at, digits = await offered(here)
    await chat.comes(digits)
    proof = (await browser.get(at)).proof
    typed = browser.post(f"{at}/say", {"proof": proof, "text": "地址改成泾川镇示范路9号"})
    page, answer = await asyncio.gather(typed, chat.says("0001"))
    assert "已填4项" in answer
    assert "示范路9号" in repr((await chat.draft()).answers) or "示范路9号" not in page.text


async def test_the_number_is_the_one_that_stands_there_in_that_moment(
    here: Office, chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser, at, digits = await offered(here)
    await chat.comes(digits)
    leave, times = Giving.leave, []

    async def typed_first(*given: Any) -> Draft | None:
        if not times:
            times.append(await said(browser, at, "电话改成13900000002"))
        return await leave(*given)

    monkeypatch.setattr(Giving, "leave", typed_first)
    assert "还可以试2次" in await chat.says("0001")
    assert (await kept(here, at)).state == "open"
    assert "已填4项" in await chat.says("0002")


async def test_a_draft_that_was_registered_since_is_the_case(here: Office, chat: Chat) -> None:
    browser, at, digits = await offered(here)
    await browser.send(f"{at}/register", of=at)
    case = await case_of(here, at)
    await chat.comes(digits)
    assert case.number in await chat.says("0001")
    after = await here.core.case(case.id)
    assert after is not None
    assert after.person == HIM


async def test_what_was_thrown_away_is_said_so(here: Office, chat: Chat) -> None:
    browser, at, digits = await offered(here)
    await browser.send(f"{at}/drop", of=at)
    assert "已经删掉" in await chat.comes(digits)


async def test_no_code_before_the_notice_nor_without_a_number(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    assert "让他在微信里接着填" not in (await browser.get(at)).text.partition("legend")[0]
    page = await browser.send(f"{at}/handover", of=at)
    assert page.status == 422
    assert "告知念给他听" in page.text
    await browser.send(f"{at}/notice", of=at)
    page = await browser.send(f"{at}/handover", of=at)
    assert page.status == 422
    assert "没有留电话" in page.text


async def test_the_number_that_counts_is_the_one_that_stands_there(here: Office, chat: Chat) -> None:
    browser, at, digits = await offered(here)
    await chat.comes(digits)
    await said(browser, at, "电话改成13900000002")
    assert "还可以试2次" in await chat.says("0001")
    assert "已填4项" in await chat.says("0002")


async def test_three_wrong_ends_and_the_clerk_makes_another_code(here: Office, chat: Chat) -> None:
    browser, at, digits = await offered(here)
    await chat.comes(digits)
    for wrong in ("1111", "2222", "3333"):
        last = await chat.says(wrong)
    assert "不能用了" in last
    other = await code(browser, at)
    await chat.comes(other, "o_li")
    assert "已填4项" in await chat.says("0001", "o_li")


async def test_who_keeps_it_cannot_be_its_applicant(here: Office, chat: Chat) -> None:
    _, at, digits = await offered(here)
    one = await kept(here, at)
    await here.staffing.issue_code(one.clerk, "K7P2Q9M1", here.now + dt.timedelta(minutes=5))
    await chat.says("绑定 K7P2Q9M1")
    await chat.comes(digits)
    assert "不能转到您自己的微信" in await chat.says("0001")
    assert (await kept(here, at)).state == "open"


async def test_what_he_was_filling_in_himself_stays(here: Office, chat: Chat) -> None:
    for words in ("报装", "同意", "电"):
        await chat.says(words)
    mine = await chat.draft()
    assert mine.answers
    _, _, digits = await offered(here)
    await chat.comes(digits)
    await chat.says("0001")
    talk = await chat.talk()
    assert [one.id for one in talk.drafts][0] == mine.id
    assert len(talk.drafts) == 2
    assert talk.active != mine.id
    serials = {one.id.rpartition("-")[2] for one in talk.drafts}
    assert len(serials) == 2  # a tap names its draft by it


async def test_who_has_no_room_keeps_the_code(here: Office, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in ("报装", "同意", "电"):
        await chat.says(words)
    few = here.counties["jingxian"].made_anew(most_drafts=1)
    monkeypatch.setitem(here.counties._known, "jingxian", few)
    browser, at, digits = await offered(here)
    await chat.comes(digits)
    assert "放不下" in await chat.says("0001")
    assert "13900000001" in (await browser.get(at)).text


async def test_what_never_arrives_runs_out_as_every_draft_does(here: Office, chat: Chat) -> None:
    _, at, _ = await offered(here)
    draft = await promised(here, chat, at)
    assert draft is not None
    talk = Conversation(id="x", account="x", person="x", county="jingxian").with_draft(draft)
    county = here.counties["jingxian"]
    after = here.now + dt.timedelta(days=county.retention.drafts + 1)
    assert run_out(county, talk, here.now) == ()
    assert run_out(county, talk, after) == (draft,)


async def test_another_countys_clerk_makes_no_code_for_it(here: Office) -> None:
    _, at, _ = await offered(here)
    other = await here.clerk(Role.HOTLINE, county="xinxiang")
    assert (await other.send(f"{at}/handover", of="/console/intake/")).status == 404


async def test_the_page_of_the_code_says_what_to_do(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    at = await begun(browser)
    await told(browser, at)
    page = unescape((await browser.send(f"{at}/handover", of=at)).text)
    assert "这份登记的交接码" in page
    assert "139开头" in page
    assert "0001" not in page
    assert f'href="{at}"' in page

"""人工会话 at the console: who waits is seen and answered, once, by one; what does not arrive is called; nothing is lost (ADR 41)."""

import asyncio
import datetime as dt
import re
from html import unescape
from urllib.parse import quote

from handlers.book import SealedBook
from model.calendar import CHINA
from model.conversation import Conversation
from model.delivery import Delivered, Unreachable
from model.human import HumanTalk
from model.login import Role
from model.message import Message, Reply, TextMessage, Update, VoiceMessage
from routing.enquiry_log import fold_enquiry
from storage.conversations import Conversations
from storage.enquiries import Enquiries, Search
from storage.human_talks import HumanTalks
from storage.outbox import Outbox
from storage.pulse import Pulse
from tests.console.office import Browser, Office, Page

HIM = "o_ren"
WHERE = "xinxiang"
HOSTILE = "</p><script>alert(1)</script>{{ 7*7 }}"


class Chat:
    """Somebody in WeChat, over the same stores as the console."""

    def __init__(self, here: Office, person: str = HIM) -> None:
        self.here, self.person, self.number = here, person, 0
        self.book = SealedBook(Conversations(here.port), here.vault)

    async def says(self, said: str | Message, *, key: str = "") -> str:
        self.number += 1
        message = TextMessage(text=said) if isinstance(said, str) else said
        key = key or f"{self.person}-{self.number}"
        update = Update(account=WHERE, person=self.person, key=key, at=self.here.now, message=message)
        return (await self.here.turns.answer(update)).text

    async def talk(self) -> Conversation:
        return await self.here.turns.conversation(WHERE, self.person)

    async def pushed(self, *, arrives: bool = True) -> list[str]:
        """What the outbox brings him now."""
        outbox, texts = Outbox(self.here.database), list[str]()
        while rows := await outbox.claim(self.here.now, 20):
            for row in rows:
                reply = await self.book.said(f"{WHERE}:{self.person}", row.refs.get("key", "")) or Reply()
                if reply.pushed and reply.text:
                    texts.append(reply.text)
                await outbox.announce(row, "text", None)
                ended = Delivered() if arrives else Unreachable(reason="chat=closed")
                await outbox.finish(row, ended, self.here.now, 0)
        return texts


async def clerk(here: Office, name: str) -> Browser:
    return await here.clerk(Role.HOTLINE, county=WHERE, name=name)


async def row(browser: Browser) -> str:
    found = re.search(r'id="talk-(\d+)"', (await browser.get("/console/inbox/")).text)
    assert found is not None
    return f"/console/inbox/{found[1]}"


def form(page: Page, **more: str) -> dict[str, str]:
    """The fields of the page's forms."""
    found = dict(re.findall(r'type="hidden" name="(proof|number|request|over)" value="([^"]*)"', page.text))
    return found | more


async def does(browser: Browser, at: str, deed: str, page: Page | None = None, **more: str) -> Page:
    page = page or await browser.get(at)
    return await browser.post(f"{at}/{deed}", form(page, **more))


async def test_a_talk_from_its_beginning_to_its_end(here: Office) -> None:
    chat, she = Chat(here), await clerk(here, "zhao")
    await chat.says("燃气")
    draft = (await chat.talk()).draft()
    assert "结束人工" in await chat.says("人工")
    assert await chat.says(f"沟能过吗{HOSTILE}", key="twice") == ""
    assert await chat.says(f"沟能过吗{HOSTILE}", key="twice") == ""
    assert "1个人等答复" in (await she.get("/console/")).text
    at = await row(she)
    page = await she.get(at)
    assert unescape(page.text).count(HOSTILE) == 1
    assert "<script>alert" not in page.text
    assert (await chat.talk()).draft() == draft
    sent = form(page, text=f"可以接{HOSTILE}")
    answers = [await she.post(f"{at}/say", sent), await she.post(f"{at}/say", sent)]
    assert [one.status for one in answers] == [303, 303]
    assert "正在发" in (await she.get(at)).text
    going = (await Pulse(here.database).marks())[f"inbox:{WHERE}"]
    assert await chat.pushed() == [f"工作人员zhao：\n可以接{HOSTILE}"]
    assert (await Pulse(here.database).marks())[
        f"inbox:{WHERE}"
    ] != going  # pages that are open see that it has arrived
    assert "已送达" in (await she.get(at)).text
    assert "没有人等" in (await she.get("/console/")).text
    assert await chat.says("好的") == ""
    assert "没有人等" in (await she.get("/console/")).text
    assert (await does(she, at, "end")).status == 303
    (told,) = await chat.pushed()
    assert "结束了人工" in told
    assert "申请人类别" in told or "单位的名义" in told
    assert "自然人" in await chat.says("个人")
    looks = await she.get(at)
    assert "工作人员结束了" in looks.text


async def test_two_take_the_same_talk_at_once(here: Office) -> None:
    chat, one, two = Chat(here), await clerk(here, "qian"), await clerk(here, "sun")
    await chat.says("人工")
    at = await row(one)
    pages = [await one.get(at), await two.get(at)]
    answers = await asyncio.gather(one.post(f"{at}/take", form(pages[0])), two.post(f"{at}/take", form(pages[1])))
    assert sorted(answer.status for answer in answers) == [303, 422]
    first, second = ("qian", "sun") if answers[0].status == 303 else ("sun", "qian")
    loser = two if first == "qian" else one
    refused = next(answer for answer in answers if answer.status == 422)
    assert f"{first}已经接手" in refused.text
    assert 'id="text"' not in refused.text  # the other has it: nothing to type into
    said = await loser.post(f"{at}/say", form(refused, text="我来答"))
    assert said.status == 422
    assert "我来答" in said.text  # what was typed is not lost
    assert f'data-at="{at}"' in said.text  # and it goes on being told what is new, though it was posted
    assert await chat.pushed() == []
    assert (await does(loser, at, "take")).status == 303  # he takes it over from the one he sees there
    assert (await chat.talk()).human.taken_name == second  # type: ignore[union-attr]
    assert (await does(loser, at, "say", text="我来答")).status == 303
    assert len(await chat.pushed()) == 1


async def test_he_ends_it_while_somebody_types(here: Office) -> None:
    chat, she = Chat(here), await clerk(here, "lin")
    await chat.says("人工")
    await chat.says("请问要几天")
    at = await row(she)
    page = await she.get(at)
    assert "人工结束了" in await chat.says("结束人工")
    said = await she.post(f"{at}/say", form(page, text=f"七天{HOSTILE}"))
    assert said.status == 422
    assert "这句话没有发出去" in said.text
    assert unescape(said.text).count(f"七天{HOSTILE}") == 1
    assert await chat.pushed() == []
    await chat.says("人工")  # a page of the earlier talk does nothing to this one
    assert (await she.post(f"{at}/end", form(page))).status == 422
    assert (await chat.talk()).attended
    assert "以前的人工会话" in (await she.get(at)).text


async def test_what_is_not_sent_is_refused(here: Office) -> None:
    chat, she = Chat(here), await clerk(here, "zhou")
    await chat.says("人工")
    at = await row(she)
    assert "还没有写内容" in (await does(she, at, "say", text=" \r\n ")).text
    assert "您写了501个" in (await does(she, at, "say", text="长" * 501)).text
    assert (await does(she, at, "say", text="好", request="short")).status == 404
    assert (await does(she, at, "say", text="好", number="x")).status == 404
    assert (await does(she, at, "say", quick="99")).status == 422
    assert (await does(she, at, "say", quick="1")).status == 303
    assert (await chat.pushed())[0].endswith("请稍等。")
    for wrong in ("/console/inbox/999", "/console/inbox/x", "/console/inbox/١"):
        assert (await she.get(wrong)).status == 404
    elsewhere = await here.clerk(Role.HOTLINE, county="jingxian", name="wusan")
    assert (await elsewhere.get(at)).status == 404
    assert "本县没有开人工会话" in (await elsewhere.get("/console/inbox/")).text


async def test_the_session_is_gone_when_he_sends(here: Office) -> None:
    chat, she = Chat(here), await clerk(here, "shen")
    await chat.says("人工")
    at = await row(she)
    page = await she.get(at)
    she.session.cookie_jar.clear()
    lost = await she.post(f"{at}/say", form(page, text="七天"), Referer=here.url + at)
    assert lost.status == 401
    assert f'href="/console/sign-in?to={quote(at, safe="")}"' in lost.text
    assert await chat.pushed() == []
    away = await she.post(f"{at}/say", form(page), Referer="https://evil.example/x")
    assert "evil" not in away.text


async def test_what_does_not_arrive_is_seen_and_called(here: Office) -> None:
    chat, she = Chat(here), await clerk(here, "zheng")
    await chat.says(VoiceMessage())
    at = await row(she)
    assert "语音，未识别" in (await she.get(at)).text
    await does(she, at, "say", text="请打字说一下")
    await chat.pushed(arrives=False)
    assert "没有送到" in (await she.get(at)).text
    calls = await she.get("/console/worklist")
    assert "人工会话里的答复" in calls.text
    call = re.search(r'href="(/console/worklist/\d+)"', calls.text)
    assert call is not None
    opened = await she.get(call[1])
    assert "请打字说一下" in opened.text
    fields = dict(re.findall(r'name="(request|rows)" value="([^"]+)"', opened.text))
    made = {"proof": opened.proof, "outcome": "reached"} | fields
    assert (await she.post(f"{call[1]}/outcome", made)).status == 303
    assert "已打电话告诉他" in (await she.get(at)).text
    await does(she, at, "end")
    await chat.pushed(arrives=False)
    assert "人工会话里的答复" not in (await she.get("/console/worklist")).text  # nobody calls to say that it is over


async def test_nobody_answers_and_it_is_somebodys(here: Office) -> None:
    chat = Chat(here)
    await chat.says("人工")
    await chat.says("我家没水了")
    await chat.says("谢谢")
    for minutes, ended in ((59, False), (2, True)):
        here.later(minutes=minutes)
        assert await here.turns.settle(WHERE, HIM)
        assert (await chat.talk()).attended is not ended
    (told,) = await chat.pushed()
    assert "没能及时答复您，已经登记下来" in told
    found = await asked_in(here)
    assert found == ["我家没水了"]
    at, she = await HumanTalks(here.database).row_of(WHERE, HIM), await clerk(here, "wang")
    assert "自动结束了" in (await she.get(f"/console/inbox/{at}")).text
    assert await here.turns.settle(WHERE, HIM)
    assert await chat.pushed() == []
    here.later(days=30)
    assert await here.turns.settle(WHERE, HIM)
    after = await chat.talk()
    assert after.human is None
    assert await HumanTalks(here.database).row_of(WHERE, HIM) is None


async def test_nights_do_not_use_up_his_patience_but_ours_ends_by_the_clock(here: Office) -> None:
    chat = Chat(here)
    here.times.append(dt.datetime(2026, 11, 23, 17, 20, tzinfo=CHINA))
    await chat.says("人工")
    await chat.says("气压多少")
    due = [here.now.replace(day=24, hour=hour, minute=minute) for hour, minute in ((9, 19), (9, 21))]
    for at, ended in zip(due, (False, True), strict=True):
        here.times.append(at)
        await here.turns.settle(WHERE, HIM)
        assert (await chat.talk()).attended is not ended
    here.times.append(due[0].replace(hour=17, minute=25))
    await chat.says("人工")
    she = await clerk(here, "feng")
    await does(she, await row(she), "say", text="三千帕")
    await chat.pushed()
    here.later(minutes=31)
    assert await here.turns.settle(WHERE, HIM)
    assert not (await chat.talk()).attended
    assert "有一会儿没说话了" in (await chat.pushed())[0]
    assert len(await asked_in(here)) == 1


async def test_what_is_counted_stays_when_the_words_are_gone(here: Office) -> None:
    chat, she = Chat(here), await clerk(here, "han")
    await chat.says("人工")
    here.later(minutes=12)
    await does(she, await row(she), "say", text="在")
    here.later(minutes=5)
    await does(she, await row(she), "say", text="请说")  # only the first answer counts
    await chat.says("结束人工")
    await chat.says("人工")
    await chat.says("还有一件")
    here.later(minutes=61)
    await here.turns.settle(WHERE, HIM)
    await chat.says("删除我的信息")
    assert "删除编号" in await chat.says("确定删除")
    boss, head = [await here.clerk(one, county=WHERE) for one in (Role.SUPERVISOR, Role.LEAD)]
    begun = {"2": "会话", "1/2（50%）": "按时答复", "12分钟（1次）": "中位数", "0": "自己先结束", "1": "转首问"}
    for path in ("/console/supervision", "/console/supervision/bulletin"):
        page = (await boss.get(path)).text
        table = page[page.index('id="talks"') :]
        cells = re.findall(r'<td class="number">([^<]*)</td>', table[: table.index("</tr>", table.index("<tbody>"))])
        assert cells == list(begun), path
        assert "没有答复就结束" not in page and "60分钟以内" in page
        assert "人工会话" not in (await head.get(path)).text  # not his body's
    assert "本县" not in (await (await here.clerk(Role.SUPERVISOR)).get("/console/supervision")).text


async def test_he_has_it_erased(here: Office) -> None:
    chat, she = Chat(here), await clerk(here, "chen")
    await chat.says("人工")
    await chat.says("我叫王示例")
    at = await row(she)
    await does(she, at, "say", text="王先生您好")
    assert "王示例" in (await she.get(at)).text
    assert "确定" in await chat.says("删除我的信息")
    assert "删除编号" in await chat.says("确定删除")
    assert (await chat.talk()).human is None
    assert (await she.get(at)).status == 404
    assert await chat.pushed() == []


async def test_an_open_page_hears_of_it(here: Office) -> None:
    chat, she, marks = Chat(here), await clerk(here, "wei"), here.console.live._marks
    before = await marks()
    await chat.says("人工")
    after = await marks()
    assert {topic for topic in before.keys() | after.keys() if before.get(topic) != after.get(topic)} == {
        f"inbox:{WHERE}"
    }
    assert (await she.get("/console/live?topics=inbox:jingxian")).status == 404
    await chat.says("在吗")
    assert (await marks())[f"inbox:{WHERE}"] != after[f"inbox:{WHERE}"]


async def asked_in(here: Office) -> list[str]:
    found = await Enquiries(here.database, here.vault, fold_enquiry).find(Search(WHERE))
    return [one.words for one in found]


class Away(HumanTalks):
    """The records cannot be reached."""

    async def put(self, conversation: Conversation, talk: HumanTalk, *, enquiry: bool = False) -> int:
        raise TimeoutError


async def test_no_talk_begins_that_staff_could_not_find(here: Office) -> None:
    chat, talks = Chat(here), here.turns._effects._attending
    assert talks is not None
    known, talks._talks = talks._talks, Away(here.database)
    await chat.says("燃气")
    told = await chat.says("人工")
    assert "您可以打" in told  # as where nobody answers, and the question once more
    assert "单位的名义" in told
    assert not (await chat.talk()).attended
    talks._talks = known
    await chat.says("人工")
    talks._talks = Away(here.database)
    assert await chat.says("还在吗") == ""  # what is said in one that has begun is kept
    human = (await chat.talk()).human
    assert human is not None
    assert [one.text for one in human.lines] == ["还在吗"]

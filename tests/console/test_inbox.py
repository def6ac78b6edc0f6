"""人工会话 at the console: who waits is seen and answered, once, by one; what does not arrive is called; nothing is lost (ADR 41)."""

import asyncio
import datetime as dt
import re
from html import unescape

import pytest

from handlers.book import SealedBook
from model.calendar import CHINA
from model.conversation import Conversation
from model.delivery import Unreachable
from model.login import Role
from model.message import Message, Reply, TextMessage, Update, VoiceMessage
from storage.conversations import Conversations
from storage.enquiries import Search
from storage.human_talks import HumanTalks
from storage.outbox import Outbox
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
                ended = Unreachable(reason="chat=closed")
                if arrives or not reply.text:
                    await outbox.announce(row, "text", None)
                    from model.delivery import Delivered

                    ended = Delivered()
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
    assert await chat.pushed() == [f"工作人员zhao：\n可以接{HOSTILE}"]
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

"""A crowd at the safe-mode endpoint: applicants and stewards who go on while the product dies under them.

Each message is sent one to three times, in part at once, as the platform does when it believes an answer lost; each
reply is read with the client's own cipher. What they saw is compared with what the stores hold at the end.
"""

import asyncio
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import aiohttp

from tests.e2e.jobs import AGENT, short
from tests.e2e.running import Phone
from tests.wechat.safe_client import ReplySeen, SafeClient

BUSY, UNSURE = "还没有处理", "不一定记上"
"""Told that it was not done: the person says it again. Told that nobody knows: he looks first."""
NUMBER = re.compile(r"\(JXLB\)\d{6}")
LISTED = re.compile(r"您有(\d+)个任务")
QUESTION = re.compile(r"〔[^〕]*〕.*|.*您同意吗？")
_TRIES, _PAUSE = 300, 0.1
_GROWS, _LONGEST = 1.5, 5.0
"""The pause after each try that was in vain: hundreds who came back at once would keep the product from starting."""
_A_WHILE = 10.0
"""Who is told to come again in a while comes within so many seconds."""
_COMES_BACK = 5.0
"""The platform tries three times and then the person does it: here one goes on for as long as restarts may take."""


class Unanswered(AssertionError):
    """Nobody answered a message for minutes."""


@dataclass
class Tally:
    """What the crowd has sent and met."""

    messages: int = 0
    deliveries: int = 0
    repeated: int = 0
    """Deliveries that got no 200: the product was dead or said 503."""
    longest: float = 0.0
    """Seconds that one delivery took which was answered."""
    busy: int = 0
    """Answered that we are busy: the person says it again."""
    unsure: int = 0
    """Answered that nobody knows: the person looks first."""
    under_way: int = 0
    most: int = 0
    """Applicants in the middle of their form, now and at most."""
    lost: int = 0
    """Promises that the platform never delivered again after the product died over them."""
    papers: int = 0
    """Papers handed in."""


@dataclass
class _Message:
    """One message in all its deliveries. The platform comes back after five seconds and not, as we do, at once: what may
    have been here before is known by its age, and until then nobody can tell (ADR 7).
    """

    xml: str
    began: float
    unanswered: bool = False

    def is_young(self) -> bool:
        """Whether the platform would not have come back to it yet."""
        return asyncio.get_running_loop().time() - self.began < _COMES_BACK


@dataclass
class Person:
    """One phone: what was said and what came back. Replies to copies of one message must be word for word the same."""

    client: SafeClient
    openid: str
    tally: Tally
    dice: random.Random
    doors: Sequence[str] = ()
    """The account's endpoint on each product: any of them may get any copy of a message."""
    seen: ReplySeen = field(default_factory=lambda: ReplySeen(""))
    phone: Phone | None = None
    """His phone at the platform, which hears that he has written."""

    async def say(self, text: str) -> ReplySeen:
        """Words typed; said again as a new message where the answer was that nothing was done."""
        return await self._sure("text", {"Content": text})

    async def tap(self, link: tuple[str, str, str]) -> ReplySeen:
        """Taps a choice of a reply."""
        content, choice, _ = link
        return await self._sure("text", {"Content": content, "bizmsgmenuid": choice})

    async def _sure(self, kind: str, fields: Mapping[str, object]) -> ReplySeen:
        before = self.seen
        for _ in range(_TRIES):
            number = 24_000_000_000_000_000 + self.dice.randrange(10**15)
            seen = await self._send(self.client.document(self.openid, kind, {**fields, "MsgId": number}))
            if UNSURE in seen.text:
                self.tally.unsure += 1
                if await self._is_done(before):
                    return self.seen
            elif BUSY not in seen.text:
                return seen
            self.tally.busy += 1
            await asyncio.sleep(self.dice.uniform(0, _A_WHILE))
        raise Unanswered(self.openid)

    async def _is_done(self, before: ReplySeen) -> bool:
        """Looks whether what nobody was sure of was done. Whoever only reads may say it again."""
        return False

    async def _send(self, xml: str) -> ReplySeen:
        self.tally.messages += 1
        if self.phone is not None:  # what is said past the platform would give no right to push
            await self.phone.act("written")
        message = _Message(xml, asyncio.get_running_loop().time())
        copies, at_once = self.dice.choice(((1, False), (2, True), (2, False), (3, True)))
        if at_once:
            answers = list(await asyncio.gather(*(self._delivered(message) for _ in range(copies))))
        else:
            answers = [await self._delivered(message) for _ in range(copies)]
        said = {one.content for one in answers if not _busy(one)}
        said = said or {one.content for one in answers if UNSURE in one.text} or {answers[0].content}
        assert len(said) == 1, said
        self.seen = next(one for one in answers if one.content in said)
        return self.seen

    async def _delivered(self, message: "_Message") -> ReplySeen:
        pause = _PAUSE
        for _ in range(_TRIES):
            seen = await self._tried(message.xml)
            if seen is None:
                message.unanswered = True
            elif not (BUSY in seen.text and message.unanswered and message.is_young()):
                return seen
            await asyncio.sleep(pause * self.dice.uniform(0.5, 1))
            pause = min(pause * _GROWS, _LONGEST)
        raise Unanswered(self.openid)

    async def _tried(self, xml: str) -> ReplySeen | None:
        """One delivery; None if it was not answered."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        self.tally.deliveries += 1
        if self.doors:
            self.client.endpoint = self.dice.choice(self.doors)
        try:
            seen = await self.client.push(self.openid, xml)
        except (aiohttp.ClientError, TimeoutError, OSError):
            seen = None
        if seen is not None and seen.status == 200:
            self.tally.longest = max(self.tally.longest, loop.time() - began)
            return seen
        self.tally.repeated += 1
        return None


@dataclass
class Applicant(Person):
    """泾县's shortest form from the first word to the promise; nobody else has this address, name and phone."""

    number: int = 0
    pace: float = 0.0
    """Seconds he thinks before each message, on the average."""
    promised: str = ""
    """The document of his promise, if it was delivered once and not answered."""
    looked: bool = False
    """The last reply is not to his words, but to the look whether they were heard."""
    doubted: bool = False
    """Nobody was sure of his promise, and he found the case himself."""
    receipts: set[str] = field(default_factory=set)
    """The numbers that came as the answer to a promise."""

    @property
    def data(self) -> dict[str, str]:
        """What he says of himself."""
        return {
            "address": f"泾川镇示范路{self.number + 1}号3栋201",
            "name": f"李示{_digits(self.number)}",
            "phone": f"138{self.number:08d}",
            "remark": f"第{self.number}户",
        }

    async def apply(self, *, after: float = 0.0, once: Callable[[], bool] = lambda: False) -> None:
        """Fills in the form and promises, `after` so many seconds; no answer may be turned down. `once`: whether the
        promise will be delivered once, whatever becomes of it.
        """
        await asyncio.sleep(after)
        self.tally.under_way += 1
        self.tally.most = max(self.tally.most, self.tally.under_way)
        await self.say("你好")  # from now on he knows what he is asked
        for text in short(**self.data).split("|"):
            await asyncio.sleep(self.dice.uniform(0, 2 * self.pace))
            await self.say(text)
            if self.looked:  # what he sees is the question, not what was said to his words
                self.looked = False
                continue
            assert "没看懂" not in self.seen.text, (text, self.seen.text)
            assert f"收到“{text}”" not in self.seen.text, self.seen.text
        assert "我承诺" in str(self.seen.labels), self.seen.text
        if once():
            await self._promise_once()
        else:
            self._told(await self.say("我承诺"))
        self.tally.under_way -= 1

    async def _is_done(self, before: ReplySeen) -> bool:
        """Another question is asked now, or there is a case."""
        await self.say("进度")
        if NUMBER.findall(self.seen.text):
            self.doubted = True
            return True
        await self.say("你好")
        self.looked = _asked(self.seen) != _asked(before)
        return self.looked

    async def _promise_once(self) -> None:
        number = 25_000_000_000_000_000 + self.number
        xml = self.client.document(self.openid, "text", {"Content": "我承诺", "MsgId": number})
        self.tally.messages += 1
        seen = await self._tried(xml)
        if seen is None or _busy(seen):
            self.tally.lost += 1
            self.promised = xml
        else:
            self._told(seen)

    async def asked_again(self) -> None:
        """The platform comes back to the promise that nobody answered."""
        if self.promised:
            self._told(await self._send(self.promised))

    def _told(self, seen: ReplySeen) -> None:
        if "已收到" in seen.text:
            self.receipts |= set(NUMBER.findall(seen.text))

    async def case_number(self) -> str:
        """The joint number, once the case is there."""
        for _ in range(_TRIES):
            seen = await self.say("进度")
            if found := set(NUMBER.findall(seen.text)):
                (number,) = found
                return number
            await asyncio.sleep(_PAUSE)
        raise Unanswered(self.openid)


@dataclass
class Clerk(Person):
    """Begins a firm's form and hands in a paper; the form stays a draft."""

    doubted: bool = False
    """Nobody was sure of his paper, so he may have sent it once more."""

    async def hand_in(self) -> None:
        """The paper is sent from the phone, whose platform asks again until there is an answer."""
        for text in AGENT.split("|"):
            await self.say(text)
        while BUSY in (said := await self._sent()) or UNSURE in said:
            self.doubted = self.doubted or UNSURE in said
            await asyncio.sleep(self.dice.uniform(0, _A_WHILE))
            if self.doubted and "个文件" in (await self.say("已填")).text:
                break
        else:
            assert "正在保存" in said or "存好了" in said or not said, said
        self.tally.papers += 1

    async def _sent(self) -> str:
        assert self.phone is not None
        done = await self.phone.act("file")
        for _ in range(_TRIES):
            if done["attempts"][-1]["status"] == 200:
                return self.phone.read(done)
            await asyncio.sleep(self.dice.uniform(0, _LONGEST))
            done = await self.phone.act("redeliver", message_id=done["message_id"])
        raise Unanswered(self.openid)

    async def has_it(self) -> None:
        """The paper is in his draft, once, and the form goes on after it."""
        assert self.phone is not None
        assert len(await self.phone.pushes("存好了")) <= 1 + self.doubted
        await self.say("好了")
        assert "单位全称" in self.seen.text, self.seen.text
        await self.say("已填")
        assert "1个文件" in self.seen.text or (self.doubted and "2个文件" in self.seen.text), self.seen.text


@dataclass
class Steward(Person):
    """Takes his tasks one after the other, as the list shows them."""

    async def bind(self, code: str) -> None:
        """Binds himself."""
        await self.say(f"绑定 {code}")
        assert "绑定" in self.seen.text, self.seen.text

    async def work(self, going_on: Callable[[], bool]) -> None:
        """Takes any task of the list and reports that he has called, as long as it goes on."""
        while going_on():
            await self.say("任务")
            if listed := LISTED.search(self.seen.text):
                await self.say(str(self.dice.randint(1, int(listed[1]))))
            if self._may_take():
                await self.say("接单")
                await self.say("已联系")
            await asyncio.sleep(_PAUSE)

    def _may_take(self) -> bool:
        """Whether a task is shown that waits to be taken: alone, or with a number before each choice."""
        return any(label.endswith("接单") for label in self.seen.labels)


def _asked(seen: ReplySeen) -> tuple[list[str], bool]:
    """The question, or that the promise is asked for, which stands in no such line."""
    return QUESTION.findall(seen.text), "我承诺" in str(seen.labels)


def _busy(seen: ReplySeen) -> bool:
    return BUSY in seen.text or UNSURE in seen.text


def _digits(number: int) -> str:
    return "".join("零一二三四五六七八九"[int(digit)] for digit in str(number))


def client_for(session: aiohttp.ClientSession, account: Mapping[str, Any], clock: Callable[[], datetime]) -> SafeClient:
    """A client of the account for one person: it remembers whom it spoke for last. `clock` is the platform's."""
    return SafeClient(
        session, account["endpoint"], account["token"], account["EncodingAESKey"], account["appid"],
        account["original_id"], clock,
    )  # fmt: skip

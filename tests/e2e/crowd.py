"""A crowd at the safe-mode endpoint: applicants and stewards who go on while the product dies under them.

Each message is sent one to three times, in part at once, as the platform does when it believes an answer lost; each
reply is read with the client's own cipher. What they saw is compared with what the stores hold at the end.
"""

import asyncio
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp

from tests.e2e.jobs import short
from tests.wechat.safe_client import ReplySeen, SafeClient

BUSY = ("还没有处理", "不一定记上")
"""Told that it was not done, or that nobody knows: the person says it again."""
NUMBER = re.compile(r"\(JXLB\)\d{6}")
_TRIES, _PAUSE = 300, 0.1
"""The platform tries three times and then the person does it: here one goes on for as long as a restart may take."""


class Unanswered(AssertionError):
    """Nobody answered a message for half a minute."""


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

    async def say(self, text: str) -> ReplySeen:
        """Words typed; said again as a new message where the answer was that we are busy."""
        return await self._sure("text", {"Content": text})

    async def tap(self, link: tuple[str, str, str]) -> ReplySeen:
        """Taps a choice of a reply."""
        content, choice, _ = link
        return await self._sure("text", {"Content": content, "bizmsgmenuid": choice})

    async def _sure(self, kind: str, fields: Mapping[str, object]) -> ReplySeen:
        for _ in range(_TRIES):
            number = 24_000_000_000_000_000 + self.dice.randrange(10**15)
            seen = await self._send(self.client.document(self.openid, kind, {**fields, "MsgId": number}))
            if not _busy(seen):
                return seen
            self.tally.busy += 1
            await asyncio.sleep(_PAUSE)
        raise Unanswered(self.openid)

    async def _send(self, xml: str) -> ReplySeen:
        self.tally.messages += 1
        copies, at_once = self.dice.choice(((1, False), (2, True), (2, False), (3, True)))
        if at_once:
            answers = list(await asyncio.gather(*(self._delivered(xml) for _ in range(copies))))
        else:
            answers = [await self._delivered(xml) for _ in range(copies)]
        said = {one.content for one in answers if not _busy(one)} or {answers[0].content}
        assert len(said) == 1, said
        self.seen = next(one for one in answers if one.content in said)
        return self.seen

    async def _delivered(self, xml: str) -> ReplySeen:
        loop = asyncio.get_running_loop()
        for _ in range(_TRIES):
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
            await asyncio.sleep(_PAUSE)
        raise Unanswered(self.openid)


@dataclass
class Applicant(Person):
    """泾县's shortest form from the first word to the promise; nobody else has this address, name and phone."""

    number: int = 0

    @property
    def data(self) -> dict[str, str]:
        """What he says of himself."""
        return {
            "address": f"泾川镇示范路{self.number + 1}号3栋201",
            "name": f"李示{_digits(self.number)}",
            "phone": f"138{self.number:08d}",
            "remark": f"第{self.number}户",
        }

    async def apply(self, *, after: float = 0.0) -> None:
        """Fills in the form and promises, `after` so many seconds; no answer may be turned down."""
        await asyncio.sleep(after)
        for text in short(**self.data).split("|"):
            await self.say(text)
            assert "没看懂" not in self.seen.text, (text, self.seen.text)
            assert f"收到“{text}”" not in self.seen.text, self.seen.text
        assert "我承诺" in str(self.seen.labels), self.seen.text
        await self.say("我承诺")

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
class Steward(Person):
    """Takes his tasks one after the other, as the list shows them."""

    async def bind(self, code: str) -> None:
        """Binds himself."""
        await self.say(f"绑定 {code}")
        assert "绑定" in self.seen.text, self.seen.text

    async def work(self, going_on: Callable[[], bool]) -> None:
        """Takes the newest task on the list and reports that he has called, as long as it goes on."""
        while going_on():
            await self.say("任务")
            if "接单" not in self.seen.labels and self.seen.links:
                await self.tap(self.seen.links[-1])  # the newest one
            if "接单" in self.seen.labels:
                await self.say("接单")
                await self.say("已联系")
            await asyncio.sleep(_PAUSE)


def _busy(seen: ReplySeen) -> bool:
    return any(words in seen.text for words in BUSY)


def _digits(number: int) -> str:
    return "".join("零一二三四五六七八九"[int(digit)] for digit in str(number))


def client_for(session: aiohttp.ClientSession, account: Mapping[str, Any]) -> SafeClient:
    """A client of the account for one person: it remembers whom it spoke for last."""
    return SafeClient(
        session, account["endpoint"], account["token"], account["EncodingAESKey"], account["appid"],
        account["original_id"], lambda: datetime.now(UTC),
    )  # fmt: skip

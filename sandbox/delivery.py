"""Pushing a message to the product the way the platform does, and recording every attempt."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from .accounts import Account
from .crypto import same
from .lines import Line
from .reply import Verdict
from .wecom_wire import WeComLine
from .wire import greet

ATTEMPTS = 3
"""Platform rule: up to three attempts in all."""
TIMEOUT = 5.0
"""Platform rule: no answer within 5 s ends the connection and starts the next attempt."""
_MAX_REPLY = 1 << 20
_ECHO_WITHIN = 1.0
_PATIENCE = 60.0
"""Seconds the product gets to act on a moved clock: deadlines may fire."""

log = logging.getLogger(__name__)


@dataclass
class Attempt:
    """One request to the product: its status (None if no answer came), how long it took, the readable reply."""

    status: int | None
    ms: int
    body: str = ""
    error: str = ""

    def view(self) -> dict[str, Any]:
        """The attempt as JSON."""
        return {"status": self.status, "ms": self.ms, "body": self.body, "error": self.error}


@dataclass
class Push:
    """One message on its way to the product. A redelivery is the same push attempted again, with the same XML."""

    message_id: str
    openid: str
    kind: str
    xml: str
    quiet: bool = False
    """The person sees neither reply nor failure: the platform tells the product, nobody is waiting."""
    card: str = ""
    """Of a click on a card: its task id."""
    attempts: list[Attempt] = field(default_factory=list)
    answer: Verdict | None = None
    """The first answer that ended the push."""

    def view(self) -> dict[str, Any]:
        """The push as JSON, for the inspector."""
        note = f"回复不合规: {self.answer.refused}" if self.answer and self.answer.refused else ""
        return {
            "message_id": self.message_id,
            "kind": self.kind,
            "xml": self.xml,
            "attempts": [attempt.view() for attempt in self.attempts],
            "note": note,
        }


class Delivery:
    """Sends pushes. `interval` is the least time from the start of one attempt to the start of the next."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        now: Callable[[], float],
        timeout: float = TIMEOUT,
        interval: float = TIMEOUT,
    ) -> None:
        self._session = session
        self._now = now
        self._timeout = aiohttp.ClientTimeout(total=timeout)
        self._interval = interval

    async def push(
        self,
        line: Line,
        endpoint: str,
        push: Push,
        known_media: frozenset[str],
        on_attempt: Callable[[], None],
    ) -> Verdict | None:
        """Try up to three times; the verdict on the first answer with status 200, None if there was none."""
        for number in range(1, ATTEMPTS + 1):
            began = time.monotonic()
            verdict = await self.attempt(line, endpoint, push, known_media)
            on_attempt()
            if verdict is not None:
                return verdict
            if number < ATTEMPTS:
                await asyncio.sleep(max(0.0, began + self._interval - time.monotonic()))
        return None

    async def attempt(self, line: Line, endpoint: str, push: Push, known_media: frozenset[str]) -> Verdict | None:
        """One request: same XML, new timestamp, nonce and ciphertext."""
        envelope = line.seal(push, self._now())
        headers = {"Content-Type": "text/xml", "User-Agent": "Mozilla/4.0", "Pragma": "no-cache"}
        began = time.monotonic()
        status: int | None = None
        verdict: Verdict | None = None
        error = ""
        try:
            async with self._session.post(
                endpoint,
                params=envelope.query,
                data=envelope.body,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                body = await response.content.read(_MAX_REPLY)
                status = response.status
            if status == 200:
                verdict = line.judge(push, body, known_media)
            else:
                error = f"HTTP {status}"
        except TimeoutError:
            error = "超时未回复"
        except (aiohttp.ClientError, OSError) as failure:
            error = f"连接失败: {type(failure).__name__}"
        ms = round((time.monotonic() - began) * 1000)
        push.attempts.append(Attempt(status, ms, verdict.text if verdict else "", error))
        log.info("push account=%s kind=%s id=%s status=%s ms=%s", line.id, push.kind, push.message_id, status, ms)
        return verdict

    async def check_url(self, account: Account, endpoint: str, echo: str) -> bool:
        """Platform rule: before an endpoint is accepted, a GET with echostr must be answered with it, verbatim."""
        query = greet(account, self._now()) | {"echostr": echo}
        try:
            async with self._session.get(
                endpoint, params=query, timeout=self._timeout, allow_redirects=False
            ) as response:
                answer = (await response.content.read(4096)).decode("utf-8", "replace")
                return response.status == 200 and same(answer, echo)
        except (TimeoutError, aiohttp.ClientError, OSError):
            return False

    async def check_wecom(self, line: WeComLine, endpoint: str, echo: str) -> bool:
        """Platform rule: a GET with an encrypted echostr must be answered with its plaintext within one second, without
        quotes, byte order mark or line break.
        """
        timeout = aiohttp.ClientTimeout(total=min(_ECHO_WITHIN, self._timeout.total or _ECHO_WITHIN))
        query = line.check(echo, self._now())
        try:
            async with self._session.get(endpoint, params=query, timeout=timeout, allow_redirects=False) as response:
                return response.status == 200 and await response.content.read(4096) == echo.encode()
        except (TimeoutError, aiohttp.ClientError, OSError):
            return False

    async def post_json(self, url: str, body: dict[str, Any]) -> dict[str, Any]:
        """Tell the product something the platform itself would not; what it says is reported, never fatal."""
        try:
            async with self._session.post(
                url, json=body, timeout=aiohttp.ClientTimeout(total=_PATIENCE), allow_redirects=False
            ) as response:
                await response.content.read(_MAX_REPLY)
                return {"status": response.status}
        except TimeoutError:
            return {"status": None, "error": "超时未回复"}
        except (aiohttp.ClientError, OSError) as failure:
            return {"status": None, "error": f"连接失败: {type(failure).__name__}"}

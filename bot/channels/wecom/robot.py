"""A group robot (群机器人): whoever has its address may speak in its group, so the address is a secret."""

from typing import Final

import aiohttp
import structlog

from bot.channels.wechat.results import Failed, NoAnswer, Refusal, Sent, TooLarge
from bot.channels.wechat.wire import MAX_JSON_BYTES, Patience, exchange, json_object, refusal_in
from bot.channels.wecom.errors import wecom_meaning
from storage.steps import Step, passing

MAX_BYTES: Final = 4096
"""Platform rule: of a Markdown text."""

log = structlog.get_logger()


class Robot:
    """One robot. Answers are values. It has no idempotency key (platform rule): what may have arrived is not said again."""

    def __init__(self, address: str, session: aiohttp.ClientSession, patience: Patience | None = None) -> None:
        self._address = address
        self._session = session
        self._patience = patience or Patience()

    async def say(self, text: str) -> Sent | Failed:
        """A Markdown text, whole lines of it within the platform's limit."""
        timeout = aiohttp.ClientTimeout(total=self._patience.call, sock_connect=self._patience.connect)
        body = {"msgtype": "markdown", "markdown": {"content": _within(text, MAX_BYTES)}}
        passing(Step.TEXT, "before")
        answer = await exchange(
            self._session, "POST", self._address, params={}, body=body, timeout=timeout, limit=MAX_JSON_BYTES
        )
        passing(Step.TEXT, "after")
        if isinstance(answer, NoAnswer):
            return answer
        found = None if isinstance(answer, TooLarge) else json_object(answer)
        if found is None:
            return NoAnswer("not_json", may_have_arrived=True)
        refusal = refusal_in(found, wecom_meaning)
        if isinstance(refusal, Refusal):
            log.warning("wecom.robot_refused", code=refusal.code)
        return refusal or Sent()


def _within(text: str, limit: int) -> str:
    lines = text.splitlines()
    while len("\n".join(lines).encode()) > limit:
        lines.pop()
    return "\n".join(lines)

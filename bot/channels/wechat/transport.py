"""Carries out described calls: token, bounded retries, results as values."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import structlog

from bot.channels.wechat.envelope import Clock
from bot.channels.wechat.errors import SYSTEM_BUSY, Meaning, Reaction
from bot.channels.wechat.results import Failed, Media, NoAnswer, Refusal, TooLarge
from bot.channels.wechat.sdk import Call
from bot.channels.wechat.tokens import TokenCache, Tokens
from bot.channels.wechat.wire import MAX_JSON_BYTES, Answer, Patience, exchange, json_object, refusal_in
from storage.steps import Step, passing

BUSY_RETRIES: Final = 3
"""Platform rule: on -1 try again 3–5 times at most."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Api:
    """Whose calls they are, and to which platform: `account` is ours and for the log, `token_name` is the token's in the
    cache, `token_call` fetches one that breaks nobody else's, `meaning` knows the platform's codes.
    """

    account: str
    base: str
    token_name: str
    token_call: Call
    meaning: Callable[[int], Meaning]


class Transport:
    """Calls of one account. The session belongs to the caller."""

    def __init__(
        self,
        api: Api,
        session: aiohttp.ClientSession,
        cache: TokenCache,
        *,
        clock: Clock,
        patience: Patience | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        refused: Callable[[str, int], None] = lambda _api, _code: None,
    ) -> None:
        """`refused` hears of every error answer: the API's path and the code."""
        self._refused = refused
        self._api = api
        self._session = session
        self._patience = patience or Patience()
        self._sleep = sleep
        self._tokens = Tokens(api.token_name, cache, self, clock)

    async def call(self, call: Call, *, step: Step | None, busy_retries: int = BUSY_RETRIES) -> dict[str, Any] | Failed:
        """The platform's JSON answer. `step` names what the call leaves behind, None: nothing. `busy_retries` says how
        often -1 is tried again: once for what is not idempotent.

        A refused token is forgotten and fetched again once. Raises what the token cache raises.
        """
        passing(step, "before")
        seconds = self._patience.upload if call.upload else self._patience.call
        answer = await self._insisted(call, seconds, MAX_JSON_BYTES, busy_retries)
        passing(step, "after")
        if not isinstance(answer, Answer):
            return NoAnswer("oversize", may_have_arrived=True) if isinstance(answer, TooLarge) else answer
        found = json_object(answer)
        return NoAnswer("not_json", may_have_arrived=True) if found is None else found

    async def download(self, call: Call, limit: int) -> Media | TooLarge | Failed:
        """A file of at most `limit` bytes. Raises what the token cache raises."""
        answer = await self._insisted(call, self._patience.download, limit, BUSY_RETRIES)
        if not isinstance(answer, Answer):
            return answer
        return Media(answer.body, answer.content_type, _bare(answer.filename or ""))

    async def fetch_token(self) -> tuple[str, float] | Failed:
        """See `TokenSource`."""
        answer = await self._patient(self._api.token_call, None, self._patience.call, MAX_JSON_BYTES)
        if not isinstance(answer, Answer):
            return NoAnswer("token_oversize", may_have_arrived=False) if isinstance(answer, TooLarge) else answer
        found = json_object(answer) or {}
        token, seconds = found.get("access_token"), found.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(seconds, int | float):
            return NoAnswer("token_unreadable", may_have_arrived=False)
        return token, float(seconds)

    async def _insisted(self, call: Call, seconds: float, limit: int, busy_retries: int) -> Answer | TooLarge | Failed:
        answer: Answer | TooLarge | Failed = NoAnswer("token", may_have_arrived=False)
        for _ in range(2):
            token = await self._tokens.current()
            if not isinstance(token, str):
                # Whatever became of the token, the call itself was not made.
                return token if isinstance(token, Refusal) else NoAnswer(token.reason, may_have_arrived=False)
            answer = await self._patient(call, token, seconds, limit, busy_retries)
            if not (isinstance(answer, Refusal) and answer.meaning.reaction is Reaction.REFRESH_TOKEN):
                break
            await self._tokens.refused(token)
        return answer

    async def _patient(
        self, call: Call, token: str | None, seconds: float, limit: int, busy_retries: int = BUSY_RETRIES
    ) -> Answer | TooLarge | Failed:
        pause = 0.5
        for attempt in range(busy_retries + 1):
            answer = await self._once(call, token, seconds, limit)
            if not (isinstance(answer, Refusal) and answer.code == SYSTEM_BUSY) or attempt == busy_retries:
                break
            await self._sleep(pause * random.uniform(0.75, 1.25))  # noqa: S311 - jitter
            pause *= 2
        return answer

    async def _once(self, call: Call, token: str | None, seconds: float, limit: int) -> Answer | TooLarge | Failed:
        answer = await exchange(
            self._session,
            call.method,
            self._api.base.rstrip("/") + call.path,
            params={**call.params, **({} if token is None else {"access_token": token})},
            body=call.body,
            timeout=aiohttp.ClientTimeout(total=seconds, sock_connect=self._patience.connect),
            limit=limit,
            upload=call.upload,
        )
        # A file has a name; a JSON file somebody sent must not be taken for an error.
        refusal = None
        if isinstance(answer, Answer) and answer.filename is None and answer.body[:1] == b"{":
            refusal = refusal_in(json_object(answer) or {}, self._api.meaning)
        if refusal is not None:
            self._refused(call.path.removeprefix("/cgi-bin/"), refusal.code)
            log.warning("wechat.refusal", account=self._api.account, path=call.path, code=refusal.code, rid=refusal.rid)
        elif isinstance(answer, NoAnswer):
            log.warning("wechat.no_answer", account=self._api.account, path=call.path, reason=answer.reason)
        return answer if refusal is None else refusal


def _bare(filename: str) -> str:
    # The sender chose the name: no folders, and nothing that a terminal or a path would read.
    return "".join(one for one in filename.replace("\\", "/").rpartition("/")[2] if one.isprintable())[:255].strip(". ")

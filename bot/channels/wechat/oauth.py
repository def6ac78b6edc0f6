"""网页授权: where a person is sent so that the platform tells us who he is, and what his code is worth."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

import aiohttp
import structlog

from bot.channels.wechat.account import Account
from bot.channels.wechat.errors import SYSTEM_BUSY, meaning_of
from bot.channels.wechat.results import Failed, NoAnswer, Refusal, TooLarge
from bot.channels.wechat.wire import MAX_JSON_BYTES, Patience, exchange, json_object, refusal_in

_PATH: Final = "/sns/oauth2/access_token"
_TRIES: Final = 2
_PAUSE: Final = 0.5
_LONGEST_CODE: Final = 512

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Known:
    """The person, by his openid with this account."""

    openid: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """He looks at a 快照页: the openid is of nobody until he asks for the whole service (platform rule: is_snapshotuser)."""


def authorize_url(account: Account, back: str, state: str) -> str:
    """Where he is sent. Platform rule: these parameters in this order, `back` encoded as a whole, and the fragment at the end.

    snsapi_base shows him nothing and tells us no more than his openid.
    """
    query = {
        "appid": account.appid,
        "redirect_uri": back,
        "response_type": "code",
        "scope": "snsapi_base",
        "state": state,
    }
    return f"{account.open_base.rstrip('/')}/connect/oauth2/authorize?{urlencode(query)}#wechat_redirect"


class OAuth:
    """Exchanges the codes of one account. Its answers are values."""

    def __init__(
        self,
        account: Account,
        session: aiohttp.ClientSession,
        *,
        patience: Patience | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._account = account
        self._session = session
        self._patience = patience or Patience(call=5)
        self._sleep = sleep

    async def person(self, code: str) -> Known | Snapshot | Failed:
        """Who came back with this code.

        A code is good for one exchange: it is tried once more only where the platform said that it did nothing (-1), or surely was
        not reached. (Where a connection breaks, aiohttp repeats a GET by itself: the platform then says that the code was used.) The
        access_token that comes with it is not that of the other interfaces, and not kept.
        """
        if not 0 < len(code) <= _LONGEST_CODE:
            return Refusal.of(40029, "invalid code")
        answer: Known | Snapshot | Failed = NoAnswer("not_asked", may_have_arrived=False)
        for attempt in range(_TRIES):
            if attempt:
                await self._sleep(_PAUSE)
            answer = await self._once(code)
            if not _undone(answer):
                break
        if isinstance(answer, Refusal):
            log.warning("wechat.refusal", account=self._account.id, path=_PATH, code=answer.code, rid=answer.rid)
        elif isinstance(answer, NoAnswer):
            log.warning("wechat.no_answer", account=self._account.id, path=_PATH, reason=answer.reason)
        return answer

    async def _once(self, code: str) -> Known | Snapshot | Failed:
        answer = await exchange(
            self._session,
            "GET",
            self._account.api_base.rstrip("/") + _PATH,
            params={
                "appid": self._account.appid,
                "secret": self._account.appsecret,
                "code": code,
                "grant_type": "authorization_code",
            },
            body=None,
            timeout=aiohttp.ClientTimeout(total=self._patience.call, sock_connect=self._patience.connect),
            limit=MAX_JSON_BYTES,
        )
        if isinstance(answer, NoAnswer | TooLarge):
            return answer if isinstance(answer, NoAnswer) else NoAnswer("oversize", may_have_arrived=True)
        found = json_object(answer) or {}
        if (refusal := refusal_in(found, meaning_of)) is not None:
            return refusal
        openid = found.get("openid")
        if not isinstance(openid, str) or not openid:
            return NoAnswer("unexpected", may_have_arrived=True)
        return Snapshot() if found.get("is_snapshotuser") == 1 else Known(openid)


def _undone(answer: Known | Snapshot | Failed) -> bool:
    if isinstance(answer, Refusal):
        return answer.code == SYSTEM_BUSY
    return isinstance(answer, NoAnswer) and not answer.may_have_arrived

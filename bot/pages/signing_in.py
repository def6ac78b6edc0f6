"""Signing in by the platform: away with a state, back with a code, on to where the person wanted to go."""

from collections.abc import Callable, Mapping
from typing import Final

import structlog
from aiohttp import web

from bot.channels.wechat.oauth import Known, OAuth, Snapshot, authorize_url
from bot.channels.wechat.results import Failed, Refusal
from bot.pages.cookies import Cookies
from bot.pages.local import local_path
from bot.pages.problem import Problem
from bot.pages.rendering import Rendering
from bot.pages.route import PREFIX, Audience, Route
from bot.pages.visit import Visit
from storage.sessions import Session, Sessions
from storage.sign_ins import Back, SignIns

_SPENT: Final = frozenset({40029, 40163, 41008, 42003})
"""Platform rule: the code is not one, was used, is missing, is too old. Another one is had by asking again."""
_STATE_LONGEST: Final = 128

log = structlog.get_logger()


class SigningIn:
    """`address` is where people reach us, without a slash at its end; "" where nobody said."""

    def __init__(
        self,
        address: str,
        oauths: Mapping[str, OAuth],
        sessions: Sessions,
        sign_ins: SignIns,
        cookies: Cookies,
        rendering: Rendering,
        within: Callable[[str], bool],
    ) -> None:
        """`oauths` by account; `within` guesses from a user agent whether it is WeChat's browser. The platform's answer decides."""
        self._address = address
        self._oauths = oauths
        self._sessions = sessions
        self._sign_ins = sign_ins
        self._cookies = cookies
        self._rendering = rendering
        self._within = within

    def routes(self) -> tuple[Route, ...]:
        """Away, back, and out."""
        return (
            Route("GET", "/sign-in/{account}", Audience.ANYBODY, self._asked),
            Route("GET", "/signed-in/{account}", Audience.ANYBODY, self._back),
            Route("POST", "/sign-out/{account}", Audience.PERSON, self._out),
        )

    async def known(self, visit: Visit) -> Session | None:
        """Who this is, as somebody of the account in the path."""
        secret = self._cookies.session(visit.request)
        found = await self._sessions.of(secret, visit.now_ms) if secret else None
        return found if found is not None and found.account == visit.account.id else None

    async def needed(self, visit: Visit) -> web.Response:
        """A page for a person was asked for, and nobody knows who asks."""
        if visit.request.method != "GET":
            raise Problem(401, "signed_out")
        to = local_path(visit.request.raw_path)
        if to is None:
            raise Problem(400, "link_broken")
        if not self._within(visit.request.headers.get("User-Agent", "")):
            # Only a guess: whoever is in WeChat all the same goes on by the link.
            return self._rendering.page("outside", visit, status=403, go=self._way(visit), to=to)
        return await self._away(visit, to)

    async def _asked(self, visit: Visit) -> web.Response:
        to = local_path(visit.request.query.get("to", ""))
        if to is None:
            raise Problem(400, "link_broken")
        return await self._away(visit, to)

    async def _away(self, visit: Visit, to: str) -> web.Response:
        account = visit.account
        if not self._address:
            log.warning("pages.no_address", account=account.id)
            raise Problem(503, "closed")
        state = await self._sign_ins.begin(account.id, visit.browser, to, visit.now_ms)
        answer = _elsewhere(authorize_url(account, f"{self._address}{PREFIX}/signed-in/{account.id}", state))
        self._cookies.keep_browser(answer, visit.browser)
        return answer

    async def _back(self, visit: Visit) -> web.Response:
        account, query = visit.account, visit.request.query
        state = query.get("state", "")
        known_state = 0 < len(state) <= _STATE_LONGEST and state.isascii() and state.isalnum()
        found = None
        if known_state:
            found = await self._sign_ins.come_back(account.id, visit.browser, state, visit.now_ms)
        if found is None:
            raise Problem(400, "sign_in_over")
        if found.back is Back.STRANGER:
            raise Problem(400, "sign_in_stranger", again=found.to)
        if found.back is Back.AGAIN:
            # He may be signed in by the other request, or the page begins anew.
            return _elsewhere(found.to)
        if not query.get("code"):
            raise Problem(403, "sign_in_refused", again=found.to)
        who = await self._oauths[account.id].person(query["code"])
        if not isinstance(who, Known):
            raise _not_known(who, found.to)
        secret, _ = await self._sessions.begin(account.id, who.openid, visit.now_ms)
        if before := self._cookies.session(visit.request):
            await self._sessions.end(before)
        answer = _elsewhere(found.to)
        self._cookies.keep_session(answer, secret)
        return answer

    async def _out(self, visit: Visit) -> web.Response:
        await self._sessions.end(self._cookies.session(visit.request))
        answer = self._rendering.page("signed_out", visit)
        self._cookies.drop_session(answer)
        return answer

    @staticmethod
    def _way(visit: Visit) -> str:
        return f"{PREFIX}/sign-in/{visit.account.id}"


def _elsewhere(location: str) -> web.Response:
    # 303: whatever asked, what follows is a GET.
    return web.Response(status=303, headers={"Location": location})


def _not_known(who: Snapshot | Failed, to: str) -> Problem:
    if isinstance(who, Snapshot):
        return Problem(403, "snapshot", again=to)
    if isinstance(who, Refusal) and who.code in _SPENT:
        return Problem(400, "code_spent", again=to)
    if isinstance(who, Refusal):
        return Problem(502, "platform_refused", again=to)
    return Problem(502, "platform_silent", again=to)

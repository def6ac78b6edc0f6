"""Signing in to the console by name and password; choosing one's own; leaving."""

from collections.abc import Mapping
from typing import Final

import structlog
from aiohttp import web

from bot.console.pages import Pages
from bot.console.passwords import LONGEST, SHORTEST, Passwords, weakness
from bot.console.route import PREFIX, Open, Route
from bot.console.visit import Clerk, Visit
from bot.pages.cookies import Cookies
from bot.pages.problem import Problem
from model.county import County
from model.login import ALL, NAME
from storage.logins import Kept, Logins
from storage.sessions import Session, Sessions
from storage.staffing import Staffing
from storage.wrong_tries import WrongTries

LOGIN: Final = f"{PREFIX}/sign-in"
PASSWORD: Final = f"{PREFIX}/password"
_CONSOLE: Final = "console"
"""What stands where the sessions of people have their account."""
_NOBODY: Final = ""
DEVICE_SECONDS: Final = 90 * 86_400
_LONGEST_PATH: Final = 1024

log = structlog.get_logger()


class SigningIn:
    """A name is tried so often in a quarter of an hour and no oftener: from browsers in which it was never right counted together,
    else by browser, so that nobody shuts a clerk out of his own.
    """

    def __init__(
        self,
        logins: Logins,
        staffing: Staffing,
        sessions: Sessions,
        devices: Sessions,
        tries: WrongTries,
        passwords: Passwords,
        pages: Pages,
        cookies: Cookies,
        counties: Mapping[str, County],
    ) -> None:
        """`devices` are kept like sessions, much longer: in which browser which name was right once."""
        self._logins = logins
        self._staffing = staffing
        self._sessions = sessions
        self._devices = devices
        self._tries = tries
        self._passwords = passwords
        self._pages = pages
        self._cookies = cookies
        self._counties = counties

    def routes(self) -> tuple[Route, ...]:
        """In, out, and the password."""
        return (
            Route("GET", "/sign-in", Open.COMER, self.page),
            Route("POST", "/sign-in", Open.COMER, self._tried),
            Route("POST", "/sign-out", ALL, self._out, first=True),
            Route("GET", "/password", ALL, self._password, first=True),
            Route("POST", "/password", ALL, self._chosen, first=True),
        )

    async def known(self, visit: Visit) -> tuple[Session | None, Clerk | None]:
        """The session of this browser, and whose it is: none where his login has ended or changed since, or he has left."""
        secret = self._cookies.session(visit.request)
        session = await self._sessions.of(secret, visit.now_ms) if secret else None
        if session is None or session.account != _CONSOLE:
            return None, None
        if session.person == _NOBODY:
            return session, None
        kept = await self._logins.named(session.person)
        clerk = None if kept is None else await self._clerk(kept)
        if clerk is None or session.begun_ms < int(clerk.login.changed_at.timestamp() * 1000):
            return None, None
        return session, clerk

    async def _clerk(self, kept: Kept) -> Clerk | None:
        one = await self._staffing.one(kept.login.staff)
        county = self._counties.get(one.county) if one is not None and one.serves else None
        return None if one is None or county is None or not kept.login.roles else Clerk(kept.login, one, county)

    async def page(self, visit: Visit) -> web.Response:
        """The form; with a session of nobody, where there is none yet, for its proof."""
        return await self._form(visit, _local(visit.request.query.get("to", "")))

    async def _form(self, visit: Visit, to: str, problem: str = "", name: str = "", status: int = 200) -> web.Response:
        if visit.served is not None:
            return _elsewhere(to)
        secret, session = "", visit.session
        if session is None:
            secret, session = await self._sessions.begin(_CONSOLE, _NOBODY, visit.now_ms)
        answer = self._pages.page(
            "sign_in", visit, status=status, to=to, problem=problem, name=name, proof=session.proof, longest=LONGEST
        )
        if secret:
            self._cookies.keep_session(answer, secret)
        return answer

    async def _tried(self, visit: Visit) -> web.Response:
        to, name, password = _local(visit.text("to")), visit.text("name").casefold(), visit.form.get("password", "")
        if visit.served is not None:
            return _elsewhere(to)
        if not NAME.fullmatch(name) or not isinstance(password, str) or not password:
            return await self._form(visit, to, "empty" if not password or not name else "wrong", name, 403)
        who = await self._counted_as(visit, name)
        if await self._tries.left(who, visit.now_ms) == 0:
            log.warning("console.resting", name=name)
            return await self._form(visit, to, "resting", name, 429)
        kept = await self._logins.named(name)
        if not await self._passwords.right(kept.hash if kept else None, password) or kept is None:
            await self._tries.wrong(who, visit.now_ms)
            log.warning("console.wrong", name=name)
            return await self._form(visit, to, "wrong", name, 403)
        if await self._clerk(kept) is None:
            return await self._form(visit, to, "wrong", name, 403)
        await self._tries.right(who)
        answer = _elsewhere(PASSWORD if kept.login.given else to)
        await self._begin(visit, name, answer)
        log.info("console.signed_in", name=name)
        return answer

    async def _begin(self, visit: Visit, name: str, answer: web.Response) -> None:
        """A new secret, and the one before ended: whoever knew that has nothing of it. The browser is one of this name's now."""
        secret, _ = await self._sessions.begin(_CONSOLE, name, visit.now_ms)
        await self._sessions.end(self._cookies.session(visit.request))
        self._cookies.keep_session(answer, secret)
        browser, _ = await self._devices.begin(_CONSOLE, name, visit.now_ms)
        self._cookies.keep_browser(answer, browser, DEVICE_SECONDS)

    async def _counted_as(self, visit: Visit, name: str) -> str:
        """Which counter a try is put to."""
        browser = self._cookies.browser(visit.request)
        known = await self._devices.of(browser, visit.now_ms) if browser else None
        return f"{name} {browser}" if known is not None and known.person == name else name

    async def _password(self, visit: Visit) -> web.Response:
        return self._chooser(visit)

    def _chooser(self, visit: Visit, problem: str = "", status: int = 200) -> web.Response:
        return self._pages.page(
            "password",
            visit,
            status=status,
            problem=problem,
            given=visit.clerk.login.given,
            shortest=SHORTEST,
            longest=LONGEST,
        )

    async def _chosen(self, visit: Visit) -> web.Response:
        name = visit.clerk.login.name
        before, new, again = (str(visit.form.get(one, "")) for one in ("before", "new", "again"))
        if await self._tries.left(f"password {name}", visit.now_ms) == 0:
            return self._chooser(visit, "resting", 429)
        kept = await self._logins.named(name)
        if kept is None or not await self._passwords.right(kept.hash, before):
            await self._tries.wrong(f"password {name}", visit.now_ms)
            return self._chooser(visit, "wrong", 403)
        if new != again:
            return self._chooser(visit, "different", 400)
        if new == before:
            return self._chooser(visit, "same", 400)
        if (weak := weakness(new, name)) is not None:
            return self._chooser(visit, weak, 400)
        if not await self._logins.change(name, kept.hash, await self._passwords.kept(new), visit.now):
            raise Problem(409, "changed_meanwhile", again=PASSWORD)
        answer = _elsewhere(f"{PREFIX}/")
        await self._begin(visit, name, answer)
        log.info("console.password_changed", name=name)
        return answer

    async def _out(self, visit: Visit) -> web.Response:
        await self._sessions.end(self._cookies.session(visit.request))
        answer = _elsewhere(LOGIN)
        self._cookies.drop_session(answer)
        return answer


def _local(path: str) -> str:
    """Where to go on: a page of the console, and nowhere else."""
    plain = path.isascii() and path.isprintable() and not set(path) & set(' \\"<>')
    inside = path.startswith(f"{PREFIX}/") and not path.startswith((LOGIN, f"{PREFIX}//"))
    return path if plain and inside and len(path) <= _LONGEST_PATH else f"{PREFIX}/"


def _elsewhere(location: str) -> web.Response:
    # 303: whatever asked, what follows is a GET.
    return web.Response(status=303, headers={"Location": location})

"""The phone's own browser: a link tapped in a chat is opened as that phone, with the cookies of that phone.

All phones share one real browser here. So the tab is marked with a cookie that says whose it is, and whoever's turn comes gets the
cookies that were set for him before: cookies know the host only, not the port, so those of the product pass by here.
"""

from urllib.parse import urlsplit

from aiohttp import web

from .api import WORLD
from .phones import Phone
from .world import Hall, World

MARK = "sandbox_phone"


class Browser:
    """Whose turn it is, and the cookies of everybody else."""

    def __init__(self) -> None:
        self._jars: dict[str, dict[str, str]] = {}

    def turn(self, request: web.Request, answer: web.StreamResponse, whose: str) -> None:
        """From this answer on the browser is that of `whose` (`account/openid`)."""
        cookies = dict(request.cookies)
        before = cookies.pop(MARK, "")
        if before == whose:
            return
        # What an ordinary tab left behind is nobody's: no phone gets it.
        self._jars[before] = cookies if before else {}
        for name in cookies:
            answer.del_cookie(name)
        for name, value in self._jars.get(whose, {}).items():
            answer.set_cookie(name, value, httponly=True, samesite="Lax")
        answer.set_cookie(MARK, whose, httponly=True, samesite="Lax")


BROWSER: web.AppKey[Browser] = web.AppKey("browser", Browser)


def routes(app: web.Application) -> None:
    """Add the door through which links are opened."""
    app[BROWSER] = Browser()
    app.router.add_get("/sandbox/phones/{account}/{openid}/open", _open)


def holder(world: World, request: web.Request) -> tuple[Hall, Phone] | None:
    """Whose tab it is; None for an ordinary one, which is not within WeChat."""
    account, _, openid = request.cookies.get(MARK, "").partition("/")
    hall = world.halls.get(account)
    phone = hall.phones.get(openid) if hall else None
    return (hall, phone) if hall and phone else None


async def _open(request: web.Request) -> web.Response:
    hall = request.app[WORLD].halls.get(request.match_info["account"])
    phone = hall.phones.get(request.match_info["openid"]) if hall else None
    url = request.query.get("url", "")
    if hall is None or phone is None or urlsplit(url).scheme not in {"http", "https"}:
        return web.Response(status=404, text="没有这部手机，或者这不是网址")
    answer = web.Response(status=302, headers={"Location": url, "Cache-Control": "no-store"})
    request.app[BROWSER].turn(request, answer, f"{hall.account.id}/{phone.openid}")
    return answer

"""网页授权: the page that sends a person back with a code, and what a code is worth."""

import hashlib
import html
import re
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from aiohttp import web

from .api import WORLD
from .browser import holder
from .errors import ApiError, answered, refused
from .faults import failing
from .world import Hall, World

PATH = "sns/oauth2/access_token"
_LIFETIME = 300
"""Platform rule: a code that is not used within five minutes is void."""
_ORDER = ("appid", "redirect_uri", "response_type", "scope", "state")
_EMPTY = {"appid": 10012, "redirect_uri": 10011, "scope": 10010, "state": 10013}
_STATE = re.compile(r"[A-Za-z0-9]{1,128}")
_GRANTED = {"access_token": secrets.token_urlsafe, "refresh_token": secrets.token_urlsafe}


@dataclass
class _Issued:
    account: str
    openid: str
    until: float
    used: bool = False


class Codes:
    """The codes of all accounts. Platform rule: each is another one, and good for one exchange."""

    def __init__(self) -> None:
        self._issued: dict[str, _Issued] = {}

    def issue(self, account: str, openid: str, now: float) -> str:
        """A new one."""
        code = secrets.token_hex(16)
        self._issued[code] = _Issued(account, openid, now + _LIFETIME)
        return code

    def take(self, code: str, account: str, now: float) -> str:
        """The openid. Raises ApiError: 40029 none of this account's, 40163 used, 42003 too old."""
        issued = self._issued.get(code)
        if issued is None or issued.account != account:
            raise ApiError(40029, "invalid code")
        if issued.used:
            raise ApiError(40163, "code been used")
        if now > issued.until:
            raise ApiError(42003, "oauth_code is expired")
        issued.used = True
        return issued.openid


CODES: web.AppKey[Codes] = web.AppKey("codes", Codes)


class _Shown(Exception):
    """What the page says instead of leading back."""

    def __init__(self, words: str, code: int = 0) -> None:
        super().__init__(f"{words}，错误码：{code}" if code else words)


def routes(app: web.Application) -> None:
    """Add the page and the exchange."""
    app[CODES] = Codes()
    app.router.add_get("/connect/oauth2/authorize", _authorize)
    app.router.add_get(f"/{PATH}", _exchange)


async def _authorize(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    try:
        hall, to, state = _asked(world, request.rel_url.raw_query_string)
        openid = _person(world, request, hall)
    except _Shown as shown:
        return _page(str(shown))
    code = request.app[CODES].issue(hall.account.id, openid, world.clock.now())
    joint = "&" if urlsplit(to).query else "?"
    # Platform rule: nobody is asked anything for snsapi_base, the browser goes on at once.
    location = f"{to}{joint}{urlencode({'code': code, 'state': state})}"
    return web.Response(status=302, headers={"Location": location, "Cache-Control": "no-store"})


def _asked(world: World, query: str) -> tuple[Hall, str, str]:
    pairs = parse_qsl(query, keep_blank_values=True)
    given = dict(pairs)
    for name, code in _EMPTY.items():
        if not given.get(name):
            raise _Shown(f"{name} 不能为空", code)
    # Platform rule: the link is matched as a pattern, parameters in another order do not fit it.
    if tuple(name for name, _ in pairs if name in _ORDER) != _ORDER or given["response_type"] != "code":
        raise _Shown("该链接无法访问")
    hall = next((one for one in world.halls.values() if one.account.appid == given["appid"]), None)
    if hall is None:
        raise _Shown("不合法的 AppID", 40013)
    if given["scope"] != "snsapi_base":
        raise _Shown("此公众号并没有这些 scope 的权限", 10005)
    to = given["redirect_uri"]
    if urlsplit(to).scheme not in {"http", "https"} or urlsplit(to).hostname not in hall.account.page_domains:
        raise _Shown("redirect_uri 域名与后台配置不一致", 10003)
    if not _STATE.fullmatch(given["state"]):
        raise _Shown("state 只能是字母和数字，最多 128 个")
    return hall, to, given["state"]


def _person(world: World, request: web.Request, hall: Hall) -> str:
    """Platform rule: the same person has another openid with every account."""
    found = holder(world, request)
    if found is None:
        raise _Shown("请在微信客户端打开链接")
    home, phone = found
    if home is hall:
        return phone.openid
    return "o" + hashlib.sha256(f"{hall.account.appid} {home.account.id} {phone.openid}".encode()).hexdigest()[:27]


def _page(words: str) -> web.Response:
    head = '<meta charset="utf-8"><title>微信</title><link rel="icon" href="data:,">'
    text = f'<!doctype html><html lang="zh-CN">{head}<h1>{html.escape(words)}</h1>'
    return web.Response(text=text, content_type="text/html", headers={"Cache-Control": "no-store"})


async def _exchange(request: web.Request) -> web.StreamResponse:
    hall = _hall(request.app[WORLD], request.query.get("appid"))
    fault = hall.faults.take(PATH) if hall else None
    return await (_answer(request) if fault is None else failing(request, _answer, fault, lambda: None))


async def _answer(request: web.Request) -> web.Response:
    try:
        return answered(_exchanged(request))
    except ApiError as error:
        return refused(error)


def _exchanged(request: web.Request) -> dict[str, Any]:
    world, query = request.app[WORLD], request.query
    for name, code in (("appid", 41002), ("secret", 41004), ("code", 41008)):
        if not query.get(name):
            raise ApiError(code, f"{name} missing")
    if query.get("grant_type") != "authorization_code":
        raise ApiError(40002, "invalid grant_type")
    hall = _hall(world, query["appid"])
    if hall is None:
        raise ApiError(40013, "invalid appid")
    if query["secret"] != hall.account.appsecret:
        raise ApiError(40125, "invalid appsecret")
    openid = request.app[CODES].take(query["code"], hall.account.id, world.clock.now())
    # Platform rule: this access_token is for this person's profile, and not the one of the other interfaces.
    granted = {name: make(64) for name, make in _GRANTED.items()}
    return granted | {"expires_in": 7200, "openid": openid, "scope": "snsapi_base"}


def _hall(world: World, appid: str | None) -> Hall | None:
    return next((hall for hall in world.halls.values() if hall.account.appid == appid), None)

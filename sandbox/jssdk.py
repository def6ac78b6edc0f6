"""JS-SDK: the ticket, the check of a page's signature, and 订阅通知 from a page (开放标签 wx-open-subscribe).

The real SDK talks with the app round the page. This one asks here, by scripts: so a page needs the rights it needs for the real one.
"""

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from .acts import Act
from .api import WORLD
from .browser import holder
from .opt_ins import MOST, kind_of
from .page import ACTS
from .phones import Phone
from .refusal import Refused
from .world import Hall, World

SDK = "/open/js/jweixin-1.6.0.js"
_FILE = Path(__file__).parent / "static" / "jweixin.js"
_CALLBACK = re.compile(r"wxcb[0-9]{1,9}")
_TAG = "wx-open-subscribe"


@dataclass(frozen=True)
class _Page:
    hall: Hall
    phone: Phone | None


class Granted:
    """Pages whose configuration was good."""

    def __init__(self) -> None:
        self._pages: dict[str, _Page] = {}

    def let_in(self, page: _Page) -> str:
        """What the page shows from now on."""
        key = secrets.token_hex(16)
        self._pages[key] = page
        return key

    def page(self, key: str) -> _Page | None:
        """The page, if it was let in."""
        return self._pages.get(key)


JSSDK: web.AppKey[Granted] = web.AppKey("jssdk", Granted)


class _Not(Exception):
    """Why not, as the tag says it."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__(words)
        self.code = code


def routes(app: web.Application) -> None:
    """Add the SDK's file and what it asks."""
    app[JSSDK] = Granted()
    app.router.add_get(SDK, _sdk)
    app.router.add_get("/sandbox/jssdk/config", _config)
    app.router.add_get("/sandbox/jssdk/ask", _ask)
    app.router.add_get("/sandbox/jssdk/subscribe", _subscribe)


def signature(ticket: str, noncestr: str, timestamp: str, url: str) -> str:
    """Platform rule: sha1 of the four as key=value, in the order of their names, joined by &."""
    text = f"jsapi_ticket={ticket}&noncestr={noncestr}&timestamp={timestamp}&url={url}"
    return hashlib.sha1(text.encode()).hexdigest()


async def _sdk(request: web.Request) -> web.Response:
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache"}
    return web.Response(body=_FILE.read_bytes(), content_type="text/javascript", charset="utf-8", headers=headers)


async def _config(request: web.Request) -> web.Response:
    world, query = request.app[WORLD], request.query
    found = holder(world, request)
    if found is None:
        return _called(request, {"outside": True})  # no app listens there
    hall = next((one for one in world.halls.values() if one.account.appid == query.get("appid")), None)
    wrong = "config:invalid appid" if hall is None else _wrong(world, hall, query)
    if hall is None or wrong:
        return _called(request, {"errMsg": wrong})
    tags = [one for one in query.get("tags", "").split(",") if one == _TAG]
    key = request.app[JSSDK].let_in(_Page(hall, found[1] if found[0] is hall else None))
    return _called(request, {"errMsg": "config:ok", "key": key, "tags": tags})


def _wrong(world: World, hall: Hall, query: Any) -> str:
    url = query.get("url", "")
    if urlsplit(url).hostname not in hall.account.js_domains:
        return "config:invalid url domain"
    given = query.get("signature", "")
    good = {
        signature(one, query.get("nonce", ""), query.get("timestamp", ""), url)
        for one in world.js_tickets.good(hall.account.id, world.clock.now())
    }
    return "" if given in good else "config:invalid signature"


async def _ask(request: web.Request) -> web.Response:
    """Before the popup: what it is about."""
    try:
        hall, _, templates = _asked(request)
    except _Not as no:
        return _called(request, {"errMsg": f"subscribe:fail {no}", "errCode": no.code})
    titles = {one.template_id: one.title for one in hall.account.subscriptions}
    return _called(request, {"account": hall.account.title, "titles": [titles.get(one, one) for one in templates]})


async def _subscribe(request: web.Request) -> web.Response:
    accept = request.query.get("accept") == "1"
    try:
        hall, phone, templates = _asked(request)
        try:
            await request.app[ACTS].do("subscribe", hall, phone, Act(templates=templates, accept=accept))
        except Refused as error:
            raise _Not(10003, str(error)) from error
    except _Not as no:
        return _called(request, {"errMsg": f"subscribe:fail {no}", "errCode": no.code})
    # Platform rule: a JSON text within it, and one more within that.
    said = json.dumps({"status": "accept" if accept else "reject"})
    details = json.dumps(dict.fromkeys(templates, said))
    return _called(request, {"errMsg": "subscribe:ok", "subscribeDetails": details})


def _asked(request: web.Request) -> tuple[Hall, Phone, list[str]]:
    page = request.app[JSSDK].page(request.query.get("key", ""))
    templates = [one for one in request.query.get("templates", "").split(",") if one]
    if not templates:
        raise _Not(10001, "参数传空了")
    if page is None or page.phone is None:
        raise _Not(10003, "网络问题，订阅请求发送失败")
    known = {one.template_id for one in page.hall.account.subscriptions}
    if known and not known.issuperset(templates):
        raise _Not(20001, "没有模板数据，一般是模板 ID 不存在")
    if len({kind_of(page.hall.account, one) for one in templates}) > 1:
        raise _Not(20002, "模板消息类型既有一次性的又有永久的")
    if len(templates) > MOST:
        raise _Not(20003, "模板消息数量超过上限")
    if page.phone.blocks_templates:
        raise _Not(20004, "用户关闭了主开关，无法进行订阅")
    return page.hall, page.phone, templates


def _called(request: web.Request, answer: dict[str, Any]) -> web.Response:
    callback = request.query.get("callback", "")
    if not _CALLBACK.fullmatch(callback):
        return web.Response(status=400, text="callback")
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    text = f"{callback}({json.dumps(answer)});"
    return web.Response(text=text, content_type="text/javascript", charset="utf-8", headers=headers)

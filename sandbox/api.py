"""The platform's API: same paths, same JSON, same refusals. Errors are HTTP 200, as everywhere on the platform."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from . import messaging, ocr, opt_ins, reaching, registered
from .errors import ApiError, answered, refused
from .faults import Handler, failing
from .media import OFFICIAL
from .menu import check_menu
from .phones import Phone
from .selfmenu import NO_REPLIES, current_menu
from .uploading import uploaded
from .world import Hall, World

WORLD: web.AppKey[World] = web.AppKey("world", World)
Answer = Awaitable[dict[str, Any]] | dict[str, Any]

log = logging.getLogger(__name__)


_API = "/cgi-bin/"
_CV = "/cv/"
_OTHER_API = "/wxaapi/"
_DAILY = 100_000
"""What is said of a quota where none was ordered; it is not kept then."""
_TOKENS = ("stable_token", "token")
"""Paths that are asked before there is a token."""


def routes(app: web.Application) -> None:
    """Add every endpoint of the platform's API."""
    app.middlewares.append(_with_faults)
    add = app.router.add_route
    add("POST", "/cgi-bin/stable_token", _open(_stable_token))
    add("GET", "/cgi-bin/token", _open(_token))
    add("POST", "/cgi-bin/message/custom/send", _posted(messaging.custom_send))
    add("POST", "/cgi-bin/message/custom/typing", _posted(messaging.typing))
    add("POST", "/cgi-bin/message/template/send", _posted(messaging.template_send))
    add("POST", "/cgi-bin/message/subscribe/bizsend", _posted(messaging.subscribe_send))
    add("GET", "/cgi-bin/media/get", _media_get)
    add("POST", "/cgi-bin/media/upload", _open(_media_upload))
    add("POST", "/cgi-bin/menu/create", _posted(_menu_create))
    add("GET", "/cgi-bin/menu/get", _open(_menu_get))
    add("GET", "/cgi-bin/menu/delete", _open(_menu_delete))
    add("GET", "/cgi-bin/get_current_selfmenu_info", _open(_current_menu))
    add("GET", "/cgi-bin/get_current_autoreply_info", _open(_current_autoreplies))
    add("POST", "/cgi-bin/qrcode/create", _posted(_qrcode_create))
    add("GET", "/cgi-bin/ticket/getticket", _open(_ticket))
    add("GET", "/cgi-bin/user/info", _open(_user_info))
    add("POST", "/cgi-bin/clear_quota", _posted(_clear_quota))
    add("POST", "/cgi-bin/openapi/quota/get", _posted(_quota_get))
    add("POST", "/cgi-bin/account/getaccountbasicinfo", _open(_basic_info))
    add("GET", "/cgi-bin/template/get_all_private_template", _open(_templates))
    add("GET", "/cgi-bin/template/get_industry", _open(_industries))
    add("POST", "/cgi-bin/callback/check", _open(_callback_check))
    add("GET", "/cgi-bin/getcallbackip", _open(_addresses))
    add("GET", "/cgi-bin/get_api_domain_ip", _open(_addresses))
    add("POST", "/cv/ocr/{kind}", _open(_ocr))
    add("GET", "/wxaapi/newtmpl/gettemplate", _open(_subscriptions))
    add("*", "/cgi-bin/{rest:.*}", _open(_unknown))


def _open(handler: Callable[[web.Request], Answer]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def respond(request: web.Request) -> web.Response:
        try:
            answer = handler(request)
            return answered(answer if isinstance(answer, dict) else await answer)
        except ApiError as error:
            log.info("api %s refused errcode=%s", request.path, error.errcode)
            return refused(error)

    return respond


def _posted(
    handler: Callable[[World, Hall, dict[str, Any]], dict[str, Any]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def opened(request: web.Request) -> dict[str, Any]:
        return handler(request.app[WORLD], _hall(request), await _body(request))

    return _open(opened)


@web.middleware
async def _with_faults(request: web.Request, handler: Handler) -> web.StreamResponse:
    """What was ordered to go wrong does, for every endpoint alike."""
    if not request.path.startswith((_API, _OTHER_API, _CV)) or (hall := await _asking(request)) is None:
        return await handler(request)
    fault = hall.faults.take(_path(request))
    if fault is None:
        return await handler(request)
    tokens, token = request.app[WORLD].tokens, request.query.get("access_token", "")
    return await failing(request, handler, fault, lambda: tokens.revoke(token))


async def _asking(request: web.Request) -> Hall | None:
    """Whose call it is, whether it will be let in or not."""
    world, path = request.app[WORLD], _path(request)
    if path not in _TOKENS:
        return world.halls.get(world.tokens.owner(request.query.get("access_token", "")))
    try:
        asked = json.loads(await request.read()) if request.method == "POST" else request.query
        appid = asked.get("appid")
    except (ValueError, AttributeError):
        return None
    return next((hall for hall in world.halls.values() if hall.account.appid == appid), None)


def _path(request: web.Request) -> str:
    """As faults and standings name it: message/custom/send, cv/ocr/idcard."""
    return request.path.removeprefix(_API).removeprefix("/")


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads((await request.read()).decode("utf-8"))
    except ConnectionResetError as error:  # who asked has hung up
        raise ApiError(-1, "system error") from error
    except ValueError as error:
        raise ApiError(47001, "data format error") from error
    if not isinstance(body, dict):
        raise ApiError(47001, "data format error")
    return body


def _hall(request: web.Request) -> Hall:
    """The account that asks, let in."""
    world = request.app[WORLD]
    now = world.clock.now()
    hall = world.halls[world.tokens.check(request.query.get("access_token", ""), now)]
    hall.door.admit(_path(request), request.remote or "", now)
    return hall


def _credentials(world: World, address: str, grant: Any, appid: Any, secret: Any) -> str:
    if grant != "client_credential":
        raise ApiError(40002, "invalid grant_type")
    for name, hall in world.halls.items():
        if hall.account.appid == appid:
            if hall.account.appsecret != secret:
                raise ApiError(40125, "invalid appsecret")
            hall.door.knows(address)
            return name
    raise ApiError(40013, "invalid appid")


async def _stable_token(request: web.Request) -> dict[str, Any]:
    world, body = request.app[WORLD], await _body(request)
    address = request.remote or ""
    account = _credentials(world, address, body.get("grant_type"), body.get("appid"), body.get("secret"))
    token, left = world.tokens.stable(account, world.clock.now(), force=body.get("force_refresh") is True)
    return {"access_token": token, "expires_in": left}


def _token(request: web.Request) -> dict[str, Any]:
    world, query = request.app[WORLD], request.query
    address = request.remote or ""
    account = _credentials(world, address, query.get("grant_type"), query.get("appid"), query.get("secret"))
    token, left = world.tokens.rotate(account, world.clock.now())
    return {"access_token": token, "expires_in": left}


async def _media_get(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    try:
        hall = _hall(request)
        medium = world.media.get(hall.account.id, request.query.get("media_id", ""), world.clock.now())
    except ApiError as error:
        return refused(error)
    # Platform rule: the file's name travels in Content-disposition.
    plain = medium.name.encode("ascii", "ignore").decode().replace('"', "") or "file"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(medium.name)}"
    return web.Response(
        body=medium.data, content_type=medium.content_type, headers={"Content-disposition": disposition}
    )


async def _media_upload(request: web.Request) -> dict[str, Any]:
    world, hall = request.app[WORLD], _hall(request)
    kind, now = request.query.get("type", ""), world.clock.now()
    name, data = await uploaded(request)
    medium = world.media.upload(hall.account.id, kind, data, now, name, OFFICIAL)
    return {"type": kind, "media_id": medium.id, "created_at": int(now)}


async def _ocr(request: web.Request) -> dict[str, Any]:
    return await ocr.read(request, _hall(request), request.app[WORLD].clock.now())


def _menu_create(world: World, hall: Hall, body: dict[str, Any]) -> dict[str, Any]:
    hall.menu = check_menu(body)
    world.stream.publish("menu", hall.account.id, {"menu": hall.menu})
    return {"errcode": 0, "errmsg": "ok"}


def _menu_get(request: web.Request) -> dict[str, Any]:
    hall = _hall(request)
    if not hall.menu:
        raise ApiError(46003, "menu no exist")
    return {"menu": {"button": [button | {"sub_button": button.get("sub_button", [])} for button in hall.menu]}}


def _menu_delete(request: web.Request) -> dict[str, Any]:
    hall = _hall(request)
    hall.menu, hall.entered = [], hall.entered.model_copy(update={"menu": {}})
    request.app[WORLD].stream.publish("menu", hall.account.id, {"menu": []})
    return {"errcode": 0, "errmsg": "ok"}


def _current_menu(request: web.Request) -> dict[str, Any]:
    hall = _hall(request)
    return current_menu(hall.menu, hall.entered)


def _current_autoreplies(request: web.Request) -> dict[str, Any]:
    return _hall(request).entered.autoreplies or NO_REPLIES


def _qrcode_create(world: World, hall: Hall, body: dict[str, Any]) -> dict[str, Any]:
    answer = hall.scenes.create(body, world.clock.now())
    world.stream.publish("scenes", hall.account.id, {"scenes": hall.scenes.view(world.clock.now())})
    return answer


def _ticket(request: web.Request) -> dict[str, Any]:
    hall, world = _hall(request), request.app[WORLD]
    if request.query.get("type") != "jsapi":
        raise ApiError(40097, "invalid args")
    ticket, left = world.js_tickets.current(hall.account.id, world.clock.now())
    return {"errcode": 0, "errmsg": "ok", "ticket": ticket, "expires_in": left}


def _user_info(request: web.Request) -> dict[str, Any]:
    hall = _hall(request)
    phone = messaging.phone_of(hall, request.query.get("openid"))
    return _person(phone) if phone.following else {"subscribe": 0, "openid": phone.openid}


def _person(phone: Phone) -> dict[str, Any]:
    scene = phone.followed_by_scene
    return {
        "subscribe": 1,
        "openid": phone.openid,
        "language": "zh_CN",
        "subscribe_time": phone.followed_at,
        "remark": "",
        "groupid": 0,
        "tagid_list": [],
        "subscribe_scene": "ADD_SCENE_QR_CODE" if scene else "ADD_SCENE_SEARCH",
        "qr_scene": int(scene) if scene.isdecimal() and scene.isascii() else 0,
        "qr_scene_str": "" if scene.isdecimal() else scene,
    }


def _clear_quota(world: World, hall: Hall, body: dict[str, Any]) -> dict[str, Any]:
    if body.get("appid") != hall.account.appid:
        raise ApiError(40013, "invalid appid")
    hall.door.clear()
    return {"errcode": 0, "errmsg": "ok"}


def _quota_get(world: World, hall: Hall, body: dict[str, Any]) -> dict[str, Any]:
    asked = str(body.get("cgi_path", ""))
    if not asked.startswith("/"):
        raise ApiError(76003, "invalid cgi_path")
    path = asked.removeprefix(_API)
    if path in hall.door.standing.unauthorised:
        raise ApiError(76022, "could not use this cgi_path,no permission")
    limit = hall.door.standing.daily.get(path, _DAILY)
    used = hall.door.used(path, world.clock.now())
    quota = {"daily_limit": limit, "used": used, "remain": max(limit - used, 0)}
    return {"errcode": 0, "errmsg": "ok", "quota": quota}


def _basic_info(request: web.Request) -> dict[str, Any]:
    return registered.basic_info(_hall(request).account, request.app[WORLD].clock.now())


def _templates(request: web.Request) -> dict[str, Any]:
    return registered.templates(_hall(request).account)


def _industries(request: web.Request) -> dict[str, Any]:
    return registered.industries(_hall(request).account)


def _subscriptions(request: web.Request) -> dict[str, Any]:
    return opt_ins.listed(_hall(request).account)


async def _callback_check(request: web.Request) -> dict[str, Any]:
    hall = _hall(request)
    return await reaching.check(hall.endpoint, await _body(request))


def _addresses(request: web.Request) -> dict[str, Any]:
    _hall(request)
    return {"ip_list": ["127.0.0.1"]}


def _unknown(request: web.Request) -> dict[str, Any]:
    raise ApiError(40066, "invalid url")

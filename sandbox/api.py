"""The platform's API: same paths, same JSON, same refusals. Errors are HTTP 200, as everywhere on the platform."""

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from . import messaging
from .errors import ApiError
from .menu import check_menu
from .phones import Phone
from .world import Hall, World

WORLD: web.AppKey[World] = web.AppKey("world", World)
Answer = Awaitable[dict[str, Any]] | dict[str, Any]

log = logging.getLogger(__name__)


def routes(app: web.Application) -> None:
    """Add every endpoint of the platform's API."""
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
    add("POST", "/cgi-bin/qrcode/create", _posted(_qrcode_create))
    add("GET", "/cgi-bin/user/info", _open(_user_info))
    add("*", "/cgi-bin/{rest:.*}", _open(_unknown))


def _open(handler: Callable[[web.Request], Answer]) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answered(request: web.Request) -> web.Response:
        try:
            answer = handler(request)
            return _json(answer if isinstance(answer, dict) else await answer)
        except ApiError as error:
            log.info("api %s refused errcode=%s", request.path, error.errcode)
            return _json(error.answer())

    return answered


def _posted(
    handler: Callable[[World, Hall, dict[str, Any]], dict[str, Any]],
) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def opened(request: web.Request) -> dict[str, Any]:
        hall = _hall(request)
        fault = hall.faults.take(request.path.removeprefix("/cgi-bin/"))
        if fault is not None and fault.silent == "before":
            return _hang_up(request)
        answer = handler(request.app[WORLD], hall, await _body(request))
        return answer if fault is None else _hang_up(request)

    return _open(opened)


def _hang_up(request: web.Request) -> dict[str, Any]:
    if request.transport is not None:
        request.transport.abort()
    return {}


def _json(answer: dict[str, Any]) -> web.Response:
    return web.Response(text=json.dumps(answer, ensure_ascii=False), content_type="application/json")


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads((await request.read()).decode("utf-8"))
    except ValueError as error:
        raise ApiError(47001, "data format error") from error
    if not isinstance(body, dict):
        raise ApiError(47001, "data format error")
    return body


def _hall(request: web.Request) -> Hall:
    world = request.app[WORLD]
    return world.halls[world.tokens.check(request.query.get("access_token", ""), world.clock.now())]


def _credentials(world: World, grant: Any, appid: Any, secret: Any) -> str:
    if grant != "client_credential":
        raise ApiError(40002, "invalid grant_type")
    for name, hall in world.halls.items():
        if hall.account.appid == appid:
            if hall.account.appsecret != secret:
                raise ApiError(40125, "invalid appsecret")
            return name
    raise ApiError(40013, "invalid appid")


async def _stable_token(request: web.Request) -> dict[str, Any]:
    world, body = request.app[WORLD], await _body(request)
    account = _credentials(world, body.get("grant_type"), body.get("appid"), body.get("secret"))
    token, left = world.tokens.stable(account, world.clock.now(), force=body.get("force_refresh") is True)
    return {"access_token": token, "expires_in": left}


def _token(request: web.Request) -> dict[str, Any]:
    world, query = request.app[WORLD], request.query
    account = _credentials(world, query.get("grant_type"), query.get("appid"), query.get("secret"))
    token, left = world.tokens.rotate(account, world.clock.now())
    return {"access_token": token, "expires_in": left}


async def _media_get(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    try:
        hall = _hall(request)
        medium = world.media.get(hall.account.id, request.query.get("media_id", ""), world.clock.now())
    except ApiError as error:
        return _json(error.answer())
    # Platform rule: the file's name travels in Content-disposition.
    plain = medium.name.encode("ascii", "ignore").decode().replace('"', "") or "file"
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(medium.name)}"
    return web.Response(
        body=medium.data, content_type=medium.content_type, headers={"Content-disposition": disposition}
    )


async def _media_upload(request: web.Request) -> dict[str, Any]:
    world, hall = request.app[WORLD], _hall(request)
    if not request.content_type.startswith("multipart/"):
        raise ApiError(41005, "media data missing")
    sent = (await request.post()).get("media")
    if not isinstance(sent, web.FileField):
        raise ApiError(41005, "media data missing")
    kind, now = request.query.get("type", ""), world.clock.now()
    medium = world.media.upload(hall.account.id, kind, sent.file.read(), now, sent.filename)
    return {"type": kind, "media_id": medium.id, "created_at": int(now)}


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
    hall.menu = []
    request.app[WORLD].stream.publish("menu", hall.account.id, {"menu": []})
    return {"errcode": 0, "errmsg": "ok"}


def _qrcode_create(world: World, hall: Hall, body: dict[str, Any]) -> dict[str, Any]:
    answer = hall.scenes.create(body, world.clock.now())
    world.stream.publish("scenes", hall.account.id, {"scenes": hall.scenes.view(world.clock.now())})
    return answer


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


def _unknown(request: web.Request) -> dict[str, Any]:
    raise ApiError(40066, "invalid url")

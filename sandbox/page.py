"""The page of phones and the JSON behind it. Everything the page asks for lies under /sandbox/."""

import base64
import binascii
import contextlib
import json
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .accounts import PhoneConfig, Role
from .acts import Act, Acts
from .api import WORLD
from .clock import Clock
from .events import blocks
from .faults import Fault
from .phones import Phone
from .refusal import Refused
from .selfmenu import Entered
from .standing import Standing
from .views import account_view
from .world import Hall, World

STATIC = Path(__file__).parent / "static"
ACTS: web.AppKey[Acts] = web.AppKey("acts", Acts)
_HEARTBEAT = 15.0
_PAGE_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob: http: https:; frame-ancestors 'none'",
    "Cache-Control": "no-cache",
    "Referrer-Policy": "no-referrer",
}
_SCRIPTS = ("element.js", "chat.js", "inspector.js", "phone.js", "phones.js", "sms.js")
_FILES = {"phones.css": "text/css"} | dict.fromkeys(_SCRIPTS, "text/javascript")


class NewPhone(BaseModel):
    """A phone to be added; without an openid one is drawn, as long as real ones are."""

    model_config = ConfigDict(extra="forbid")

    openid: str = Field(default="", pattern=r"^[A-Za-z0-9_-]{0,64}$")
    nickname: str = Field(min_length=1, max_length=40)
    role: Role = "applicant"
    title: str = Field(default="", max_length=40)


class ClockMove(BaseModel):
    """One way to move the clock."""

    model_config = ConfigDict(extra="forbid")

    offset: float | None = None
    add: float | None = None
    next_workday: bool = False


def routes(app: web.Application) -> None:
    """Add the page, its files, its JSON and its event stream."""
    add = app.router.add_route
    add("GET", "/", _index)
    add("GET", "/healthz", _health)
    add("GET", "/sandbox/static/{name}", _static)
    add("GET", "/sandbox/accounts", _accounts)
    add("GET", "/sandbox/phones/{account}", _phones)
    add("POST", "/sandbox/phones/{account}", _add_phone)
    add("GET", "/sandbox/phones/{account}/{openid}", _phone)
    add("POST", "/sandbox/phones/{account}/{openid}/{act}", _act)
    add("POST", "/sandbox/check/{account}", _check)
    add("POST", "/sandbox/check/{account}/wecom", _check_wecom)
    add("GET", "/sandbox/robots/{account}", _robots)
    add("POST", "/sandbox/faults/{account}", _fault)
    add("POST", "/sandbox/standing/{account}", _standing)
    add("POST", "/sandbox/selfmenu/{account}", _entered)
    add("GET", "/sandbox/media/{media_id}", _media)
    add("GET", "/sandbox/events", _events)
    add("GET", "/sandbox/clock", _clock)
    add("POST", "/sandbox/clock", _move_clock)


def _json(answer: Any, status: int = 200) -> web.Response:
    text = json.dumps(answer, ensure_ascii=False)
    return web.Response(
        text=text, status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )


def _wrong(status: int, words: str) -> web.Response:
    return _json({"error": words}, status)


def _hall(request: web.Request) -> Hall:
    hall = request.app[WORLD].halls.get(request.match_info["account"])
    if hall is None:
        raise web.HTTPNotFound(text='{"error": "没有这个公众号"}', content_type="application/json")
    return hall


def _holder(request: web.Request) -> tuple[Hall, Phone]:
    hall = _hall(request)
    phone = hall.phones.get(request.match_info["openid"])
    if phone is None:
        raise web.HTTPNotFound(text='{"error": "没有这部手机"}', content_type="application/json")
    return hall, phone


async def _index(request: web.Request) -> web.Response:
    return web.Response(
        body=(STATIC / "index.html").read_bytes(), content_type="text/html", charset="utf-8", headers=_PAGE_HEADERS
    )


async def _static(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    if name not in _FILES:
        raise web.HTTPNotFound
    headers = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    return web.Response(body=(STATIC / name).read_bytes(), content_type=_FILES[name], charset="utf-8", headers=headers)


async def _health(request: web.Request) -> web.Response:
    return _json({"status": "ok"})


async def _accounts(request: web.Request) -> web.Response:
    return _json([account_view(hall) for hall in request.app[WORLD].halls.values()])


async def _phones(request: web.Request) -> web.Response:
    world, hall = request.app[WORLD], _hall(request)
    now = world.clock.now()
    return _json(
        {
            "account": {
                "id": hall.account.id,
                "county": hall.account.county,
                "title": hall.account.title,
                "subscriptions": {one.template_id: one.title for one in hall.account.subscriptions},
                "app": hall.wecom.app.title if hall.wecom else "",
            },
            "origin": world.origin,
            "place": hall.account.place.model_dump(),
            "menu": hall.menu,
            "scenes": hall.scenes.view(now),
            "clock": world.clock_view(),
            "phones": [phone.view(now) for phone in hall.phones.values()],
        }
    )


async def _phone(request: web.Request) -> web.Response:
    _, phone = _holder(request)
    return _json(phone.view(request.app[WORLD].clock.now()))


async def _add_phone(request: web.Request) -> web.Response:
    world, hall = request.app[WORLD], _hall(request)
    try:
        wanted = NewPhone.model_validate_json(await request.read())
    except ValidationError:
        return _wrong(400, "请填写昵称；openid 只能有字母、数字、下划线和连字符")
    openid = wanted.openid or "o" + secrets.token_urlsafe(21)[:27]
    if openid in hall.phones:
        return _wrong(409, "这个 openid 已经有了")
    config = PhoneConfig(openid=openid, nickname=wanted.nickname, role=wanted.role, title=wanted.title)
    return _json(world.add_phone(hall, config).view(world.clock.now()), 201)


async def _act(request: web.Request) -> web.Response:
    hall, phone = _holder(request)
    acts, name = request.app[ACTS], request.match_info["act"]
    if name not in acts.names:
        return _wrong(404, f"没有这个动作，可用：{'、'.join(acts.names)}")
    try:
        act, data = await _read_act(request)
        outcome = await acts.do(name, hall, phone, act, data)
    except Refused as refusal:
        return _wrong(409, str(refusal))
    except (ValidationError, ValueError):
        return _wrong(400, "参数不对")
    return _json(outcome.view())


async def _read_act(request: web.Request) -> tuple[Act, bytes]:
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        sent = form.get("file")
        if not isinstance(sent, web.FileField):
            raise ValueError("file missing")
        client_id = form.get("client_id")
        named = {"name": sent.filename[:120], "client_id": client_id if isinstance(client_id, str) else None}
        return Act.model_validate(named), sent.file.read()
    act = Act.model_validate_json(await request.read() or b"{}")
    try:
        return act, base64.b64decode(act.base64, validate=True)
    except binascii.Error as error:
        raise ValueError("bad base64") from error


async def _check(request: web.Request) -> web.Response:
    world, hall = request.app[WORLD], _hall(request)
    return _json({"ok": await world.delivery.check_url(hall.account, hall.endpoint, secrets.token_hex(10))})


async def _check_wecom(request: web.Request) -> web.Response:
    world, wecom = request.app[WORLD], _hall(request).wecom
    if wecom is None:
        return _wrong(404, "这个县没有企业微信应用")
    return _json({"ok": await world.delivery.check_wecom(wecom.line, wecom.endpoint, secrets.token_hex(10))})


async def _robots(request: web.Request) -> web.Response:
    wecom = _hall(request).wecom
    return _json({key: robot.said for key, robot in (wecom.robots if wecom else {}).items()})


async def _fault(request: web.Request) -> web.Response:
    hall = _hall(request)
    try:
        hall.faults.plan(Fault.model_validate_json(await request.read()))
    except ValidationError:
        return _wrong(
            400, '要 {"path": …, "errcode": … 或 "silent": "before"/"after", "times": …}，别的见 docs/platform.md'
        )
    return _json({"ok": True})


async def _standing(request: web.Request) -> web.Response:
    hall = _hall(request)
    try:
        hall.door.standing = Standing.model_validate_json(await request.read())
    except ValidationError:
        return _wrong(400, "要 " + "、".join(Standing.model_fields) + " 里的几样，见 docs/platform.md")
    return _json({"ok": True})


async def _entered(request: web.Request) -> web.Response:
    hall = _hall(request)
    try:
        hall.entered = Entered.model_validate_json(await request.read())
    except ValidationError:
        return _wrong(400, "要 " + "、".join(Entered.model_fields) + " 里的几样，见 docs/platform.md")
    hall.menu = []
    request.app[WORLD].stream.publish("menu", hall.account.id, {"menu": []})
    return _json({"ok": True})


async def _media(request: web.Request) -> web.Response:
    medium = request.app[WORLD].media.find(request.match_info["media_id"])
    if medium is None:
        raise web.HTTPNotFound
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=86400"}
    if not medium.content_type.startswith("image/"):
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(medium.name)}"
    return web.Response(body=medium.data, content_type=medium.content_type, headers=headers)


async def _events(request: web.Request) -> web.StreamResponse:
    world: World = request.app[WORLD]
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    )
    with world.stream.subscribe(request.query.get("account")) as queue:
        await response.prepare(request)
        await response.write(b"retry: 1000\n\n")
        # A page that was closed is noticed at the next write; nothing is wrong then.
        with contextlib.suppress(ConnectionResetError):
            async for block in blocks(queue, _HEARTBEAT):
                await response.write(block)
    return response


async def _clock(request: web.Request) -> web.Response:
    return _json(request.app[WORLD].clock_view())


def _goal(clock: Clock, move: ClockMove) -> float:
    if move.offset is not None:
        return move.offset
    if move.add is not None:
        return clock.offset + move.add
    return clock.offset_to_next_workday()


async def _move_clock(request: web.Request) -> web.Response:
    world = request.app[WORLD]
    try:
        move = ClockMove.model_validate_json(await request.read())
        if [move.offset is not None, move.add is not None, move.next_workday].count(True) != 1:
            raise ValueError("one way at a time")
        return _json(await world.move_clock(lambda: _goal(world.clock, move)))
    except ValueError:
        return _wrong(400, '要 {"offset": 秒}、{"add": 秒} 或 {"next_workday": true} 之一')

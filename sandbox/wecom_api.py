"""WeCom's API under /qyapi: same paths, same JSON, same refusals. Errors are HTTP 200, as everywhere on the platform.

It has a host of its own in the world; here it has a prefix, so that a token of one platform never meets the other's paths.
"""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from .errors import ApiError, answered
from .faults import Handler, failing
from .media import WECOM
from .phones import Entry, Phone
from .reply import MAX_TEXT, Part
from .uploading import uploaded
from .wecom_cards import Card, checked
from .world import Hall, WeCom, World

PREFIX = "/qyapi"
_API = f"{PREFIX}/cgi-bin/"
_CHECK_DEFAULT, _CHECK_MOST = 1800, 14_400
"""Platform rule: seconds for which the same request is not delivered twice, where that was asked for."""
_MARKDOWN = 4096
_MAX_USERS = 1000

Answer = dict[str, Any]
Act = Callable[[World, web.Request], Awaitable[Answer | web.StreamResponse]]


def routes(app: web.Application, world: web.AppKey[World]) -> None:
    """Add every endpoint of WeCom's API."""

    @web.middleware
    async def with_faults(request: web.Request, handler: Handler) -> web.StreamResponse:
        """What was ordered to go wrong does; paths in an order begin with `qyapi/`."""
        if not request.path.startswith(_API) or (hall := _asking(request.app[world], request)) is None:
            return await handler(request)
        fault = hall.faults.take(f"qyapi/{request.path.removeprefix(_API)}")
        if fault is None:
            return await handler(request)
        tokens, token = request.app[world].wecom_tokens, request.query.get("access_token", "")
        return await failing(request, handler, fault, lambda: tokens.revoke(token))

    def opened(act: Act) -> Handler:
        async def respond(request: web.Request) -> web.StreamResponse:
            try:
                answer = await act(request.app[world], request)
            except ApiError as error:
                return answered(_refusal(error))
            return answered(answer) if isinstance(answer, dict) else answer

        return respond

    app.middlewares.append(with_faults)
    add = app.router.add_route
    add("GET", f"{_API}gettoken", opened(_gettoken))
    add("POST", f"{_API}message/send", opened(_send))
    add("POST", f"{_API}message/update_template_card", opened(_update))
    add("POST", f"{_API}webhook/send", opened(_robot))
    add("GET", f"{_API}media/get", opened(_media))
    add("POST", f"{_API}media/upload", opened(_upload))
    add("*", f"{_API}{{rest:.*}}", opened(_unknown))


def _refusal(error: ApiError) -> Answer:
    """Platform rule: errmsg ends with a hint, from where it was asked, and where to look the code up."""
    about = f"hint: [1764300000000000000000001], from ip: 127.0.0.1, more info at devtool/query?e={error.errcode}"
    return {"errcode": error.errcode, "errmsg": f"{error.errmsg}, {about}"}


def _asking(world: World, request: web.Request) -> Hall | None:
    """Whose call it is, whether it will be let in or not."""
    query = request.query
    if "access_token" in query:
        return world.halls.get(world.wecom_tokens.owner(query["access_token"]))
    key, corpid = query.get("key"), query.get("corpid")
    return next(
        (
            hall
            for hall in world.halls.values()
            if hall.wecom and ((key and key in hall.wecom.robots) or (corpid and hall.wecom.app.corpid == corpid))
        ),
        None,
    )


async def _gettoken(world: World, request: web.Request) -> Answer:
    """Platform rule: as long as it is valid, whoever asks gets the same token."""
    corpid, secret = request.query.get("corpid"), request.query.get("corpsecret")
    if not corpid:
        raise ApiError(41002, "corpid missing")
    if not secret:
        raise ApiError(41004, "corpsecret missing")
    apps = [(name, hall.wecom.app) for name, hall in world.halls.items() if hall.wecom]
    if not any(app.corpid == corpid for _, app in apps):
        raise ApiError(40013, "invalid corpid")
    name = next((name for name, app in apps if (app.corpid, app.secret) == (corpid, secret)), None)
    if name is None:
        raise ApiError(40001, "invalid credential")
    token, left = world.wecom_tokens.stable(name, world.clock.now(), force=False)
    return {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": left}


def _let_in(world: World, request: web.Request) -> tuple[Hall, WeCom]:
    try:
        name = world.wecom_tokens.check(request.query.get("access_token", ""), world.clock.now())
    except ApiError as error:
        # Platform rule: a token that was never one, or is none any more, is 40014 here.
        raise ApiError(40014, "invalid access_token") if error.errcode == 40001 else error from error
    hall = world.halls[name]
    if hall.wecom is None:
        raise ApiError(40014, "invalid access_token")
    return hall, hall.wecom


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads((await request.read()).decode("utf-8"))
    except ConnectionResetError as error:  # who asked has hung up
        raise ApiError(-1, "system busy") from error
    except ValueError as error:
        raise ApiError(47001, "data format error") from error
    if not isinstance(body, dict):
        raise ApiError(47001, "data format error")
    return body


def _agent(world: World, wecom: WeCom, given: Any) -> None:
    if given is None:
        raise ApiError(41011, "missing agentid")
    if given != wecom.app.agentid:
        known = any(hall.wecom and hall.wecom.app.agentid == given for hall in world.halls.values())
        raise (
            ApiError(301002, "not allow operate another agent with this accesstoken")
            if known
            else ApiError(40056, "invalid agentid")
        )


def _members(hall: Hall, given: Any) -> tuple[list[Phone], list[str]]:
    """Whom it reaches, and who is not there or not within the app's visible range. Raises ApiError: 81013."""
    asked = [one.strip() for one in given.split("|")] if isinstance(given, str) else []
    asked = [one for one in asked if one]
    known = {
        phone.openid.lower(): phone
        for phone in hall.phones.values()
        if phone.config.channel == "wecom" and phone.following
    }
    found = [known[one.lower()] for one in asked if one.lower() in known]
    if not found or len(asked) > _MAX_USERS:
        raise ApiError(81013, "user & party & tag all invalid")
    return found, [one.lower() for one in asked if one.lower() not in known]


async def _send(world: World, request: web.Request) -> Answer:
    hall, wecom = _let_in(world, request)
    body, now = await _body(request), world.clock.now()
    _agent(world, wecom, body.get("agentid"))
    found, invalid = _members(hall, body.get("touser"))
    before = _repeated(wecom, body, now)
    if before is not None:
        return before
    kind = body.get("msgtype")
    answer: Answer = {"errcode": 0, "errmsg": "ok", "invaliduser": "|".join(invalid), "msgid": f"m{world.ids.draw()}"}
    card: Card | None = None
    content, media = "", ""
    if kind == "text":
        content = _content(body.get("text"))
    elif kind in ("image", "file"):
        media = _enclosed(world, wecom, body.get(kind), kind, now)
    elif kind == "template_card":
        card = checked(body.get("template_card"))
        wecom.desk.take(card.task_id)
        answer["response_code"] = wecom.desk.code(card.task_id, now)
    else:
        raise ApiError(40008, "invalid message type")
    for phone in found:
        if phone.limit.passes(now):
            text = world.entry_of(hall, phone, Part(str(kind) if media else "text", content, media_id=media), "wecom")
            world.show(
                hall, phone, text if card is None else Entry(side="them", kind="buttons", origin="wecom", card=card)
            )
        world.changed(hall, phone)
    _remember(wecom, body, now, answer)
    return answer


def _enclosed(world: World, wecom: WeCom, given: Any, kind: str, now: float) -> str:
    """The id of what is sent as a picture or a file."""
    media_id = given.get("media_id") if isinstance(given, dict) else None
    return world.media.as_kind(wecom.app.corpid, str(media_id or ""), kind, now).id


def _content(given: Any, limit: int = MAX_TEXT) -> str:
    content = given.get("content") if isinstance(given, dict) else None
    if not isinstance(content, str) or not content.strip():
        raise ApiError(44004, "empty content")
    # Platform rule: what is longer is cut off.
    return content.encode("utf-8", "replace")[:limit].decode("utf-8", "ignore")


def _interval(body: dict[str, Any]) -> float | None:
    wanted, seconds = body.get("enable_duplicate_check", 0), body.get("duplicate_check_interval", _CHECK_DEFAULT)
    if wanted not in (0, 1):
        raise ApiError(40058, "invalid param: enable_duplicate_check")
    if not isinstance(seconds, int) or not 0 < seconds <= _CHECK_MOST:
        raise ApiError(40058, "invalid param: duplicate_check_interval")
    return seconds if wanted else None


def _same(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=False, sort_keys=True)


def _repeated(wecom: WeCom, body: dict[str, Any], now: float) -> Answer | None:
    if _interval(body) is None:
        return None
    until, answer = wecom.repeats.get(_same(body), (0.0, {}))
    return answer if now < until else None


def _remember(wecom: WeCom, body: dict[str, Any], now: float, answer: Answer) -> None:
    seconds = _interval(body)
    wecom.repeats = {key: kept for key, kept in wecom.repeats.items() if now < kept[0]}
    if seconds is not None:
        wecom.repeats[_same(body)] = (now + seconds, answer)


async def _update(world: World, request: web.Request) -> Answer:
    """Platform rule: with the response_code of sending, or of a click, once and within 72 hours."""
    hall, wecom = _let_in(world, request)
    body, now = await _body(request), world.clock.now()
    _agent(world, wecom, body.get("agentid"))
    button, users = body.get("button"), body.get("userids")
    name = button.get("replace_name") if isinstance(button, dict) else None
    if not isinstance(name, str) or not name.strip():
        raise ApiError(40058, "invalid param: button.replace_name")
    if not isinstance(users, list) and body.get("atall") != 1:
        raise ApiError(40058, "invalid param: userids")
    task_id = wecom.desk.spend(body.get("response_code"), now)
    wanted = {str(one).lower() for one in users} if isinstance(users, list) else set()
    there = [phone for phone in hall.phones.values() if phone.card_entry(task_id) is not None]
    for phone in there:
        if body.get("atall") == 1 or phone.openid.lower() in wanted:
            world.update_card(hall, phone, task_id, name)
    known = {phone.openid.lower() for phone in there}
    return {"errcode": 0, "errmsg": "ok", "invaliduser": sorted(wanted - known)}


async def _robot(world: World, request: web.Request) -> Answer:
    """A group robot: whoever has its key may speak there."""
    key, body = request.query.get("key", ""), await _body(request)
    robot = next(
        (hall.wecom.robots[key] for hall in world.halls.values() if hall.wecom and key in hall.wecom.robots), None
    )
    if robot is None:
        raise ApiError(93000, "invalid webhook url")
    kind, limits = body.get("msgtype"), {"text": MAX_TEXT, "markdown": _MARKDOWN}
    if kind not in limits:
        raise ApiError(40008, "invalid message type")
    part = body.get(kind)
    content = part.get("content") if isinstance(part, dict) else None
    if not isinstance(content, str) or not content.strip():
        raise ApiError(44004, "empty content")
    if len(content.encode("utf-8", "replace")) > limits[kind]:
        raise ApiError(40058, f"invalid param: {kind}.content exceed max length {limits[kind]}")
    robot.admit(world.clock.now())
    robot.said.append(content)
    return {"errcode": 0, "errmsg": "ok"}


async def _media(world: World, request: web.Request) -> web.StreamResponse:
    _, wecom = _let_in(world, request)
    medium = world.media.get(wecom.app.corpid, request.query.get("media_id", ""), world.clock.now())
    return web.Response(
        body=medium.data,
        content_type=medium.content_type,
        headers={"Content-disposition": 'attachment; filename="file"'},
    )


async def _upload(world: World, request: web.Request) -> Answer:
    """Platform rule: all apps of an enterprise may use it for three days."""
    _, wecom = _let_in(world, request)
    kind, now = request.query.get("type", ""), world.clock.now()
    name, data = await uploaded(request)
    medium = world.media.upload(wecom.app.corpid, kind, data, now, name, WECOM)
    return {"errcode": 0, "errmsg": "ok", "type": kind, "media_id": medium.id, "created_at": str(int(now))}


async def _unknown(world: World, request: web.Request) -> Answer:
    raise ApiError(40066, "invalid url")

"""The gateway's door, and what the page asks of it."""

import json

from aiohttp import web
from pydantic import ValidationError

from .api import WORLD
from .faults import Fault, failing
from .sms import PATH, Blocked, SmsRefused


def routes(app: web.Application) -> None:
    """Add the gateway and its list."""
    add = app.router.add_route
    add("POST", PATH, _send)
    add("GET", "/sandbox/sms", _list)
    add("POST", "/sandbox/sms", _block)
    add("POST", "/sandbox/sms/faults", _fault)


async def _send(request: web.Request) -> web.StreamResponse:
    fault = request.app[WORLD].sms_faults.take(PATH)
    return await (_taken(request) if fault is None else failing(request, _taken, fault, lambda: None))


async def _taken(request: web.Request) -> web.StreamResponse:
    world = request.app[WORLD]
    try:
        message, new = world.sms.send(request.headers.get("Authorization", ""), await request.read(), world.clock.now())
    except SmsRefused as refused:
        return _json({"code": refused.code, "message": refused.message}, refused.status)
    if new:
        world.stream.publish("sms", None, {"message": message.view()})
    return _json({"code": "0", "message": "ok", "smsId": message.id})


async def _list(request: web.Request) -> web.Response:
    return _json(request.app[WORLD].sms.view())


async def _block(request: web.Request) -> web.Response:
    try:
        request.app[WORLD].sms.blocked = Blocked.model_validate_json(await request.read()).blocked
    except ValidationError:
        return _json({"error": '要 {"blocked": ["13800000000"]}'}, 400)
    return _json({"ok": True})


async def _fault(request: web.Request) -> web.Response:
    try:
        fault = Fault.model_validate(json.loads(await request.read()) | {"path": PATH})
    except (ValueError, TypeError):
        return _json({"error": '要 {"status": …} 或 {"silent": "before"/"after"}，别的见 docs/platform.md'}, 400)
    request.app[WORLD].sms_faults.plan(fault)
    return _json({"ok": True})


def _json(answer: object, status: int = 200) -> web.Response:
    text = json.dumps(answer, ensure_ascii=False)
    return web.Response(
        text=text, status=status, content_type="application/json", headers={"Cache-Control": "no-store"}
    )

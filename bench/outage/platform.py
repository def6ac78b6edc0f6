"""The stand-in platform of the bench, in a process of its own: faults that change every moment, tokens that die, counts of what arrived."""

import asyncio
import logging
import random
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any, Final

from aiohttp import web

from bench.outage.scene import ACCOUNT, APPID, ORIGINAL, SECRET, SIGNS, TEMPLATE_ID, Person
from sandbox import api
from sandbox.accounts import Account, Mode, PhoneConfig, SandboxConfig, TemplateConfig
from sandbox.app import build_app
from sandbox.delivery import ATTEMPTS
from sandbox.faults import Fault
from sandbox.quota import Interaction
from sandbox.world import Hall, World

_FIELDS: Final = {"thing1": "事项"}
_EVERY_SECONDS: Final = 0.4
_TOKEN_SECONDS: Final = 5.0
_PATHS: Final = ("message/custom/send", "message/template/send", "stable_token", "*")
_FAULTS: Final[tuple[dict[str, Any], ...]] = (
    {"errcode": -1}, {"status": 502}, {"silent": "before"}, {"silent": "after"}, {"never": True}, {"half": True}, {"seconds": 3.0},
    {"invalidate": True}, {},
)  # fmt: skip
_TOO_FAST: Final[dict[str, Any]] = {"errcode": 45011}
"""Rarer than the others: everybody stops for a minute or two then, and the bench would be one about waiting."""
_SELDOM: Final = 0.02


def serve(people: int, port: int, product: str) -> None:
    """Serves until the process is ended."""
    logging.disable()  # what was ordered to break breaks
    app, calls = build_app(config(people), product, f"http://127.0.0.1:{port}"), Counter[str]()

    @web.middleware
    async def counted(request: web.Request, handler: Any) -> web.StreamResponse:
        calls[request.path] += 1
        answer: web.StreamResponse = await handler(request)
        return answer

    async def chaos(app: web.Application) -> AsyncIterator[None]:
        world = app[api.WORLD]
        settle(world)
        tasks = [asyncio.create_task(one) for one in (_fail(world), _forget_tokens(world))]
        yield
        for task in tasks:
            task.cancel()

    async def arrived(_: web.Request) -> web.Response:
        hall = app[api.WORLD].halls[ACCOUNT]
        seen = Counter(_key(one) for phone in hall.phones.values() for one in phone.entries if one.side == "them")
        return web.json_response({"arrived": seen, "calls": calls} | _reports(hall))

    app.middlewares.insert(0, counted)
    app.cleanup_ctx.append(chaos)
    app.router.add_get("/bench/arrived", arrived)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None, shutdown_timeout=1.0)


def config(people: int) -> SandboxConfig:
    """The account, and a phone for each person."""
    return SandboxConfig(
        accounts=(
            Account(
                id=ACCOUNT,
                county="bench",
                title="bench",
                original_id=ORIGINAL,
                appid=APPID,
                appsecret=SECRET,
                token=SIGNS,
                EncodingAESKey="A" * 43,
                mode=Mode.PLAIN,
                templates=(TemplateConfig(template_id=TEMPLATE_ID, fields=_FIELDS),),
                phones=tuple(PhoneConfig(openid=Person(one).openid, nickname=f"p{one}") for one in range(people)),
            ),
        )
    )


def settle(world: World) -> None:
    """What the platform knows of each."""
    hall, now = world.halls[ACCOUNT], world.clock.now()
    for number, phone in enumerate(hall.phones.values()):
        kind = Person(number).kind
        phone.following = kind != "gone"
        phone.blocks_templates = kind == "refuses"
        if kind not in ("gone", "silent"):
            phone.ledger.interact(Interaction.MESSAGE, now)
        if kind == "elsewhere":
            for _ in range(3):
                phone.ledger.spend(now)


def _reports(hall: Hall) -> dict[str, int]:
    """What became of the reports on pushes: each is told up to three times (platform rule)."""
    told = [push for phone in hall.phones.values() for push in phone.pushes]
    unheard = [push for push in told if push.answer is None]
    lost = sum(1 for push in unheard if len(push.attempts) == ATTEMPTS)
    again = sum(1 for push in told if len(push.attempts) > 1)
    return {"reports": len(told), "again": again, "lost": lost, "under_way": len(unheard) - lost}


def _key(entry: Any) -> str:
    text = entry.content or " ".join(one.value for one in entry.fields or ())
    return str(text).partition("#")[2]


async def _fail(world: World) -> None:
    """Another fault every moment, for about half of the calls of an endpoint."""
    chance, faults = random.Random(7), world.halls[ACCOUNT].faults
    while True:
        path = chance.choice(_PATHS)
        what = _TOO_FAST if chance.random() < _SELDOM else chance.choice(_FAULTS)
        faults.plan(Fault(path=path, times=30, share=0.4, seed=chance.randrange(1000), **what))
        await asyncio.sleep(_EVERY_SECONDS)


async def _forget_tokens(world: World) -> None:
    """Every five seconds the token is no token any more, as where another program fetches one by force."""
    while True:
        await asyncio.sleep(_TOKEN_SECONDS)
        token, _ = world.tokens.stable(ACCOUNT, world.clock.now(), force=False)
        world.tokens.revoke(token)

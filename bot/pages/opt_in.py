"""The page where a person agrees to 订阅通知 (platform rule: wx-open-subscribe). What he chose reaches us as an event of the platform."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Protocol
from urllib.parse import urlsplit

import structlog
from aiohttp import web

from bot.channels.wechat.account import Account
from bot.channels.wechat.js_ticket import js_signature
from bot.channels.wechat.results import Failed
from bot.limits import Allowance, Buckets
from bot.opt_in_link import AT_ONCE
from bot.pages.policy import POLICY, content_policy
from bot.pages.problem import Problem
from bot.pages.purposes import purposes
from bot.pages.rendering import Rendering
from bot.pages.route import Audience, Route
from bot.pages.visit import Visit

TAG: Final = "wx-open-subscribe"

_RENEWED_EVERY: Final = 300
"""Seconds: so often a page's word is enough to fetch another ticket. It may be wrong: a proxy that changes addresses looks the same."""

log = structlog.get_logger()


class Tickets(Protocol):
    """The JS-SDK's ticket of one account."""

    async def js_ticket(self) -> str | Failed:
        """The one to use now."""

    async def js_ticket_refused(self, ticket: str) -> None:
        """Forget it, if it is still that one."""


class OptIn:
    """`address` is where people reach us, `tickets` are by account."""

    def __init__(self, address: str, tickets: Mapping[str, Tickets], rendering: Rendering) -> None:
        self._address = address
        self._tickets = tickets
        self._rendering = rendering
        self._renewals = Buckets(burst=1, rate=1 / _RENEWED_EVERY, silence=0)

    def routes(self) -> tuple[Route, ...]:
        """For whoever the platform has named to us: only he can agree for himself."""
        return (
            Route("GET", "/opt-in/{account}", Audience.PERSON, self._page),
            Route("POST", "/opt-in/{account}/not-let-in", Audience.PERSON, self._not_let_in),
        )

    async def _page(self, visit: Visit) -> web.Response:
        account, path = visit.account, visit.request.raw_path
        wanted = _wanted(visit.request.query.get("templates", ""))
        known = purposes(account.subscriptions.templates, visit.catalogue)
        if any(one not in known for one in wanted):
            raise Problem(404, "opt_in_unknown")
        ticket = await self._tickets[account.id].js_ticket()
        if not isinstance(ticket, str):
            log.warning("pages.no_ticket", account=account.id, outcome=type(ticket).__name__)
            raise Problem(503, "opt_in_away", again=path)
        answer = self._rendering.page(
            "opt_in",
            visit,
            groups=[
                {"kind": kind, "templates": asked, "notices": [known[one] for one in asked]}
                for kind, asked in _groups(account, wanted)
            ],
            sdk=account.sdk_url,
            config=self._config(account, ticket, path, visit),
            mark=_mark(ticket),
            said=json.dumps(_said(visit, wanted, known), ensure_ascii=False),
            account=account.id,
            proof=visit.person.proof,
        )
        answer.headers[POLICY] = content_policy(scripts=[_origin(account.sdk_url)])
        return answer

    async def _not_let_in(self, visit: Visit) -> web.Response:
        """The platform took no signature of ours on this page (204: another one can be had now). The ticket may be one that it does not
        know any more, and nobody else would ever tell us.
        """
        account, tickets = visit.account, self._tickets[visit.account.id]
        log.warning("pages.not_let_in", account=account.id)
        given, ticket = (await visit.request.post()).get("mark"), await tickets.js_ticket()
        if not isinstance(ticket, str):
            return web.Response(status=202)
        if given == _mark(ticket):
            if self._renewals.take(account.id) is not Allowance.HEARD:
                return web.Response(status=202)
            await tickets.js_ticket_refused(ticket)
        return web.Response(status=204)

    def _config(self, account: Account, ticket: str, path: str, visit: Visit) -> str:
        signed = js_signature(ticket, f"{self._address}{path}", visit.now.timestamp())
        return json.dumps(
            {
                "appId": account.appid,
                "timestamp": signed.timestamp,
                "nonceStr": signed.noncestr,
                "signature": signed.signature,
                "jsApiList": [],
                "openTagList": [TAG],
            }
        )


def _wanted(given: str) -> tuple[str, ...]:
    """The ids in a link of ours. Raises Problem for none."""
    wanted = tuple(dict.fromkeys(one for one in given.split(",") if one))
    if not wanted:
        raise Problem(404, "opt_in_empty")
    return wanted


def _groups(account: Account, wanted: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What one button asks for: those for good, then those for once (platform rule: never together, 20002). Raises Problem for
    more than the platform asks for at once.
    """
    for kind in ("long_term", "one_time"):
        asked = tuple(one for one in wanted if account.subscriptions.kind(one) == kind)
        if len(asked) > AT_ONCE:
            raise Problem(400, "opt_in_many")
        if asked:
            yield kind, asked


def _said(visit: Visit, wanted: Sequence[str], known: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """What the page says when the platform has answered: it cannot ask us any more then."""
    say = visit.catalogue.say
    return {
        "about": {one: "、".join(known[one]) for one in wanted},
        "accepted": say("pages.opt_in.accepted"),
        "declined": say("pages.opt_in.declined"),
        "cancelled": say("pages.opt_in.cancelled"),
        "back": say("pages.opt_in.back"),
        "failed": say("pages.opt_in.failed"),
        "switched_off": say("pages.opt_in.switched_off"),
        "not_let_in": say("pages.opt_in.not_let_in"),
        "too_old": say("pages.opt_in.too_old"),
    }


def _mark(ticket: str) -> str:
    """Which ticket it was, for a page that must not know it."""
    return hashlib.sha256(ticket.encode()).hexdigest()[:16]


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"

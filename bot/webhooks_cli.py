"""`webhook`: the own systems of bodies: enter one, look how it stands, change its secret, tell it again, try it (J32, J33)."""

import datetime as dt
import json
import secrets as random
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final, NamedTuple

from bot.editions_cli import Office, office
from bot.settings import Settings
from bot.webhooks.addresses import AddressRefused, check_url
from bot.webhooks.posting import Answer, HttpPost
from bot.webhooks.signing import new_secret, secret_text
from model.breaker import Breaker
from model.calendar import CHINA
from model.county import County
from model.delivery import Notice
from model.webhook import Webhook, system_of
from routing.reports import reports
from storage.webhook_rows import Standing, WebhookRows
from storage.webhooks import Webhooks

_AT_ONCE: Final = 200
_TOLD_ONCE: Final = "密钥（只显示这一次，请交给单位系统的人妥善保存）：{secret}"


class WebhookMistake(Exception):
    """What was asked for cannot be done; the message says what would be valid."""


class _Desk(NamedTuple):
    here: Office
    county: County
    hooks: Webhooks
    rows: WebhookRows


def webhook_arguments(parser: ArgumentParser) -> None:
    """What can be typed after `webhook`."""
    parser.add_argument("action", choices=("set", "list", "rotate", "replay", "test", "remove"))
    parser.add_argument("county")
    parser.add_argument("body", nargs="?", help="all but list: whose system")
    parser.add_argument("url", nargs="?", help="set: where it listens")
    parser.add_argument(
        "--allow-private", action="store_true", help="set: it may stand at a private address, with plain http"
    )
    parser.add_argument(
        "--hours", type=int, default=24, metavar="N", help="rotate: the old secret signs too for so long"
    )
    parser.add_argument("--since", metavar="WHEN", help="replay: 2026-11-01 or 2026-11-01T08:00, Asia/Shanghai")


async def webhook(settings: Settings, options: Namespace) -> list[str]:
    """Does what was typed; what to tell the operator. Raises WebhookMistake."""
    async with _desk(settings, options.county) as desk:
        if options.action == "list":
            return await _list(desk)
        body = _body(desk.county, options.body)
        match options.action:
            case "set":
                return await _set(desk, body, options.url, allow_private=options.allow_private)
            case "rotate":
                return await _rotate(desk, body, dt.timedelta(hours=options.hours))
            case "replay":
                return await _replay(desk, body, _instant(options.since))
            case "test":
                return await _test(await _known(desk, body))
            case _:
                gone = await desk.hooks.remove(system_of(desk.county.id, body), _now())
                if not gone:
                    raise WebhookMistake(_none(desk.county, body))
                return [f"{desk.county.body[body].short}的系统已取消，等着的不再推送。"]


async def _list(desk: _Desk) -> list[str]:
    standing, now = await desk.rows.standing(), _now()
    found = await desk.hooks.of_county(desk.county.id)
    return [_line(desk.county, one, standing[one.id], now) for one in found] or ["还没有登记单位的系统。"]


def _line(county: County, one: Webhook, standing: Standing, now: dt.datetime) -> str:
    if not one.on:
        state = "已停（对方说不再接收），重新 set 后补发"
    elif not one.breaker.lets(now) and one.breaker.open_until:
        state = f"暂停，{_moment(one.breaker.open_until)}再试"
    else:
        state = "在试" if one.breaker.probing else "正常"
    last = f"，上次送达{_moment(one.delivered_at)}" if one.delivered_at else ""
    wrong = f"，最近的问题：{one.reason}" if one.reason else ""
    waits = f"等着{standing.waiting}条" + (f"（最早{_moment(standing.oldest)}）" if standing.oldest else "")
    short = county.body[one.body].short if one.body in county.body else one.body
    return f"{one.body}  {short}  {one.url}  {state}，{waits}，没送成{standing.failed}条{last}{wrong}"


async def _set(desk: _Desk, body: str, url: str | None, *, allow_private: bool) -> list[str]:
    if not url:
        raise WebhookMistake("请写地址：webhook set 县 单位 https://…")
    try:
        check_url(url, allow_private=allow_private)
    except AddressRefused as refused:
        raise WebhookMistake(
            f"这个地址不能用（{refused.reason}）：要 https:// 开头，不带用户名；内网地址或 http 请加 --allow-private"
        ) from None
    short = desk.county.body[body].short
    before = await desk.hooks.one(system_of(desk.county.id, body))
    if before is not None:
        changed = {"url": url, "allow_private": allow_private, "on": True, "breaker": Breaker(), "reason": ""}
        await desk.hooks.put(before.model_copy(update=changed))
        return [f"{short}的系统改到 {url}，密钥不变；等着的会补发。"]
    one = Webhook(county=desk.county.id, body=body, url=url, secret=new_secret(), allow_private=allow_private)
    await desk.hooks.put(one)
    return [
        f"{short}的系统已登记：{url}。从现在起的事会推送；以前的请用 webhook replay。",
        _TOLD_ONCE.format(secret=secret_text(one.secret)),
    ]


async def _rotate(desk: _Desk, body: str, both: dt.timedelta) -> list[str]:
    before = await _known(desk, body)
    until = _now() + both
    fresh = {"secret": new_secret(), "previous": before.secret, "previous_until": until}
    after = before.model_copy(update=fresh)
    await desk.hooks.put(after)
    return [f"已换密钥；到{_moment(until)}为止，旧的也签。", _TOLD_ONCE.format(secret=secret_text(after.secret))]


async def _replay(desk: _Desk, body: str, since: dt.datetime) -> list[str]:
    one, now = await _known(desk, body), _now()
    count = 0
    found = list[Notice]()
    for log in await desk.here.casework.logs(desk.county.id, since, now):
        recent = {each.sequence for each in log if each.at >= since}
        found += [each for each in reports(None, log) if each.recipient.id == one.id and each.event in recent]
    for begin in range(0, len(found), _AT_ONCE):
        count += await desk.rows.replay(found[begin : begin + _AT_ONCE], now)
    waits = (await desk.rows.standing())[one.id].waiting
    return [f"从{_moment(since)}起共{len(found)}条，其中{count}条再推送一遍（编号不变）；现在等着{waits}条。"]


async def _test(one: Webhook) -> list[str]:
    message_id = f"msg_ping_{random.token_hex(8)}"
    now = _now()
    body = {
        "type": "ping",
        "timestamp": now.astimezone(CHINA).isoformat(),
        "data": {"county": one.county, "body": one.body},
    }
    answer = await HttpPost(_now)(one, message_id, json.dumps(body).encode(), show=True)
    took = f"{(_now() - now).total_seconds():.1f}秒"
    if not isinstance(answer, Answer):
        return [f"没有回答（{took}）：{answer.reason}"]
    said = answer.excerpt.decode(errors="replace").strip().partition("\n")[0][:200]
    told = "收到" if 200 <= answer.status < 300 else "没有收下"
    return [f"{told}：HTTP {answer.status}（{took}）", *([f"回答：{said}"] if said else [])]


async def _known(desk: _Desk, body: str) -> Webhook:
    one = await desk.hooks.one(system_of(desk.county.id, body))
    if one is None:
        raise WebhookMistake(_none(desk.county, body))
    return one


def _none(county: County, body: str) -> str:
    return f"{county.body[body].short}还没有登记系统；登记：webhook set {county.id} {body} https://…"


def _body(county: County, body: str | None) -> str:
    if body not in county.body:
        raise WebhookMistake(f"没有这个单位：{body or ''}；有：{'、'.join(county.body)}")
    return str(body)


def _instant(text: str | None) -> dt.datetime:
    try:
        at = dt.datetime.fromisoformat(text or "")
    except ValueError:
        raise WebhookMistake("请写从什么时候起：--since 2026-11-01 或 --since 2026-11-01T08:00") from None
    return at if at.tzinfo else at.replace(tzinfo=CHINA)


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@asynccontextmanager
async def _desk(settings: Settings, county_id: str) -> AsyncGenerator[_Desk, None]:
    async with office(settings) as here:
        county = here.counties.get(county_id)
        if county is None:
            raise WebhookMistake(f"没有这个县：{county_id}；有：{'、'.join(here.counties)}")
        yield _Desk(here, county, here.hooks, here.hook_rows)

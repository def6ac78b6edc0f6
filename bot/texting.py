"""The SMS gateways of this installation: from a file, or, with the sandbox, the one it serves; and the way over them."""

import datetime as dt
import hmac
import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog
from pydantic import SecretStr, ValidationError

from bot.accounts import accounts_in
from bot.channels.sms.gateway import Why
from bot.channels.sms.http import HttpGateway, gateway_session
from bot.channels.sms.settings import GatewaySettings, Taken
from bot.channels.wechat.account import Account
from bot.settings import Settings
from bot.ways.gate import Gate
from bot.ways.sms import SmsWay, gateway_of
from handlers.ports import Clock
from handlers.wording.outcomes import News
from model.county import County
from storage.breakers import Pace
from storage.port import Port
from storage.sms_days import SmsDays

_FOUND = 200

log = structlog.get_logger()


class SmsMistaken(Exception):
    """The file of the gateways cannot be used; the message says where and why, and quotes no value of it."""


async def load_gateways(
    settings: Settings, session: aiohttp.ClientSession, counties: Collection[str]
) -> tuple[GatewaySettings, ...]:
    """One for each county that has one; none where no file is set. Raises SmsMistaken."""
    if settings.sandbox:
        return await _from_sandbox(settings.sandbox.rstrip("/"), session, counties)
    return () if settings.sms is None else read_gateways(settings, counties)


def read_gateways(settings: Settings, counties: Collection[str]) -> tuple[GatewaySettings, ...]:
    """Those of the file `LIANBAN_SMS`. Raises SmsMistaken."""
    file = settings.sms
    if file is None:
        return ()
    try:
        listed = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise SmsMistaken(f"LIANBAN_SMS：打不开 {file}（{type(error).__name__}）") from error
    except ValueError as error:
        raise SmsMistaken(f"LIANBAN_SMS：{file} 不是 JSON") from error
    if not isinstance(listed, list):
        raise SmsMistaken(f"LIANBAN_SMS：{file} 应是一个列表，每个县一项，见 docs/sms.md")
    found = [_one(number, each) for number, each in enumerate(listed, 1)]
    names = [one.county for one in found]
    if unknown := sorted(set(names) - set(counties)):
        raise SmsMistaken(f"LIANBAN_SMS：没有这个县：{unknown[0]}；有：{'、'.join(counties)}")
    if twice := sorted({one for one in names if names.count(one) > 1}):
        raise SmsMistaken(f"LIANBAN_SMS：{twice[0]} 写了两次，一个县只用一个网关")
    return tuple(found)


def _one(number: int, written: Any) -> GatewaySettings:
    try:
        return GatewaySettings.model_validate(written)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        said = str(first["msg"]).removeprefix("Value error, ")
        raise SmsMistaken(f"LIANBAN_SMS 第{number}项 {place}：{said}") from None


async def _from_sandbox(
    origin: str, session: aiohttp.ClientSession, counties: Collection[str]
) -> tuple[GatewaySettings, ...]:
    """The sandbox's own gateway, for every county alike; none where it has no such thing."""
    async with session.get(f"{origin}/sandbox/sms") as answer:
        if answer.status != _FOUND:
            return ()
        desk = (await answer.json())["gateway"]
    return tuple(
        GatewaySettings(
            county=county,
            url=f"{origin}{desk['path']}",
            headers={"Authorization": "Bearer {secret.key}"},
            body={"mobile": "{phone}", "content": "{text}", "msgId": "{key}"},
            secrets={"key": SecretStr(desk["secret"])},
            taken=Taken(path="code", values=("0",)),
            number="smsId",
            codes={
                "MOBILE": Why.BAD_NUMBER,
                "BLACK": Why.BLOCKED,
                "SIGN": Why.BAD_TEXT,
                "LENGTH": Why.BAD_TEXT,
                "MINUTE": Why.TOO_FAST,
                "HOUR": Why.TOO_FAST,
                "DAY": Why.DAY_USED,
                "AUTH": Why.NOT_AUTHORISED,
            },
            signature=desk["signature"],
            protects_minutes=desk["minutes"],
        )
        for county in counties
    )


def news_of(accounts: Collection[Account], gateways: Sequence[GatewaySettings]) -> dict[str, News]:
    """How the applicants of accounts that may not send cards hear of what comes; the operator is told which these are."""
    by_sms = {one.county for one in gateways}
    found: dict[str, News] = {one.id: "sms" if one.county in by_sms else "ask" for one in accounts if not one.may_card}
    for one in accounts:
        if one.id in found:
            log.warning("account.no_right", account=one.id, kind=one.kind, news=found[one.id])
    return found


def channels_told(settings: Settings, counties: Collection[str], about: Collection[str]) -> list[str]:
    """What `check` says of the accounts and gateways of some of them (`about`): how applicants hear of what comes.

    Raises SmsMistaken, AccountsMissing.
    """
    gateways = [one for one in read_gateways(settings, counties) if one.county in about]
    lines = [f"{one.county}：短信经 {urlsplit(one.url).hostname} 发。" for one in gateways]
    accounts = accounts_in(settings.accounts, counties).official if settings.accounts else ()
    by_sms = {one.county for one in gateways}
    for one in accounts:
        if one.county in about and not one.may_card:
            rest = "要紧的发短信" if one.county in by_sms else "没有接短信，要紧的要热线打电话（worklist）"
            lines.append(f"公众号 {one.id} 是订阅号，不能发模板消息：申请人发“进度”来看，{rest}。")
    return lines


def paces_of(gateways: Sequence[GatewaySettings]) -> dict[str, Pace]:
    """How much each may be asked."""
    return {gateway_of(one.county): Pace(a_minute=one.a_minute, at_once=1, a_day=one.a_day) for one in gateways}


async def sms_way(
    gateways: Sequence[GatewaySettings],
    counties: Mapping[str, County],
    gate: Gate,
    port: Port,
    lookup: bytes,
    clock: Clock,
    stack: AsyncExitStack,
) -> SmsWay | None:
    """The way by SMS, None where nobody has a gateway. `lookup` is the key under which numbers become marks."""
    if not gateways:
        return None
    session, key = await stack.enter_async_context(gateway_session()), hmac.digest(lookup, b"sms", "sha256")
    return SmsWay(
        {one.county: HttpGateway(one, session, clock) for one in gateways},
        {one.county: dt.timedelta(minutes=one.protects_minutes) for one in gateways if one.protects_minutes},
        counties,
        gate,
        SmsDays(port),
        lambda phone: hmac.digest(key, phone.encode(), "sha256").hex()[:24],
        clock,
    )

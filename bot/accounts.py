"""The official accounts and WeCom apps of this installation: from a file, or, with the sandbox, those it serves."""

import asyncio
import json
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp

from bot.channels.wechat.account import Account, Subscriptions
from bot.channels.wecom.app import WeComApp
from bot.doctor.mapping import fields_of
from bot.settings import Settings
from model.county import County

_TRIES = 100
_PAUSE = 0.1


class AccountsMissing(Exception):
    """No accounts are configured, or the sandbox does not answer."""


class Accounts(NamedTuple):
    """Where people write to us, in the order of the file."""

    official: tuple[Account, ...]
    apps: tuple[WeComApp, ...]

    @property
    def counties(self) -> dict[str, str]:
        """The county by account."""
        return {one.id: one.county for one in self.official} | {one.id: one.county for one in self.apps}


async def load_accounts(settings: Settings, session: aiohttp.ClientSession, counties: Mapping[str, County]) -> Accounts:
    """The accounts; each names a county that is loaded. Raises AccountsMissing, or pydantic's errors for a bad file."""
    if settings.sandbox:
        return await _from_sandbox(settings.sandbox.rstrip("/"), session, counties)
    if settings.accounts is None:
        raise AccountsMissing("set LIANBAN_ACCOUNTS to a JSON file with the official accounts (docs/installing.md)")
    return accounts_in(settings.accounts, counties)


def accounts_in(file: Path, counties: Collection[str]) -> Accounts:
    """Those of a file. Raises as `load_accounts` does."""
    accounts = read_accounts(json.loads(file.read_text(encoding="utf-8")))
    if unknown := [one for one in accounts.counties.values() if one not in counties]:
        raise AccountsMissing(f"no such county: {', '.join(unknown)}; there are {', '.join(counties)}")
    return accounts


def read_accounts(listed: Sequence[Mapping[str, Any]]) -> Accounts:
    """The accounts of a file: `"kind": "wecom"` is an app, all else an official account. Their ids are distinct.

    Raises AccountsMissing, or pydantic's errors.
    """
    apps = tuple(WeComApp.model_validate(one) for one in listed if one.get("kind") == "wecom")
    official = tuple(Account.model_validate(one) for one in listed if one.get("kind") != "wecom")
    accounts = Accounts(official, apps)
    if len(accounts.counties) != len(listed):
        raise AccountsMissing("two accounts have the same id")
    return accounts


async def _from_sandbox(origin: str, session: aiohttp.ClientSession, counties: Mapping[str, County]) -> Accounts:
    """The sandbox starts beside us: it may need a moment."""
    by_name = {county.name: county.id for county in counties.values()}
    for _ in range(_TRIES):
        try:
            async with session.get(f"{origin}/sandbox/accounts") as answer:
                listed = await answer.json()
                break
        except aiohttp.ClientError:
            await asyncio.sleep(_PAUSE)
    else:
        raise AccountsMissing(f"the sandbox at {origin} does not answer")
    known = [one for one in listed if one["county"] in by_name]
    official = tuple(
        Account(
            id=one["id"],
            county=by_name[one["county"]],
            original_id=one["original_id"],
            appid=one["appid"],
            appsecret=one["appsecret"],
            token=one["token"],
            aes_key=one["EncodingAESKey"],
            mode=one["mode"],
            api_base=origin,
            open_base=origin,
            sdk_url=f"{origin}/open/js/jweixin-1.6.0.js",
            templates={name: name for name in fields_of(counties[by_name[one["county"]]])},
            subscriptions=_subscriptions(one["subscriptions"], counties[by_name[one["county"]]]),
            card_readings=one["ocr"],
        )
        for one in known
    )
    return Accounts(
        official, tuple(_app(one["wecom"], by_name[one["county"]], origin) for one in known if one["wecom"])
    )


def _app(one: Mapping[str, Any], county: str, origin: str) -> WeComApp:
    """The sandbox has WeCom's API under a prefix; its first robot tells the figures."""
    base = origin + one["api"]
    return WeComApp(
        kind="wecom",
        id=one["id"],
        county=county,
        corpid=one["corpid"],
        agentid=one["agentid"],
        secret=one["secret"],
        token=one["token"],
        aes_key=one["EncodingAESKey"],
        api_base=base,
        robot=f"{base}/cgi-bin/webhook/send?key={one['robots'][0]}" if one["robots"] else "",
    )


def _subscriptions(granted: Sequence[Mapping[str, Any]], county: County) -> Subscriptions:
    """The sandbox grants every 模板消息 under our own name for it, of 订阅通知 a few: each serves the names that fill its fields."""
    by_fields = {frozenset(one["fields"]): one for one in granted}
    found: dict[str, dict[str, str]] = {"one_time": {}, "long_term": {}}
    for name, fields in fields_of(county).items():
        if (one := by_fields.get(fields)) is not None:
            found[one["kind"]][name] = one["template_id"]
    return Subscriptions.model_validate(found)

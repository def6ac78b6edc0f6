"""The official accounts of this installation: from a file, or, with the sandbox, those it serves."""

import asyncio
import json
from collections.abc import Collection, Mapping
from pathlib import Path

import aiohttp

from bot.channels.wechat.account import Account
from bot.settings import Settings
from model.county import County

_TRIES = 100
_PAUSE = 0.1


class AccountsMissing(Exception):
    """No accounts are configured, or the sandbox does not answer."""


async def load_accounts(
    settings: Settings, session: aiohttp.ClientSession, counties: Mapping[str, County]
) -> tuple[Account, ...]:
    """The accounts; each names a county that is loaded. Raises AccountsMissing, or pydantic's errors for a bad file."""
    if settings.sandbox:
        return await _from_sandbox(settings.sandbox.rstrip("/"), session, counties)
    if settings.accounts is None:
        raise AccountsMissing("set LIANBAN_ACCOUNTS to a JSON file with the official accounts (docs/installing.md)")
    return read_accounts(settings.accounts, counties)


def read_accounts(file: Path, counties: Collection[str]) -> tuple[Account, ...]:
    """Those of a file. Raises as `load_accounts` does."""
    listed = json.loads(file.read_text(encoding="utf-8"))
    accounts = tuple(Account.model_validate(one) for one in listed)
    if unknown := [one.county for one in accounts if one.county not in counties]:
        raise AccountsMissing(f"no such county: {', '.join(unknown)}; there are {', '.join(counties)}")
    return accounts


async def _from_sandbox(
    origin: str, session: aiohttp.ClientSession, counties: Mapping[str, County]
) -> tuple[Account, ...]:
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
    return tuple(
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
            templates={name: name for name in _templates(counties[by_name[one["county"]]])},
        )
        for one in listed
        if one["county"] in by_name
    )


def _templates(county: County) -> set[str]:
    """The sandbox grants every template under our own name for it."""
    return {key.removeprefix("wechat.").rpartition(".")[0] for key in county.messages if key.startswith("wechat.")}

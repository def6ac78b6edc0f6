"""`api-key`: keys for the systems that use the JSON API, shown once and withdrawn at any time (docs/api.md)."""

import argparse
import datetime as dt
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bot.keys import vault_of
from bot.settings import Settings
from config.loader import load_counties
from model.calendar import CHINA
from storage.clients import Clients
from storage.engine import open_database
from storage.migrate import upgrade


class ApiKeyMistake(Exception):
    """There is no such county, body or key; the message says what there is."""


def api_key_arguments(parser: argparse.ArgumentParser) -> None:
    """`api-key add COUNTY NAME [--body BODY]`, `api-key list`, `api-key revoke ID`."""
    actions = parser.add_subparsers(dest="action", required=True)
    added = actions.add_parser("add", help="make a key, and print it this once")
    added.add_argument("county")
    added.add_argument("name", help="of the system, as it is listed")
    added.add_argument("--body", help="whose system it is; without one it is a portal, which hands in applications")
    actions.add_parser("list", help="list the systems that have or had a key")
    actions.add_parser("revoke", help="withdraw a key, from the next request on").add_argument("id")


async def api_keys(settings: Settings, options: argparse.Namespace) -> list[str]:
    """Does what the command line asks for; what to tell the operator. Raises ApiKeyMistake."""
    async with _clients(settings) as clients:
        match options.action:
            case "add":
                return await _add(settings, clients, options.county, options.name, options.body)
            case "revoke":
                if not await clients.revoke(options.id, dt.datetime.now(dt.UTC)):
                    raise ApiKeyMistake(f"没有这把钥匙，或者已经停用：{options.id}；有哪些：python -m bot api-key list")
                return [f"{options.id} 已停用，从下一次请求起不能再用。"]
            case _:
                return await _listed(settings, clients)


async def _add(settings: Settings, clients: Clients, county_id: str, name: str, body: str | None) -> list[str]:
    counties = load_counties(settings.counties)
    county = counties.get(county_id)
    if county is None:
        raise ApiKeyMistake(f"没有这个县：{county_id}；有：{'、'.join(counties)}")
    if body is not None and body not in county.body:
        raise ApiKeyMistake(f"没有这个单位：{body}；有：{'、'.join(county.body)}")
    if not 1 <= len(name.strip()) <= 60:
        raise ApiKeyMistake("系统的名称写1到60个字")
    client, key = await clients.add(county_id, name.strip(), body, dt.datetime.now(dt.UTC))
    of = f"{county.name} {county.body[body].name}" if body else f"{county.name} 申报平台"
    return [
        f"{client.id}  {client.name}（{of}）",
        f"钥匙：{key}",
        "只显示这一次，请交给对方妥善保存；怎样用见 docs/api.md。",
    ]


async def _listed(settings: Settings, clients: Clients) -> list[str]:
    counties, lines = load_counties(settings.counties), list[str]()
    for one in await clients.listed():
        county = counties.get(one.county)
        known = county.body.get(one.body) if county and one.body else None
        of = "申报平台" if one.body is None else known.name if known else one.body
        ended = f"，{_day(one.revoked_at)}停用" if one.revoked_at else ""
        lines.append(f"{one.id}  {county.name if county else one.county} {of} {one.name}，{_day(one.made_at)}发{ended}")
    return lines or ["还没有发过钥匙。"]


def _day(at: dt.datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d}"


@asynccontextmanager
async def _clients(settings: Settings) -> AsyncGenerator[Clients, None]:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    vault = vault_of(settings, beside=True)
    database = open_database(settings.database())
    try:
        await upgrade(database)
        yield Clients(database, vault)
    finally:
        await database.close()

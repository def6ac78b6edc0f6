"""`doctor`: looks at the set-up of every official account and says what is to be done (docs/doctor.md)."""

from argparse import ArgumentParser, Namespace
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import AsyncExitStack

import aiohttp

from bot import journal
from bot.accounts import AccountsMissing, load_accounts
from bot.clock import WallClock
from bot.doctor import report
from bot.doctor.accounts_file import Entry, entries, judged
from bot.doctor.examination import Examination, Ground
from bot.doctor.finding import TITLES, Check, Finding, act
from bot.doctor.machine import machine
from bot.doctor.mapping import fields_of
from bot.doctor.report import Group
from bot.doctor.stub import stub
from bot.sandbox_door import sandbox_offset
from bot.settings import Settings
from bot.site import address_of
from config.check import looked_at
from config.loader import load_counties
from model.county import County


class DoctorMistake(Exception):
    """There is no such account; the message says which there are."""


def doctor_arguments(parser: ArgumentParser) -> None:
    """What can be typed after `doctor`."""
    parser.add_argument("accounts", nargs="*", metavar="ACCOUNT", help="only these, by their id; default: all")
    parser.add_argument(
        "--templates", action="store_true", help="print the templates of the file to be filled in; ask nobody"
    )
    parser.add_argument("--json", action="store_true", help="for machines, with everything that is listed")


async def doctor(settings: Settings, options: Namespace) -> tuple[list[str], bool]:
    """The report, and whether nobody has to act. Nothing is changed at the platform. Raises DoctorMistake."""
    with journal.hushed():  # every refusal stands in the report
        if options.templates:
            return await _stubs(settings, options.accounts), True
        groups = [group async for group in _groups(settings, options.accounts)]
    fine = report.is_good(groups)
    return ([report.as_json(groups)] if options.json else report.text(groups)), fine


async def _groups(settings: Settings, wanted: Sequence[str]) -> AsyncGenerator[Group, None]:
    looked = looked_at(settings.counties)
    counties = {one.id: one for one in looked.values() if isinstance(one, County)}
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession())
        listed = await _entries(settings, session, counties)
        found, first = (listed, ()) if isinstance(listed, tuple) else ((), (listed,))
        chosen = _chosen(found, wanted)
        yield Group("这台服务器", None, (*await machine(settings, looked), *first))
        clock = WallClock()
        if settings.sandbox:
            clock.offset = await sandbox_offset(settings.sandbox, session)
        ground = Ground(session, clock, settings.window, address_of(settings), stand_in=bool(settings.sandbox))
        for entry in chosen:
            yield await _examined(entry, counties, ground)


async def _stubs(settings: Settings, wanted: Sequence[str]) -> list[str]:
    counties = load_counties(settings.counties)
    async with aiohttp.ClientSession() as session:
        listed = await _entries(settings, session, counties)
    if not isinstance(listed, tuple):
        raise DoctorMistake(f"{TITLES[listed.check]}：{listed.said}")
    lines = list[str]()
    for entry in _chosen(listed, wanted):
        account = entry.account
        lines += [f"公众号 {entry.name}"]
        if account is None or account.county not in counties:
            lines += [one.said for one in entry.findings]
        else:
            lines += stub(account.templates, fields_of(counties[account.county]), account.subscriptions.templates)
    return lines


def _chosen(found: tuple[Entry, ...], wanted: Sequence[str]) -> list[Entry]:
    if unknown := [one for one in wanted if one not in {entry.name for entry in found}]:
        known = "、".join(entry.name for entry in found) or "一个也没有"
        raise DoctorMistake(f"清单里没有这个号：{'、'.join(unknown)}；有：{known}")
    return [one for one in found if not wanted or one.name in wanted]


async def _examined(entry: Entry, counties: Mapping[str, County], ground: Ground) -> Group:
    account = entry.account
    county = counties.get(account.county) if account else None
    if account is None or county is None:
        return Group(f"公众号 {entry.name}", entry.name, entry.findings)
    found = await Examination(account, county, ground).findings()
    return Group(f"公众号 {entry.name}（{county.name}，{account.appid}）", entry.name, (*entry.findings, *found))


async def _entries(
    settings: Settings, session: aiohttp.ClientSession, counties: Mapping[str, County]
) -> tuple[Entry, ...] | Finding:
    if settings.sandbox:
        try:
            served = await load_accounts(settings, session, counties)
        except AccountsMissing:
            return act(Check.ACCOUNTS, f"模拟平台 {settings.sandbox} 没有应", "先启动：python -m bot run --sandbox")
        return tuple(Entry(one.id, one, judged(one, counties)) for one in served.official)
    if settings.accounts is None:
        return act(
            Check.ACCOUNTS,
            "没有设 LIANBAN_ACCOUNTS",
            "照 docs/installing.md 写一个公众号清单（JSON），只让运行程序的用户读得到",
            "设 LIANBAN_ACCOUNTS=清单的路径，再运行一次",
        )
    try:
        text = settings.accounts.read_text(encoding="utf-8-sig")
    except OSError as error:
        return act(
            Check.ACCOUNTS, f"{settings.accounts} 读不到：{error.strerror}", "看路径对不对，运行程序的用户能不能读"
        )
    except UnicodeDecodeError:
        return act(Check.ACCOUNTS, f"{settings.accounts} 不是 UTF-8 的文字", "用记事本另存一次，编码选 UTF-8")
    return entries(text, counties)

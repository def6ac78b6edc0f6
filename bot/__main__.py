"""The command line: `python -m bot --help`."""

import argparse
import asyncio
import datetime as dt
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot import journal
from bot.account_cli import AccountMistake, account, account_arguments, menus, menus_arguments
from bot.accounts import AccountsMissing
from bot.api_keys_cli import ApiKeyMistake, api_key_arguments, api_keys
from bot.backup.envelope import BackupDamaged, WrongKey
from bot.backup.key import BackupKeyMissing
from bot.backup.restoring import NotRestored
from bot.backup.sql_copy import SqlCopyFailed
from bot.backup.taking import BackupFailed
from bot.backup_cli import BackupMistake, backup, backup_arguments, restore_arguments, restored
from bot.bulletin_cli import BulletinMistake, bulletin, bulletin_arguments
from bot.bundling import NotBundled, bundle, bundle_arguments
from bot.calendar_cli import CalendarMistake, calendar, calendar_arguments
from bot.calendar_missing import as_they_are_now, told_beside
from bot.channels.wechat.saved import SavedMistake
from bot.code_pictures import CodesMistake
from bot.codes_cli import codes, codes_arguments
from bot.consultations_cli import consultation_arguments, list_consultations, read_sought
from bot.credit_cli import CreditMistake, credit, credit_arguments
from bot.diagram import diagram
from bot.doctor_cli import DoctorMistake, doctor, doctor_arguments
from bot.due_cli import DueMistake, due_report
from bot.editions_cli import MoveMistake, list_editions, move_cases, unraised
from bot.enquiries_cli import enquiry_arguments, list_enquiries, read_wanted
from bot.escrow.paper import ShareUnreadable
from bot.escrow.recovering import NotRecovered
from bot.explaining import ExplainMistake, explain, read_given
from bot.faults import FaultMistaken
from bot.health import OpsPortTaken
from bot.keys_cli import KeysMistake, keys, keys_arguments
from bot.ledger_cli import LedgerMistake, ledger, ledger_arguments
from bot.lifecycle import page
from bot.logins_cli import check_login, staff_login, staff_logout
from bot.paper.trying import tried
from bot.paper_cli import PaperMistake, paper, paper_arguments
from bot.papers_cli import PapersMistake, papers, papers_arguments
from bot.people_cli import list_staff, staff_away, staff_code, staff_directory, staff_duty, staff_leaves
from bot.practising import practice_arguments, practice_settings
from bot.processes import ProcessFailed, SandboxAlone, serve_several
from bot.replaying import replay, show
from bot.retaining import retain
from bot.rotating import NotRotated
from bot.serving import OpenToOthers, PortTaken, SandboxFailed, serve, serve_with_sandbox
from bot.settings import ROOT, KeysMissing, Settings
from bot.sheet_cli import SheetMissing, print_sheet
from bot.staff_cli import StaffMistake, add_staff
from bot.subscribed import SubscriptionsMistaken, subscriptions_told
from bot.telephone_cli import TelephoneMistake, telephone, telephone_arguments
from bot.texting import SmsMistaken, channels_told
from bot.webhooks_cli import WebhookMistake, webhook, webhook_arguments
from bot.window_cli import WindowMistake, window, window_arguments
from bot.worklist_cli import worklist, worklist_arguments
from config.check import looked_at, reported
from config.loader import load_counties
from config.mistakes import Mistakes
from handlers.editions import EditionsChanged
from model.calendar import CHINA
from model.county import County
from model.login import Role
from storage.key_copy import KindUnknown
from storage.steps import POINTS
from storage.valkey import ValkeyFailed

try:
    import uvloop
except ImportError:  # the plain loop does the same, slower
    uvloop = None  # type: ignore[assignment]


_RULES = {
    "drafts": "到期的草稿",
    "inbox": "到期的人工会话",
    "reminded": "快到期、已提醒的草稿",
    "talk": "很久没有往来的对话",
    "asked": "本人要求删除的",
    "cancelled": "已取消的申请留下的照片",
    "words": "已办结办件里的原话",
    "cases": "档案到期的办件",
    "enquiries": "档案到期的首问记录",
    "pushes": "已结束的推送里的收件人",
    "opt_ins": "用完的订阅通知授权",
}


class StoriesMissing(Exception):
    """There is no such file of stories."""


def main(arguments: list[str] | None = None) -> int:
    """Runs a command; the exit status is 0, or 1 with the reason on standard error."""
    parser = argparse.ArgumentParser(prog="python -m bot", description="联办 Lianban")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="serve the official accounts")
    run.add_argument("--sandbox", action="store_true", help="with a stand-in WeChat platform beside it, for trying out")
    run.add_argument("--port", type=int, help="default: 8080, or LIANBAN_PORT")
    run.add_argument("--processes", type=int, metavar="N", help="so many processes on the port; default: 1")
    checked = commands.add_parser("check", help="check a county's directory and report every mistake at once")
    checked.add_argument("directory", type=Path, nargs="?", default=ROOT / "config" / "counties")
    replayed = commands.add_parser("replay", help="play stories against the engine")
    replayed.add_argument("stories", type=Path)
    replayed.add_argument("results", type=Path, nargs="?", help="default: results.jsonl")
    replayed.add_argument("--show", action="store_true", help="print the chats instead")
    replayed.add_argument("--only", metavar="ID", help="with --show: one story")
    drawn = commands.add_parser("diagram", help="draw a county's dialogue as Mermaid")
    drawn.add_argument("county")
    commands.add_parser(
        "lifecycle", help="draw how an order is handled, from the core's table, as docs/lifecycle.md has it"
    )
    explained = commands.add_parser("explain", help="show what the grammar makes of a message, and why")
    explained.add_argument("county")
    explained.add_argument("text")
    explained.add_argument("--answers", type=Path, metavar="JSON", help="answers before it: field ids and words")
    counted = commands.add_parser("due", help="count a limit: when a step would be due, and how that was counted")
    counted.add_argument("county")
    counted.add_argument("step")
    counted.add_argument("start", help="2026-09-30T16:00, Asia/Shanghai")
    counted.add_argument("--answers", type=Path, metavar="JSON", help="of the application: field ids and words")
    _staff_arguments(commands)
    keys_arguments(
        commands.add_parser("keys", help="print fresh keys, replace those in use, put them in several hands")
    )
    commands.add_parser("retention", help="erase what may not be kept any longer, with proofs").add_argument(
        "--dry-run", action="store_true", help="only say what would be erased"
    )
    codes_arguments(
        commands.add_parser(
            "codes", help="QR codes for the county's entrances, for binding staff, and to hand over a case"
        )
    )
    menus_arguments(commands.add_parser("menus", help="create the menus of the official accounts"))
    doctor_arguments(commands.add_parser("doctor", help="look at the set-up of the official accounts: what to do next"))
    commands.add_parser("faults", help="list the points where LIANBAN_FAULT=POINT:NTH can stop a sandboxed program")
    _beside_arguments(commands)
    options = parser.parse_args(arguments)
    journal.keep(for_good=False)
    try:
        status = _dispatch(options)
        sys.stdout.flush()
    except BrokenPipeError:  # `… | head`: whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (
        AccountMistake,
        AccountsMissing,
        ApiKeyMistake,
        BulletinMistake,
        CalendarMistake,
        BackupDamaged,
        BackupFailed,
        BackupKeyMissing,
        BackupMistake,
        CodesMistake,
        CreditMistake,
        DoctorMistake,
        FaultMistaken,
        EditionsChanged,
        DueMistake,
        ExplainMistake,
        KeysMissing,
        LedgerMistake,
        KeysMistake,
        Mistakes,
        MoveMistake,
        KindUnknown,
        NotBundled,
        NotRecovered,
        NotRestored,
        NotRotated,
        OpenToOthers,
        OpsPortTaken,
        PortTaken,
        ProcessFailed,
        SandboxAlone,
        SandboxFailed,
        SavedMistake,
        ShareUnreadable,
        SheetMissing,
        SmsMistaken,
        SqlCopyFailed,
        StaffMistake,
        StoriesMissing,
        SubscriptionsMistaken,
        TelephoneMistake,
        ValkeyFailed,
        ValidationError,
        WebhookMistake,
        PaperMistake,
        PapersMistake,
        WindowMistake,
        WrongKey,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    return status


def _beside_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """The commands that read and write beside the running program."""
    backup_arguments(commands.add_parser("backup", help="a sealed copy of everything but the keys"))
    restore_arguments(commands.add_parser("restore", help="bring a backup back, or rehearse it"))
    practice_arguments(commands.add_parser("practice", help="the program with invented people, to practise with"))
    bundle_arguments(commands.add_parser("bundle", help="one file to install from, without a network"))
    account_arguments(
        commands.add_parser("account", help="save what an account showed and said before us, and put it back")
    )
    api_key_arguments(commands.add_parser("api-key", help="keys for the systems that use the JSON API"))
    commands.add_parser("sheet", help="print the sheet of a led survey").add_argument("number", metavar="CASE-NUMBER")
    worklist_arguments(commands.add_parser("worklist", help="list what somebody has to say by telephone, and to whom"))
    enquiry_arguments(commands.add_parser("enquiries", help="list who has an enquiry, and until when"))
    consultation_arguments(commands.add_parser("consultations", help="list consultations, by body, month or words"))
    credit_arguments(
        commands.add_parser("credit", help="credit notes: for staff, with grounds, confirmed by a second person")
    )
    bulletin_arguments(
        commands.add_parser("bulletin", help="the bulletin of a month: look at it, issue it, object to it, answer")
    )
    calendar_arguments(
        commands.add_parser(
            "calendar", help="the days off: show them, bring in a year's notice, the versions there were"
        )
    )
    ledger_arguments(commands.add_parser("ledger", help="the orders of a county as a workbook, filtered, masked"))
    window_arguments(commands.add_parser("window", help="show a case, or do to it what the window may do"))
    papers_arguments(commands.add_parser("papers", help="the photos and files of a case, and who has looked at them"))
    paper_arguments(commands.add_parser("paper", help="an official sheet as PDF, of a case or blank"))
    telephone_arguments(commands.add_parser("telephone", help="hand in what a caller says, with the basics alone"))
    webhook_arguments(commands.add_parser("webhook", help="the own systems of bodies, which hear of their orders"))
    commands.add_parser("editions", help="list the versions of forms and processes, with the open cases under each")
    moved = commands.add_parser("move", help="move open cases to a newer version of the process")
    moved.add_argument("county")
    moved.add_argument("--to", type=int, required=True, metavar="VERSION")
    moved.add_argument("--dry-run", action="store_true", help="say what would be moved, and change nothing")


def _staff_arguments(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    entered = commands.add_parser(
        "staff",
        help="enter a steward and print his binding code; list them; draw a new code; let one leave; who may sign in to the console",
        usage="python -m bot staff add COUNTY BODY NAME PHONE [--duty DUTY] [--districts TOWN ...] [--login NAME --roles ROLE ...]\n"
        "           [--sure]\n"
        "       python -m bot staff login ID --login NAME --roles ROLE ...\n"
        "       python -m bot staff logout ID\n"
        "       python -m bot staff list COUNTY\n"
        "       python -m bot staff code ID\n"
        "       python -m bot staff leave ID\n"
        "       python -m bot staff away ID FROM TO\n"
        "       python -m bot staff duty ID [WEEKDAY 1-7 ...]\n"
        "       python -m bot staff directory COUNTY [BODY]\n"
        "       python -m bot staff template COUNTY FILE.xlsx\n"
        "       python -m bot staff import COUNTY FILE.xlsx [--dry-run]",
    )
    entered.add_argument("words", nargs="+", metavar="WORD")
    entered.add_argument(
        "--duty",
        choices=("steward", "lead", "supervisor", "clerk"),
        default="steward",
        help="lead: heads his body; supervisor: of the county; both hear of delays; clerk: at the window or the hotline, no orders",
    )
    entered.add_argument("--login", default="", metavar="NAME", help="lets him sign in to the console by this name")
    entered.add_argument(
        "--roles", nargs="*", default=[], metavar="ROLE", help="what he does there: " + ", ".join(Role)
    )
    entered.add_argument("--districts", nargs="*", default=[], help="towns he serves; default: all of his body's")
    entered.add_argument("--dry-run", action="store_true", help="of an import: only say what would be done")
    entered.add_argument("--sure", action="store_true", help="of add: it is another person of the same name")


def _dispatch(options: argparse.Namespace) -> int:
    match options.command:
        case "run":
            _run(options)
        case "check":
            report, good = reported(tried(options.directory, looked_at(options.directory)))
            print(report)
            settings = Settings()
            # Only what is in use here has versions that somebody has seen.
            if good and options.directory.resolve() == settings.counties.resolve():
                counties = load_counties(settings.counties)
                told = [*channels_told(settings, counties, counties), *subscriptions_told(settings, counties, counties)]
                told += asyncio.run(told_beside(settings, counties.values(), dt.datetime.now(CHINA)))
                print("\n".join(told), end="\n" if told else "")
                raised = asyncio.run(unraised(settings, options.directory))
                print("\n".join(raised), end="\n" if raised else "")
                good = not raised
            return 0 if good else 1
        case "replay":
            return _replay(options)
        case "diagram":
            print(diagram(_county(options.county)), end="")
        case "lifecycle":
            print(page(load_counties(Settings().counties)), end="")
        case "explain":
            given = read_given(options.answers) if options.answers else {}
            print(explain(_county_now(options.county), options.text, dt.datetime.now(CHINA), given))
        case "due":
            given = read_given(options.answers) if options.answers else {}
            print(due_report(_county_now(options.county), options.step, options.start, given))
        case "staff":
            print("\n".join(_staff(options)))
        case "doctor":
            lines, good = asyncio.run(doctor(Settings(), options))
            print("\n".join(lines))
            return 0 if good else 1
        case "faults":
            print(*POINTS, sep="\n")
        case "retention":
            print(_retention(dry=options.dry_run))
        case "backup" | "restore":
            work = backup if options.command == "backup" else restored
            lines, good = asyncio.run(work(Settings(), options))
            print("\n".join(lines))
            return 0 if good else 1
        case "practice":
            journal.keep("console", process=0)
            asyncio.run(serve_with_sandbox(practice_settings(Settings(), options)))
        case "bundle":
            print("\n".join(bundle(options)))
        case "keys":
            print("\n".join(keys(Settings(), options)))
        case _:
            print("\n".join(asyncio.run(_beside(options))))
    return 0


async def _beside(options: argparse.Namespace) -> list[str]:
    match options.command:
        case "codes":
            return await codes(Settings(), options)
        case "account":
            return await account(Settings(), options)
        case "menus":
            return await menus(Settings(), options)
        case "api-key":
            return await api_keys(Settings(), options)
        case "sheet":
            return await print_sheet(Settings(), options.number)
        case "enquiries":
            return await list_enquiries(Settings(), read_wanted(options))
        case "consultations":
            return await list_consultations(Settings(), read_sought(options))
        case "credit":
            return await credit(Settings(), options)
        case "calendar":
            return await calendar(Settings(), options)
        case "bulletin":
            return await bulletin(Settings(), options)
        case "ledger":
            return await ledger(Settings(), options)
        case "window":
            return await window(Settings(), options)
        case "worklist":
            return await worklist(Settings(), options)
        case "paper":
            return await paper(Settings(), options)
        case "papers":
            return await papers(Settings(), options)
        case "telephone":
            return await telephone(Settings(), options)
        case "webhook":
            return await webhook(Settings(), options)
        case "editions":
            return await list_editions(Settings())
        case "move":
            return await move_cases(Settings(), options.county, options.to, dry_run=options.dry_run)
        case _:
            raise AssertionError(options.command)


def _run(options: argparse.Namespace) -> None:
    given = {"port": options.port, "processes": options.processes}
    settings = Settings(**{name: value for name, value in given.items() if value is not None})
    journal.keep(settings.log, process=settings.process)
    journal.keep_uncaught()
    work = _serving(settings, sandbox=options.sandbox)
    if uvloop is not None:
        uvloop.run(work)
    else:
        asyncio.run(work)


def _staff(options: argparse.Namespace) -> list[str]:
    match options.words:
        case ["list", county]:
            return asyncio.run(list_staff(Settings(), county))
        case ["directory", county, *only]:
            return asyncio.run(staff_directory(Settings(), county, "".join(only)))
        case ["code", staff_id]:
            return asyncio.run(staff_code(Settings(), staff_id))
        case ["leave", staff_id]:
            return asyncio.run(staff_leaves(Settings(), staff_id))
        case ["away", staff_id, first, last]:
            return asyncio.run(staff_away(Settings(), staff_id, first, last))
        case ["duty", staff_id, *weekdays]:
            return asyncio.run(staff_duty(Settings(), staff_id, weekdays))
        case ["template", county, file]:
            from bot.roster_cli import write_template  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

            return write_template(Settings(), county, Path(file))
        case ["import", county, file]:
            from bot.roster_cli import import_staff  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

            return asyncio.run(import_staff(Settings(), county, Path(file), dry=options.dry_run))
        case ["login", staff_id]:
            return asyncio.run(staff_login(Settings(), staff_id, options.login, options.roles))
        case ["logout", staff_id]:
            return asyncio.run(staff_logout(Settings(), staff_id))
        case ["add", county, body, name, phone]:
            return asyncio.run(_entered(options, county, body, name, phone))
        case _:
            raise StaffMistake(
                "请写：staff add 县 单位 姓名 电话；staff template 县 文件.xlsx；staff import 县 文件.xlsx；"
                "staff login 编号 --login 登录名 --roles 角色；staff logout 编号；"
                "staff list 县；staff directory 县 [单位]；staff code 编号；staff leave 编号；"
                "staff away 编号 起 止；staff duty 编号 周几"
            )


async def _entered(options: argparse.Namespace, county: str, body: str, name: str, phone: str) -> list[str]:
    settings = Settings()
    if options.login:
        check_login(options.login, options.roles)
    districts = tuple(options.districts)
    staff_id, code = await add_staff(
        settings, county, body, name, phone, districts, duty=options.duty, sure=options.sure
    )
    lines = [
        f"编号：{staff_id}",
        f"绑定码：{code}（3天内有效）。请本人在公众号或企业微信应用里发：绑定 绑定码",
        f"在公众号里也可以扫码绑定，二维码：python -m bot codes {county} --bind 绑定码",
    ]
    return lines + (await staff_login(settings, staff_id, options.login, options.roles) if options.login else [])


def _serving(settings: Settings, *, sandbox: bool) -> Coroutine[Any, Any, None]:
    if settings.processes > 1:
        if sandbox or settings.sandbox:
            raise SandboxAlone("沙箱会拨动时钟，只能与一个进程一起运行：请去掉 --processes。")
        return serve_several(settings)
    return serve_with_sandbox(settings) if sandbox else serve(settings)


def _retention(*, dry: bool) -> str:
    done, proofs = asyncio.run(retain(Settings(), dry=dry))
    lines = [f"{_RULES[rule]}：{count}" for rule, count in done.items() if count]
    head = "会处理（这次没有动）：" if dry else "已处理："
    shown = [f"  {one.number} {one.kind} {one.rule} {one.proof or '未完成'}" for one in proofs]
    return "\n".join([head, *(lines or ["没有到期的内容。"]), *shown])


def _replay(options: argparse.Namespace) -> int:
    if not options.stories.is_file():
        raise StoriesMissing(f"没有这个文件：{options.stories}")
    counties = load_counties(Settings().counties)
    if options.show:
        try:
            for line in show(options.stories, counties, options.only):
                print(line)
        except BrokenPipeError:  # | head has read enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    results = options.results or Path("results.jsonl")
    count = replay(options.stories, results, counties)
    print(f"{count} stories -> {results}")
    return 0


def _county(name: str) -> County:
    counties = load_counties(Settings().counties)
    if name not in counties:
        raise StaffMistake(f"没有这个县：{name}；有：{'、'.join(counties)}")
    return counties[name]


def _county_now(name: str) -> County:
    """With its calendar as the running program has it."""
    return asyncio.run(as_they_are_now(Settings(), [_county(name)]))[name]


if __name__ == "__main__":
    sys.exit(main())

"""`calendar`: the days off of a county as they count now, a year brought in from the notice, and the versions there were (ADR 0043)."""

import datetime as dt
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final

from bot.editions_cli import Office, office
from bot.roster.sheet import MOST_BYTES
from bot.settings import Settings
from bot.unread_words import unread_said
from config.holidays.entry import Reading, told
from config.holidays.notice import lines_of, read_notice
from handlers.rearranging import MOST_CASES, NotNow, Overtaken, Proposal, Rearranging
from handlers.wording.catalogue import Catalogue
from model.calendar import CHINA, WorkingCalendar
from model.calendar_version import CalendarVersion
from model.county import County
from storage.calendars import Calendars
from storage.deadlines import Deadlines

_BY: Final = "operator"
_STDIN: Final = "-"


class CalendarMistake(Exception):
    """The year was not understood, or cannot be stored; the message says what would be."""


def calendar_arguments(parser: ArgumentParser) -> None:
    """`calendar show|history COUNTY`, `calendar import COUNTY FILE`, `calendar back COUNTY NUMBER`, `calendar template COUNTY FILE`."""
    what = parser.add_subparsers(dest="what", required=True)
    shown = what.add_parser("show", help="the days off of a year as they count now")
    shown.add_argument("county")
    shown.add_argument("--year", type=int)
    told = what.add_parser("history", help="the versions: who, when, which limits were counted anew")
    told.add_argument("county")
    brought = what.add_parser(
        "import", help="a year from the notice's text (a file, - for the terminal) or a filled sheet (.xlsx)"
    )
    brought.add_argument("county")
    brought.add_argument("file", type=Path)
    brought.add_argument("--year", type=int, help="where the notice does not say it")
    brought.add_argument("--dry-run", action="store_true", help="only say what would change")
    back = what.add_parser("back", help="an older version again; 0: the year as the files have it")
    back.add_argument("county")
    back.add_argument("number", type=int)
    back.add_argument("--year", type=int, help="with 0")
    back.add_argument("--dry-run", action="store_true", help="only say what would change")
    sheet = what.add_parser("template", help="the sheet to fill in, with what was uploaded")
    sheet.add_argument("county")
    sheet.add_argument("file", type=Path, metavar="FILE.xlsx")
    sheet.add_argument("--year", type=int, help="default: the next one")


async def calendar(settings: Settings, options: Namespace) -> list[str]:
    """What was asked for, line by line. Raises CalendarMistake."""
    async with office(settings) as here:
        county = here.counties.get(options.county)
        if county is None:
            raise CalendarMistake(f"没有这个县：{options.county}；有：{'、'.join(here.counties)}")
        work = Rearranging(Calendars(here.database), Deadlines(here.database), here.casework, here.counties)
        match options.what:
            case "show":
                return await _shown(work, county, options.year or _year(here))
            case "history":
                return [_version(one) for one in await work.history(county.id)] or [
                    "还没有上传过，用的都是程序自带的。"
                ]
            case "import":
                return await _brought(here, work, county, options)
            case "back":
                made = await work.propose_back(county.id, options.number, here.now(), options.year or 0)
                return await _entered(here, work, county, made, dry=options.dry_run)
            case _:
                return await _sheet(work, county, options.year or _year(here) + 1, options.file)


async def _shown(work: Rearranging, county: County, year: int) -> list[str]:
    present, uploaded = await work.present(county.id)
    lines = [f"{county.name} {year}年（{present.source}）"]
    if year > present.last_year:
        return [*lines, "还没有公布：按周一到周五上班算，期限都是暂定的。"]
    if (version := uploaded.get(year)) is not None and version.arrangement is not None:
        lines += [f"  {line}" for line in lines_of(version.arrangement)]
    return lines + [f"  {told(day)} {'上班' if present.is_workday(day) else '放假'}" for day in _named(present, year)]


def _named(calendar: WorkingCalendar, year: int) -> list[dt.date]:
    return sorted(day for day in calendar.holidays | calendar.workdays if day.year == year)


def _version(one: CalendarVersion) -> str:
    what = one.arrangement.source if one.arrangement else "程序自带的"
    again = f"（用回第{one.back}版）" if one.back else ""
    counted = "期限已重新算" if one.counted_at else "期限正在重新算"
    when = f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    return f"第{one.number}版 {one.year}年 {when} {one.by} {what}{again}，变了{len(one.days)}天，{counted}"


async def _brought(here: Office, work: Rearranging, county: County, options: Namespace) -> list[str]:
    reading, catalogue = _read(options.file, options.year), Catalogue(county)
    if reading.arrangement is None:
        wrong = [unread_said(line, catalogue) for line in reading.wrong]
        raise CalendarMistake("\n".join([*wrong, f"共{len(wrong)}处要改，什么也没有存。"]))
    one = reading.arrangement
    made = await work.propose(county.id, one.year, one, here.now())
    passed = [f"没有用到：{line if isinstance(line, str) else unread_said(line, catalogue)}" for line in reading.unused]
    return [*passed, *await _entered(here, work, county, made, dry=options.dry_run)]


async def _entered(
    here: Office, work: Rearranging, county: County, made: Proposal | NotNow | None, *, dry: bool
) -> list[str]:
    if made is None:
        raise CalendarMistake(f"没有这一版；看有哪些：python -m bot calendar history {county.id}")
    if isinstance(made, NotNow):
        raise CalendarMistake(_not_now(made, county))
    lines = _compared(made)
    if made.nothing:
        return [*lines, "和现在的一样，没有存。"]
    if dry:
        return [*lines, "试算，没有存。"]
    done = await work.store(
        county.id, made.year, made.arrangement, seen=made.seen, back=made.back, by=_BY, now=here.now()
    )
    match done:
        case Overtaken():
            raise CalendarMistake("刚才有别人也存了一版，没有存。请再运行一次。")
        case NotNow():
            raise CalendarMistake(_not_now(done, county))
        case CalendarVersion():
            return [*lines, f"已存为第{done.number}版。运行中的程序几秒内就用上，在办的期限由它重新算。"]


def _compared(made: Proposal) -> list[str]:
    lines = list(lines_of(made.arrangement)) if made.arrangement else [f"{made.year}年用回程序自带的"]
    lines += [
        f"  {told(day)} {'不上班 → 上班' if made.after.is_workday(day) else '上班 → 不上班'}" for day in made.days
    ]
    more = f"（只试算了{MOST_CASES}件，实际还会更多）" if made.more else ""
    return [*lines, f"在办的{made.moved}件期限要变，另有{made.settled}件的暂定期限算定{more}。"]


def _not_now(why: NotNow, county: County) -> str:
    return Catalogue(county).say(f"console.admin.calendar.{why.why}", year=why.year)


def _read(file: Path, year: int | None) -> Reading:
    if str(file) == _STDIN:
        return read_notice(sys.stdin.read(MOST_BYTES), year)
    try:
        with file.open("rb") as opened:
            data = opened.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise CalendarMistake(f"没有这个文件：{file}") from None
    except OSError as error:
        raise CalendarMistake(f"读不了{file}：{error.strerror}") from error
    if file.suffix.lower() == ".xlsx":
        from bot.calendar_sheet import read_calendar_sheet  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

        return read_calendar_sheet(data, year)
    try:
        return read_notice(data.decode("utf-8-sig"), year)
    except UnicodeDecodeError:
        raise CalendarMistake(f"{file}不是文字（UTF-8），也不是 .xlsx：请把通知存成文本文件，编码选 UTF-8") from None


async def _sheet(work: Rearranging, county: County, year: int, file: Path) -> list[str]:
    from bot.calendar_sheet import calendar_sheet  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

    if file.suffix.lower() != ".xlsx":
        raise CalendarMistake(f"文件名请以 .xlsx 结尾，例如：{file.stem or '放假安排'}.xlsx")
    _, uploaded = await work.present(county.id)
    try:
        with file.open("xb") as out:
            out.write(calendar_sheet(year, uploaded[year].arrangement if year in uploaded else None))
    except FileExistsError:
        raise CalendarMistake(f"已经有这个文件：{file}；换一个名字，或者先把它移开") from None
    except OSError as error:
        raise CalendarMistake(f"写不了{file}：{error.strerror}") from error
    return [f"已写好{file}。填好以后：python -m bot calendar import {county.id} {file} --dry-run"]


def _year(here: Office) -> int:
    return here.now().astimezone(CHINA).year

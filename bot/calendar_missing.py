"""What `check` says of calendars: a year that should be there by now, and files that say otherwise than what was uploaded."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from sqlalchemy.exc import DBAPIError

from bot.settings import Settings
from model.arrangement import changed_days, year_of
from model.calendar import CHINA, WorkingCalendar
from model.calendar_version import arrangements_of, as_of
from model.county import County
from storage.calendars import Calendars
from storage.engine import open_database

_DECEMBER: Final = 12


def missing_year(calendar: WorkingCalendar, now: dt.datetime) -> int | None:
    """The year that should be there by now and is not: this one, from 1 December on the next one, for the notice comes in November."""
    today = now.astimezone(CHINA).date()
    wanted = today.year + (today.month == _DECEMBER)
    return calendar.last_year + 1 if calendar.last_year < wanted else None


async def calendars_told(calendars: Calendars, loaded: Iterable[County], now: dt.datetime) -> list[str]:
    """A line for each of these counties, as its files have it, in which there is something to do or to know."""
    lines = []
    for county in loaded:
        versions = await calendars.versions(county.id)
        calendar = as_of(county.calendar, versions)
        if (year := missing_year(calendar, now)) is not None:
            lines.append(
                f"{county.name}：{year}年的放假安排还没有，跨到{year}年的期限都是暂定的。收到国务院办公厅的通知后，"
                f"在后台“放假安排”里贴上去，或者运行 python -m bot calendar import {county.id} 文件"
            )
        differing = changed_days(county.calendar, calendar)
        for year, one in arrangements_of(versions).items():
            days = [day for day in differing if year_of(day) == year]
            if days and year <= county.calendar.last_year:
                lines.append(
                    f"{county.name}：{year}年上传的（第{one.number}版）和程序自带的有{len(days)}天不同，以上传的为准；"
                    f"第一天是{days[0]}"
                )
    return lines


async def as_they_are_now(settings: Settings, loaded: Iterable[County]) -> dict[str, County]:
    """These counties under what was uploaded here; as their files have them where there is no database yet."""
    counties = {one.id: one for one in loaded}
    if settings.database_url is None and not (settings.data / "lianban.sqlite3").exists():
        return counties
    database = open_database(settings.database())
    try:
        for name, one in counties.items():
            versions = await Calendars(database).versions(name)
            counties[name] = one.made_anew(calendar=as_of(one.calendar, versions)) if versions else one
    except DBAPIError:  # not migrated yet
        return counties
    finally:
        await database.close()
    return counties


async def told_beside(settings: Settings, loaded: Iterable[County], now: dt.datetime) -> list[str]:
    """What `check` adds of calendars, also where nothing runs yet."""
    if settings.database_url is None and not (settings.data / "lianban.sqlite3").exists():
        return []
    database = open_database(settings.database())
    try:
        return await calendars_told(Calendars(database), loaded, now)
    except DBAPIError:
        return []
    finally:
        await database.close()

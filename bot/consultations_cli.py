"""`consultations`: the records of 会商, for whoever looks for one: who asked, what was decided, who does what by when (X57, J34)."""

import datetime as dt
import re
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from bot.editions_cli import Office, office
from bot.settings import Settings
from bot.staff_cli import StaffMistake
from model.calendar import CHINA
from model.case import Case
from model.consultation import Consultation
from model.county import County
from model.staff import Staff

_STATES = {"asked": "等定时间", "named": "已定时间", "declined": "没有开", "held": "已开", "settled": "已开"}


class Sought(NamedTuple):
    """What is looked for: of a body, asked for or held in a month (2026-11), with these words in it."""

    county: str
    body: str = ""
    month: str = ""
    words: tuple[str, ...] = ()


def consultation_arguments(parser: ArgumentParser) -> None:
    """What can be typed after `consultations`."""
    parser.add_argument("county")
    parser.add_argument("--body", default="", help="one that convened it, came, or has something to do")
    parser.add_argument("--month", default="", metavar="YYYY-MM", help="in which it was asked for, or held")
    parser.add_argument("words", nargs="*", metavar="WORD", help="all of these stand in it; a case number is one too")


def read_sought(options: Namespace) -> Sought:
    """What was typed."""
    return Sought(options.county, options.body, options.month, tuple(options.words))


async def list_consultations(settings: Settings, sought: Sought) -> list[str]:
    """A few lines per consultation, oldest case first, and how many there are. Raises StaffMistake."""
    async with office(settings) as here:
        county = here.counties.get(sought.county)
        if county is None:
            raise StaffMistake(f"没有这个县：{sought.county}；有：{'、'.join(here.counties)}")
        body = _body(county, sought.body)
        if sought.month and not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", sought.month):
            raise StaffMistake(f"看不懂月份：{sought.month}；例如 2026-11")
        found = list[list[str]]()
        for case in await here.casework.consulted(county.id):
            staff = await _known(here, case)
            for one in case.consultations:
                lines = list(_told(county, case, one, staff, here.now()))
                text = "\n".join(lines)
                fits = body in ("", *_bodies(one)) and all(word in text for word in sought.words)
                if fits and (not sought.month or sought.month in _months(one)):
                    found.append(lines)
        if not found:
            return ["没有这样的会商。"]
        return [*(line for lines in found for line in lines), f"共{len(found)}次。"]


def _body(county: County, name: str) -> str:
    found = next((one.id for one in county.bodies if name in (one.id, one.short, one.name)), None)
    if name and found is None:
        raise StaffMistake(f"没有这个单位：{name}；有：{'、'.join(one.short for one in county.bodies)}")
    return found or ""


def _bodies(one: Consultation) -> tuple[str, ...]:
    return (one.convener, *one.bodies, *(item.body for item in one.items))


def _months(one: Consultation) -> set[str]:
    return {f"{at.astimezone(CHINA):%Y-%m}" for at in (one.asked_at, one.at) if at is not None}


async def _known(here: Office, case: Case) -> dict[str, Staff]:
    """Everybody who has to do with one of them, those who have left as well."""
    ids = {name for one in case.consultations for name in (one.by, one.officer) if name}
    ids |= {name for one in case.consultations for item in one.items for name in (item.staff, item.done_by) if name}
    found = [await here.staffing.one(each) for each in ids]
    return {each.id: each for each in found if each is not None}


def _told(county: County, case: Case, one: Consultation, staff: Mapping[str, Staff], now: dt.datetime) -> Iterator[str]:
    def name(staff_id: str | None, body: str) -> str:
        known = staff.get(staff_id or "")
        short = county.body[known.body if known else body].short if known or body in county.body else "窗口"
        return f"{short}{known.name if known else ''}"

    when = f"{_moment(one.at)} {one.place}" if one.at else ""
    yield (
        f"{case.number}  {_moment(one.asked_at)} {name(one.by, '')}提请：{one.reason}"
        f"{f'（{one.words}）' if one.words else ''}  {_STATES[one.state]}"
    )
    yield f"    召集{name(one.officer, one.convener)}  参加{'、'.join(county.body[each].short for each in one.bodies)}  {when}".rstrip()
    if one.answer:
        yield f"    没有开：{one.answer}"
    if one.decision:
        yield f"    议定：{one.decision}"
        yield f"    告诉申请人：{one.public}"
    for item in one.items:
        over = "，已过期" if item.day < now.astimezone(CHINA).date() else ""
        done = f"{_moment(item.done_at)}已办" if item.done_at else f"未办{over}"
        yield f"    {name(item.staff, item.body)}  {item.day}前  {item.words}  {done}"


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"

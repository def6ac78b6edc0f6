"""`enquiries`: the records of 首问责任制, for whoever asks later: who was asked first, who has it, until when (J45, J47)."""

import datetime as dt
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import NamedTuple

from bot.editions_cli import Office, office
from bot.settings import Settings
from bot.staff_cli import StaffMistake
from handlers.wording.holders import called
from model.calendar import CHINA
from model.county import County
from model.enquiry import Enquiry, Holder
from model.staff import Staff
from storage.enquiries import Search


class Wanted(NamedTuple):
    """What is looked for; `words`: what was said is to be shown too."""

    county: str
    open_only: bool
    owner: str | None
    phone: str | None
    words: bool


def enquiry_arguments(parser: ArgumentParser) -> None:
    """What can be typed after `enquiries`."""
    parser.add_argument("county")
    parser.add_argument("--open", action="store_true", help="only those not answered yet")
    parser.add_argument("--owner", metavar="NAME", help="a member of staff, by name or id")
    parser.add_argument("--phone", help="of the person who asked")
    parser.add_argument("--words", action="store_true", help="with what was asked and answered")


def read_wanted(options: Namespace) -> Wanted:
    """What was typed."""
    return Wanted(options.county, options.open, options.owner, options.phone, options.words)


async def list_enquiries(settings: Settings, wanted: Wanted) -> list[str]:
    """One line per enquiry, oldest first, with its chain; what was said only where it is asked for. Raises StaffMistake."""
    async with office(settings) as here:
        county = here.counties.get(wanted.county)
        if county is None:
            raise StaffMistake(f"没有这个县：{wanted.county}；有：{'、'.join(here.counties)}")
        found = [
            one
            for staff_id in await _owners(here, county, wanted.owner)
            for one in await here.enquiries.find(Search(county.id, staff_id, wanted.open_only, wanted.phone))
        ]
        lines = list[str]()
        for one in found:
            lines += _told(county, one, await _known(here, one), here.now(), words=wanted.words)
        return lines or ["没有这样的记录。"]


async def _owners(here: Office, county: County, name: str | None) -> list[str | None]:
    """Whose they are: everybody's, or those of the staff of this name or id."""
    if name is None:
        return [None]
    staff = await here.staffing.of_county(county.id)
    found: list[str | None] = [one.id for one in staff if name in (one.id, one.name)]
    if not found:
        raise StaffMistake(f"没有这个人：{name}；名单请看：python -m bot staff list {county.id}")
    return found


async def _known(here: Office, one: Enquiry) -> dict[str, Staff]:
    """Everybody in its chain, those who have left as well."""
    chain = [one.first_asked, one.owner, *(each for link in one.handovers for each in (link.by, link.to))]
    ids = {each.id for each in (*chain, *one.reported_to, *((one.answer.by,) if one.answer else ()))}
    found = [await here.staffing.one(each) for each in ids]
    return {each.id: each for each in found if each is not None}


def _told(county: County, one: Enquiry, staff: Mapping[str, Staff], now: dt.datetime, *, words: bool) -> list[str]:
    def name(holder: Holder) -> str:
        return called(holder, county, staff.get(holder.id)).name

    service = county.service.get(one.about or "")
    late = one.closed_at is None and one.due is not None and one.due.at < now
    state = f"{_moment(one.closed_at)}办结" if one.closed_at else "已超时" if late else "在办"
    due = f"，{_moment(one.due.at)}前答复" if one.due else ""
    kind = "投诉" if one.complaint else service.name if service else "咨询"
    lines = [
        f"{one.id}  {_moment(one.asked_at)} {kind}  首问{name(one.first_asked)}，现由{name(one.owner)}{due}  {state}"
    ]
    for link in one.handovers:
        ended = [
            (link.accepted_at, "接手"), (link.declined_at, "没有接"), (link.replaced_at, "撤回")
        ]  # fmt: skip
        how = next((f"{_moment(at)}{what}" for at, what in ended if at), "等对方接")
        lines.append(f"    {_moment(link.at)} {name(link.by)}转给{name(link.to)}，{how}")
    if one.reported_at:
        lines.append(f"    {_moment(one.reported_at)} 报告{'、'.join(map(name, one.reported_to)) or '负责人'}")
    if one.answer:
        body = f"，告知归{county.body[one.answer.body].short}" if one.answer.body in county.body else ""
        lines.append(f"    {_moment(one.answer.at)} {name(one.answer.by)}答复{body}")
    if words:
        lines.append(f"    问：{one.words}")
        lines += [f"    答：{one.answer.words}"] if one.answer and one.answer.words else []
        lines += [f"    电话：{one.phone}"] if one.phone else []
    return lines


def _moment(at: dt.datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"

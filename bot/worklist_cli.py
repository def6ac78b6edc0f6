"""`worklist`: what reached nobody in chat and somebody has to say by telephone (热线工单, design §2.4)."""

import datetime as dt
from argparse import ArgumentParser, Namespace
from typing import Final

from bot.editions_cli import Office, office
from bot.settings import Settings
from bot.staff_cli import StaffMistake
from handlers.credit_notices import CreditNotices
from handlers.enquiries import EnquiryWork
from handlers.enquiry_notices import EnquiryNotices
from handlers.notices import Notices
from handlers.spoken import Spoken
from handlers.wording.catalogue import Catalogue
from handlers.wording.reasons import reason_said
from handlers.wording.wording import Wording
from model.calendar import CHINA
from model.county import County

_MOST: Final = 500


def worklist_arguments(parser: ArgumentParser) -> None:
    """What can be typed after `worklist`."""
    parser.add_argument("county")
    parser.add_argument("--called", type=int, metavar="NUMBER", help="it has been said by telephone")
    parser.add_argument("--by", default="", metavar="STAFF", help="id of whoever called")


async def worklist(settings: Settings, options: Namespace) -> list[str]:
    """A few lines per call, oldest first; or the call that was made. Raises StaffMistake."""
    async with office(settings) as here:
        county = here.counties.get(options.county)
        if county is None:
            raise StaffMistake(f"没有这个县：{options.county}；有：{'、'.join(here.counties)}")
        if options.called is not None:
            return [await _called(here, county, options.called, options.by)]
        wordings = {name: Wording(one) for name, one in here.counties.items()}
        texts, desk = wordings[county.id].catalogue, EnquiryWork(here.enquiries, here.staffing, here.counties)
        notices = Notices(
            here.casework,
            here.counties,
            wordings,
            EnquiryNotices(here.casework, desk, here.counties, wordings),
            CreditNotices(here.casework, here.credit.one, here.counties, wordings),
        )
        lines, calls = list[str](), 0
        for row, reason, written in await here.outbox.calls(county.id, _MOST):
            told = await notices.told(row)
            if isinstance(told, Spoken):
                calls += 1
                lines += _lines(texts, row.id, told, reason, written)
        return (
            [*lines, f"共{calls}个电话要打。打过的：worklist {county.id} --called 编号 --by 工号"]
            if calls
            else ["没有要打的电话。"]
        )


async def _called(here: Office, county: County, number: int, by: str) -> str:
    staff = await here.staffing.one(by) if by else None
    if staff is None or staff.county != county.id:
        raise StaffMistake("请写明是谁打的：--by 工号，见 staff list")
    if not await here.outbox.called(number, staff.id, here.now()):
        raise StaffMistake(f"没有这一条，或者已经打过：{number}")
    return f"{number}：记下了，{staff.name}打过。"


def _lines(texts: Catalogue, number: int, told: Spoken, reason: str, written: dt.datetime) -> list[str]:
    why = reason_said(texts, reason)
    whom = f"{told.call.name or texts.say('worklist.asker')} {told.call.phone or texts.say('worklist.no_phone')}"
    head = f"{number}　{told.about}　{whom}　{written.astimezone(CHINA):%m-%d %H:%M}　{why}"
    return [head, *(f"    {line}" for line in told.text.splitlines())]

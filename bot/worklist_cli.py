"""`worklist`: what reached nobody in chat and somebody has to say by telephone (热线工单, design §2.4)."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from typing import Final

from bot.editions_cli import Office, office
from bot.settings import Settings
from bot.staff_cli import StaffMistake
from handlers.call_list import CallList, ListedCall
from handlers.credit_notices import CreditNotices
from handlers.enquiries import EnquiryWork
from handlers.enquiry_notices import EnquiryNotices
from handlers.notices import Notices
from handlers.wording.catalogue import Catalogue
from handlers.wording.wording import Wording
from model.calendar import CHINA
from model.call import CALL_OUTCOMES, CallOutcome
from model.county import County

_OUTCOMES: Final[Mapping[CallOutcome, str]] = {"reached": "打通了", "not_reached": "没打通", "wrong_number": "号码不对"}


def worklist_arguments(parser: ArgumentParser) -> None:
    """What can be typed after `worklist`."""
    parser.add_argument("county")
    parser.add_argument("--called", type=int, metavar="NUMBER", help="somebody has called about this one")
    parser.add_argument("--outcome", choices=CALL_OUTCOMES, default="reached", help="what came of the call")
    parser.add_argument("--by", default="", metavar="STAFF", help="id of whoever called")


async def worklist(settings: Settings, options: Namespace) -> list[str]:
    """A few lines per call, oldest first; or the call that was made. Raises StaffMistake."""
    async with office(settings) as here:
        county = here.counties.get(options.county)
        if county is None:
            raise StaffMistake(f"没有这个县：{options.county}；有：{'、'.join(here.counties)}")
        if options.called is not None:
            return [await _called(here, county, options.called, options.by, options.outcome)]
        wordings = {name: Wording(one) for name, one in here.counties.items()}
        texts, desk = wordings[county.id].catalogue, EnquiryWork(here.enquiries, here.staffing, here.counties)
        notices = Notices(
            here.casework,
            here.counties,
            wordings,
            EnquiryNotices(here.casework, desk, here.counties, wordings),
            CreditNotices(here.casework, here.credit.one, here.counties, wordings),
        )
        waiting = await CallList(here.calls, notices).waiting(county, texts)
        if not waiting:
            return ["没有要打的电话。"]
        lines = [line for one in waiting for line in _lines(texts, one)]
        return [*lines, f"共{len(waiting)}个电话要打。打过的：worklist {county.id} --called 编号 --by 工号"]


async def _called(here: Office, county: County, number: int, by: str, outcome: CallOutcome) -> str:
    staff = await here.staffing.one(by) if by else None
    if staff is None or staff.county != county.id:
        raise StaffMistake("请写明是谁打的：--by 工号，见 staff list")
    now = here.now()
    if not await here.calls.made(
        county.id, number, staff.id, outcome, now, f"cli:{number}:{staff.id}:{now.isoformat()}"
    ):
        raise StaffMistake(f"没有这一条，或者已经打过：{number}")
    return f"{number}：记下了，{staff.name}打过，{_OUTCOMES[outcome]}。"


def _lines(texts: Catalogue, one: ListedCall) -> list[str]:
    told = one.told
    whom = f"{told.call.name or texts.say('worklist.asker')} {told.call.phone or texts.say('worklist.no_phone')}"
    head = f"{one.number}　{told.about}　{whom}　{one.written.astimezone(CHINA):%m-%d %H:%M}　{one.why}"
    tried = [f"    {each.at.astimezone(CHINA):%m-%d %H:%M} {_OUTCOMES[each.outcome]}" for each in one.tried]
    return [head, *(f"    {line}" for line in told.text.splitlines()), *tried]

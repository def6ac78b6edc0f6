"""`worklist`: what reached nobody in chat and somebody has to say by telephone (热线工单, design §2.4)."""

import datetime as dt
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from typing import Final

from bot.editions_cli import Office, office
from bot.embedded import redis_beside
from bot.keys import vault_of
from bot.settings import Settings
from bot.staff_cli import StaffMistake
from handlers.book import SealedBook
from handlers.call_list import CallList, PersonToCall
from handlers.credit_notices import CreditNotices
from handlers.enquiries import EnquiryWork
from handlers.enquiry_notices import EnquiryNotices
from handlers.human_notices import HumanNotices
from handlers.notices import Notices
from handlers.wording.catalogue import Catalogue
from handlers.wording.wording import Wording
from model.calendar import CHINA
from model.call import CALL_OUTCOMES, CallOutcome
from model.conversation import Conversation
from model.county import County
from storage.conversations import Conversations
from storage.port import open_port

_OUTCOMES: Final[Mapping[CallOutcome, str]] = {"reached": "打通了", "not_reached": "没打通", "wrong_number": "号码不对"}


def worklist_arguments(parser: ArgumentParser) -> None:
    """What can be typed after `worklist`."""
    parser.add_argument("county")
    parser.add_argument("--called", type=int, nargs="+", metavar="NUMBER", help="somebody has called about these")
    parser.add_argument("--outcome", choices=CALL_OUTCOMES, default="reached", help="what came of the call")
    parser.add_argument("--by", default="", metavar="STAFF", help="id of whoever called")


async def worklist(settings: Settings, options: Namespace) -> list[str]:
    """A few lines per person to be called, oldest first; or the call that was made. Raises StaffMistake."""
    async with office(settings) as here:
        county = here.counties.get(options.county)
        if county is None:
            raise StaffMistake(f"没有这个县：{options.county}；有：{'、'.join(here.counties)}")
        if options.called is not None:
            return await _called(here, county, options.called, options.by, options.outcome)
        wordings = {name: Wording(one) for name, one in here.counties.items()}
        texts, desk = wordings[county.id].catalogue, EnquiryWork(here.enquiries, here.staffing, here.counties)
        async with AsyncExitStack() as stack:
            humans = HumanNotices(here.casework, here.counties, _Talks(settings, county, stack))
            notices = Notices(
                here.casework,
                here.counties,
                wordings,
                EnquiryNotices(here.casework, desk, here.counties, wordings),
                CreditNotices(here.casework, here.credit.one, here.counties, wordings),
                humans,
            )
            people = await CallList(here.calls, notices).people(county, texts)
        if not people:
            return ["没有要打的电话。"]
        lines = [line for one in people for line in _lines(texts, one)]
        things = sum(len(one.calls) for one in people)
        how = f"打过的：worklist {county.id} --called 编号 编号 … --by 工号"
        return [*lines, f"共{len(people)}个电话要打，{things}件事要说。{how}"]


class _Talks:
    """What was said in the chat; Redis is opened once some of it is to be told."""

    def __init__(self, settings: Settings, county: County, stack: AsyncExitStack) -> None:
        self._settings = settings
        self._county = county
        self._stack = stack
        self._book: SealedBook | None = None

    async def conversation(self, account: str, person: str) -> Conversation:
        """See `Talks`. Raises KeysMissing, ValkeyFailed."""
        if self._book is None:
            port = open_port(await redis_beside(self._settings, self._stack))
            self._stack.push_async_callback(port.close)
            self._book = SealedBook(Conversations(port), vault_of(self._settings, beside=True))
        fresh = Conversation(id=f"{account}:{person}", account=account, person=person, county=self._county.id)
        return (await self._book.open(fresh, None)).conversation


async def _called(here: Office, county: County, numbers: Sequence[int], by: str, outcome: CallOutcome) -> list[str]:
    staff = await here.staffing.one(by) if by else None
    if staff is None or staff.county != county.id:
        raise StaffMistake("请写明是谁打的：--by 工号，见 staff list")
    now = here.now()
    lines, missed = list[str](), list[str]()
    for number in dict.fromkeys(numbers):
        key = f"cli:{number}:{staff.id}:{now.isoformat()}"
        if await here.calls.made(county.id, number, staff.id, outcome, now, key):
            lines.append(f"{number}：记下了，{staff.name}打过，{_OUTCOMES[outcome]}。")
        else:
            missed.append(str(number))
    if missed:
        raise StaffMistake("\n".join([*lines, f"没有这一条，或者已经打过：{'、'.join(missed)}"]))
    return lines


def _lines(texts: Catalogue, person: PersonToCall) -> list[str]:
    whom, many = person.whom, len(person.calls)
    name, phone = whom.name or texts.say("worklist.asker"), whom.phone or texts.say("worklist.no_phone")
    lines = [f"{name}　{phone}" + (f"　{many}件" if many > 1 else "")]
    for one in person.calls:
        lines.append(f"  {one.number}　{one.told.about}　{_stamp(one.written)}　{one.why}")
        lines += [f"      {line}" for line in one.told.text.splitlines()]
        lines += [f"      {_stamp(each.at)} {_OUTCOMES[each.outcome]}" for each in one.tried]
    return lines


def _stamp(at: dt.datetime) -> str:
    return f"{at.astimezone(CHINA):%m-%d %H:%M}"

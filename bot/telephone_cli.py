"""`telephone`: the hotline hands in an application with what the caller says, however little of the form that is (X24, X26)."""

import datetime as dt
import hashlib
from argparse import ArgumentParser, Namespace
from typing import Final

from bot.editions_cli import office
from bot.settings import Settings
from dialogs.as_data.filling import Problem
from dialogs.reading import Context
from handlers.telephoning import NoSuchField, applied_by_telephone
from handlers.web.api.call import account_of
from handlers.web.api.portal import problem_of
from handlers.wording.catalogue import Catalogue
from handlers.wording.orders import order_name
from model.case import CALLER
from model.conversation import Conversation
from model.county import County
from model.decision import Refused
from model.submission import Submission

_HAND_OVER: Final = "来电人要在微信里接着办：python -m bot codes {county} --handover {number} --by 编号"


class TelephoneMistake(Exception):
    """It cannot be taken like this; the message says what is lacking or does not fit."""


def telephone_arguments(parser: ArgumentParser) -> None:
    """`telephone COUNTY FIELD=WORDS... --by STAFF --notice-read [--person ACCOUNT:OPENID]`."""
    parser.add_argument("county")
    parser.add_argument("said", nargs="+", metavar="FIELD=WORDS", help="for example 联系电话=13800000000")
    parser.add_argument("--by", required=True, metavar="STAFF", help="id of whoever types it")
    parser.add_argument("--notice-read", action="store_true", help="个人信息告知已念给来电人听，他同意")
    parser.add_argument(
        "--person", default="", metavar="ACCOUNT:OPENID", help="the caller in WeChat, if he is there: he is told there"
    )


async def telephone(settings: Settings, options: Namespace) -> list[str]:
    """The number of the case, and who has been given its orders. Raises TelephoneMistake."""
    async with office(settings) as here:
        county = here.counties.get(options.county)
        if county is None:
            raise TelephoneMistake(f"没有这个县：{options.county}；有：{'、'.join(here.counties)}")
        if not any(one.id == options.by for one in await here.staffing.of_county(county.id)):
            raise TelephoneMistake(f"请写明是谁登记的：--by 编号；名单请看：python -m bot staff list {county.id}")
        if county.form.notice and not options.notice_read:
            raise TelephoneMistake(f"请先念给来电人听，他同意了再加 --notice-read：{county.form.notice.text}")
        submission = _submission(county, options, here.now())
        known = await here.casework.submitted(submission.id)
        done = known or await here.casework.accept(submission, here.now())
        said = Catalogue(county)
        if isinstance(done, Refused):
            raise TelephoneMistake(said.say(f"refused.{done.code}", **done.about))
        lacking = len(done.telephone.lacking) if done.telephone else 0
        return [
            f"已收件：{done.number}，申请表还有{lacking}项待补充。",
            *(f"{order_name(county, done, one)}：{county.body[one.body].short}" for one in done.orders),
            *([_HAND_OVER.format(county=county.id, number=done.number)] if done.kept_by_hotline else []),
        ]


def _submission(county: County, options: Namespace, now: dt.datetime) -> Submission:
    said = dict(_part(one) for one in options.said)
    # The same words of the same day are the same application: what is typed twice by mistake is handed in once.
    typed = repr((county.id, sorted(said.items()), options.person, now.date().isoformat()))
    name = f"{CALLER}{hashlib.sha256(typed.encode()).hexdigest()[:32]}"
    account, _, person = options.person.rpartition(":")
    account, person = (account, person) if account and person else (account_of(county.id), name)
    talk = Conversation(id=f"{account}:{person}", account=account, person=person, county=county.id)
    try:
        made = applied_by_telephone(county, said, talk, name=name, by=options.by, at=now)
    except NoSuchField as error:
        raise TelephoneMistake(str(error)) from error
    if isinstance(made, Submission):
        return made
    raise TelephoneMistake("\n".join(_told(county, one, now) for one in made))


def _part(one: str) -> tuple[str, str]:
    name, equals, words = one.partition("=")
    if not equals or not words.strip():
        raise TelephoneMistake(f"请写成 项目=内容：{one}")
    return name.strip(), words


def _told(county: County, one: Problem, now: dt.datetime) -> str:
    found = problem_of(one, Context(now, county.area_code, county.calendar, {}), Catalogue(county))
    return f"{found.label or found.field}：{found.problem}"

"""`practice`: the whole program with invented people, for whoever learns the console; nothing real is reached."""

import datetime as dt
import shutil
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Final, Literal

import aiohttp
import structlog
from ruamel.yaml import YAML

from bot.app import House
from bot.demo import PASSWORD, demo_logins, press
from bot.settings import ROOT, Settings
from handlers.casework import Casework
from handlers.telephoning import applied_by_telephone
from handlers.web.api.call import account_of
from model.case import Case
from model.command import Command, Do
from model.commands.contact import ReportContact
from model.commands.intake import Take
from model.conversation import Conversation
from model.frozen import Frozen
from model.message import Actor
from model.order import Order
from model.submission import Submission

PRACTICE: Final = ROOT / "config" / "demo" / "practice.yaml"
PORT: Final = 8090
_OPS_PORT: Final = 9280

log = structlog.get_logger()


class PracticeCase(Frozen):
    """An application as the hotline heard it, so many days ago, and what its stewards have done since."""

    county: str
    days: int
    said: dict[str, str]
    then: tuple[Literal["take", "contact"], ...] = ()


class PracticeChat(Frozen):
    """What somebody has written in WeChat."""

    account: str
    person: str
    texts: tuple[str, ...]


class PracticeSet(Frozen):
    """All that is there at the beginning."""

    cases: tuple[PracticeCase, ...]
    chats: tuple[PracticeChat, ...] = ()


def practice_arguments(parser: ArgumentParser) -> None:
    """`practice [--port N] [--fresh]`."""
    parser.add_argument("--port", type=int, default=PORT, help=f"default: {PORT}; the stand-in platform takes the next")
    parser.add_argument("--fresh", action="store_true", help="begin anew: forget what was practised so far")


def practice_settings(settings: Settings, options: Namespace) -> Settings:
    """Settings under which nothing real can be reached: no account, gateway, address, key or store of the installation."""
    folder = settings.data / "practice"
    if options.fresh:
        shutil.rmtree(folder, ignore_errors=True)
    apart = dict.fromkeys(("accounts", "sms", "redis_url", "database_url", "keys", "lookup_key", "keys_file"))
    apart |= {"lookup_key_before": None, "backup_key": None, "backup_key_file": None, "extractor_key": None}
    return settings.model_copy(
        update=apart
        | {
            "data": folder,
            "host": "127.0.0.1",
            "port": options.port,
            "ops_port": _OPS_PORT,
            "processes": 1,
            "process": 0,
        }
        | {"public_url": "", "extractor_url": "", "extractor_model": "", "practice": True}
    )


def practice_set(path: Path = PRACTICE) -> PracticeSet:
    """What there is to begin with."""
    return PracticeSet.model_validate(YAML(typ="safe").load(path))


async def furnish(house: House, origin: str) -> None:
    """Hands in the invented applications and has them worked on; what was done at an earlier start is not done again."""
    core = Casework(house.records, house.staffing, house.counties)
    fresh = False
    for number, one in enumerate(practice_set().cases, 1):
        if one.county in house.counties:
            fresh = await _handed_in(house, core, one, number) or fresh
    if fresh:
        async with aiohttp.ClientSession() as session:
            for chat in practice_set().chats:
                phone = f"{origin}/sandbox/phones/{chat.account}/{chat.person}"
                await press(session, f"{phone}/follow", {})
                for text in chat.texts:
                    await press(session, f"{phone}/text", {"content": text})
    print("练习：这里的人和事都是编的，什么也不会发到外面。后台在 /console/，登录名：", flush=True)
    for login in demo_logins():
        print(f"  {login.name}　密码 {PASSWORD}", flush=True)


async def _handed_in(house: House, core: Casework, one: PracticeCase, number: int) -> bool:
    """Whether it was not there yet."""
    county, at = house.counties[one.county], house.clock() - dt.timedelta(days=one.days)
    name = f"practice-{one.county}-{number}"
    account = account_of(county.id)
    talk = Conversation(id=f"{account}:{name}", account=account, person=name, county=county.id)
    made = applied_by_telephone(county, one.said, talk, name=name, by="practice", at=at)
    if not isinstance(made, Submission):
        log.error("practice.not_filled", case=number, fields=[each.name for each in made])
        return False
    if await core.submitted(made.id) is not None:
        return False
    case = await core.accept(made, at)
    if not isinstance(case, Case):
        log.error("practice.refused", case=number, code=case.code)
        return False
    for place, act in enumerate(one.then, 1):
        for order in case.orders:
            await _done(core, case, order, act, at + dt.timedelta(minutes=20 * place))
    return True


async def _done(core: Casework, case: Case, order: Order, act: str, at: dt.datetime) -> None:
    steward = await core.steward(order.steward) if order.steward else None
    if steward is None:
        return
    do: Do = Take(order=order.id) if act == "take" else ReportContact(order=order.id, outline="练习：先看现场")
    actor = Actor(person=steward.person or steward.id, role="steward", staff=steward.id)
    await core.execute(Command(id=f"practice:{order.id}:{act}", case=case.id, actor=actor, do=do), at)

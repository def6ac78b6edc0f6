"""With the sandbox only: its steward phones follow the account and bind themselves, over the wire like anybody else."""

import asyncio
import datetime as dt
import hashlib
from pathlib import Path

import aiohttp
import structlog
from ruamel.yaml import YAML

from bot.app import House
from bot.console.passwords import Passwords
from model.frozen import Frozen
from model.login import Login, Role
from model.staff import Duty, Staff
from storage.away import RECORDS_AWAY

STAFF = Path(__file__).parent.parent / "config" / "demo" / "staff.yaml"

PASSWORD = "lianban-sandbox"  # noqa: S105 - of the sandbox, printed in its file
_PAUSE = 0.5

log = structlog.get_logger()


class DemoSteward(Frozen):
    """A made-up member of staff and the sandbox phone he holds; without one he works at the console alone."""

    id: str
    county: str
    account: str = ""
    person: str = ""
    body: str
    duty: Duty = "steward"
    name: str
    phone: str


def demo_stewards(path: Path = STAFF) -> tuple[DemoSteward, ...]:
    """The stewards of the demonstration."""
    return tuple(DemoSteward.model_validate(one) for one in YAML(typ="safe").load(path)["staff"])


class DemoLogin(Frozen):
    """How one of them signs in to the console."""

    name: str
    staff: str
    roles: frozenset[Role]


def demo_logins(path: Path = STAFF) -> tuple[DemoLogin, ...]:
    """The logins of the demonstration."""
    return tuple(DemoLogin.model_validate(one) for one in YAML(typ="safe").load(path)["logins"])


async def give_logins(house: House) -> None:
    """Lets them sign in with `PASSWORD`: on this machine only, where nothing is anybody's."""
    hashed = ""
    for one in demo_logins():
        known = await house.staffing.one(one.staff)
        if known is None or await house.logins.of(one.staff) is not None:
            continue
        hashed = hashed or await Passwords().kept(PASSWORD)
        await house.logins.give(
            Login(name=one.name, staff=one.staff, roles=one.roles, given=False, changed_at=house.clock()), hashed
        )


async def bind_stewards(house: House, origin: str) -> None:
    """Enters the stewards and lets each phone follow and send its binding code; does nothing for those bound before.

    People are served already: while the records are away it waits for them.
    """
    async with aiohttp.ClientSession() as session:
        for one in demo_stewards():
            if one.county not in house.counties or one.body not in house.counties[one.county].body:
                continue
            while True:
                try:
                    await _bind(session, house, one, origin)
                    break
                except RECORDS_AWAY as error:
                    log.warning("demo.records_away", error=type(error).__name__)
                    await asyncio.sleep(_PAUSE)
    await give_logins(house)


async def _bind(session: aiohttp.ClientSession, house: House, one: DemoSteward, origin: str) -> None:
    await house.staffing.put(Staff(**one.model_dump(exclude={"account", "person"})))
    if not one.person:
        return
    bound = await house.staffing.one(one.id)
    phone = f"{origin}/sandbox/phones/{one.account}/{one.person}"
    await press(session, f"{phone}/follow", {})
    if bound is not None and bound.person is None:
        code = hashlib.sha256(f"{house.clock().timestamp()}{one.id}".encode()).hexdigest()[:8].upper()
        await house.staffing.issue_code(one.id, code, house.clock() + dt.timedelta(minutes=10))
        await press(session, f"{phone}/text", {"content": f"绑定 {code}"})


async def press(session: aiohttp.ClientSession, url: str, body: dict[str, str]) -> None:
    """Somebody does something on a phone of the sandbox; a refusal is only noted."""
    try:
        async with session.post(url, json=body) as answer:
            if answer.status >= 400:
                log.warning("demo.refused", status=answer.status)
    except aiohttp.ClientError as error:
        log.warning("demo.away", error=type(error).__name__)

"""`staff add`: entering a member of staff, and giving him his one-time binding code."""

import secrets

from bot.console.passwords import Passwords, drawn
from bot.editions_cli import Office, office
from bot.settings import Settings
from handlers.enquiries import EnquiryWork
from handlers.people.desk import People
from handlers.people.noting import By
from model.decision import Refused
from model.staff import Duty, Staff
from model.staff_change import OPERATOR
from storage.logins import Logins


class StaffMistake(Exception):
    """What was asked for cannot be entered; the message says what would be valid."""


def people_of(here: Office) -> People:
    """What is done about people, beside the running program."""
    desk = EnquiryWork(here.enquiries, here.staffing, here.counties)
    return People(here.casework, here.staffing, Logins(here.database), here.counties, desk, drawn, Passwords().kept)


def by_operator(here: Office) -> By:
    """Whoever may use the server."""
    return By(OPERATOR, here.now())


async def add_staff(
    settings: Settings,
    county_id: str,
    body: str,
    name: str,
    phone: str,
    districts: tuple[str, ...],
    *,
    duty: Duty = "steward",
) -> tuple[str, str]:
    """Enters a member of staff; his id, and the code he sends as 绑定 CODE. Raises StaffMistake."""
    async with office(settings) as here:
        county = here.counties.get(county_id)
        if county is None:
            raise StaffMistake(f"没有这个县：{county_id}；有：{'、'.join(here.counties)}")
        if body not in county.body:
            raise StaffMistake(f"没有这个单位：{body}；有：{'、'.join(county.body)}")
        if unknown := [one for one in districts if one not in county.towns]:
            raise StaffMistake(f"没有这个乡镇：{'、'.join(unknown)}；有：{'、'.join(county.towns)}")
        version = await here.staffing.version(county_id)
        staff_id = f"{county_id}_{secrets.token_hex(6)}"
        entered = Staff(
            id=staff_id, county=county_id, body=body, name=name, phone=phone, duty=duty, districts=districts
        )
        codes = await people_of(here).enter(county_id, [entered], [], version, by_operator(here))
        if isinstance(codes, Refused):
            raise StaffMistake("刚才有别人也在改人员名单，没有登记。请再运行一次。")
        return staff_id, codes[staff_id]

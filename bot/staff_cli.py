"""`staff`: entering stewards and giving them their one-time binding codes."""

import datetime as dt
import secrets

from bot.keys import vault_of
from bot.settings import Settings
from config.loader import load_counties
from model.staff import Duty, Staff
from storage.engine import open_database
from storage.migrate import upgrade
from storage.staffing import Staffing

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
VALID = dt.timedelta(days=3)


class StaffMistake(Exception):
    """What was asked for cannot be entered; the message says what would be valid."""


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
    counties = load_counties(settings.counties)
    county = counties.get(county_id)
    if county is None:
        raise StaffMistake(f"没有这个县：{county_id}；有：{'、'.join(counties)}")
    if body not in county.body:
        raise StaffMistake(f"没有这个单位：{body}；有：{'、'.join(county.body)}")
    if unknown := [one for one in districts if one not in county.towns]:
        raise StaffMistake(f"没有这个乡镇：{'、'.join(unknown)}；有：{'、'.join(county.towns)}")
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    vault = vault_of(settings, beside=True)
    database = open_database(settings.database())
    try:
        await upgrade(database)
        staffing = Staffing(database, vault)
        staff_id = f"{county_id}_{secrets.token_hex(6)}"
        entered = Staff(
            id=staff_id, county=county_id, body=body, name=name, phone=phone, duty=duty, districts=districts
        )
        await staffing.put(entered)
        code = await drawn_code(staffing, staff_id, dt.datetime.now(dt.UTC))
    finally:
        await database.close()
    return staff_id, code


async def drawn_code(staffing: Staffing, staff_id: str, now: dt.datetime) -> str:
    """A new one-time code by which this member of staff binds himself; one drawn before is void."""
    code = fresh_code()
    await staffing.issue_code(staff_id, code, now + VALID)
    return code


def fresh_code() -> str:
    """Eight characters that nobody mistakes for others."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(8))

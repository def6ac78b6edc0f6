"""`staff add`: entering a member of staff, and giving him his one-time binding code."""

from bot.console.passwords import Passwords, drawn
from bot.editions_cli import Office, office
from bot.roster.sheet import Column, duties
from bot.settings import Settings
from handlers.enquiries import EnquiryWork
from handlers.people.desk import People
from handlers.people.noting import By
from handlers.wording.catalogue import Catalogue
from model.decision import Refused
from model.staff import Duty
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
    sure: bool = False,
) -> tuple[str, str]:
    """Enters a member of staff, as the form of the console does; his id, and the code he sends as 绑定 CODE.

    `sure`: somebody of this name in his body is somebody else. Raises StaffMistake.
    """
    from bot.roster.one import namesakes, one_person  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it
    from bot.roster.words import mistake_said  # noqa: PLC0415

    async with office(settings) as here:
        county = here.counties.get(county_id)
        if county is None:
            raise StaffMistake(f"没有这个县：{county_id}；有：{'、'.join(here.counties)}")
        catalogue = Catalogue(county)
        say = catalogue.say
        called = next(named for named, each in duties(county).items() if each == duty)
        version, present = await here.staffing.version(county_id), await here.staffing.of_county(county_id)
        said: dict[Column, str] = {"name": name, "body": body, "phone": phone, "duty": called}
        plan = one_person(said | {"districts": "、".join(districts)}, "", county, present)
        if isinstance(plan, tuple):
            lines = [
                say("roster.at", at=say(f"roster.keys.{one.at}"), what=mistake_said(one, catalogue)) for one in plan
            ]
            raise StaffMistake("\n".join(lines))
        if not plan.new:
            raise StaffMistake(say("console.admin.person.wrong.there"))
        (entered,) = plan.new
        if not sure and namesakes(entered, present):
            raise StaffMistake(say("roster.namesake", name=entered.name))
        codes = await people_of(here).enter(county_id, [entered], [], version, by_operator(here))
        if isinstance(codes, Refused):
            raise StaffMistake(say("roster.overtaken"))
        return entered.id, codes[entered.id]

"""`staff import` and `staff template`: the staff of a county from an Excel sheet, all of it or nothing."""

import secrets
from pathlib import Path

from bot.editions_cli import office
from bot.roster.plan import Plan, planned
from bot.roster.reading import AtCell, read_sheet
from bot.roster.sheet import MOST_BYTES, SHEET
from bot.roster.template import template
from bot.roster.words import cell_said, change_said
from bot.roster.workbook import WorkbookUnreadable, read_lines
from bot.settings import Settings
from bot.staff_cli import StaffMistake, by_operator, people_of
from bot.unread_words import unread_said
from config.loader import load_counties
from handlers.people.desk import People, differences
from handlers.people.noting import By
from handlers.wording.catalogue import Catalogue
from model.county import County
from model.decision import Refused
from model.staff import Staff
from storage.staffing import Staffing


def write_template(settings: Settings, county_id: str, file: Path) -> list[str]:
    """Writes the empty sheet of a county. Raises StaffMistake, also where the file is there already."""
    counties = load_counties(settings.counties)
    if county_id not in counties:
        raise StaffMistake(f"没有这个县：{county_id}；有：{'、'.join(counties)}")
    if file.suffix.lower() != ".xlsx":
        raise StaffMistake(f"文件名请以 .xlsx 结尾，例如：{file.stem or '人员'}.xlsx")
    try:
        with file.open("xb") as out:
            out.write(template(counties[county_id]))
    except FileExistsError:
        raise StaffMistake(f"已经有这个文件：{file}；换一个名字，或者先把它移开") from None
    except OSError as error:
        raise StaffMistake(f"写不了{file}：{error.strerror}") from error
    return [f"已写好{file}。填好以后：python -m bot staff import {county_id} {file} --dry-run"]


async def import_staff(settings: Settings, county_id: str, file: Path, *, dry: bool) -> list[str]:
    """Enters those of the sheet, or (`dry`) says what would be done. Raises StaffMistake with every mistake of the sheet."""
    async with office(settings) as here:
        county = here.counties.get(county_id)
        if county is None:
            raise StaffMistake(f"没有这个县：{county_id}；有：{'、'.join(here.counties)}")
        catalogue = Catalogue(county)
        plan, notes, version = await compared(here.staffing, county, catalogue, _read(file))
        codes = {} if dry else await entered(people_of(here), county, catalogue, plan, version, by_operator(here))
        return [*notes, *told(county, catalogue, plan, codes, dry=dry)]


async def compared(
    staffing: Staffing, county: County, catalogue: Catalogue, data: bytes
) -> tuple[Plan, list[str], int | None]:
    """What a sheet would change, what of it was passed over, and the version of the staff that this holds for.

    Raises StaffMistake.
    """
    try:
        sheet = read_sheet(read_lines(data, SHEET), county)
    except WorkbookUnreadable as error:
        raise StaffMistake(unread_said(error.unread, catalogue)) from error
    version = await staffing.version(county.id)
    present = await staffing.of_county(county.id)
    plan = planned(sheet.entries, present, county, lambda: f"{county.id}_{secrets.token_hex(6)}")
    # Comparing goes on with the good rows, so that whoever corrects the sheet sees everything at once.
    mistakes = [*sheet.mistakes, *(() if isinstance(plan, Plan) else plan)]
    if isinstance(plan, Plan) and not mistakes:
        return plan, [cell_said(one, catalogue) for one in sheet.notes], version
    lines = [cell_said(one, catalogue) for one in _by_place(mistakes)]
    raise StaffMistake("\n".join([*lines, catalogue.say("roster.mistakes", count=len(mistakes))]))


async def entered(
    people: People, county: County, catalogue: Catalogue, plan: Plan, version: int | None, by: By
) -> dict[str, str]:
    """Enters new and changed, all or none, and draws the binding codes of the new. Raises StaffMistake."""
    codes = await people.enter(county.id, plan.new, plan.changed, version, by)
    if isinstance(codes, Refused):
        raise StaffMistake(catalogue.say("roster.overtaken"))
    return codes


def told(county: County, catalogue: Catalogue, plan: Plan, codes: dict[str, str], *, dry: bool) -> list[str]:
    """What an import did, or would do."""
    say = catalogue.say
    counts = {"new": len(plan.new), "changed": len(plan.changed), "unchanged": len(plan.unchanged)}
    lines = [say("roster.would" if dry else "roster.done", **counts)]
    for one in plan.new:
        code = codes.get(one.id, "")
        lines.append(say("roster.new", body=_body(county, one), name=one.name, phone=one.phone, code=code))
    for before, after in plan.changed:
        changes = [change_said(key, words, county, catalogue) for key, words in differences(before, after).items()]
        lines.append(say("roster.changed", body=_body(county, before), name=before.name, changes=changes))
    if plan.missing:
        lines.append(say("roster.missing", count=len(plan.missing)))
        lines += [
            say("roster.missing_one", body=_body(county, one), name=one.name, phone=one.phone, id=one.id)
            for one in plan.missing
        ]
    if codes:
        lines.append(say("roster.codes"))
    return lines


def _body(county: County, one: Staff) -> str:
    return county.body[one.body].short if one.body in county.body else one.body


def _by_place(mistakes: list[AtCell]) -> list[AtCell]:
    def place(one: AtCell) -> tuple[int, str]:
        return int("".join(filter(str.isdigit, one.at))), one.at

    return sorted(mistakes, key=place)


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as data:
            return data.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise StaffMistake(f"没有这个文件：{file}") from None
    except OSError as error:
        raise StaffMistake(f"读不了{file}：{error.strerror}") from error

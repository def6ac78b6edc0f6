"""`credit`: what staff note of whoever cheated, with grounds, by two people; for staff only, and never by itself (X60)."""

import secrets
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Final

from bot.editions_cli import Office, office
from bot.settings import Settings
from handlers.wording.catalogue import Catalogue
from model.calendar import CHINA
from model.county import County
from model.credit import CreditNote
from model.delivery import Recipient
from model.staff import Staff
from routing.credit import confirmed, noted, objected, removing, upheld
from routing.quiet import morning
from routing.refusal import No
from storage.records import Conflict

_ID_BYTES: Final = 6
_ACTS: Final = ("list", "note", "confirm", "object", "uphold", "remove")


class CreditMistake(Exception):
    """There is no such note or case, or it cannot be done; the message says why."""


def credit_arguments(parser: ArgumentParser) -> None:
    """`credit COUNTY list|note|confirm|object|uphold|remove [ID or CASE-NUMBER] --by STAFF [--ground ID] [--words WORDS]`."""
    parser.add_argument("county")
    parser.add_argument("act", choices=_ACTS)
    parser.add_argument("which", nargs="?", default="", metavar="ID", help="of the note; the case number for `note`")
    parser.add_argument("--by", required=True, metavar="STAFF", help="id of whoever does it, as the note will have it")
    parser.add_argument("--ground", default="", help="why: one of the county's grounds")
    parser.add_argument("--words", default="", help="the facts, the objection, or why the note stays")


async def credit(settings: Settings, options: Namespace) -> list[str]:
    """The county's notes after what was to be done. Raises CreditMistake."""
    async with office(settings) as here:
        county = here.counties.get(options.county)
        if county is None:
            raise CreditMistake(f"没有这个县：{options.county}；有：{'、'.join(here.counties)}")
        staff = await here.staffing.of_county(county.id)
        by = next((one for one in staff if one.id == options.by), None)
        if by is None:
            raise CreditMistake(f"请写明是谁办的：--by 编号；名单请看：python -m bot staff list {county.id}")
        say = Catalogue(county).say
        try:
            if options.act == "note":
                await _note(here, county, by, options)
            elif options.act != "list":
                await _change(here, county, by, options)
        except No as no:
            raise CreditMistake(say(f"refused.{no.refused.code}", **no.refused.about)) from no
        except Conflict as error:
            raise CreditMistake("这条记录刚刚变过，请看过再办。") from error
        names = {one.id: one.name for one in staff}
        found = await here.credit.of_county(county.id)
        return [line for one in found for line in _told(county, one, names, say(f"credit.state.{one.state}"))] or [
            "没有信用记录。"
        ]


async def _note(here: Office, county: County, by: Staff, options: Namespace) -> None:
    case = await here.casework.numbered(county.id, options.which)
    if case is None:
        raise CreditMistake(f"没有这个办件：{options.which}；编号要写全。")
    name = secrets.token_hex(_ID_BYTES)
    await here.credit.add(noted(name, case, options.ground, options.words, by, county, here.now()))


async def _change(here: Office, county: County, by: Staff, options: Namespace) -> None:
    """What becomes of a note; whoever it is about is told of what concerns him, by day."""
    note, now = await here.credit.one(options.which), here.now()
    if note is None or note.county != county.id:
        raise CreditMistake(f"没有这条记录：{options.which}；请看：python -m bot credit {county.id} list --by 编号")
    case = await here.casework.case(note.case)
    person = Recipient(kind="applicant", id=case.person) if case is not None else None
    earlier = [one for name in (note.by, note.confirmed_by) if name and (one := await here.staffing.one(name))]
    at = morning(county, now) or now
    match options.act:
        case "confirm":
            fresh = confirmed(note, by, earlier, county, now)
            await here.credit.change(fresh, _to(person, "credit_noted"), now, at)
        case "object":
            await here.credit.change(objected(note, options.words, by, county, now), None, now, at)
        case "uphold":
            fresh = upheld(note, options.words, by, earlier, county, now)
            await here.credit.change(fresh, _to(person, "credit_upheld"), now, at)
        case _:
            removing(note, by, earlier, county)
            knows = person if note.state != "proposed" else None  # of what nobody confirmed he was never told
            await here.credit.remove(note, _to(knows, "credit_removed"), now, at)


def _to(person: Recipient | None, what: str) -> tuple[Recipient, str] | None:
    return None if person is None else (person, f"applicant.{what}")


def _told(county: County, one: CreditNote, names: dict[str, str], state: str) -> Sequence[str]:
    ground = county.credit.ground(one.ground) if county.credit is not None else None
    day = f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M}"
    lines = [f"{one.id}  {day} {one.number} {ground.text if ground else one.ground}  {state}"]
    lines.append(f"    {names.get(one.by, one.by)}记：{one.facts}")
    if one.confirmed_by:
        lines.append(f"    {names.get(one.confirmed_by, one.confirmed_by)}核对，已告诉本人")
    if one.objection:
        lines.append(f"    本人异议（{names.get(one.heard_by, one.heard_by)}记）：{one.objection}")
    if one.answer:
        lines.append(f"    {names.get(one.decided_by, one.decided_by)}答复保留：{one.answer}")
    return lines

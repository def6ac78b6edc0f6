"""`bulletin`: the bulletin of a month as a document; issued once, and objected to (定期通报, J34)."""

import asyncio
import datetime as dt
import re
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.editions_cli import Office, office
from bot.settings import Settings
from handlers.bulletin_desk import FIGURES, BulletinDesk
from handlers.bulletin_figures import body_rows, objection_lines, stamp, talk_rows
from handlers.wording.wording import Wording
from model.bulletin import Issued, Objection
from model.county import County
from model.decision import Refused
from model.viewer import Viewer
from storage.human_talks import HumanTalks

_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


class BulletinMistake(Exception):
    """There is no such month or figure, or it cannot be done; the message says what would be possible."""


def bulletin_arguments(parser: ArgumentParser) -> None:
    """`bulletin COUNTY MONTH [--to FILE] [--issue | --object WORDS --about BODY:FIGURE | --answer NUMBER --words WORDS] [--by STAFF]`."""
    parser.add_argument("county")
    parser.add_argument("month", help="2026-11")
    parser.add_argument("--to", type=Path, metavar="FILE.docx", help="write it there")
    parser.add_argument("--by", default="", metavar="STAFF", help="id of whoever issues, objects or answers")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--issue", action="store_true", help="issue it: its figures never change from then on")
    what.add_argument("--object", default="", metavar="WORDS", help="what is wrong, and by what one can see it")
    what.add_argument("--answer", type=int, default=0, metavar="NUMBER", help="answer the objection with this number")
    parser.add_argument("--about", default="", metavar="BODY:FIGURE", help=f"of {', '.join(FIGURES)}")
    parser.add_argument("--words", default="", help="the answer")
    parser.add_argument("--corrects", action="store_true", help="the answer says what would have been right")


async def bulletin(settings: Settings, options: Namespace) -> list[str]:
    """What was done, and the figures line by line. Raises BulletinMistake."""
    month = _month(options.month)
    async with office(settings) as here:
        county = here.counties.get(options.county)
        if county is None:
            raise BulletinMistake(f"没有这个县：{options.county}；有：{'、'.join(here.counties)}")
        wordings = {name: Wording(one) for name, one in here.counties.items()}
        desk = BulletinDesk(here.casework, here.bulletins, HumanTalks(here.database), here.counties, wordings, here.now)
        lines = await _done(here, desk, county, month, options)
        return [*lines, *await _told(here, desk, county, month, options.to)]


async def _done(here: Office, desk: BulletinDesk, county: County, month: dt.date, options: Namespace) -> list[str]:
    say = Wording(county).catalogue.say
    if not (options.issue or options.object or options.answer):
        return []
    by = await _viewer(here, county, options.by)
    done: Issued | Objection | Refused
    if options.issue:
        known = await desk.issued(county.id, month)
        done = await desk.issue(by, month)
        told = "这个月早已发出，数字没有改动。" if known is not None else "已发出，数字从现在起不再改动。"
    elif options.object:
        body, _, figure = options.about.partition(":")
        done = await desk.object(by, month, body, figure, options.object)
        told = f"异议已记下，编号{done.number}。" if isinstance(done, Objection) else ""
    else:
        done = await desk.answer(by, month, options.answer, options.words, corrects=options.corrects)
        told = "答复已记下。"
    if isinstance(done, Refused):
        how = f"写法：--about 单位:数字；数字有{'、'.join(FIGURES)}" if done.code == "objection.figure" else ""
        raise BulletinMistake(say(f"refused.{done.code}", **done.about) + how)
    return [told]


async def _told(here: Office, desk: BulletinDesk, county: County, month: dt.date, to: Path | None) -> list[str]:
    catalogue = Wording(county).catalogue
    issued = await desk.issued(county.id, month)
    figures = issued.bulletin if issued is not None else await desk.drawn(county.id, month)
    objections = await desk.objections(county.id, month)
    names = {one.id: one.name for one in await here.staffing.of_county(county.id)}
    lines = [catalogue.say("bulletin.paper.title", month=figures.month)]
    if issued is None:
        lines.append(catalogue.say("bulletin.paper.draft", at=stamp(figures.counted_at)))
    else:
        lines.append(catalogue.say("bulletin.paper.issued", at=stamp(issued.at), by=names.get(issued.by, issued.by)))
    rows = body_rows(catalogue, figures)
    for name, cells in rows.lines:
        lines.append(f"{name}：" + "，".join(f"{head}{cell}" for head, cell in zip(rows.heads, cells, strict=True)))
    if not rows.lines:
        lines.append(catalogue.say("bulletin.paper.empty"))
    for name, cells in (talks := talk_rows(catalogue, [(figures.month, figures.talks)])).lines:
        told = "，".join(f"{head}{cell}" for head, cell in zip(talks.heads, cells, strict=True))
        lines.append(f"{name}{catalogue.say('bulletin.paper.talks')}：{told}")
    if objections:
        lines += objection_lines(catalogue, figures, objections, names)
    if to is not None:
        from bot.bulletin_paper import bulletin_paper  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

        paper = bulletin_paper(county, catalogue, figures, issued, objections, names, here.now())
        await asyncio.to_thread(to.write_bytes, paper)
        lines.append(f"写在 {to}")
    return lines


async def _viewer(here: Office, county: County, staff_id: str) -> Viewer:
    staff = await here.staffing.one(staff_id) if staff_id else None
    if staff is None or staff.county != county.id or not staff.serves:
        raise BulletinMistake(f"请写明是谁办的：--by 编号；名单请看：python -m bot staff list {county.id}")
    viewer = Viewer.of(staff)
    if viewer is None:
        raise BulletinMistake(f"{staff.name}不是督办人员，也不是单位负责人，不能办这件事。")
    return viewer


def _month(said: str) -> dt.date:
    found = _MONTH.fullmatch(said.strip())
    if found is not None and 1 <= int(found[2]) <= 12 and 2000 <= int(found[1]) <= 9998:
        return dt.date(int(found[1]), int(found[2]), 1)
    raise BulletinMistake(f"看不懂月份：{said}；请写年-月，例如 2026-11")

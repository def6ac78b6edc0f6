"""`papers`: the photos and files of a case at the window's computer; whoever opens them is recorded (see `storage.looks`)."""

import datetime as dt
import os
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import NamedTuple

from bot.editions_cli import Office, office
from bot.settings import Settings
from handlers.paper_letters import file_name, plain_name
from handlers.papers import PDF, Paper, papers_of
from handlers.wording.catalogue import Catalogue
from handlers.wording.orders import order_name
from model.calendar import CHINA
from model.case import Case
from model.county import County
from model.look import Look
from model.order import Order
from storage.vault import Unreadable


class PapersMistake(Exception):
    """There is no such case, or nobody who could look at it; the message says what would be possible."""


class _Held(NamedTuple):
    """A paper of an order, by its place there."""

    order: Order
    service: str
    place: int
    paper: Paper


def papers_arguments(parser: ArgumentParser) -> None:
    """`papers NUMBER`, `papers NUMBER --to FOLDER --by STAFF [--only PLACE]`, `papers NUMBER --looks`."""
    parser.add_argument("number", metavar="CASE-NUMBER")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="write them there; it is recorded who did")
    parser.add_argument("--by", default="", metavar="STAFF", help="id of whoever looks at them")
    parser.add_argument("--only", type=int, default=0, metavar="PLACE", help="only the one with this number")
    parser.add_argument("--looks", action="store_true", help="who has looked at them, and when")


async def papers(settings: Settings, options: Namespace) -> list[str]:
    """What there is, what was written, or who has looked. Raises PapersMistake."""
    async with office(settings) as here:
        county, case = await _found(here, options.number)
        if options.looks:
            return [line async for line in _looks(here, county, case)]
        held = await _held(here, county, case)
        chosen = [one for one in held if options.only in (0, one.place)]
        if held and not chosen:
            raise PapersMistake(f"没有第{options.only}份；有：{'、'.join(str(one.place) for one in held)}。")
        if options.to is None:
            return [_line(one) for one in held] or [f"{case.number}没有照片和文件。"]
        return [line async for line in _written(here, county, case, chosen, options)]


async def _found(here: Office, number: str) -> tuple[County, Case]:
    for county in here.counties.values():
        case = await here.casework.numbered(county.id, number)
        if case is not None:
            return county, case
    raise PapersMistake(f"没有这个办件：{number}；编号要写全，例如 XXLB2026000001。")


async def _held(here: Office, county: County, case: Case) -> list[_Held]:
    submission = await here.casework.submission(case.id)
    if submission is None:
        raise PapersMistake(f"{case.number}的资料已经按规定删除，看不了了。")
    return [
        _Held(order, order_name(county, case, order), place, paper)
        for order in case.orders
        for place, paper in enumerate(papers_of(county, case, order, submission), 1)
    ]


async def _written(
    here: Office, county: County, case: Case, held: list[_Held], options: Namespace
) -> AsyncGenerator[str, None]:
    """One line per file. What is not recorded is not written."""
    if not any(one.id == options.by for one in await here.staffing.of_county(county.id)):
        raise PapersMistake(f"请写明是谁看的：--by 编号；名单请看：python -m bot staff list {county.id}")
    now, place = here.now(), await here.papers.held(case.id)
    await here.looks.note([_look(county, case, one, options.by, now) for one in held])
    options.to.mkdir(parents=True, exist_ok=True, mode=0o700)
    for one in held:
        path = options.to / f"{plain_name(one.service)}-{one.place}-{_name(one.paper)}"
        try:
            data = await here.files.get(place.key, place.record, one.paper.file.digest) if place else None
        except Unreadable:
            data = None
        if data is None:
            yield f"{_line(one)}：读不出来"
            continue
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise PapersMistake(f"{path} 已经有了；换一个空的文件夹。") from None
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        yield f"{_line(one)}：写在 {path}"
    yield "看完请把文件夹删掉；谁看的已经记下。"


async def _looks(here: Office, county: County, case: Case) -> AsyncGenerator[str, None]:
    names = {one.id: one.name for one in await here.staffing.of_county(county.id)}
    orders = {one.id: order_name(county, case, one) for one in case.orders}
    whats = Catalogue(county)
    looked = await here.looks.of_case(county.id, case.number)
    for one in looked:
        where = "聊天里" if one.way == "chat" else "电脑上"
        who = f"{names.get(one.staff, '')}（{one.staff}）"
        what = (
            f"{orders.get(one.order or '', '')} 第{one.place}份"
            if one.what == "paper"
            else whats.say(f"looks.{one.what}")
        )
        yield f"{one.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}  {who}  {where}  {what}"
    yield f"共{len(looked)}次。" if looked else "没有人看过。"


def _look(county: County, case: Case, one: _Held, staff: str, now: dt.datetime) -> Look:
    return Look(
        key=f"console:{staff}:{one.order.id}:{one.paper.field}:{one.paper.file.digest}:{now.isoformat()}",
        county=county.id,
        case=case.id,
        order=one.order.id,
        staff=staff,
        paper=one.paper.field,
        place=one.place,
        way="console",
        at=now,
    )


def _name(paper: Paper) -> str:
    return file_name(paper.name, paper.file.media_type)


def _line(one: _Held) -> str:
    kind = "PDF" if one.paper.file.media_type == PDF else "照片"
    return f"{one.service} 第{one.place}份 {one.paper.name}（{kind}，{max(1, one.paper.file.size // 1024)}KB）"

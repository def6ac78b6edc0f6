"""`paper`: an official sheet as PDF, filled from a case or blank; whoever prints a filled one has looked at a person's data."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.editions_cli import Office, office
from bot.keys import vault_of
from bot.paper.paper import Paper, Printed, blank_sheet, sheet_looked
from bot.paper.typesetter import Typesetter, Unset
from bot.settings import Settings
from bot.site import address_of
from config.loader import load_counties
from handlers.paper.filling import NothingToPrint
from handlers.paper.signatures import SiteSignatures
from model.case import Case
from model.county import County
from model.sheet_template import SheetTemplate
from storage.files import FileStore
from storage.sheet_codes import SheetCodes
from storage.signatures import SheetSignatures

_WHY = {
    "gone": "{number}的资料已经按规定删除，印不了了。",
    "no_survey": "{number}没有联合踏勘意见表：不是外线工程，或者还没有安排联合踏勘。",
}


class PaperMistake(Exception):
    """There is no such case, county or sheet, or nobody who may print it; the message says what would be possible."""


def paper_arguments(parser: ArgumentParser) -> None:
    """`paper CASE-NUMBER [--sheet NAME] --to FILE.pdf --by STAFF`, `paper COUNTY --blank [--sheet NAME] --to FILE.pdf`."""
    parser.add_argument("subject", metavar="CASE-NUMBER|COUNTY")
    parser.add_argument("--blank", action="store_true", help="the empty sheet of a county")
    parser.add_argument(
        "--sheet", default="application", metavar="NAME", help="application (default), survey, receipt …"
    )
    parser.add_argument("--to", type=Path, required=True, metavar="FILE.pdf", help="must not exist yet")
    parser.add_argument("--by", default="", metavar="STAFF", help="id of whoever prints it; not for a blank one")


async def paper(settings: Settings, options: Namespace) -> list[str]:
    """Where it was written, and which characters have to be written by hand. Raises PaperMistake."""
    typesetter = Typesetter()
    try:
        made = await (_blank if options.blank else _of_case)(settings, typesetter, options)
    except Unset as unset:
        raise PaperMistake(f"表样印不出来（{unset}）：请先运行 python -m bot check。") from None
    finally:
        typesetter.close()
    return _written(made, options.to)


async def _blank(settings: Settings, typesetter: Typesetter, options: Namespace) -> Printed:
    counties = load_counties(settings.counties)
    if options.subject not in counties:
        raise PaperMistake(f"没有这个县：{options.subject}；有：{'、'.join(counties)}。")
    county = counties[options.subject]
    sheet = _sheet(county, options.sheet)
    if not sheet.blank:
        raise PaperMistake(f"{sheet.title}没有空白的，是给办件的：请写办件编号，不写 --blank。")
    return await blank_sheet(typesetter, county, sheet)


async def _of_case(settings: Settings, typesetter: Typesetter, options: Namespace) -> Printed:
    async with office(settings) as here:
        vault = vault_of(settings, beside=True)
        pictures = SheetSignatures(here.papers, FileStore(settings.data / "files", vault))
        signatures = SiteSignatures(SheetCodes(here.database, vault), pictures)
        return await _filled(here, Paper(here.casework, typesetter, address_of(settings), signatures), options)


async def _filled(here: Office, made: Paper, options: Namespace) -> Printed:
    county, case = await _found(here, options.subject)
    sheet = _sheet(county, options.sheet)
    if not any(one.id == options.by for one in await here.staffing.of_county(county.id)):
        raise PaperMistake(f"请写明是谁印的：--by 编号；名单请看：python -m bot staff list {county.id}")
    now = here.now()
    try:
        ready = await made.filled(county, case, sheet, now)
    except NothingToPrint as nothing:
        raise PaperMistake(_WHY[str(nothing)].format(number=case.number)) from None
    # What is not recorded is not handed out.
    await here.looks.note([sheet_looked(options.by, case, sheet, now)])
    return ready


async def _found(here: Office, number: str) -> tuple[County, Case]:
    for county in here.counties.values():
        case = await here.casework.numbered(county.id, number)
        if case is not None:
            return county, case
    known = "、".join(here.counties)
    raise PaperMistake(
        f"没有这个办件：{number}；编号要写全，例如 XXLB2026000001。空白表写县名加 --blank，县有：{known}。"
    )


def _sheet(county: County, name: str) -> SheetTemplate:
    if name not in county.sheet:
        raise PaperMistake(
            f"{county.name}没有叫“{name}”的表；有：{'、'.join(f'{one.id}（{one.title}）' for one in county.sheets)}。"
        )
    return county.sheet[name]


def _written(made: Printed, to: Path) -> list[str]:
    try:
        descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise PaperMistake(f"{to} 已经有了；换一个文件名。") from None
    except OSError as error:
        raise PaperMistake(f"{to} 写不了：{error.strerror}。") from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(made.pdf)
    lines = [f"写在 {to}（{max(1, len(made.pdf) // 1024)}KB）"]
    if made.missing:
        said = "、".join(
            f"{one.where} {one.character}" if one.character.isprintable() else f"{one.where} {one.code}"
            for one in made.missing
        )
        lines.append(f"字库里没有这些字，表上印的是编码，请手写补上：{said}")
    return lines

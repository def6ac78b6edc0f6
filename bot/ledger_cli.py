"""`ledger`: the orders of a county as a workbook (台账), masked unless somebody says who looks."""

import datetime as dt
import os
from argparse import ArgumentParser, Namespace
from pathlib import Path

from bot.editions_cli import Office, office
from bot.settings import Settings
from handlers.ledger import Ledger
from handlers.ledger_looks import noted
from handlers.wording.wording import Wording
from model.calendar import CHINA
from model.county import County
from model.ledger import Wanted


class LedgerMistake(Exception):
    """There is no such county, body or service, or the file cannot be written; the message says what would be possible."""


def ledger_arguments(parser: ArgumentParser) -> None:
    """`ledger COUNTY --to FILE.xlsx [--body ID] [--service ID] [--state open|closed] [--from DAY] [--until DAY] [--town T] [--late]`."""
    parser.add_argument("county")
    parser.add_argument("--to", type=Path, required=True, metavar="FILE.xlsx")
    parser.add_argument("--body", metavar="ID")
    parser.add_argument("--service", metavar="ID")
    parser.add_argument("--state", choices=("open", "closed"), default="")
    parser.add_argument("--from", dest="first", default="", metavar="DAY", help="accepted on this day or later")
    parser.add_argument("--until", dest="last", default="", metavar="DAY", help="accepted on this day or earlier")
    parser.add_argument("--town", default="")
    parser.add_argument("--late", action="store_true", help="only what is late now")
    parser.add_argument(
        "--unmasked", action="store_true", help="names, numbers and addresses in full; it is recorded who looks"
    )
    parser.add_argument("--by", default="", metavar="STAFF", help="id of the supervisor who looks, with --unmasked")


async def ledger(settings: Settings, options: Namespace) -> list[str]:
    """How many lines were written, and where. Raises LedgerMistake."""
    async with office(settings) as here:
        county = here.counties.get(options.county)
        if county is None:
            raise LedgerMistake(f"没有这个县：{options.county}；有：{'、'.join(here.counties)}")
        now = here.now()
        wanted = _wanted(county, options, now)
        wordings = {name: Wording(one) for name, one in here.counties.items()}
        made = Ledger(here.casework, here.oversight, here.counties, wordings)
        lines = made.lines(county.id, wanted, now, masked=not options.unmasked)
        if options.unmasked:
            await _may_look(here, county, options.by)
            lines = noted(lines, here.looks, county.id, options.by, now)
        _reserve(options.to)
        from bot.ledger_book import write_ledger  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

        count = await write_ledger(lines, wordings[county.id].catalogue, options.to)
        told = [f"写了{count}行，在 {options.to}"]
        return [*told, "姓名、电话和地址是全的，谁看的已经记下；用完请删掉。"] if options.unmasked else told


async def _may_look(here: Office, county: County, staff_id: str) -> None:
    staff = await here.staffing.one(staff_id) if staff_id else None
    if staff is None or staff.county != county.id or not staff.serves or staff.duty != "supervisor":
        raise LedgerMistake(f"看全的姓名电话要督办人员：--by 编号；名单请看：python -m bot staff list {county.id}")


def _reserve(path: Path) -> None:
    """The file is for whoever asked and nobody else, and none is overwritten."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        raise LedgerMistake(f"{path} 已经有了；换一个名字，或者先删掉。") from None
    except OSError as error:
        raise LedgerMistake(f"{path} 写不了：{error.strerror}") from None


def _wanted(county: County, options: Namespace, now: dt.datetime) -> Wanted:
    _known("单位", options.body, list(county.body))
    _known("业务", options.service, list(county.service))
    _known("乡镇", options.town or None, list(county.towns))
    last = _day(options.last)
    return Wanted(
        body=options.body,
        service=options.service,
        state=options.state,
        since=_day(options.first),
        until=last + dt.timedelta(days=1) if last else None,
        town=options.town,
        late_at=now if options.late else None,
    )


def _known(what: str, said: str | None, known: list[str]) -> None:
    if said is not None and known and said not in known:
        raise LedgerMistake(f"没有这个{what}：{said}；有：{'、'.join(known)}")


def _day(said: str) -> dt.datetime | None:
    try:
        return dt.datetime.combine(dt.date.fromisoformat(said), dt.time(), CHINA) if said else None
    except ValueError:
        raise LedgerMistake(f"看不懂日期：{said}；请写年-月-日，例如 2026-11-01") from None

"""`editions` and `move`: what is on the air under which version, and moving open cases to a newer process (ADR 0006)."""

import datetime as dt
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.keys import vault_of
from bot.sandbox_door import clock_beside
from bot.settings import Settings
from config.loader import load_counties
from handlers.casework import Casework
from handlers.editions import Editions
from handlers.handing_over import HandingOver
from handlers.wording.catalogue import Catalogue
from model.command import Command
from model.commands.intake import Move
from model.county import County
from model.decision import Done, Refused
from model.edition import under
from model.message import Actor
from routing.decide import decide
from routing.enquiry_log import fold_enquiry
from routing.evolve import fold
from storage.bulletins import Bulletins
from storage.calendars import Calendars
from storage.calls import Calls
from storage.case_papers import CasePapers
from storage.credit import CreditNotes
from storage.editions import EditionStore
from storage.engine import Database, open_database
from storage.enquiries import Enquiries
from storage.files import FileStore
from storage.handovers import Handovers
from storage.looks import Looks
from storage.migrate import upgrade
from storage.outbox import Outbox
from storage.oversight import Oversight
from storage.records import Records
from storage.staffing import Staffing
from storage.webhook_rows import WebhookRows
from storage.webhooks import Webhooks

_OPERATOR = Actor(person="operator", role="staff")


class MoveMistake(Exception):
    """There is no such county or version to move to; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the commands need of the running program, beside it."""

    database: Database
    counties: Editions
    store: EditionStore
    casework: Casework
    staffing: Staffing
    enquiries: Enquiries
    credit: CreditNotes
    hooks: Webhooks
    hook_rows: WebhookRows
    outbox: Outbox
    calls: Calls
    papers: CasePapers
    files: FileStore
    looks: Looks
    handing_over: HandingOver
    bulletins: Bulletins
    oversight: Oversight
    now: Callable[[], dt.datetime]
    """Now, as the running program has it: in the sandbox its clock may be ahead."""


async def list_editions(settings: Settings) -> list[str]:
    """One line per edition: county, kind, version, since when, and how many open cases are under it."""
    async with _kept(settings) as database:
        store, lines = EditionStore(database), list[str]()
        for county in load_counties(settings.counties).values():
            lines.append(f"{county.name}（{county.id}）")
            lines += [f"  {line}" async for line in _listed(store, county)]
        return lines


async def _listed(store: EditionStore, county: County) -> AsyncGenerator[str, None]:
    open_cases = await store.open_cases(county.id)
    for key, since in (await store.listed(county.id)).items():
        here = key.version == (county.form.version if key.kind == "form" else county.process.version)
        line = f"{key.kind} {key.version}  {since.astimezone():%Y-%m-%d %H:%M} 启用"
        line += f"  在办 {open_cases.get(key.version, 0)} 件" if key.kind == "process" else ""
        yield line + ("  ← 本机文件" if here else "")


async def move_cases(settings: Settings, county_id: str, to: int, *, dry_run: bool) -> list[str]:
    """Moves every open case under an older process; one line per case, with the reason where it cannot be moved.

    With `dry_run` nothing is written. Raises MoveMistake.
    """
    async with office(settings) as here:
        county = here.counties.get(county_id)
        if county is None:
            raise MoveMistake(f"没有这个县：{county_id}；有：{'、'.join(here.counties)}")
        versions = [key.version for key in await here.store.listed(county_id) if key.kind == "process"]
        if to not in versions:
            known = "、".join(str(one) for one in versions) or "还没有"
            raise MoveMistake(f"{county.name}没有第 {to} 版流程；启用过的：{known}。新版要先启动一次才算启用。")
        say = Catalogue(county).say
        lines = []
        moved = 0
        for case_id in await here.store.open_under(county_id, below=to):
            number, refused = await _move(here, county, case_id, to, dry_run=dry_run)
            moved += refused is None
            said = ("可以换" if dry_run else "已换到") + f"第 {to} 版"
            lines.append(f"{number}：{said if refused is None else say(f'refused.{refused.code}', **refused.about)}")
        lines.append(f"{'试算，没有改动：可以换' if dry_run else '换了'} {moved} 件，换不了 {len(lines) - moved} 件。")
        return lines


async def _move(here: Office, county: County, case_id: str, to: int, *, dry_run: bool) -> tuple[str, Refused | None]:
    case = await here.casework.case(case_id)
    if case is None:
        return case_id, Refused(code="case.unknown")
    now = here.now()
    # The case's version is in the id: what was refused once may be possible when the case has gone on.
    command = Command(id=f"move:{case.id}:{to}:{case.version}", case=case.id, actor=_OPERATOR, do=Move(to=to))
    if dry_run:
        decided = decide(case, command, under(here.counties[county.id], case.process_version), now, ())
        return case.number, decided if isinstance(decided, Refused) else None
    done = await here.casework.execute(command, now)
    return case.number, None if isinstance(done, Done) else done


async def unraised(settings: Settings, directory: Path) -> list[str]:
    """What `check` adds where there is a database: what was changed in `directory` without raising its version.

    Nothing without keys, for then nobody is on the air here and the sandbox takes what changed; nor without a database,
    which is not made for it.
    """
    on_file = settings.database_url is None
    if settings.keys is None or (on_file and not (settings.data / "lianban.sqlite3").exists()):
        return []
    database = open_database(settings.database())
    try:
        return list(await Editions(load_counties(directory), EditionStore(database), Calendars(database)).changed())
    except DBAPIError:  # not migrated yet
        return []
    finally:
        await database.close()


@asynccontextmanager
async def office(settings: Settings) -> AsyncGenerator[Office, None]:
    """The records and the rules, open as long as the command runs."""
    async with _kept(settings) as database:
        vault, store = vault_of(settings, beside=True), EditionStore(database)
        counties = Editions(load_counties(settings.counties), store, Calendars(database))
        for county in counties:
            await counties.learn(county)
        await counties.look()
        staffing = Staffing(database, vault)
        casework = Casework(Records(database, vault, fold), staffing, counties, learn=counties.learn)
        enquiries = Enquiries(database, vault, fold_enquiry)
        hooks, hook_rows = Webhooks(database, vault), WebhookRows(database)
        clock = await clock_beside(settings)
        yield Office(
            database,
            counties,
            store,
            casework,
            staffing,
            enquiries,
            CreditNotes(database, vault),
            hooks,
            hook_rows,
            Outbox(database),
            Calls(database),
            CasePapers(database, vault),
            FileStore(settings.data / "files", vault),
            Looks(database),
            HandingOver(casework, Handovers(database, vault), counties),
            Bulletins(database),
            Oversight(database),
            clock,
        )


@asynccontextmanager
async def _kept(settings: Settings) -> AsyncGenerator[Database, None]:
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    database = open_database(settings.database())
    try:
        await upgrade(database)
        yield database
    finally:
        await database.close()

"""The console in one process: a real core, SQLite and Redis, the shipped counties, everybody of them at work, and browsers."""

import datetime as dt
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from argon2 import PasswordHasher

from bot.calendar_watch import CalendarWatch
from bot.console.compose import Console, Parts, console_of
from bot.console.lately import Lately
from bot.console.passwords import Passwords
from bot.letters import OutboxLetters
from bot.retaining import keeping
from bot.settings import Settings
from bot.signing import signing_of
from bot.site import site_of
from handlers.book import SealedBook
from handlers.casework import Casework
from handlers.editions import Editions
from handlers.effects import Effects
from handlers.enquiries import EnquiryWork
from handlers.handing_in import HandingIn
from handlers.sheet_signing import SheetSigning
from handlers.telephoning import applied_by_telephone
from handlers.turn import Turns
from handlers.wording.wording import Wording
from model.case import Case
from model.command import Command, Do
from model.conversation import Conversation
from model.county import County
from model.decision import Done
from model.login import Login, Role
from model.message import Actor
from model.staff import Duty, Staff
from model.submission import Submission
from routing.enquiry_log import fold_enquiry
from routing.evolve import fold
from storage.calendars import Calendars
from storage.conversations import Conversations
from storage.editions import EditionStore
from storage.engine import Database, open_database
from storage.enquiries import Enquiries
from storage.files import FileStore
from storage.human_talks import HumanTalks
from storage.logins import Logins
from storage.migrate import upgrade
from storage.outbox import Outbox
from storage.port import RedisPort
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Keyring, Vault
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 23, 2, 0, tzinfo=dt.UTC)
PASSWORD = "correct horse battery"  # noqa: S105 - of a test
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
_PROOF = re.compile(r'name="proof" value="([^"]+)"')


@dataclass
class Page:
    """An answer, read."""

    status: int
    headers: Any
    text: str
    body: bytes = b""

    @property
    def to(self) -> str:
        return str(self.headers.get("Location", ""))

    @property
    def proof(self) -> str:
        match = _PROOF.search(self.text)
        assert match is not None, self.text
        return match[1]


@dataclass
class Browser:
    """One browser with cookies of its own. Leads nowhere by itself: each step is one request."""

    url: str
    session: aiohttp.ClientSession

    async def get(self, path: str, **headers: str) -> Page:
        return await self.ask("GET", path, None, headers)

    async def post(self, path: str, form: Any, **headers: str) -> Page:
        return await self.ask("POST", path, form, headers)

    async def send(self, path: str, form: Mapping[str, str] | None = None, *, of: str = "") -> Page:
        """A form with the proof of the page at `of` (the same path, unless given)."""
        page = await self.get(of or path)
        return await self.post(path, {"proof": page.proof} | dict(form or {}))

    async def sent(self, path: str, form: Mapping[str, str] | None = None, *, of: str = "") -> Page:
        """The page on which one is after such a form: where it led to, or the answer itself."""
        page = await self.send(path, form, of=of)
        return await self.get(page.to) if page.status == 303 else page

    async def ask(self, method: str, path: str, form: Any, headers: Mapping[str, str]) -> Page:
        whole = path if path.startswith("http") else self.url + path
        async with self.session.request(method, whole, data=form, headers=headers, allow_redirects=False) as answer:
            body = await answer.read()
            return Page(answer.status, answer.headers, body.decode(errors="replace"), body)

    def cookie(self, name: str = "lianban_console") -> str:
        return next((one.value for one in self.session.cookie_jar if one.key == name), "")


@dataclass
class Office:
    """What runs, and a clock that stands until it is moved."""

    url: str
    database: Database
    port: RedisPort
    vault: Vault
    core: Casework
    staffing: Staffing
    logins: Logins
    console: Console
    counties: Mapping[str, County]
    times: list[dt.datetime]
    signing: SheetSigning
    folder: Path
    turns: Turns
    browsers: list[aiohttp.ClientSession] = field(default_factory=list)

    @property
    def now(self) -> dt.datetime:
        return self.times[-1]

    def later(self, **by: float) -> None:
        self.times.append(self.now + dt.timedelta(**by))

    async def hire(self, county: str, body: str, name: str, *, duty: Duty = "clerk") -> Staff:
        """Somebody of a body; not bound to any chat."""
        one = Staff(id=f"{county}-{name}", county=county, body=body, name=name, phone="13900000008", duty=duty)
        await self.staffing.put(one)
        return one

    async def login(self, staff: str, name: str, *roles: Role, given: bool = False, password: str = PASSWORD) -> Login:
        """Lets this member of staff sign in."""
        long_ago = self.now - dt.timedelta(minutes=1)
        one = Login(name=name, staff=staff, roles=frozenset(roles), given=given, changed_at=long_ago)
        assert await self.logins.give(one, await QUICK.kept(password))
        return one

    def stranger(self) -> Browser:
        """A browser in which nobody is signed in."""
        session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        self.browsers.append(session)
        return Browser(self.url, session)

    async def sign_in(self, name: str, password: str = PASSWORD) -> Browser:
        """A browser in which this login is signed in."""
        browser = self.stranger()
        page = await browser.send("/console/sign-in", {"name": name, "password": password})
        assert page.status == 303, page.text
        return browser

    async def clerk(self, *roles: Role, county: str = "jingxian", body: str = "", name: str = "") -> Browser:
        """A new clerk with these roles, signed in."""
        body = body or next(one.id for one in self.counties[county].bodies)
        name = name or f"{roles[0]}.{len(self.browsers)}"
        duty: Duty = "steward" if Role.STEWARD in roles else "lead" if Role.LEAD in roles else "clerk"
        one = await self.hire(county, body, name, duty=duty)
        await self.login(one.id, name, *roles)
        return await self.sign_in(name)

    async def case(self, county: str = "jingxian", key: str = "1", **said: str) -> Case:
        """A case that the hotline has registered with the basic facts."""
        one = self.counties[county]
        words = {
            "联系电话": f"138{int(key):08}",
            "办理业务": "水",
            "使用地址": f"泾川镇示范路{key}号",
            "申请人姓名": "李示例",
        }
        if county == "xinxiang":
            words = {
                "联系电话": f"138{int(key):08}", "选择事项": "用水", "工程项目地址": f"小冀镇示范路{key}号",
                "建设单位(自然人)名称": "李示例",
            }  # fmt: skip
        name = f"telephone:{key}"
        talk = Conversation(id=f"{county}:{name}", account=county, person=name, county=county)
        made = applied_by_telephone(one, words | said, talk, name=name, by="hotline", at=self.now)
        assert isinstance(made, Submission), made
        done = await self.core.accept(made, self.now)
        assert isinstance(done, Case), done
        return done

    async def do(self, case: Case, do: Do, *, staff: str = "", role: Any = "staff") -> Case:
        """A command of the core, as somebody gave it in chat; the case after it."""
        actor = Actor(person="window" if role == "staff" else f"person-{staff}", role=role, staff=staff or None)
        known = await self.core.case(case.id)
        assert known is not None
        command = Command(id=f"t:{case.id}:{known.version}:{do.do}", case=case.id, actor=actor, do=do)
        done = await self.core.execute(command, self.now)
        assert isinstance(done, Done), done
        return done.case


async def a_code_says(_: str, scene: str, seconds: int) -> str:
    """As the platform would have it."""
    return f"http://weixin.qq.com/q/{scene}-{seconds}"


def now_of(times: Sequence[dt.datetime]) -> Callable[[], dt.datetime]:
    """The clock of an office."""
    return lambda: times[-1]


@cache
def worded() -> Mapping[str, Wording]:
    """The words of the shipped counties: making them takes longer than most tests."""
    return {name: Wording(one) for name, one in shipped().items()}


def vault_of_tests() -> Vault:
    """The same keys for every office: what was put into the records once can be read in all."""
    return Vault(Keyring("k1", {"k1": b"1" * 32}), b"2" * 32)


async def staffed(file: Path) -> None:
    """Migrated records in which every body has one bound steward: made once, and copied for each office."""
    await upgrade(f"sqlite:///{file}")
    database = open_database(f"sqlite:///{file}")
    staffing = Staffing(database, vault_of_tests())
    for county in shipped().values():
        for body in county.bodies:
            name = f"{county.id}-{body.id}"
            await staffing.put(
                Staff(id=name, county=county.id, body=body.id, name=f"管家{body.short}", phone="13900000009")
            )
            await staffing.issue_code(name, f"code {name}", NOW + dt.timedelta(days=1))
            await staffing.redeem(f"code {name}", county.id, f"person-{name}", NOW)
    await database.scrub(())  # the journal is emptied into the file
    await database.close()


@asynccontextmanager
async def office(port: RedisPort, staffed: Path, folder: Path, **changed: Any) -> AsyncIterator[Office]:
    """On loopback, over a copy of `staffed` records; `changed` are settings of ours."""
    await port.command("FLUSHALL", step=None)
    file = folder / "records.db"
    file.write_bytes(staffed.read_bytes())
    database, vault = open_database(f"sqlite:///{file}"), vault_of_tests()
    staffing, times = Staffing(database, vault), [NOW]
    counties = Editions(shipped(), EditionStore(database), Calendars(database))
    core = Casework(Records(database, vault, fold), staffing, counties)
    settings = Settings(**{"data": folder, "public_url": "http://lianban.example"} | changed)
    wordings = worded()
    signing = signing_of(settings, core, database, vault, counties)
    letters, talks = OutboxLetters(Outbox(database)), HumanTalks(database)
    desk = EnquiryWork(Enquiries(database, vault, fold_enquiry), staffing, counties)
    book = SealedBook(Conversations(port), vault)
    kept = keeping(
        counties, Conversations(port), book, database, vault, letters, FileStore(folder / "files", vault), now_of(times)
    )
    turns = Turns(
        counties,
        {name: name for name in counties},
        book,
        Effects(core, kept.eraser, desk, talks=talks),
        HandingIn(core, letters),
        now_of(times),
        expiring=kept.expiring,
    )
    parts = Parts(
        settings,
        database,
        port,
        core,
        staffing,
        counties,
        wordings,
        now_of(times),
        vault,
        a_code_says,
        signing,
        CalendarWatch(counties, lambda _: None).look,
        turns,
        letters,
    )
    console = console_of(parts, QUICK, Lately(seconds=0))
    app = web.Application(client_max_size=256 * 1024)
    console.add_to(app)
    nobody: Any = None
    site_of(settings, nobody, {}, wordings, port, now_of(times), nobody, nobody, signing).add_to(app)
    async with TestServer(app) as server:
        url = str(server.make_url("")).rstrip("/")
        made = Office(
            url,
            database,
            port,
            vault,
            core,
            staffing,
            Logins(database),
            console,
            counties,
            times,
            signing,
            folder,
            turns,
        )
        yield made
        for one in made.browsers:
            await one.close()
    await database.close()

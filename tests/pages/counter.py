"""The town with the product behind its pages: real conversations, records and files; and what a browser does with a form."""

import datetime as dt
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import aiohttp

from handlers.book import SealedBook
from handlers.casework import Casework
from handlers.effects import Effects
from handlers.form_desk import FormDesk
from handlers.handing_in import HandingIn
from handlers.own_progress import OwnProgress
from handlers.page_offering import PageOffering
from handlers.turn import Turns
from handlers.wording.wording import Wording
from model.command import Command
from model.commands.intake import Take
from model.decision import Done
from model.message import Actor, Message, Reply, TextMessage, Update
from model.staff import Staff
from routing.evolve import fold
from storage.conversations import Conversations
from storage.engine import open_database
from storage.files import FileStore
from storage.port import RedisPort
from storage.records import Records
from storage.staffing import Staffing
from storage.vault import Keyring, Vault
from tests.pages.town import WECHAT, XX, Browser, Page, Town, town
from tests.shipped import shipped

ADDRESS = "https://lianban.example"
FORM, PROGRESS = "/pages/form/xinxiang", "/pages/progress/xinxiang"
_INPUT = re.compile(r"<(input|button|select|textarea)\b([^>]*)>([^<]*)")
_ATTRIBUTE = re.compile(r'([\w-]+)(?:="([^"]*)")?')


class Letterbox:
    """Takes what would be pushed; nobody looks."""

    async def reply(self, *_: Any) -> None:
        """See `handlers.ports.Letters`."""

    async def remind(self, *_: Any) -> None:
        """See `handlers.ports.Letters`."""


@dataclass
class Counter:
    """What lies behind the pages, and the town with them."""

    town: Town
    turns: Turns
    core: Casework
    files: FileStore
    staffing: Staffing
    said_later: list[Update]
    number: int = 0

    async def say(self, *texts: str, person: str = XX) -> Reply:
        """In the chat, one after the other; the last reply."""
        reply = Reply()
        for text in texts:
            reply = await self.hear(TextMessage(text=text), person)
        return reply

    async def hear(self, message: Message, person: str = XX) -> Reply:
        self.number += 1
        return await self.turns.answer(
            Update(account="xinxiang", person=person, key=f"m{self.number}", at=self.town.now(), message=message)
        )

    async def take(self, case: str) -> None:
        """Somebody of the water works takes its order."""
        found = await self.core.case(case)
        assert found is not None
        order = next(one for one in found.orders if one.service == "water")
        steward = Staff(id="s1", county="xinxiang", body=order.body, name="王示例", phone="13900000009")
        await self.staffing.put(steward)
        await self.staffing.issue_code("s1", "code", self.town.now() + dt.timedelta(days=1))
        await self.core.redeem("code", "xinxiang", "o_s1", self.town.now())
        actor = Actor(person="o_s1", role="steward", staff="s1")
        command = Command(id="t1", case=case, actor=actor, do=Take(order=order.id))
        assert isinstance(await self.core.execute(command, self.town.now()), Done)

    async def draft(self, person: str = XX) -> Any:
        talk = await self.turns.conversation("xinxiang", person)
        return talk.applications[-1]


@asynccontextmanager
async def counter(port: RedisPort, migrated: Path, folder: Path) -> AsyncIterator[Counter]:
    """On loopback."""
    file = folder / "records.db"
    file.write_bytes(migrated.read_bytes())
    database, vault, counties = (
        open_database(f"sqlite:///{file}"),
        Vault(Keyring("k1", {"k1": b"1" * 32}), b"2" * 32),
        shipped(),
    )
    staffing, files, later = Staffing(database, vault), FileStore(folder / "files", vault), list[Update]()
    core = Casework(Records(database, vault, fold), staffing, counties)
    behind: dict[str, Any] = {}

    def now() -> Any:
        return behind["town"].now()

    nobody: Any = None
    turns = Turns(
        counties,
        {name: name for name in counties},
        SealedBook(Conversations(port), vault),
        Effects(core, nobody),
        HandingIn(core, Letterbox()),
        now,
        pages=PageOffering(ADDRESS, [*counties]),
    )

    async def tell_later(update: Update, _: Any) -> None:
        later.append(update)

    desk = FormDesk(turns, core, files, now, tell_later)
    progress = OwnProgress(core, {name: Wording(one) for name, one in counties.items()})
    async with town(port, desk=desk, progress=progress) as made:
        behind["town"] = made
        yield Counter(made, turns, core, files, staffing, later)
    await database.close()


def values(page: Page) -> dict[str, list[str]]:
    """What a browser would send of the form of this page, without its buttons."""
    found: dict[str, list[str]] = {}
    for kind, inside, text in _INPUT.findall(page.text.partition("<main")[2].partition("</main>")[0]):
        one = {name: unescape(value) for name, value in _ATTRIBUTE.findall(inside)}
        name = one.get("name", "")
        if kind == "button" or one.get("type") == "file" or not name:
            continue
        if one.get("type") in ("radio", "checkbox") and "checked" not in one:
            continue
        found.setdefault(name, []).append(unescape(text).lstrip("\n") if kind == "textarea" else one.get("value", ""))
    return found


async def send(
    browser: Browser,
    url: str,
    page: Page,
    files: list[tuple[str, str, bytes]] | None = None,
    **changed: str | list[str],
) -> Page:
    """The form of this page, with these inputs changed (`__` for the point) and these files: input, name and bytes."""
    form = aiohttp.FormData(default_to_multipart=True)
    whole = values(page) | {
        name.replace("__", "."): [text] if isinstance(text, str) else text for name, text in changed.items()
    }
    for name, texts in whole.items():
        for text in texts:
            form.add_field(name, text)
    for name, filename, data in files or []:
        form.add_field(name, BytesIO(data), filename=filename, content_type="image/jpeg")
    async with browser.session.post(
        browser.town.url + url, data=form, headers={"User-Agent": WECHAT}, allow_redirects=False
    ) as answer:
        return Page(answer.status, answer.headers, await answer.text())

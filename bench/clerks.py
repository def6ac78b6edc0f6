"""Clerks for a running program: logins put into its records, and sessions had through its own door."""

import base64
import datetime as dt
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bench.contestants import PRODUCT_KEY
from bot.console.passwords import Passwords
from model.login import Login, Role
from model.staff import Staff
from storage.engine import open_database
from storage.logins import Logins
from storage.staffing import Staffing
from storage.vault import Keyring, Vault

COUNTY, BODY = "xinxiang", "city_management"
_PASSWORD = "bench bench bench"  # noqa: S105 - of this run alone
_PROOF = re.compile(r'name="proof" value="([^"]+)"')


async def enter(data: Path, names: Sequence[str], roles: frozenset[Role]) -> None:
    """Gives each of these names a login over the records in `data`."""
    database = open_database(f"sqlite:///{data / 'lianban.sqlite3'}")
    key = base64.b64decode(PRODUCT_KEY)
    staffing, logins = Staffing(database, Vault(Keyring("k1", {"k1": key}), key)), Logins(database)
    hashed, before = await Passwords().kept(_PASSWORD), dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)
    for name in names:
        await staffing.put(
            Staff(id=f"bench-{name}", county=COUNTY, body=BODY, name=name, phone="13900000000", duty="clerk")
        )
        await logins.give(Login(name=name, staff=f"bench-{name}", roles=roles, given=False, changed_at=before), hashed)
    await database.close()


@asynccontextmanager
async def clerk(url: str, name: str) -> AsyncGenerator[aiohttp.ClientSession, None]:
    """Somebody who is signed in by this name. Raises ValueError where he is not let in."""
    jar, endless = aiohttp.CookieJar(unsafe=True), aiohttp.ClientTimeout(total=None)
    async with aiohttp.ClientSession(url, cookie_jar=jar, timeout=endless) as session:
        async with session.get("/console/sign-in") as page:
            proof = _PROOF.search(await page.text())
        form = {"proof": proof[1] if proof else "", "name": name, "password": _PASSWORD}
        async with session.post("/console/sign-in", data=form, allow_redirects=False) as answer:
            if answer.status != 303:
                raise ValueError(f"{name} is not let in: {answer.status}")
        yield session

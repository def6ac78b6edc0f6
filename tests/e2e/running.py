"""The whole product beside the sandbox, for tests over the wire: together as `make run` starts them, or each by itself."""

import asyncio
import os
import re
import signal
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp

from tests.e2e.process import Process, free_ports
from tests.e2e.zygote import Forked
from tests.wechat.safe_client import SafeClient

LINK = re.compile(r'<a href="weixin://bizmsgmenu\?msgmenucontent=([^&"]*)&msgmenuid=([^"]*)">([^<]*)</a>')


class Phone:
    """One sandbox phone: says things, sees replies and pushes."""

    def __init__(self, session, origin, account, person):
        self.session, self.url = session, f"{origin}/sandbox/phones/{account}/{person}"
        self.origin, self.account, self.person = origin, account, person

    async def act(self, name, /, **body):
        async with self.session.post(f"{self.url}/{name}", json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def say(self, text):
        """The reply to a text, links shown as [label]."""
        return self.read(await self.act("text", content=text))

    async def tap(self, entry, label):
        """The reply to tapping the choice of an entry that has these words."""
        span = next(one for one in entry["spans"] if one.get("menu_content") and label in one["text"])
        return self.read(await self.act("tap", content=span["menu_content"], menu_id=span.get("menu_id", "")))

    @staticmethod
    def read(done):
        """What an act made appear on the phone, links shown as [label]."""
        assert not done.get("note"), done
        return "\n".join(LINK.sub(r"[\3]", one["content"]) for one in done["shown"])

    async def entries(self):
        async with self.session.get(self.url) as answer:
            return (await answer.json())["entries"]

    async def pushes(self, words=""):
        """What was pushed (not replied) so far and holds these words."""
        return [one for one in await self.entries() if _pushed(one) and words in str(one)]

    async def pushed(self, words, *, within=60.0, times=1):
        """Waits until so many things that were pushed (not replied) hold these words; the last of them."""
        params = {"account": self.account}
        async with asyncio.timeout(within), self.session.get(f"{self.origin}/sandbox/events", params=params) as events:
            while True:
                found = await self.pushes(words)
                if len(found) >= times:
                    return found[-1]
                await events.content.readline()


def _pushed(entry):
    return entry["side"] == "them" and entry.get("origin") != "passive"


class Site:
    """The product and the sandbox as two processes, so that the product can be killed and the phones go on.

    It is always a working afternoon: what is told in the morning, and not at night, comes by no test unasked.
    """

    def __init__(self, session, data, environment, interval):
        port = free_ports()
        self.session, self.data, self.ahead = session, data, timedelta()
        self.origin, self.sandbox_origin = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}"
        self.sandbox = Forked(
            "sandbox", "--port", str(port + 1), "--product", self.origin, "--interval", str(interval), "--opens-at", "14",
            data=data, environment={"PYTHONUNBUFFERED": "1"}, until=self.sandbox_origin,
        )  # fmt: skip
        self.stores = {name.lower(): environment[name] for name in ("REDIS_URL", "DATABASE_URL") if name in environment}
        environment = {**environment, "LIANBAN_SANDBOX": self.sandbox_origin}
        self.product = Forked("bot", "run", "--port", str(port), data=data, environment=environment, until="ready")

    def phone(self, account, person):
        return Phone(self.session, self.sandbox_origin, account, person)

    async def new_phone(self, account, person, nickname="新来的"):
        """A phone more, which has followed."""
        await self.ask(f"phones/{account}", openid=person, nickname=nickname)
        phone = self.phone(account, person)
        await phone.act("follow")
        return phone

    async def ask(self, path, /, **body):
        """The sandbox's JSON API."""
        async with self.session.post(f"{self.sandbox_origin}/sandbox/{path}", json=body) as answer:
            assert answer.status in {200, 201}, await answer.text()
            return await answer.json()

    async def accounts(self):
        """Accounts by id, as any other client gets them: through the product's port."""
        async with self.session.get(f"{self.origin}/sandbox/accounts") as answer:
            return {one["id"]: one for one in await answer.json()}

    async def look_at_the_clock(self):
        """How far the sandbox's clock is ahead of ours."""
        async with self.session.get(f"{self.sandbox_origin}/sandbox/clock") as answer:
            self.ahead = timedelta(seconds=(await answer.json())["offset"])

    async def move_clock(self, seconds):
        moved = await self.ask("clock", add=seconds)
        assert moved["product"]["status"] == 200, moved
        self.ahead = timedelta(seconds=moved["offset"])

    def ops(self):
        """Where health and metrics of the running product are."""
        line = next(one for one in reversed(self.product.lines) if "ops.listening" in one)
        return re.search(r"http://[\d.:]+", line)[0]

    async def page(self, name):
        """Status and text of one of these pages."""
        async with self.session.get(f"{self.ops()}/{name}") as answer:
            return answer.status, await answer.text()

    async def kill(self):
        """kill -9 of the product, and of nothing else."""
        await self.product.end(signal.SIGKILL)

    async def restart(self):
        """Starts the product on the same data; the sandbox tells it the time it keeps."""
        await self.product.start()
        await self.move_clock(0)


@asynccontextmanager
async def apart(data: Path, *, interval=5.0, start=True, **environment):
    """Product and sandbox as processes of their own; yields a Site. `interval`: between the platform's attempts."""
    async with aiohttp.ClientSession() as session:
        site = Site(session, data, environment, interval)
        try:
            await site.sandbox.start()
            await site.look_at_the_clock()
            if start:
                await site.product.start()
            yield site
        finally:
            await site.product.end()
            await site.sandbox.end()
            print("".join(site.sandbox.lines + site.product.lines))


@asynccontextmanager
async def running(data: Path, **environment):
    """The product on a free port with the sandbox beside it, by one command; yields its origin."""
    port = free_ports()
    product = Process(
        "bot", "run", "--sandbox", "--port", str(port), data=data, environment=environment, until="ready"
    )  # fmt: skip
    try:
        await product.start()
        yield f"http://127.0.0.1:{port}"
    finally:
        await product.end()
        print("".join(product.lines))


async def said(*arguments, status=0, **environment):
    """What `python -m bot …` says; it must end with this status."""
    command = Forked("bot", *arguments, data=environment["LIANBAN_DATA"], environment=environment, until=None)
    await command.come_up()
    assert await command.ended() == status, command.lines
    return "".join(command.lines)


async def client_of(site, account, session=None):
    """A safe-mode client of an account at the sandbox's time: it does not ask again when no answer comes."""
    async with site.session.get(f"{site.sandbox_origin}/sandbox/accounts") as answer:  # the product may be dead
        (one,) = [one for one in await answer.json() if one["id"] == account]
    await site.look_at_the_clock()
    ahead = site.ahead
    return SafeClient(
        session or site.session, one["endpoint"], one["token"], one["EncodingAESKey"], one["appid"], one["original_id"],
        lambda: datetime.now(UTC) + ahead,
    )  # fmt: skip


async def eventually(check, *, within=60.0, every=0.02):
    """Waits for a store we can only look at: until `check` (may be a coroutine function) holds; what it gave."""
    async with asyncio.timeout(within):
        while True:
            found = check()
            if asyncio.iscoroutine(found):
                found = await found
            if found:
                return found
            await asyncio.sleep(every)


def gone(pid: int) -> bool:
    """Whether no process has this id any more."""
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return False
    return True

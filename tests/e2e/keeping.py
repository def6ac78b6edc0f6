"""A keeper who starts the product again whenever it dies of the fault it was armed with, each time with the next one."""

import asyncio
import signal
from contextlib import asynccontextmanager, suppress

import aiohttp

from tests.e2e.evidence import evidence
from tests.e2e.process import STARTS_WITHIN
from tests.e2e.running import Phone, client_of, eventually

_LEAP, _PATIENCE = 45, 12.0
"""Everything begun must be finished within 60 s: a leap of the sandbox's clock, and real seconds after it."""
_TRIES = 8


ANYWHERE = "anywhere"


class Keeper:
    """Keeps one site going: first through the faults met while `starting` on empty stores, then through `faults`.

    A fault that nobody meets within `patience` seconds becomes a kill wherever the product just is; `again` gives what
    comes at the end of the queue instead of it.
    """

    def __init__(self, site, faults, starting=(), patience=None, again=lambda fault: ()):
        self.site, self.starting, self.faults, self.again = site, starting, list(faults), again
        self.armed, self.killed, self.patience = "", [], patience
        self.coming = ""
        self.moved = 0
        self._up = asyncio.Event()
        self._task = asyncio.create_task(self._run())

    @property
    def step(self):
        """The step of the fault that the product is armed with."""
        return self.armed.partition(":")[0]

    @property
    def left(self):
        """Faults still to come."""
        return len(self.starting) + len(self.faults) - len(self.killed)

    @property
    def is_up(self):
        return self._up.is_set()

    async def up(self):
        """Waits until the product serves; raises what the keeper has found wrong."""
        waiting = asyncio.create_task(self._up.wait())
        async with asyncio.timeout(STARTS_WITHIN):
            await asyncio.wait({waiting, self._task}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._task.done():
            await self._task

    async def through(self):
        """Waits until every fault is over; raises what the keeper has found wrong, as soon as it has."""
        while self.left:
            if self._task.done():
                await self._task
            await asyncio.sleep(0.2)

    async def end(self):
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self):
        for fault in self.starting:
            await self._live(fault)
        if self.faults:  # the first whole start does more than others: it must not count
            self.site.product.env["LIANBAN_FAULT"] = ""
            await self.site.product.start()
            await self.site.kill()
        for number, fault in enumerate(self.faults, 1):  # it may grow meanwhile
            self.coming = next(iter(self.faults[number:]), "")
            await self._live(fault)
        await self._live("")

    async def _live(self, fault):
        self.armed = self.site.product.env["LIANBAN_FAULT"] = fault
        if await self.site.product.come_up():
            self._up.set()
        ended = asyncio.ensure_future(self.site.product.ended())
        waited = self.patience if fault else None
        if not (await asyncio.wait({ended}, timeout=waited))[0]:  # nobody came by: then anywhere
            with suppress(ProcessLookupError):  # it has died in this moment
                self.site.product.process.send_signal(signal.SIGKILL)
            self.faults += self.again(fault)
            fault = ANYWHERE
        status = await ended
        self._up.clear()
        said = "".join(self.site.product.lines)
        assert status == -signal.SIGKILL, said
        assert fault == ANYWHERE or (fault and f"fault: killed at {fault.rpartition(':')[0]}\n" in said), said
        self.site.product.lines.clear()
        self.moved = 0
        self.killed.append(fault)


class Stubborn(Phone):
    """A phone whose platform asks again until there is an answer, however often the product dies over it."""

    def __init__(self, keeper, *arguments):
        super().__init__(*arguments)
        self.keeper = keeper

    async def act(self, name, /, **body):
        done = await super().act(name, **body)
        for _ in range(_TRIES):
            if not done["attempts"] or done["attempts"][-1]["status"] == 200:
                return done
            await asyncio.sleep(0.05)  # it may be dying, and not known to be dead yet
            await self.keeper.up()
            done = await super().act("redeliver", message_id=done["message_id"])
        raise AssertionError(done)


class Stage:
    """Everybody on one site of 泾县; `books` is what the stores hold."""

    def __init__(self, site, keeper, books):
        self.site, self.keeper, self.books = site, keeper, books
        self.phones, self.promised = {}, {}

    def phone(self, person):
        """A phone the sandbox has."""
        return self.phones.setdefault(
            person, Stubborn(self.keeper, self.site.session, self.site.sandbox_origin, "jingxian", person)
        )

    async def new_phone(self, person):
        """One more applicant."""
        await self.site.ask("phones/jingxian", openid=person, nickname="新来的")
        phone = self.phone(person)
        await phone.act("follow")
        return phone

    async def say_once(self, person, text, number=None):
        """A message that the platform delivers once: should the product die over it, nobody asks again."""
        client = await client_of(self.site, "jingxian")
        with suppress(aiohttp.ClientError):
            return await client.text(person, text, number)

    async def forward(self, seconds):
        """Moves the clock, whether the product hears of it or is dead."""
        await self.site.ask("clock", add=seconds)

    async def finished(self):
        """Waits until everything begun is finished, which takes less than 60 s after the last death."""
        self.keeper.moved = 0
        while True:
            await self.keeper.up()
            deaths = len(self.keeper.killed)
            try:
                await eventually(lambda n=deaths: self._ended(n), within=_PATIENCE if self.keeper.moved else 0.25)
            except TimeoutError:
                assert not self.keeper.moved, await self.books.unfinished()
                self.keeper.moved = _LEAP
                await self.forward(_LEAP)
            else:
                if len(self.keeper.killed) == deaths:
                    return

    async def check(self):
        """Every invariant, over everybody who was here."""
        await self.books.check(self.phones, self.promised)

    async def _ended(self, deaths):
        """Nothing is left, or the product has died once more."""
        return len(self.keeper.killed) > deaths or (self.keeper.is_up and not await self.books.unfinished())


@asynccontextmanager
async def kept(site, faults, starting=(), patience=None):
    """A stage on a site whose product was not started yet, and dies of these faults, one after the other."""
    keeper = Keeper(site, faults, starting, patience)
    try:
        await keeper.up()
        async with evidence(site) as books:
            yield Stage(site, keeper, books)
    finally:
        await keeper.end()

"""Two hundred open consoles beside the chat: what applicants wait, and how soon the consoles hear. Safe mode, one core."""

import asyncio
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import aiohttp

from bench.clerks import COUNTY, clerk, enter
from bench.contestants import EACH_PERSON, PATH, contestants
from bench.course import stage, started
from bench.filling import fill
from bench.processes import cpu_seconds, stay_off_the_servers_core
from bench.script import as_json, product_script, windows
from model.login import Role

OPEN: Final = 200
_EACH: Final = 8
_RATE: Final = 150
"""Messages a second: about half of what one process answers beside all that is pushed and written here."""
_FIRST: Final = 800_000_000_000
_GATHERS: Final = 0.1
"""Seconds the page's script waits for what else has changed."""


@dataclass
class Heard:
    """What the consoles heard: how often that something has changed, and how long each took to have its page again."""

    times: int = 0
    pages: list[float] = field(default_factory=list)


def run(seconds: float = 20) -> None:
    """Prints the answers of the chat without a console open, with so many that listen, and with so many that fetch their page."""
    stay_off_the_servers_core()
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as directory:
        asyncio.run(_measure(Path(directory), seconds))


async def _measure(directory: Path, seconds: float) -> None:
    product = next(one for one in contestants() if one.kind == "product" and one.wire == "safe")
    product = replace(product, script=product_script(), settings=EACH_PERSON)
    # Everybody says one thing, each in another place of the form: so some hand it in all the time, and consoles have something to hear.
    cut = windows(len(product.script))
    people = int(_RATE * (seconds + 6))
    print(f"consoles: {_RATE} messages/s for {seconds:g} s to one process, forms handed in among them; {COUNTY}")
    async with stage(directory) as (house, client), started(product, house) as (server, load):
        names = [f"clerk{number}" for number in range(OPEN // _EACH)]
        await enter(house.directory / "data", names, frozenset({Role.SUPERVISOR}))
        # The first once more at the end: by then there are more cases, and everything takes longer.
        alone = ("no console", 0, False)
        scenes = (alone, (f"{OPEN} listen", OPEN, False), (f"{OPEN} fetch", OPEN, True), alone)
        for number, (name, consoles, fetching) in enumerate(scenes):
            first = _FIRST + number * 1_000_000_000
            await fill(house, client, [talk for _, _, talk in cut], first, people)
            async with _open(f"http://127.0.0.1:{server.port}", names if consoles else [], fetching=fetching) as heard:
                before = cpu_seconds(server.pid)
                found = await load.run({
                    "rate": _RATE, "seconds": seconds, "people": people, "wire": product.wire, "path": PATH,
                    "port": server.port, "pid": server.pid, "first": first, "script": as_json(product.script),
                    "stretches": [(start, end) for start, end, _ in cut],
                })  # fmt: skip
                _print(name, found, heard, cpu_seconds(server.pid) - before)


def _print(name: str, found: dict[str, Any], heard: Heard, cpu: float) -> None:
    counts = found["counts"]
    pages = sorted(heard.pages)
    told = f"; {heard.times:,} times told, {len(pages):,} pages"
    told += (
        f" (p50 {pages[len(pages) // 2] * 1e3:,.0f} ms, p99 {pages[int(len(pages) * 0.99)] * 1e3:,.0f} ms)"
        if pages
        else ""
    )
    print(
        f"  {name:<12} p50 {found['p50'] * 1e3:5.1f} ms   p99 {found['p99'] * 1e3:6.1f} ms   longest {found['most'] * 1e3:6.0f} ms"
        f"   answered {counts.get('answered', 0):,} of {counts.get('sent', 0):,}   CPU {cpu:.1f} s{told if heard.times else ''}"
    )


@asynccontextmanager
async def _open(url: str, names: list[str], *, fetching: bool) -> AsyncGenerator[Heard, None]:
    """So many consoles, `_EACH` of each clerk."""
    heard, tasks = Heard(), list[asyncio.Task[None]]()
    async with AsyncExitStack() as stack:
        for name in names:
            session = await stack.enter_async_context(clerk(url, name))
            tasks += [asyncio.create_task(_listen(session, heard, fetching=fetching)) for _ in range(_EACH)]
        await asyncio.sleep(1 if tasks else 0)
        try:
            yield heard
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _listen(session: aiohttp.ClientSession, heard: Heard, *, fetching: bool) -> None:
    async with session.get(f"/console/live?topics=county:{COUNTY}") as stream:
        stream.raise_for_status()
        async for line in stream.content:
            if not line.startswith(b"event: changed"):
                continue
            heard.times += 1
            if fetching:
                await asyncio.sleep(_GATHERS)
                began = time.perf_counter()
                async with session.get("/console/") as page:
                    await page.read()
                    page.raise_for_status()
                heard.pages.append(time.perf_counter() - began)


if __name__ == "__main__":
    run()

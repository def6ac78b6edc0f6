"""The product over real HTTP: its own process on one core, whole 新乡县 form, plain and safe mode; load from the other core."""

import asyncio
import base64
import datetime as dt
import json
import os
import secrets
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import redis.asyncio

from bench.platform import Measured, Mode, Platform, measure
from bench.walk import next_answer
from config.loader import load_counties
from dialogs.advance import advance
from handlers.wording.wording import Wording
from model.calendar import CHINA
from model.conversation import Conversation
from model.message import Actor, TextMessage
from storage.valkey import EmbeddedValkey

COUNTY = "xinxiang"
PEOPLE, AT_ONCE, WARMING = 60, 16, 12


@cache
def whole_form() -> tuple[str, ...]:
    """What one applicant says, from the greeting to the review card."""
    county = load_counties()[COUNTY]
    wording, actor = Wording(county), Actor(person="p")
    conversation = Conversation(id="a:p", account="a", person="p", county=county.id)
    now, said = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA), list[str]()
    while (text := next_answer(county, conversation)) not in {None, "0"}:
        now += dt.timedelta(seconds=20)
        outcome = advance(county, conversation, TextMessage(text=text or ""), actor, now)
        _, conversation = wording.reply(outcome.conversation, outcome.events)
        said.append(text or "")
    return tuple(said)


def applicants(platform: Platform, first: int, count: int, *, path: str | None = None) -> list[list[bytes]]:
    """The requests of `count` people for the whole form; numbers from `first`, so that nobody comes twice."""
    return [
        [
            platform.push(f"o{person:09d}", person * 1000 + turn + 1, text, path=path)
            for turn, text in enumerate(whole_form())
        ]
        for person in range(first, first + count)
    ]


@dataclass(frozen=True, slots=True)
class Product:
    """A product process that listens; `process` may be the parent of others."""

    port: int
    process: asyncio.subprocess.Process

    def cpu(self) -> float:
        """CPU seconds used so far by all threads of the process and of its living children (`--processes`)."""
        tasks = [task for pid in (self.process.pid, *_children(self.process.pid)) for task in _tasks(pid)]
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def memory(self) -> int:
        """Resident memory in bytes."""
        pages = Path(f"/proc/{self.process.pid}/statm").read_text().split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")


def _tasks(pid: int) -> list[Path]:
    return list(Path(f"/proc/{pid}/task").glob("*/schedstat"))


def _children(parent: int) -> list[int]:
    stats = [one for one in Path("/proc").glob("[0-9]*/stat") if os.access(one, os.R_OK)]
    return [int(one.parent.name) for one in stats if int(one.read_text().rpartition(")")[2].split()[1]) == parent]


@asynccontextmanager
async def product(
    platform: Platform,
    directory: Path,
    redis_url: str,
    *,
    core: int | None,
    options: tuple[str, ...] = (),
    samples: Path | None = None,
) -> AsyncGenerator[Product, None]:
    """`python -m bot run` with this account, pinned to `core` (None: free), under the sampler if `samples` is given."""
    accounts = directory / "accounts.json"
    accounts.write_text(json.dumps([platform.configured(COUNTY)]))
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    environment = {**os.environ, "LIANBAN_DATA": str(directory), "LIANBAN_ACCOUNTS": str(accounts), "REDIS_URL": redis_url,
                   "LIANBAN_KEYS": json.dumps({"k1": key}), "LIANBAN_LOOKUP_KEY": key, "LIANBAN_WINDOW": "3600"}  # fmt: skip
    port = _free_port()
    program = ["bot"] if samples is None else ["bench.sampling", str(samples)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *program, "run", "--port", str(port), *options,
        env=environment, stdout=asyncio.subprocess.DEVNULL, stderr=(directory / "log").open("wb"),
        preexec_fn=None if core is None else lambda: os.sched_setaffinity(0, {core}),
    )  # fmt: skip
    try:
        await _listening(port, process)
        yield Product(port, process)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.wait()


@dataclass(frozen=True, slots=True)
class Figures:
    """One run of one mode."""

    measured: Measured
    cpu: float
    calls: float
    reads: float

    def line(self, name: str) -> str:
        """The figures in one line; CPU of the product process, Redis calls and socket reads of Redis, all per message."""
        return (
            f"  {name:<9}{self.measured.rate:8.0f} messages/s   p50 {self.measured.at(0.5):5.1f} ms   p99 {self.measured.at(0.99):5.1f} ms"
            f"   CPU {self.cpu * 1e6:5.0f} µs   Redis {self.calls:.2f} calls in {self.reads:.2f} writes"
        )


async def figures(
    mode: Mode, *, people: int = PEOPLE, samples: Path | None = None, core: int | None = 0, processes: int = 1
) -> Figures:
    """The product under full load: `people` fill in the whole form, after a few to warm it up."""
    platform = Platform(mode)
    with tempfile.TemporaryDirectory(prefix="lianban-wire-") as name:
        directory = Path(name)
        async with (
            EmbeddedValkey(directory / "valkey") as valkey,
            product(
                platform, directory, valkey.url, core=core, samples=samples, options=("--processes", str(processes))
            ) as one,
        ):
            await asyncio.sleep(2 * (processes - 1))  # the port answers when the first of them listens
            await measure("127.0.0.1", one.port, applicants(platform, 0, WARMING), at_once=AT_ONCE)
            crowd = applicants(platform, WARMING, people)
            store = redis.asyncio.Redis.from_url(valkey.url)
            calls, reads, cpu = *await _asked(store), one.cpu()
            measured = await measure("127.0.0.1", one.port, crowd, at_once=AT_ONCE)
            spent = one.cpu() - cpu
            more_calls, more_reads = await _asked(store)
            await store.aclose()
        count = len(measured.answers)
        return Figures(measured, spent / count, (more_calls - calls) / count, (more_reads - reads) / count)


async def _asked(store: "redis.asyncio.Redis") -> tuple[int, int]:
    """How often scripts were called, and how often the server read from a socket."""
    commands, stats = await store.info("commandstats"), await store.info("stats")
    calls = sum(commands.get(f"cmdstat_{name}", {}).get("calls", 0) for name in ("eval", "evalsha"))
    return calls, stats["total_reads_processed"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _listening(port: int, process: asyncio.subprocess.Process, seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.returncode is None:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
    raise RuntimeError("the product did not start")


def where(samples: Path) -> str:
    """Shares of the CPU by layer."""
    seen: dict[str, int] = json.loads(samples.read_text())["layers"]
    total = sum(seen.values()) or 1
    return "  ".join(f"{name} {count / total:.0%}" for name, count in sorted(seen.items(), key=lambda one: -one[1]))


def run() -> None:
    """Prints the figures of both modes, and where the CPU goes in safe mode (a run of its own, under the sampler)."""
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(
        f"wire: the product on one core, {len(whole_form())} messages a form, {PEOPLE} applicants, {AT_ONCE} at once, embedded Valkey"
    )
    for mode in ("plain", "safe"):
        print(asyncio.run(figures(mode)).line(mode), flush=True)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    for count in (1, 2):
        print(asyncio.run(figures("safe", core=None, processes=count)).line(f"free, {count}"), flush=True)
    with tempfile.TemporaryDirectory(prefix="lianban-samples-") as name:
        samples = Path(name) / "samples.json"
        asyncio.run(figures("safe", samples=samples))
        print("  CPU by layer:", where(samples))
        if "LIANBAN_BENCH_LINES" in os.environ:
            for line, count in json.loads(samples.read_text())["lines"]:
                print(f"    {count:6d} {line}")

"""One contestant's run: its server on a core of its own, the load and Valkey on the other, counted from both ends."""

import asyncio
import itertools
import json
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis

from bench.contestants import PATH, Contestant, House
from bench.processes import Server, free_port
from bench.script import as_json
from storage.valkey import EmbeddedValkey

LIMIT = 120.0
"""Seconds after which a run is given up."""
_first = itertools.count(100_000_000, 1_000_000)


class Wrong(Exception):
    """Somebody was not answered as the form wants it: such a run counts for nothing."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One timed run. Seconds, and per message: microseconds, reads of Redis's socket, bytes in and out of Redis."""

    rate: float
    p50: float
    p99: float
    cpu: float
    reads: float
    written: float
    read: float
    saturation: float
    load: float
    others: float
    resident: float


class Load:
    """The load's process."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def run(self, what: dict[str, Any]) -> dict[str, Any]:
        """One run; see `bench.load`."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")
        line = await self._process.stdout.readline()
        if not line:
            raise Wrong("the load's process has ended")
        answer: dict[str, Any] = json.loads(line)
        return answer


@asynccontextmanager
async def loading(stand_in: int) -> AsyncGenerator[Load, None]:
    """Starts the load with the stand-in on that port."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.load", stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parent.parent, limit=2**26,
    )  # fmt: skip
    try:
        load = Load(process)
        await load.run({"stand_in": stand_in})
        yield load
    finally:
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(3):
                await process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


@asynccontextmanager
async def stage(directory: Path) -> AsyncGenerator[tuple[House, "redis.Redis"], None]:
    """One Valkey for everybody, with `appendfsync always` as in production; and a client to count with."""
    async with EmbeddedValkey(directory / "valkey") as valkey:
        client = redis.Redis.from_url(valkey.url)
        client.config_set("auto-aof-rewrite-percentage", "0")  # no fork in the middle of a run
        try:
            yield House(directory, valkey.url, free_port()), client
        finally:
            client.close()


@asynccontextmanager
async def started(
    contestant: Contestant,
    house: House,
    cores: set[int] | None = None,
    wrap: list[str] | None = None,
    more: list[str] | None = None,
) -> AsyncGenerator[tuple[Server, Load], None]:
    """Its server and a load for it. `wrap` replaces the interpreter's `-m bot` by something around it."""
    port = free_port()
    command = await contestant.command(port)
    if wrap:
        command = [command[0], *wrap, *command[3:]]
    log = house.directory / f"{contestant.name.replace(' ', '-')}-{contestant.wire}.log"
    async with (
        loading(house.stand_in) as load,
        Server([*command, *(more or [])], contestant.environment(house, port), port, log, cores) as server,
    ):
        yield server, load


async def walk(
    contestant: Contestant,
    server: Server,
    load: Load,
    client: "redis.Redis",
    *,
    people: int,
    at_once: int,
    first: int | None = None,
    stride: int = 1,
    stretches: list[tuple[int, int]] | None = None,
) -> Figures:
    """A timed closed-loop run; new people, or those from `first` on, every `stride`th. Raises Wrong."""
    before = client.info("stats")
    found = await load.run({
        "wire": contestant.wire, "path": PATH, "port": server.port, "pid": server.pid, "by_api": contestant.by_api,
        "people": people, "at_once": at_once, "first": next(_first) if first is None else first, "stride": stride, "limit": LIMIT,
        "script": as_json(contestant.script), "stretches": stretches,
    })  # fmt: skip
    after = client.info("stats")
    if found["wrong"] or found["completed"] != people:
        reasons = "\n    ".join(found["wrong"][:2])
        raise Wrong(
            f"{contestant.title}: {found['completed']} of {people} forms completed\n    {reasons}\n{server.tail()}"
        )
    messages, seconds = found["messages"], found["seconds"]

    def per_message(name: str) -> float:
        return float((after[name] - before[name]) / messages)

    return Figures(
        rate=messages / seconds, p50=found["p50"], p99=found["p99"], cpu=found["server"] / messages * 1e6,
        reads=per_message("total_reads_processed"), written=per_message("total_net_input_bytes"),
        read=per_message("total_net_output_bytes"), saturation=found["server"] / seconds, load=found["own"] / seconds,
        others=found["busy"], resident=found["resident"],
    )  # fmt: skip

"""Processes on a core of their own: started on a leash, measured by the kernel's account, ended by their own id."""

import asyncio
import os
import signal
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self

from storage.leash import leashed

TICK = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, OTHER_CORE = {CORES[0]}, {CORES[-1]}
"""The server under test has the first core, load and Redis and everything else the last one."""


class DidNotStart(Exception):
    """The server ended or never listened; the message is the end of its output."""


def stay_off_the_servers_core() -> None:
    """This process, and what it starts from now on, runs on the other core."""
    os.sched_setaffinity(0, OTHER_CORE)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One server process (with its children) on the given cores. Use as an asynchronous context manager."""

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        port: int,
        log: Path,
        cores: set[int] | None = None,
    ) -> None:
        """`log` takes its output. Without `cores` it gets the server's core."""
        self._command, self._environment, self.port, self._log = command, environment, port, log
        self._cores = cores or SERVER_CORE
        self._process: asyncio.subprocess.Process | None = None

    @property
    def pid(self) -> int:
        """The process id. Raises DidNotStart before the start."""
        if self._process is None:
            raise DidNotStart("not started")
        return self._process.pid

    async def __aenter__(self) -> Self:
        """Starts it, and returns when the port is listened on. Raises DidNotStart."""
        before = os.sched_getaffinity(0)
        with self._log.open("wb") as output:
            os.sched_setaffinity(0, self._cores)  # a child inherits it, before its first instruction
            try:
                self._process = await asyncio.create_subprocess_exec(
                    *leashed(*self._command), env=dict(self._environment), stdout=output, stderr=output,
                    cwd=Path(__file__).parent.parent,
                )  # fmt: skip
            finally:
                os.sched_setaffinity(0, before)
        try:
            async with asyncio.timeout(60):
                while not await self._listens():
                    if self._process.returncode is not None:
                        raise DidNotStart(self.tail())  # noqa: TRY301 - the one place that ends what has begun
                    await asyncio.sleep(0.02)
        except TimeoutError:
            await self._end()
            raise DidNotStart(self.tail()) from None
        except BaseException:
            await self._end()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        """Ends it: politely, then for good."""
        await self._end()

    def tail(self) -> str:
        """The last lines it wrote."""
        return "\n".join(self._log.read_text(errors="replace").splitlines()[-12:])

    async def _listens(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        return True

    async def _end(self) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(8):
                await process.wait()
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def family(pid: int) -> list[int]:
    """The process and its descendants."""
    found = [pid]
    with suppress(OSError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split():
            found += family(int(child))
    return found


def cpu_seconds(pid: int) -> float:
    """Processor time, user and system, of a process and its living descendants so far (resolution: a clock tick)."""
    total = 0
    for one in family(pid):
        with suppress(OSError):
            fields = Path(f"/proc/{one}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total / TICK


def resident_bytes(pid: int) -> int:
    """Resident memory of a process and its descendants."""
    total = 0
    for one in family(pid):
        with suppress(OSError):
            total += int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1]) * PAGE
    return total


def machine_seconds() -> tuple[float, float]:
    """Seconds all cores were busy, and seconds there were, since boot."""
    ticks = [int(one) for one in Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0].split()[1:9]]
    return (sum(ticks) - ticks[3] - ticks[4]) / TICK, sum(ticks) / TICK

"""Several processes on one port: a parent that serves nobody starts them, and starts again whichever dies.

The kernel spreads connections over them (SO_REUSEPORT). None leads: revisions and leases decide who does what
(design §2.1, §2.4), so the parent owns only what must be there once: the embedded Valkey and the migrations.
"""

import asyncio
import os
import signal
import socket
import sys
from contextlib import AsyncExitStack, suppress
from typing import Final

import structlog

from bot.embedded import redis_at
from bot.keys import secrets
from bot.serving import PortTaken
from bot.settings import ROOT, Settings
from storage.leash import leashed
from storage.migrate import upgrade

_FIRST_PAUSE: Final = 0.2
_LONGEST_PAUSE: Final = 30.0
_SETTLED_SECONDS: Final = 60.0
"""A process that lived so long did not die of its start: the next one follows at once."""
_STOP_SECONDS: Final = 30.0
_CANNOT_START: Final = 1
"""Exit status of a process that has said on standard error what stands in its way."""

log = structlog.get_logger()


class ProcessFailed(Exception):
    """A process could not even start; it has said why."""


class SandboxAlone(Exception):
    """The sandbox moves the clock of one process only."""


async def serve_several(settings: Settings) -> None:
    """Runs `settings.processes` of `bot run` until SIGINT or SIGTERM, and stops them in order.

    Raises what stands in the way of starting: KeysMissing, PortTaken, ValkeyFailed, ProcessFailed.
    """
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    secrets(settings)  # without keys none of them could start
    async with AsyncExitStack() as stack:
        stack.enter_context(_reserved(settings.host, settings.port))
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        await upgrade(settings.database())
        redis_url = await redis_at(settings, stack)
        environment = {
            **os.environ,
            "REDIS_URL": redis_url,
            "LIANBAN_HOST": settings.host,
            "LIANBAN_PORT": str(settings.port),
            "LIANBAN_PROCESSES": "1",
        }
        ended = [
            asyncio.create_task(_keep_running({**environment, "LIANBAN_PROCESS": str(number)}, number, stop))
            for number in range(1, settings.processes + 1)
        ]
        try:
            await asyncio.gather(*ended)
        finally:
            stop.set()
            await asyncio.gather(*ended, return_exceptions=True)


async def _keep_running(environment: dict[str, str], number: int, stop: asyncio.Event) -> None:
    """One process after the other under this number, until told to stop; one that keeps dying is waited for, ever longer."""
    now, pause, first = asyncio.get_running_loop().time, _FIRST_PAUSE, True
    while not stop.is_set():
        command = leashed(sys.executable, "-m", "bot", "run")
        process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=environment)
        log.info("process.started", process=number, pid=process.pid)
        began = now()
        status = await _ended(process, stop)
        if stop.is_set():
            return
        if first and status == _CANNOT_START:
            raise ProcessFailed(f"进程 {number} 没能启动，原因见上。")
        first = False
        pause = _FIRST_PAUSE if now() - began > _SETTLED_SECONDS else pause
        log.error("process.died", process=number, pid=process.pid, status=status, again_in=pause)
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), pause)
        pause = min(2 * pause, _LONGEST_PAUSE)


async def _ended(process: asyncio.subprocess.Process, stop: asyncio.Event) -> int:
    """The exit status, once it ends by itself or because it was told to."""
    ending, stopping = asyncio.create_task(process.wait()), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({ending, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopping.cancel()
        if not ending.done():
            process.terminate()
            await asyncio.wait({ending}, timeout=_STOP_SECONDS)
        if not ending.done():
            log.error("process.killed", pid=process.pid)
            process.kill()
    return await ending


def _reserved(host: str, port: int) -> socket.socket:
    """The port, bound but not listening: ours while processes come and go. Raises PortTaken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # Without sharing, first: a second installation of ours would share the port unnoticed.
        socket.create_server((host, port), family=family).close()
        kept = socket.socket(family)
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        kept.bind((host, port))
    except OSError as error:
        raise PortTaken(f"不能在 {host} 的端口 {port} 上启动，可能已被别的程序占用。") from error
    return kept

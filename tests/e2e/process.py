"""A program of ours as a process, for tests over the wire."""

import asyncio
import os
import secrets
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from storage.leash import leashed

ROOT = Path(__file__).parents[2]


def free_ports() -> int:
    """A port that is free and whose neighbour is free too; below those that outgoing connections are given, one of which
    could take it before we do.
    """
    while True:
        port = secrets.randbelow(11_000) * 2 + 10_000
        with socket.socket() as one, socket.socket() as two, suppress(OSError):
            one.bind(("127.0.0.1", port))
            two.bind(("127.0.0.1", port + 1))
            return port


STARTS_WITHIN = 180.0
"""Seconds; while hundreds of people knock and ask the platform, a start takes its time."""


class Process:
    """A program of ours under test; its own pid is the only one that is ever ended. It dies with the test run."""

    def __init__(self, *arguments, data, environment, until):
        self.arguments, self.until = arguments, until
        # A machine that runs tests is busy with much else: nobody is turned away for that.
        patient = {"LIANBAN_OPS_PORT": "0", "LIANBAN_WAIT": "30", "LIANBAN_LAG": "30"}
        self.env = {**os.environ, "LIANBAN_DATA": str(data), **patient, **environment}
        for name in ("REDIS_URL", "DATABASE_URL"):
            if name not in environment:
                self.env.pop(name, None)
        self.lines = []
        self.process = self.drain = None

    async def start(self):
        assert await self.come_up(), "".join(self.lines)

    async def come_up(self):
        """Starts it; False if it ended instead of coming up."""
        self.process = await self.begin()
        async with asyncio.timeout(STARTS_WITHIN):
            up = await self._read(self.until)
        self.drain = asyncio.create_task(self._read(None))
        return up

    async def begin(self):
        """Starts it and waits for nothing."""
        return await asyncio.create_subprocess_exec(
            *leashed(sys.executable, "-m", *self.arguments),
            cwd=ROOT, env=self.env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip

    async def ended(self):
        """Its exit status, when all it said has been read."""
        status = await self.process.wait()
        await self.drain
        return status

    async def _read(self, until):
        while line := (await self.process.stdout.readline()).decode():
            self.lines.append(line)
            if until and until in line:
                return True
        return False

    async def end(self, number=signal.SIGTERM):
        """Ends it and waits until it is gone; with SIGKILL, as a power cut does."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(number)
            async with asyncio.timeout(30):
                await self.process.wait()
        if self.drain:
            await self.drain
            self.drain = None

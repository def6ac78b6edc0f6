"""One contract for conversations, over every kind of server (design §2.1)."""

import asyncio
import uuid
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.conversations import (
    Committed,
    Conversations,
    Loaded,
    RedisPort,
    Seen,
    Stale,
    Work,
)
from storage.port import Argument, Command, Script
from storage.steps import Step

pytestmark = pytest.mark.asyncio(loop_scope="session")

STRANGE = ["甲", "{a}", "}{", "a:c", "a:m:b", "%7B", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M@gh_1", "\n\0 ", "x" * 300]


class RecordingPort:
    """A port that notes what passes through it."""

    def __init__(self, inner: RedisPort) -> None:
        self.inner = inner
        self.calls: list[tuple[Sequence[Command], Sequence[str]]] = []

    async def call(
        self,
        script: Script,
        keys: Sequence[str],
        arguments: Sequence[Argument],
        *,
        step: Step | None,
        before: Sequence[Command] = (),
    ) -> object:
        self.calls.append((before, keys))
        return await self.inner.call(script, keys, arguments, step=step, before=before)

    async def command(self, *command: Argument, step: Step | None) -> object:
        self.calls.append(((), command[:1]))  # type: ignore[arg-type]
        return await self.inner.command(*command, step=step)


async def test_an_unknown_conversation_is_empty_at_revision_0(store: Conversations) -> None:
    assert await store.load("nobody", None) == Loaded(0, {}, None)
    assert await store.load("nobody", "m1") == Loaded(0, {}, None)


async def test_committed_parts_are_loaded(store: Conversations) -> None:
    parts = {"talk": b"\x00\xff", "draft:1": b"", "key:甲": b"k" * 70_000}
    assert await store.commit("c", revision=0, changed=parts, message="m", reply=b"ok", step=Step.TURN) == Committed(1)
    assert await store.load("c", "other") == Loaded(1, parts, None)


async def test_a_commit_changes_only_what_it_names_and_none_deletes(store: Conversations) -> None:
    await store.commit(
        "c", revision=0, changed={"a": b"1", "b": b"2", "c": b"3"}, message=None, reply=b"", step=Step.TURN
    )
    changed = {"a": None, "b": b"two", "never": None}
    assert await store.commit("c", revision=1, changed=changed, message=None, reply=b"", step=Step.TURN) == Committed(2)
    assert await store.load("c", None) == Loaded(2, {"b": b"two", "c": b"3"}, None)


async def test_a_conversation_without_parts_keeps_its_revision(store: Conversations) -> None:
    await store.commit("c", revision=0, changed={"a": b"1"}, message=None, reply=b"", step=Step.TURN)
    await store.commit("c", revision=1, changed={"a": None}, message=None, reply=b"", step=Step.TURN)
    assert await store.load("c", None) == Loaded(2, {}, None)


@pytest.mark.parametrize("reply", [b"", b"\x00", "已收到".encode()])
async def test_a_redelivery_gets_the_same_reply_and_changes_nothing(store: Conversations, reply: bytes) -> None:
    await store.commit("c", revision=0, changed={"a": b"1"}, message="m", reply=reply, step=Step.TURN)
    assert (await store.load("c", "m")).reply == reply
    assert await store.replies("c", "m") == reply
    for revision in (0, 1, 7):
        again = await store.commit(
            "c", revision=revision, changed={"a": b"other"}, message="m", reply=b"other", step=Step.TURN
        )
        assert again == Seen(reply)
    assert await store.load("c", "m") == Loaded(1, {"a": b"1"}, reply)


async def test_a_message_is_seen_in_its_own_conversation_only(store: Conversations) -> None:
    await store.commit("c", revision=0, changed={}, message="m", reply=b"1", step=Step.TURN)
    assert (await store.load("d", "m")).reply is None
    assert await store.replies("d", "m") is None
    assert await store.replies("c", "n") is None


async def test_a_stale_commit_writes_nothing(store: Conversations) -> None:
    await store.commit("c", revision=0, changed={"a": b"1"}, message="m1", reply=b"", step=Step.TURN)
    for revision in (0, 2):
        assert await store.commit(
            "c", revision=revision, changed={"a": b"2"}, message="m2", reply=b"x", step=Step.TURN
        ) == Stale(1)
    assert await store.load("c", "m2") == Loaded(1, {"a": b"1"}, None)


async def test_strange_names_never_meet(store: Conversations) -> None:
    for number, name in enumerate(STRANGE):
        done = await store.commit(
            name, revision=0, changed={name: b"%d" % number}, message=name, reply=name.encode(), step=Step.TURN
        )
        assert done == Committed(1)
    for number, name in enumerate(STRANGE):
        assert await store.load(name, name) == Loaded(1, {name: b"%d" % number}, name.encode())
        assert [other for other in STRANGE if await store.replies(name, other) is not None] == [name]


async def test_names_that_cannot_be_kept_are_refused(store: Conversations) -> None:
    with pytest.raises(ValueError, match="has a name"):
        await store.load("", None)
    with pytest.raises(ValueError, match="rev"):
        await store.commit("c", revision=0, changed={"rev": b"9"}, message=None, reply=b"", step=Step.TURN)


async def test_of_writers_at_one_revision_exactly_one_wins(store: Conversations, rival: Conversations) -> None:
    for revision in range(8):
        outcomes = await asyncio.gather(
            *(
                (store, rival)[writer % 2].commit(
                    "c",
                    revision=revision,
                    changed={"winner": b"%d" % writer},
                    message=f"{revision}-{writer}",
                    reply=b"",
                    step=Step.TURN,
                )
                for writer in range(20)
            )
        )
        winners = [writer for writer, outcome in enumerate(outcomes) if outcome == Committed(revision + 1)]
        assert len(winners) == 1
        assert sum(outcome == Stale(revision + 1) for outcome in outcomes) == 19
        assert (await store.load("c", None)).parts == {"winner": b"%d" % winners[0]}


async def test_writers_who_load_again_lose_no_update(store: Conversations, rival: Conversations) -> None:
    async def add_one(writer: int) -> int:
        through = (store, rival)[writer % 2]
        for attempt in range(100):
            loaded = await through.load("c", f"m{writer}")
            count = int(loaded.parts.get("count", b"0")) + 1
            outcome = await through.commit(
                "c",
                revision=loaded.revision,
                changed={"count": b"%d" % count},
                message=f"m{writer}",
                reply=b"",
                step=Step.TURN,
            )
            if outcome == Committed(loaded.revision + 1):
                return attempt
        raise AssertionError("never won")

    attempts = await asyncio.gather(*(add_one(writer) for writer in range(24)))
    assert max(attempts) > 0  # they did meet
    assert await store.load("c", None) == Loaded(24, {"count": b"24"}, None)


async def test_one_message_delivered_many_times_at_once_has_one_effect(
    store: Conversations, rival: Conversations
) -> None:
    outcomes = await asyncio.gather(
        *(
            (store, rival)[copy % 2].commit(
                "c", revision=0, changed={"a": b"%d" % copy}, message="m", reply=b"reply %d" % copy, step=Step.TURN
            )
            for copy in range(20)
        )
    )
    (winner,) = [copy for copy, outcome in enumerate(outcomes) if outcome == Committed(1)]
    assert all(outcome == Seen(b"reply %d" % winner) for copy, outcome in enumerate(outcomes) if copy != winner)


async def test_every_use_is_one_round_trip(port: RedisPort, prefix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    trips: list[int] = []
    send = RedisPort._send

    async def counted(self: RedisPort, commands: Sequence[Command]) -> list[object]:
        trips.append(len(commands))
        return await send(self, commands)

    store = Conversations(port, prefix=prefix)
    await store.load("c", "m")
    await store.commit("c", revision=0, changed={}, message="m", reply=b"", step=Step.TURN)
    monkeypatch.setattr(RedisPort, "_send", counted)
    await store.load("c", "m2")
    await store.commit("c", revision=1, changed={"a": b"1"}, message="m2", reply=b"", work_due=1, step=Step.TURN)
    assert trips == [1, 2]


async def test_all_keys_of_a_conversation_share_its_hash_tag(port: RedisPort) -> None:
    recording = RecordingPort(port)
    store = Conversations(recording, prefix=f"p-{uuid.uuid4().hex}:")
    for name in STRANGE:
        await store.load(name, "}{:")
        (_, keys) = recording.calls[-1]
        tags = {key.split("{", 1)[1].split("}", 1)[0] for key in keys}
        assert len(tags) == 1
        assert tags != {""}
        assert len(keys) == 2


async def test_garbage_is_collected_later_than_anybody_asks(port: RedisPort, prefix: str) -> None:
    recording = RecordingPort(port)
    store = Conversations(recording, prefix=prefix, seen_ms=50_000, idle_ms=90_000)
    await store.commit("c", revision=0, changed={"a": b"1"}, message="m", reply=b"r", step=Step.TURN)
    conversation, seen = recording.calls[-1][1]
    assert 80_000 < int(str(await port.command("PTTL", conversation, step=None))) <= 90_000
    assert 40_000 < int(str(await port.command("PTTL", seen, step=None))) <= 50_000
    await port.command("PEXPIRE", conversation, 10_000, step=None)
    await store.commit("c", revision=1, changed={}, message=None, reply=b"", step=Step.TURN)
    assert int(str(await port.command("PTTL", conversation, step=None))) > 80_000


async def test_work_is_found_when_due_oldest_first(store: Conversations) -> None:
    now = 1_790_000_000_123
    for name, due in (("late", now + 1), ("second", now), ("甲", now - 5)):
        await store.commit(name, revision=0, changed={}, message=None, reply=b"", work_due=due, step=Step.TURN)
    assert await store.work(now, 10) == [Work("甲", now - 5), Work("second", now)]
    assert await store.work(now, 1) == [Work("甲", now - 5)]
    assert await store.work(now - 6, 10) == []


async def test_work_entered_anew_is_not_taken_off(store: Conversations) -> None:
    await store.commit("c", revision=0, changed={}, message=None, reply=b"", work_due=100, step=Step.TURN)
    (found,) = await store.work(100, 10)
    await store.commit("c", revision=1, changed={}, message=None, reply=b"", work_due=200, step=Step.TURN)
    assert not await store.work_done(*found)
    assert await store.work(300, 10) == [Work("c", 200)]
    assert await store.work_done("c", 200)
    assert not await store.work_done("c", 200)
    assert await store.work(300, 10) == []


async def test_the_work_index_names_too_much_rather_than_too_little(port: RedisPort, prefix: str) -> None:
    recording = RecordingPort(port)
    store = Conversations(recording, prefix=prefix)
    assert await store.commit(
        "c", revision=5, changed={}, message=None, reply=b"", work_due=7, step=Step.TURN
    ) == Stale(0)
    assert recording.calls[-1][0] == (("ZADD", f"{prefix}work", 7, "c"),)  # before the script, in the same trip
    assert await store.work(7, 10) == [Work("c", 7)]


NAMES = st.sampled_from(["a", "b", "甲:1"])
STEPS = st.lists(
    st.tuples(
        NAMES,
        st.sampled_from([0, 0, 0, -1, 1]),  # how far the writer's revision is off
        st.dictionaries(NAMES, st.none() | st.binary(max_size=8), max_size=3),
        st.none() | st.sampled_from(["m1", "m2", "m3"]),
        st.binary(max_size=4),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
async def test_it_behaves_like_a_dictionary(
    port: RedisPort,
    prefix: str,
    steps: list[tuple[str, int, dict[str, bytes | None], str | None, bytes]],
) -> None:
    store = Conversations(port, prefix=f"{prefix}{uuid.uuid4().hex}:", idle_ms=60_000, seen_ms=60_000)
    revisions: dict[str, int] = {}
    parts: dict[str, dict[str, bytes]] = {}
    replies: dict[tuple[str, str | None], bytes] = {}
    for name, off, changed, message, reply in steps:
        present = revisions.get(name, 0)
        outcome = await store.commit(
            name, revision=present + off, changed=changed, message=message, reply=reply, step=Step.TURN
        )
        if (name, message) in replies:
            assert outcome == Seen(replies[name, message])
        elif off:
            assert outcome == Stale(present)
        else:
            assert outcome == Committed(present + 1)
            revisions[name] = present + 1
            merged = parts.get(name, {}) | changed
            parts[name] = {part: value for part, value in merged.items() if value is not None}
            if message is not None:
                replies[name, message] = reply
        loaded = await store.load(name, message)
        assert loaded == Loaded(revisions.get(name, 0), parts.get(name, {}), replies.get((name, message)))

"""Conversations against a plain dictionary: any order of writers, redeliveries, handovers, undone answers and crashes."""

import asyncio
import uuid
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from storage import conversations
from storage.conversations import Commit, Committed, Conversations, Loaded, RedisPort, Seen, Stale, StoreAway
from storage.port import Argument, Command, Script
from storage.steps import Step
from tests.storage.conftest import open_any

NAMES = st.sampled_from(["a", "乙:1", "{c}"])
PARTS = st.dictionaries(st.sampled_from(["talk", "draft:1", "draft:2"]), st.none() | st.binary(max_size=4), max_size=3)
MESSAGES = st.none() | st.sampled_from(["m1", "m2", "m3"])
LOST = st.sampled_from(["", "", "", "before", "after"])
"""Whether the connection breaks off: before the server has heard of it, or before we hear the answer."""


class Breaking:
    """A port whose next script may be lost on the way there, or its answer on the way back."""

    def __init__(self, inner: RedisPort) -> None:
        self.inner = inner
        self.lost = ""

    async def call(
        self, script: Script, keys: Any, arguments: Any, *, step: Step | None, before: tuple[Command, ...] = ()
    ) -> object:
        lost, self.lost = self.lost, ""
        if lost == "before":
            raise StoreAway("broke off")
        answer = await self.inner.call(script, keys, arguments, step=step, before=before)
        if lost == "after":
            raise StoreAway("broke off")
        return answer

    async def command(self, *command: Argument, step: Step | None) -> object:
        return await self.inner.command(*command, step=step)


class Kept:
    """What the dictionary knows of one conversation."""

    def __init__(self) -> None:
        self.revision = 0
        self.parts: dict[str, bytes] = {}
        self.replies: dict[str, bytes] = {}

    def commit(self, revision: int, changed: dict[str, bytes | None], message: str | None, reply: bytes) -> Commit:
        if message in self.replies:
            return Seen(self.replies[message])
        if revision != self.revision:
            return Stale(self.revision)
        self.revision += 1
        merged = self.parts | changed
        self.parts = {name: value for name, value in merged.items() if value is not None}
        if message is not None:
            self.replies[message] = reply
        return Committed(self.revision)


class Processes(RuleBasedStateMachine):
    """Two processes over one server, and the dictionary beside them."""

    server: str
    pages = Bundle("pages")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        prefix = f"model-{uuid.uuid4().hex}:"
        self.ports = [Breaking(self.opened()) for _ in range(2)]
        self.stores = [Conversations(port, prefix=prefix, seen_ms=60_000, idle_ms=60_000) for port in self.ports]
        self.kept: dict[str, Kept] = {}
        self.due: dict[str, int] = {}
        self.work = f"{prefix}work"

    def opened(self) -> RedisPort:
        async def opening() -> RedisPort:
            return open_any(self.server)

        return self.runner.run(opening())

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self.ports[0].command("DEL", self.work, step=None))
        for port in self.ports:
            self.run(port.inner.close())
        self.runner.close()

    def of(self, name: str) -> Kept:
        return self.kept.setdefault(name, Kept())

    def commit(
        self, at: int, name: str, page: Loaded, changed: dict[str, bytes | None], message: str | None, **more: Any
    ) -> Commit | None:
        """Commit on both sides; None if the answer was lost, and then only the dictionary knows what became of it."""
        lost, due, reply = more.get("lost", ""), more.get("due"), more.get("reply", b"")
        self.ports[at].lost = lost
        if lost != "before" and due is not None:
            self.due[name] = due
        expected = None if lost == "before" else self.of(name).commit(page.revision, changed, message, reply)
        commit = self.stores[at].commit(
            name, revision=page.revision, changed=changed, step=Step.TURN, message=message, reply=reply, work_due=due
        )
        if lost:
            with pytest.raises(StoreAway):
                self.run(commit)
            return None
        outcome: Commit = self.run(commit)
        assert outcome == expected
        return outcome

    def load(self, at: int, name: str, message: str | None = None) -> Loaded:
        page: Loaded = self.run(self.stores[at].load(name, message))
        known = self.of(name)
        assert page == Loaded(known.revision, known.parts, known.replies.get(message or ""))
        return page

    @rule(target=pages, at=st.integers(0, 1), name=NAMES, message=MESSAGES)
    def open(self, at: int, name: str, message: str | None) -> tuple[str, Loaded]:
        """Somebody begins a turn; it may be stale by the time he ends it."""
        return name, self.load(at, name, message)

    @rule(
        at=st.integers(0, 1), page=pages, changed=PARTS, message=MESSAGES, reply=st.binary(max_size=4), lost=LOST,
        due=st.none() | st.integers(1, 9),
    )  # fmt: skip
    def write(self, at: int, page: tuple[str, Loaded], changed: dict[str, bytes | None], **more: Any) -> None:
        """A turn ends, with whatever page it began."""
        self.commit(at, *page, changed, more.pop("message"), **more)

    @rule(at=st.integers(0, 1), name=NAMES, changed=PARTS, message=st.sampled_from(["m1", "m2"]), lost=LOST)
    def deliver_thrice(self, at: int, name: str, changed: dict[str, bytes | None], message: str, lost: str) -> None:
        """The platform asks until it is answered: one effect, one reply."""
        for broken in (lost, "", ""):
            page = self.load(at, name, message)
            if page.reply is None:
                self.commit(at, name, page, changed, message, reply=changed.get("talk") or b"", lost=broken)
            at = 1 - at
        assert message in self.of(name).replies

    @rule(at=st.integers(0, 1), name=NAMES, changed=PARTS, message=st.sampled_from(["m1", "m2"]))
    def answer_again(self, at: int, name: str, changed: dict[str, bytes | None], message: str) -> None:
        """Somebody who did not look whether the message was answered: over the newest page, it is the mark that tells him."""
        self.commit(at, name, self.load(at, name), changed, message)

    @rule(at=st.integers(0, 1), name=NAMES, before=pages)
    def undo(self, at: int, name: str, before: tuple[str, Loaded]) -> None:
        """Everything as it was on an older page."""
        page = self.load(at, name)
        back = dict.fromkeys(page.parts) | before[1].parts
        self.commit(at, name, page, back, None)

    @rule(giver=NAMES, taker=NAMES, lost=LOST, dies=st.booleans())
    def hand_over(self, giver: str, taker: str, lost: str, dies: bool) -> None:
        """A draft moves: into the one who takes it first, keyed by the draft, then away from the giver; begun again after a crash."""
        draft = "draft:1"
        for broken, ends in ((lost, dies), ("", False)):
            page = self.load(0, giver)
            if draft not in page.parts or giver == taker:
                return
            key = f"handover:{giver}:{page.parts[draft].hex()}"
            there = self.load(1, taker, key)
            if there.reply is None:
                self.commit(1, taker, there, {draft: page.parts[draft]}, key, lost=broken)
            if not broken and not ends:
                self.commit(0, giver, page, {draft: None}, None)
        assert draft not in self.load(1, giver).parts
        assert key in self.of(taker).replies

    @rule(at=st.integers(0, 1))
    def forget_scripts(self, at: int) -> None:
        """The server was started again."""
        self.run(self.ports[at].inner.command("SCRIPT FLUSH", step=None))

    @rule(at=st.integers(0, 1), before=st.integers(0, 9))
    def sweep(self, at: int, before: int) -> None:
        """What is due is found, and taken off unless it was entered anew."""
        found = self.run(self.stores[at].work(before, 100))
        assert {one.conversation: one.due_ms for one in found} == {
            name: due for name, due in self.due.items() if due <= before
        }
        for one in found[:1]:
            assert not self.run(self.stores[at].work_done(one.conversation, one.due_ms + 1))
            assert self.run(self.stores[at].work_done(*one))
            del self.due[one.conversation]

    @invariant()
    def the_same(self) -> None:
        """Both processes see what the dictionary holds."""
        for at, name in enumerate(sorted(self.kept)):
            self.load(at % 2, name, "m1")


def machine_at(server: str) -> Callable[[], Processes]:
    return type("At", (Processes,), {"server": server})


def often(examples: int, *phases: Phase) -> settings:
    return settings(
        max_examples=examples, stateful_step_count=25, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=phases or tuple(Phase),
    )  # fmt: skip


def test_it_behaves_like_a_dictionary_whatever_happens(server: str) -> None:
    run_state_machine_as_test(machine_at(server), settings=often(20))


BROKEN = {
    "stale writers win": ("if revision ~= ARGV[1] then", "if false then"),
    "seen is not looked at": ("  if reply then", "  if false then"),
    "seen is not marked": ("if seen then\n  redis.call('SET'", "if false then\n  redis.call('SET'"),
    "nothing is deleted": ("redis.call('HDEL', conversation, ARGV[i])", ""),
    "the last part is lost": ("for i = first, #ARGV, 2 do", "for i = first, #ARGV - 2, 2 do"),
    "the revision stays": ("'rev', 1)", "'rev', 0)"),
    "another reply is kept": ("redis.call('SET', seen, ARGV[2]", "redis.call('SET', seen, 'other'"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_script_is_found_out(embedded: Any, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """The machine can fail: each of these mistakes in the commit makes it."""
    import hashlib

    good = conversations._COMMIT.text
    right, wrong = BROKEN[name]
    assert good.count(right) == 1
    text = good.replace(right, wrong)
    broken = Script(text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest())
    monkeypatch.setattr(conversations, "_COMMIT", broken)
    with pytest.raises((AssertionError, BaseExceptionGroup)):
        run_state_machine_as_test(machine_at(embedded.url), settings=often(50, Phase.generate))

"""The book of sealed conversations against a plain dictionary: stale writers, lost answers, drafts that come and go."""

import asyncio
import datetime as dt
from typing import Any

from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from handlers.book import Again, Before, Kept, Page, SealedBook
from model.conversation import Conversation
from model.draft import Answer, Draft
from model.message import Reply
from model.values import Words
from storage.conversations import Conversations, StoreAway
from storage.steps import Step
from storage.vault import Keyring, Vault
from tests.storage.conftest import open_any
from tests.storage.test_conversations_model import LOST, Breaking, often

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
PEOPLE = st.sampled_from(["a:甲", "a:乙"])
KEYS = st.none() | st.sampled_from(["m1", "m2", "m3"])
VAULT = Vault(Keyring("k", {"k": b"1" * 32}), b"2" * 32)


def answered(talk: Conversation, draft: str, value: str) -> Conversation:
    """One more answer in this draft, which is begun if there is none."""
    one = next((one for one in talk.drafts if one.id == draft), None)
    one = one or Draft(id=draft, form="f", form_version=1, opened_at=NOW, changed_at=NOW)
    answer = Answer(value=Words(text=value), source=value, by="p", at=NOW)
    return talk.with_draft(one.model_copy(update={"answers": one.answers | {f"q{len(one.answers) % 3}": answer}}))


def without(talk: Conversation, draft: str) -> Conversation:
    return talk.model_copy(update={"drafts": tuple(one for one in talk.drafts if one.id != draft), "active": None})


class Books(RuleBasedStateMachine):
    """Two processes with a book each, over one server."""

    server: str
    pages = Bundle("pages")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        prefix = f"book-{id(self)}-{dt.datetime.now(dt.UTC).timestamp()}:"

        async def opened() -> Breaking:
            return Breaking(open_any(self.server))

        self.ports = [self.runner.run(opened()) for _ in range(2)]
        stores = [Conversations(port, prefix=prefix, seen_ms=60_000, idle_ms=60_000) for port in self.ports]
        self.books = [SealedBook(store, VAULT) for store in stores]
        self.talks: dict[str, Conversation] = {}
        self.revisions: dict[str, int] = {}
        self.replies: dict[tuple[str, str], Reply] = {}
        self.undone: dict[str, Conversation] = {}
        self.passed: set[tuple[str, str | None]] = set()

    def teardown(self) -> None:
        for port in self.ports:
            self.runner.run(port.inner.close())
        self.runner.close()

    def fresh(self, name: str) -> Conversation:
        return Conversation(id=name, account="a", person=name[2:], county="x")

    @rule(target=pages, at=st.integers(0, 1), name=PEOPLE, key=KEYS)
    def open(self, at: int, name: str, key: str | None) -> Page:
        """What is read is what was last kept, word for word."""
        page: Page = self.runner.run(self.books[at].open(self.fresh(name), key))
        assert page.conversation == self.talks.get(name, self.fresh(name))
        assert page.revision == self.revisions.get(name, 0)
        assert page.reply == self.replies.get((name, key or ""))
        assert page.passed_by == ((name, key) in self.passed)
        return page

    @rule(at=st.integers(0, 1), page=pages, key=st.sampled_from(["m1", "m2", "m3"]))
    def pass_by(self, at: int, page: Page, key: str) -> None:
        """A message that is not ours stays so, unless it was answered."""
        name = page.conversation.id
        assert self.runner.run(self.books[at].pass_by(page, key)) == ((name, key) not in self.replies)
        if (name, key) not in self.replies:
            self.passed.add((name, key))

    @rule(
        target=pages, at=st.integers(0, 1), page=pages, draft=st.sampled_from(["d1", "d2"]), key=KEYS, lost=LOST,
        value=st.text(max_size=3), how=st.sampled_from(["answer", "answer", "drop", "undo", "nothing"]),
    )  # fmt: skip
    def keep(self, at: int, page: Page, draft: str, value: str, how: str, key: str | None, lost: str) -> Page:
        """A turn over any page that was ever read: it wins, is stale, or was there before. The page to go on with."""
        talk, name = page.conversation, page.conversation.id
        if how == "answer":
            talk = answered(talk, draft, value)
        elif how == "drop":
            talk = without(talk, draft)
        elif how == "undo":
            talk = self.undone.get(name, talk)
        reply = Reply(text=value)
        self.ports[at].lost = lost
        work = self.books[at].keep(page, talk, step=Step.TURN, key=key, reply=reply)
        expected: Any = Again()
        before = self.replies.get((name, key or ""))
        if before is not None:
            expected = Before(before)
        elif (name, key) in self.passed:
            expected = Again()
        elif page.revision == self.revisions.get(name, 0):
            expected = None
            if lost != "before":
                self.undone[name] = self.talks.get(name, self.fresh(name))
                self.talks[name], self.revisions[name] = talk, page.revision + 1
                if key is not None:
                    self.replies[name, key] = reply
        try:
            outcome = self.runner.run(work)
        except StoreAway:
            assert lost
            return page
        assert not lost
        if expected is not None:
            assert outcome == expected
            return page
        assert isinstance(outcome, Kept)
        return outcome.page

    @rule(at=st.integers(0, 1), name=PEOPLE, key=st.sampled_from(["m1", "m2", "m3"]))
    def say(self, at: int, name: str, key: str) -> None:
        """Delivery reads a reply by its message."""
        assert self.runner.run(self.books[at].said(name, key)) == self.replies.get((name, key))

    @invariant()
    def nobody_left_keys(self) -> None:
        """A draft that is gone has taken its record key with it."""
        for at, name in enumerate(sorted(self.talks)):
            page = self.runner.run(self.books[at % 2].open(self.fresh(name), None))
            assert page.conversation == self.talks[name]
            assert set(page.keys) <= {"talk", *(one.id for one in self.talks[name].drafts)}


def test_a_book_behaves_like_a_dictionary(server: str) -> None:
    run_state_machine_as_test(type("At", (Books,), {"server": server}), settings=often(20, Phase.generate))

"""A process keeps conversations at hand, and is never wrong about them: the store decides."""

import datetime as dt
import os

import pytest

from handlers.book import Before, Kept, SealedBook
from handlers.shelf import Shelf
from model.conversation import Conversation
from model.draft import Draft
from model.message import Reply
from storage.conversations import Conversations, RedisPort
from storage.steps import Step
from storage.vault import Keyring, Vault

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
FRESH = Conversation(id="a:p", account="a", person="p", county="x")
KEYS = {"k1": os.urandom(32), "k2": os.urandom(32)}
LOOKUP = os.urandom(32)


@pytest.fixture
def mine(store: Conversations) -> SealedBook:
    return SealedBook(store, Vault(Keyring("k1", KEYS), LOOKUP))


@pytest.fixture
def theirs(rival: Conversations) -> SealedBook:
    return SealedBook(rival, Vault(Keyring("k1", KEYS), LOOKUP))


def with_draft(number: int) -> Conversation:
    draft = Draft(id=f"a:p#{number}", form="f", form_version=1, opened_at=NOW, changed_at=NOW)
    return FRESH.with_draft(draft)


async def written(book: SealedBook, talk: Conversation, key: str | None = None, text: str = "") -> Kept:
    kept = await book.keep(await book.open(FRESH, None), talk, key=key, reply=Reply(text=text), step=Step.TURN)
    assert isinstance(kept, Kept)
    return kept


async def test_what_another_process_wrote_is_seen(mine: SealedBook, theirs: SealedBook) -> None:
    await written(mine, with_draft(1))
    await written(theirs, with_draft(2))
    assert (await mine.open(FRESH, None)).conversation == with_draft(2)
    assert (await theirs.open(FRESH, None)).conversation == with_draft(2)


async def test_what_is_at_hand_is_what_would_be_loaded(mine: SealedBook, theirs: SealedBook) -> None:
    await written(mine, with_draft(1))
    here, there = await mine.open(FRESH, None), await theirs.open(FRESH, None)
    assert here.conversation == there.conversation
    assert (here.revision, here.sizes) == (there.revision, there.sizes)
    assert {name: key.wrapped for name, key in here.keys.items()} == {n: k.wrapped for n, k in there.keys.items()}


async def test_a_redelivery_gets_its_reply_though_the_conversation_is_at_hand(mine: SealedBook) -> None:
    await written(mine, with_draft(1), "m", "你好")
    assert (await mine.open(FRESH, "m")).reply == Reply(text="你好")
    assert (await mine.open(FRESH, "other")).reply is None
    page = await mine.open(FRESH, None)
    assert await mine.keep(page, page.conversation, key="m", reply=Reply(text="x"), step=Step.TURN) == Before(
        Reply(text="你好")
    )


async def test_an_erased_conversation_is_not_served_even_if_begun_anew(
    mine: SealedBook, theirs: SealedBook, port: RedisPort, prefix: str
) -> None:
    await written(mine, with_draft(1))
    assert await port.command("DEL", f"{prefix}{{a%3Ap}}:c", step=None) == 1
    assert (await mine.open(FRESH, None)).conversation == FRESH
    await written(mine, with_draft(1))
    await port.command("DEL", f"{prefix}{{a%3Ap}}:c", step=None)
    assert (await written(theirs, with_draft(2))).page.revision == 1  # the one erased counted so far, too
    assert (await mine.open(FRESH, None)).conversation == with_draft(2)


async def test_rewrapped_keys_are_loaded_again(mine: SealedBook, port: RedisPort, prefix: str) -> None:
    page = (await written(mine, with_draft(1))).page
    rewrapped = Vault(Keyring("k2", KEYS), LOOKUP).rewrap(page.keys["a:p#1"].wrapped)
    await port.command("HSET", f"{prefix}{{a%3Ap}}:c", "key:a:p#1", rewrapped, step=None)
    again = await mine.open(FRESH, None)
    assert again.keys["a:p#1"].wrapped == rewrapped
    assert again.conversation == page.conversation


async def test_a_shelf_is_bounded_by_count_size_and_time() -> None:
    clock = [0.0]
    shelf = Shelf[str](most=3, room=10, seconds=5, now=lambda: clock[0])
    for name in "abcd":
        shelf.put(name, name, 2)
    assert [shelf.get(name) for name in "abcd"] == [None, "b", "c", "d"]
    shelf.put("e", "large", 9)
    assert (shelf.get("d"), shelf.get("e"), len(shelf)) == (None, "large", 1)
    shelf.put("f", "too large", 11)
    assert (shelf.get("f"), len(shelf)) == (None, 1)
    shelf.put("e", "smaller", 1)
    shelf.put("g", "g", 9)
    assert len(shelf) == 2
    clock[0] = 6.0
    assert (shelf.get("g"), len(shelf)) == (None, 0)

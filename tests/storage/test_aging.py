"""What time and keys do to conversations, over every kind of server: the far side of the work index, scans, swaps."""

import pytest

from storage.conversations import Conversations, Work
from storage.steps import Step

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_what_is_due_later_puts_nothing_off(store: Conversations) -> None:
    await store.commit("c", revision=0, changed={"a": b"1"}, step=Step.TURN, later_due=900)
    await store.commit("c", revision=1, changed={"a": b"2"}, step=Step.TURN, work_due=100)
    await store.commit("c", revision=2, changed={"a": b"3"}, step=Step.TURN, later_due=900)
    assert await store.work(1000, 10) == [Work("c", 100)]
    await store.commit("c", revision=3, changed={"a": b"4"}, step=Step.TURN, later_due=50)
    assert await store.work(1000, 10) == [Work("c", 50)]


async def test_done_work_goes_on_to_what_is_due_next(store: Conversations) -> None:
    await store.commit("c", revision=0, changed={"a": b"1"}, step=Step.TURN, work_due=100)
    assert not await store.work_done("c", 99, 500)
    assert await store.work_done("c", 100, 500)
    assert await store.work(499, 10) == []
    assert await store.work_done("c", 500)
    assert await store.work(1000, 10) == []


async def test_every_conversation_is_found(store: Conversations) -> None:
    """Also such as have the strangest names."""
    names = {*(f"a:p{n}" for n in range(300)), "a:{x}", "a:甲*?", "a:[b]"}
    for name in names:
        await store.commit(name, revision=0, changed={"a": b"1"}, step=Step.TURN)
    assert {name async for name in store.names()} == names


async def test_a_swap_replaces_only_what_is_still_there(store: Conversations) -> None:
    await store.commit("c", revision=0, changed={"a": b"1", "b": b"2"}, step=Step.TURN)
    assert await store.swap("c", {"a": (b"1", b"one"), "b": (b"3", b"three"), "gone": (b"4", b"four")}) == 1
    loaded = await store.load("c")
    assert (loaded.parts, loaded.revision) == ({"a": b"one", "b": b"2"}, 1)


async def test_only_the_conversation_that_was_loaded_is_forgotten(store: Conversations) -> None:
    await store.commit("c", revision=0, changed={"a": b"1"}, step=Step.TURN)
    assert not await store.forget("c", 2)
    assert await store.forget("c", 1)
    assert (await store.load("c")).revision == 0

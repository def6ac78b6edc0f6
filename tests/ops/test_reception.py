"""What becomes of a message when the store is away, when there is too much, and when nobody knows (ADR 7, ADR 8)."""

import asyncio
import datetime as dt
import time

import pytest

from bot import reception as module
from bot.lag import IN_A_ROW, Lag
from bot.limits import Limits
from bot.reception import NotYet, Reception, Said
from model.message import Reply, TextMessage, UnfollowMessage, Update
from storage.fate import may_be_written
from storage.port import StoreAway, StoreBusy

NOW = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


def update(number, text="你好", person="p", age=0.0, message=None):
    at = NOW - dt.timedelta(seconds=age)
    return Update(
        account="a", person=person, key=f"{person}:{number}", at=at, message=message or TextMessage(text=text)
    )


class House:
    """The turns behind the reception: they answer once per key, and can be in trouble."""

    def __init__(self):
        self.done = {}
        self.trouble = []
        self.away, self.lag = False, 0.0
        self.gate = None
        self.told = asyncio.Queue()

    async def answer(self, one):
        if self.gate is not None:
            await self.gate.wait()
        if one.key in self.done:
            return self.done[one.key]
        trouble = self.trouble.pop(0) if self.trouble else None
        if trouble == "lost":
            self.done[one.key] = Reply(text=f"done {one.key}")
        if trouble in {"lost", "unknown"}:
            may_be_written()
            raise StoreAway("broke off")
        if trouble is not None:
            raise trouble
        self.done[one.key] = Reply(text=f"done {one.key}")
        return self.done[one.key]

    async def alike(self, one, reply):
        return self.done.setdefault(one.key, reply)

    def reception(self, **limits):
        say = lambda _, key, number: Reply(text=key)  # noqa: E731
        return Reception(
            self.answer, say, clock=lambda: NOW, limits=Limits(**limits), away=lambda: self.away, lag=lambda: self.lag,
            alike=self.alike, tell_later=self.told.put,
        )  # fmt: skip


def text(found):
    assert isinstance(found, Said)
    return found.reply.text


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(module, "_AGAIN", 0.001)


@pytest.mark.parametrize("trouble", [StoreAway("refused", asked=False), StoreAway("on load"), StoreBusy("OOM")])
async def test_where_nothing_was_written_the_person_is_told_so_at_once(trouble):
    house = House()
    house.trouble = [trouble]
    found = await house.reception().receive(update(1), 1)
    assert (text(found), found.outcome, house.done) == ("busy", "busy", {})


async def test_a_store_known_to_be_away_is_not_even_asked():
    house = House()
    house.away, house.gate = True, asyncio.Event()
    assert text(await house.reception().receive(update(1), 1)) == "busy"


@pytest.mark.parametrize("trouble", ["lost", "unknown"])
async def test_a_write_of_unknown_fate_is_found_out_in_the_same_answer(trouble):
    house = House()
    house.trouble = [trouble]
    assert text(await house.reception().receive(update(1), 1)) == "done p:1"


async def test_while_the_fate_is_unknown_the_platform_asks_again_and_only_the_last_answer_says_so():
    house = House()
    house.trouble = ["lost"] + [StoreAway("still")] * 10_000
    at = house.reception()
    house.done = Never()
    for _ in range(2):
        assert await at.receive(update(1), 0.01) == NotYet("late")
    assert text(await at.receive(update(1), 0.01)) == "busy_unsure"
    for turn in list(at._turns.values()):
        turn.task.cancel()


class Never(dict):
    """Keeps what it is given and does not find it."""

    def __contains__(self, key):
        return False


async def test_the_same_words_after_an_unknown_fate_are_the_same_message():
    house = House()
    at = house.reception()
    house.away = True
    # Delivered late: another process may have had it before us.
    assert text(await at.receive(update(1, age=6), 1)) == "busy_unsure"
    house.away = False
    assert text(await at.receive(update(2), 1)) == "done p:1"
    assert text(await at.receive(update(2), 1)) == "done p:1"  # and its redelivery
    assert text(await at.receive(update(3), 1)) == "done p:3"
    assert {one.text for one in house.done.values()} == {"done p:1", "done p:3"}


async def test_other_words_in_between_make_the_same_words_new():
    house = House()
    at = house.reception()
    house.away = True
    await at.receive(update(1, age=6), 1)
    house.away = False
    for number, words in ((2, "已填"), (3, "你好")):
        assert text(await at.receive(update(number, words), 1)) == f"done p:{number}"


async def test_a_turn_that_fails_is_tried_again_and_the_last_time_answered():
    house = House()
    house.trouble = [ValueError("x")] * 3
    at = house.reception()
    for _ in range(2):
        assert await at.receive(update(1), 1) == NotYet("failed")
    assert text(await at.receive(update(1), 1)) == "busy_unsure"


async def test_a_flood_is_told_once_and_redeliveries_of_what_was_answered_do_not_count():
    house = House()
    at = house.reception(burst=2, rate=0, silence=60)
    said = [text(await at.receive(update(number), 1)) for number in (1, 1, 1, 2, 2, 3, 4, 5)]
    assert said == ["done p:1"] * 3 + ["done p:2"] * 2 + ["limited", "", ""]
    assert text(await at.receive(update(1), 1)) == "done p:1"
    assert text(await at.receive(update(1, person="q"), 1)) == "done q:1"
    assert text(await at.receive(update(6, message=UnfollowMessage()), 1)) == "done p:6"


async def test_more_messages_at_once_than_one_person_may_have_waiting():
    house = House()
    at = house.reception(each=2)
    house.gate = asyncio.Event()
    tasks = [asyncio.create_task(at.receive(update(number), 1)) for number in range(6)]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    house.gate.set()
    said = sorted(text(one) for one in await asyncio.gather(*tasks))
    assert said == ["", "", "done p:0", "done p:1", "done p:2", "limited"]


async def test_a_line_that_is_full_is_busy_and_does_nothing():
    house = House()
    at = house.reception(at_once=1, waiting=1)
    house.gate = asyncio.Event()
    tasks = [asyncio.create_task(at.receive(update(1, person=person), 1)) for person in "abc"]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    house.gate.set()
    assert [text(one) for one in await asyncio.gather(*tasks)] == ["done a:1", "done b:1", "busy"]
    assert set(house.done) == {"a:1", "b:1"}


async def test_a_text_without_end_is_not_read():
    house = House()
    at = house.reception(text=10)
    assert text(await at.receive(update(1, "长" * 11), 1)) == "overlong"
    assert text(await at.receive(update(2, "短" * 10), 1)) == "done p:2"


async def test_nothing_is_left_of_turns_that_ended():
    house = House()
    at = house.reception()
    await asyncio.gather(*(at.receive(update(number, person=f"p{number}"), 1) for number in range(50)))
    await asyncio.sleep(0)
    assert (at._turns, at.line.at_work, at.line.waiting, at.line._persons) == ({}, 0, 0, {})


async def test_nothing_is_begun_while_the_loop_is_late():
    house = House()
    at = house.reception()
    house.lag = 2.0
    assert await at.receive(update(1), 1) == Said(Reply(text="busy"), "shed")
    house.lag = 0.1
    assert text(await at.receive(update(2), 1)) == "done p:2"


async def test_a_redelivery_of_what_was_answered_is_never_told_that_nothing_was_done():
    """The platform asks again just when the loop is late: it hears what was said before, or that we do not know."""
    house = House()
    at = house.reception(at_once=1, waiting=1)
    said = await at.receive(update(1), 1)
    house.lag = 2.0
    assert await at.receive(update(1, age=5), 1) == said
    house.lag, house.away = 0.0, True
    assert text(await at.receive(update(1), 1)) == "busy_unsure"
    house.away, house.gate = False, asyncio.Event()
    full = [asyncio.create_task(at.receive(update(2, person=person), 1)) for person in "ab"]
    again = asyncio.create_task(at.receive(update(1), 1))
    await asyncio.wait([again])
    house.gate.set()
    assert [text(one) for one in await asyncio.gather(*full, again)] == ["done a:2", "done b:2", "busy_unsure"]


async def ways_to_be_turned_away(house, at):
    """The loop is late, the store is known to be away, the store breaks off before a write, the line is too long."""
    house.lag = 2.0
    yield
    house.lag, house.away = 0.0, True
    yield
    house.away = False
    house.trouble = [StoreAway("on load")] * 2
    yield
    house.trouble = []
    house.gate = asyncio.Event()
    others = [asyncio.create_task(at.receive(update(1, person=person), 1)) for person in ("x", "y")]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    yield
    house.gate.set()
    await asyncio.gather(*others)


async def test_what_may_be_done_is_never_said_not_to_be():
    """A message that is old may have been delivered to another process, or to one that has died since."""
    house = House()
    at = house.reception(at_once=1, waiting=1)
    said = [
        text(await at.receive(update(number, age=6), 1)) async for number in counted(ways_to_be_turned_away(house, at))
    ]
    assert said == ["busy_unsure"] * 4
    assert text(await at.receive(update(9), 1)) == "done p:0", "and the same words make it happen once"


async def test_words_said_once_more_have_their_reply_wherever_they_are_delivered_again():
    """A process that knows nothing of the first time, because it is another or because that one has died."""
    house = House()
    at = house.reception()
    house.away = True
    assert text(await at.receive(update(1, age=6), 1)) == "busy_unsure"
    house.away = False
    assert text(await at.receive(update(2), 1)) == "done p:1"
    assert text(await house.reception().receive(update(2), 1)) == "done p:1"


async def test_what_was_answered_is_never_said_not_to_be_done():
    house = House()
    at = house.reception(at_once=1, waiting=1)
    assert text(await at.receive(update(1), 1)) == "done p:1"
    house.done = Never()
    said = [text(await at.receive(update(1), 1)) async for _ in ways_to_be_turned_away(house, at)]
    assert said == ["done p:1", *["busy_unsure"] * 3], "a late loop does not keep what was begun from its reply"


async def test_words_said_again_after_an_unknown_fate_are_not_said_to_be_undone():
    house = House()
    at = house.reception(at_once=1, waiting=1)
    house.trouble = ["lost", *[ValueError("x")] * 3]
    house.done = Never()
    for _ in range(2):
        assert isinstance(await at.receive(update(0), 1), NotYet)
    assert text(await at.receive(update(0), 1)) == "busy_unsure"
    said = [text(await at.receive(update(number), 1)) async for number in counted(ways_to_be_turned_away(house, at), 1)]
    assert said == ["busy_unsure"] * 4
    house.done = {}
    assert text(await at.receive(update(9), 1)) == "done p:0"


async def test_what_was_turned_away_and_is_delivered_again_is_still_not_done():
    house = House()
    at = house.reception(at_once=1, waiting=1)
    async for number in counted(ways_to_be_turned_away(house, at)):
        for _ in range(2):
            assert text(await at.receive(update(number), 1)) == "busy"


async def counted(steps, number=0):
    async for _ in steps:
        yield number
        number += 1


async def test_the_lag_is_seen_while_the_loop_is_late():
    seen = []
    lag = Lag(seen.append)
    assert lag.seconds == 0
    task = asyncio.create_task(lag.measure())
    await asyncio.sleep(0)
    time.sleep(0.2)  # noqa: ASYNC251 - the loop is held up on purpose
    assert lag.seconds > 0.05
    while not seen:
        await asyncio.sleep(0)
    assert seen[0] > 0.05
    task.cancel()


async def test_one_long_step_is_no_overload():
    seen = asyncio.Queue()
    lag = Lag(seen.put_nowait)
    task = asyncio.create_task(lag.measure())
    await asyncio.sleep(0)
    for number in range(IN_A_ROW):
        assert lag.standing == 0, number
        time.sleep(0.2)  # noqa: ASYNC251 - the loop is held up on purpose
        await seen.get()
    assert lag.standing > 0.05
    while lag.standing > 0.05:  # a timely ring ends it
        await seen.get()
    task.cancel()


async def nobody_knows(reception, number):
    """The message is delivered as often as it ever is, while its turn is held up."""
    for _ in range(2):
        assert isinstance(await reception.receive(update(number), 0.001), NotYet)
    assert text(await reception.receive(update(number), 0.001)) == "busy_unsure"


async def test_a_turn_that_is_done_after_nobody_knew_is_told_all_the_same():
    house = House()
    house.gate = asyncio.Event()
    reception = house.reception()
    await nobody_knows(reception, 1)
    house.gate.set()
    assert (await house.told.get()).key == "p:1"
    assert text(await reception.receive(update(1), 1)) == "done p:1", "and a redelivery still hears it"
    assert house.told.empty()


async def test_words_said_once_more_have_the_answer_and_nothing_is_pushed_beside_it():
    house = House()
    house.gate = asyncio.Event()
    reception = house.reception()
    await nobody_knows(reception, 1)
    again = asyncio.create_task(reception.receive(update(2), 5))
    await asyncio.sleep(0)
    house.gate.set()
    assert text(await again) == "done p:1"
    assert await reception.finish(1) == 0
    assert house.told.empty()


async def test_words_said_once_more_and_late_again_are_pushed_once():
    house = House()
    house.gate = asyncio.Event()
    reception = house.reception()
    for number in (1, 2):
        await nobody_knows(reception, number)
    house.gate.set()
    assert (await house.told.get()).key == "p:1"
    assert await reception.finish(1) == 0
    assert house.told.empty()

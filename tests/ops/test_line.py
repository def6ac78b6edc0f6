"""The line in front of the turns: fair by person, bounded, and honest about how long it is."""

import asyncio

import pytest

from bot.line import Line, TooLong, TooMany


class Hands:
    """A clock moved by hand."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def line(**changes):
    return Line(**({"at_once": 1, "each": 8, "most": 100, "seconds": 3.0} | changes))


async def served(at, order, person, name, gate=None):
    await at.join(person)
    try:
        order.append(name)
        if gate is not None:
            await gate.wait()
    finally:
        at.leave(person)


async def begun(*works):
    tasks = [asyncio.ensure_future(one) for one in works]
    for _ in range(3):
        await asyncio.sleep(0)
    return tasks


async def test_who_sends_many_waits_for_himself():
    at, order, gate = line(), [], asyncio.Event()
    first = await begun(served(at, order, "a", "a1", gate))
    others = await begun(
        *(served(at, order, "a", f"a{number}") for number in range(2, 6)),
        served(at, order, "b", "b1"), served(at, order, "c", "c1"), served(at, order, "b", "b2"),
    )  # fmt: skip
    gate.set()
    await asyncio.gather(*first, *others)
    assert order == ["a1", "b1", "c1", "a2", "b2", "a3", "a4", "a5"]
    assert (at.at_work, at.waiting, at._persons, list(at._next)) == (0, 0, {}, [])


async def test_one_turn_of_a_person_at_a_time_and_so_many_of_all():
    at, order, gate = line(at_once=2), [], asyncio.Event()
    tasks = await begun(*(served(at, order, person, person, gate) for person in "aabc"))
    assert order == ["a", "b"]
    gate.set()
    await asyncio.gather(*tasks)
    assert sorted(order) == ["a", "a", "b", "c"]


async def test_a_person_has_only_so_many_places_and_takes_none_of_the_others():
    at, order, gate = line(each=2), [], asyncio.Event()
    tasks = await begun(*(served(at, order, "a", "a", gate) for _ in range(3)))
    with pytest.raises(TooMany):
        await at.join("a")
    tasks += await begun(served(at, order, "b", "b"))
    gate.set()
    await asyncio.gather(*tasks)


async def test_a_line_that_is_too_long_is_said_at_once():
    clock = Hands()
    at, order, gate = line(seconds=1.0, clock=clock), [], asyncio.Event()
    tasks = await begun(*(served(at, order, f"p{number}", number, gate) for number in range(40)))
    for _ in range(20):  # everybody takes a tenth of a second
        clock.now += 0.1
        at.leave(f"p{len(order) - 1}")
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        if at.expected > 1:
            break
    with pytest.raises(TooLong):
        await at.join("late")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_whose_turn_comes_too_late_is_told_too():
    clock = Hands()
    at, order, gate = line(seconds=1.0, clock=clock), [], asyncio.Event()
    tasks = await begun(served(at, order, "a", "a", gate), served(at, order, "b", "b"), served(at, order, "c", "c"))
    clock.now = 1.5
    gate.set()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(one) for one in done] == [type(None), TooLong, TooLong]
    assert (order, at.at_work, at.waiting) == (["a"], 0, 0)


async def test_the_line_holds_so_many_and_no_more():
    at, order, gate = line(most=3), [], asyncio.Event()
    tasks = await begun(*(served(at, order, f"p{number}", number, gate) for number in range(4)))
    with pytest.raises(TooLong):
        await at.join("one more")
    gate.set()
    await asyncio.gather(*tasks)


async def test_who_gives_up_leaves_no_gap():
    at, order, gate = line(), [], asyncio.Event()
    tasks = await begun(*(served(at, order, person, person, gate) for person in "abac"))
    for number in (1, 2):
        tasks[number].cancel()
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (order, at.at_work, at.waiting, at._persons) == (["a", "c"], 0, 0, {})


async def test_who_gives_up_in_the_moment_he_is_served_passes_it_on():
    at, order, gate = line(), [], asyncio.Event()
    tasks = await begun(*(served(at, order, person, person, gate) for person in "abc"))
    gate.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (at.at_work, at.waiting, at._persons) == (0, 0, {})

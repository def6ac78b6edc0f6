"""Live pages: told once of what has changed, of nothing that is another's, and let go when the program ends."""

import asyncio
from collections.abc import AsyncIterator, Mapping

import pytest
from aiohttp.test_utils import make_mocked_request

from bot.busy import Busy
from bot.console.live import Live, OpenPage
from model.commands.intake import Take
from model.login import Role
from storage.pulse import Pulse
from tests.console.office import Browser, Office


async def lines(browser: Browser, path: str) -> AsyncIterator[str]:
    """What the stream says, beat by beat."""
    async with browser.session.get(browser.url + path) as answer:
        assert answer.status == 200, await answer.text()
        assert answer.content_type == "text/event-stream"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        async for line in answer.content:
            if text := line.decode().strip():
                yield text


async def test_a_change_is_told(here: Office) -> None:
    case = await here.case()
    browser = await here.clerk(Role.SUPERVISOR)
    heard = lines(browser, "/console/live?topics=county:jingxian")
    async with asyncio.timeout(20):
        assert await anext(heard) == "retry: 5000"
        await here.do(case, Take(order=case.orders[0].id), staff="jingxian-water_company", role="steward")
        here.console.live.wake()
        assert await anext(heard) == "event: changed"
        assert await anext(heard) == 'data: "county:jingxian"'
    await heard.aclose()


async def test_another_county_is_not_heard(here: Office) -> None:
    browser = await here.clerk(Role.SUPERVISOR)
    for topics in ("county:xinxiang", "", "nothing", "county:jingxian county:xinxiang"):
        page = await browser.get(f"/console/live?topics={topics}")
        assert page.status == 404, topics


async def test_not_more_than_so_many_of_one(here: Office) -> None:
    browser = await here.clerk(Role.SUPERVISOR)
    streams = [lines(browser, "/console/live?topics=calls") for _ in range(8)]
    async with asyncio.timeout(20):
        for one in streams:
            await anext(one)
        assert (await browser.get("/console/live?topics=calls")).status == 503
        assert here.console.live.watched == 8
        for one in streams:
            await one.aclose()
        again = lines(browser, "/console/live?topics=calls")  # he has gone on to other pages
        assert await anext(again) == "retry: 5000"
        await again.aclose()


async def test_the_end_of_the_program_ends_them(here: Office) -> None:
    browser = await here.clerk(Role.SUPERVISOR)
    heard = lines(browser, "/console/live?topics=calls")
    async with asyncio.timeout(20):
        await anext(heard)
        here.console.live.stop()
        with pytest.raises(StopAsyncIteration):
            while True:
                await anext(heard)


async def test_nobody_asks_where_nobody_waits(here: Office) -> None:
    asked = list[None]()

    async def source() -> Mapping[str, str]:
        asked.append(None)
        return {}

    live = Live([source], lambda: 0.0, every=0.01, soonest=0.0)
    running = asyncio.create_task(live.run())
    for _ in range(20):
        live.wake()
        await asyncio.sleep(0)
    running.cancel()
    assert asked == []


async def test_pages_are_told_one_after_the_other(here: Office) -> None:
    """However many are open, their pages are asked for at a pace that leaves room for the chat."""
    live, browser = here.console.live, await here.clerk(Role.SUPERVISOR)
    live._between = 3600
    one, two = (lines(browser, "/console/live?topics=county:jingxian") for _ in range(2))
    async with asyncio.timeout(20):
        await asyncio.gather(anext(one), anext(two))
        await here.case()
        live.wake()
        heard = {asyncio.ensure_future(told(stream)) for stream in (one, two)}
        await asyncio.wait(heard, return_when=asyncio.FIRST_COMPLETED)
        await browser.get("/console/")  # by now the other would have heard too
    assert [one.done() for one in heard].count(True) == 1
    live.stop()
    await asyncio.gather(*heard, return_exceptions=True)


async def test_a_page_that_was_closed_meanwhile_costs_the_others_nothing() -> None:
    marks = iter(({"calls": "1"}, {"calls": "2"}))

    async def source() -> Mapping[str, str]:
        return next(marks)

    live = Live([source], lambda: 0.0, pace=100)
    connected = [Connected(), Connected()]
    first, gone = (waiting(live, one) for one in connected)
    await live._look()
    look = asyncio.create_task(live._look())
    assert await first.get() == "calls"
    connected[1].close()
    await look
    assert gone.empty()


@pytest.mark.parametrize(("busy", "waits"), [(0.0, 0.1), (0.5, 0.2), (1.0, 0.4)])
async def test_the_busier_the_process_the_longer_it_is_left_alone(
    monkeypatch: pytest.MonkeyPatch, busy: float, waits: float
) -> None:
    waited, marks = list[float](), iter(({"calls": "1"}, {"calls": "2"}))

    async def source() -> Mapping[str, str]:
        return next(marks)

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    live = Live([source], lambda: busy, pace=10)
    waiting(live, Connected())
    monkeypatch.setattr(asyncio, "sleep", sleep)
    await live._look()
    await live._look()
    assert waited == pytest.approx([waits])


def test_how_busy_a_process_is() -> None:
    wall, processor = [0.0], [0.0]
    busy = Busy(lambda: wall[0], lambda: processor[0])
    wall[0], processor[0] = 0.4, 0.4
    assert busy.share() == 0  # too short a time to say
    wall[0] = 0.8
    assert busy.share() == 0.5
    wall[0], processor[0] = 1.8, 3.4
    assert busy.share() == 1


class Connected(asyncio.Transport):
    """The way to a browser, until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.closed = False

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


def waiting(live: Live, connected: Connected) -> asyncio.Queue[str]:
    """A page that is open."""
    queue = asyncio.Queue[str]()
    live._open[queue] = OpenPage("boss", frozenset({"calls"}), make_mocked_request("GET", "/", transport=connected))
    return queue


async def told(stream: AsyncIterator[str]) -> None:
    """Until this page hears that something has changed."""
    while not (await anext(stream)).startswith("event: changed"):
        pass


async def test_marks_change_with_what_is_open(here: Office) -> None:
    pulse = Pulse(here.database)
    empty = await pulse.marks()
    case = await here.case()
    one = await pulse.marks()
    await here.do(case, Take(order=case.orders[0].id), staff="jingxian-water_company", role="steward")
    two = await pulse.marks()
    assert empty.keys() == {"calls"}
    assert one.keys() == two.keys() == {"calls", "county:jingxian"}
    assert one["county:jingxian"] != two["county:jingxian"]

"""What a sheet costs: milliseconds from the wish to the PDF, sheet by sheet, and how long the loop that serves the chat waits meanwhile.

Filled sheets have other words every time, so that nothing typst remembers of the last one helps but the fonts and the template.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from statistics import median

from bot.paper.paper import Paper, Printed, blank_sheet
from bot.paper.typesetter import Typesetter
from config.loader import load_counties
from model.county import County
from model.sheet_template import SheetTemplate
from tests.paper.made import NOW, Core, case, submission, values
from tests.paper.survey import SURVEYED

ROUNDS = 200
_TICK = 0.001


def run(rounds: int = ROUNDS) -> None:
    """Prints a line per sheet, blank and filled."""
    print(
        "paper: ms from the wish to the PDF, one at a time; CPU: p50 of it; lag: the longest that the event loop waited meanwhile"
    )
    asyncio.run(_run(rounds))


async def _run(rounds: int) -> None:
    typesetter = Typesetter()
    counties = load_counties()
    first = counties["xinxiang"]
    began = time.perf_counter()
    await blank_sheet(typesetter, first, first.sheet["application"])
    print(f"  the first sheet of a process, with the fonts: {1000 * (time.perf_counter() - began):.0f} ms")
    for county in counties.values():
        for sheet in county.sheets:
            if sheet.blank:
                await _measured(
                    f"{county.name} {sheet.title}, blank",
                    rounds,
                    lambda _, c=county, s=sheet: blank_sheet(typesetter, c, s),
                )
            await _measured(
                f"{county.name} {sheet.title}, filled",
                rounds,
                lambda number, c=county, s=sheet: _filled(typesetter, c, s, number),
            )
    typesetter.close()


def _filled(typesetter: Typesetter, county: County, sheet: SheetTemplate, number: int) -> Awaitable[Printed]:
    held = submission(county, values(county, f"示例第{number}号"))
    changes = SURVEYED if sheet.of == "survey" else {}
    paper = Paper(Core(held), typesetter, "https://lianban.example.cn")
    return paper.filled(county, case(county, **changes), sheet, NOW)


async def _measured(name: str, rounds: int, make: Callable[[int], Awaitable[Printed]]) -> None:
    took, spent, size, lags = list[float](), list[float](), 0, list[float]()
    watching = asyncio.create_task(_watch(lags))
    for number in range(rounds):
        began, used = time.perf_counter(), time.process_time()
        made = await make(number)
        took.append(1000 * (time.perf_counter() - began))
        spent.append(1000 * (time.process_time() - used))
        size = len(made.pdf)
    watching.cancel()
    print(
        f"  {name:44} p50 {median(took):5.1f}  p99 {_share(took, 0.99):5.1f}  longest {max(took):5.1f}  CPU {median(spent):5.1f}"
        f"  {size // 1024} kB  lag {1000 * max(lags, default=0):.1f}"
    )


async def _watch(lags: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(_TICK)
        lags.append(time.perf_counter() - began - _TICK)


def _share(values: Sequence[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]

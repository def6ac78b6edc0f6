"""The pages of the console in a real browser on loopback: when the first thing is painted, and how much is sent."""

import asyncio
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, Final

from playwright.async_api import Page, async_playwright

from bench.clerks import clerk, enter
from bench.contestants import EACH_PERSON, contestants
from bench.course import stage, started
from bench.processes import stay_off_the_servers_core
from bot.console.navigation import PLACES
from model.login import Role

_HEAVIEST: Final = 150 * 1024
_SOON_MS: Final = 300
_PAINTED: Final = """() => new Promise(resolve => new PerformanceObserver(list => {
  const found = list.getEntriesByName("first-contentful-paint")[0];
  if (found) resolve(found.startTime);
}).observe({type: "paint", buffered: true}))"""
_FLAGS: Final = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def run(rounds: int = 7) -> None:
    """Prints, for each place of the console, the first contentful paint and the bytes of the page with styles and scripts."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("paint: no chromium here, not measured")
        return
    stay_off_the_servers_core()
    with tempfile.TemporaryDirectory(prefix="lianban-bench-") as directory:
        asyncio.run(_measure(Path(directory), chromium, rounds))


async def _measure(directory: Path, chromium: str, rounds: int) -> None:
    product = next(one for one in contestants() if one.kind == "product" and one.wire == "safe")
    product = replace(product, settings=EACH_PERSON)
    async with stage(directory) as (house, _), started(product, house) as (server, _), async_playwright() as playwright:
        url = f"http://127.0.0.1:{server.port}"
        await enter(house.directory / "data", ["bench"], frozenset(Role))
        browser = await playwright.chromium.launch(executable_path=chromium, args=_FLAGS)
        async with clerk(url, "bench") as session:
            secret = next(one.value for one in session.cookie_jar if one.key == "lianban_console")
            print(
                f"paint: first contentful paint on loopback, an empty cache each time, median of {rounds}; bytes with styles and scripts"
            )
            for place in PLACES:
                found = [await _once(browser, url, secret, place.path) for _ in range(rounds)]
                painted, weight = median(one for one, _ in found), max(one for _, one in found)
                met = "met" if painted < _SOON_MS and weight < _HEAVIEST else "MISSED"
                print(f"  {place.path:<32} {painted:6.0f} ms   {weight / 1024:6.1f} kB   {met}")
        await browser.close()


async def _once(browser: Any, url: str, secret: str, path: str) -> tuple[float, int]:
    context = await browser.new_context(viewport={"width": 1366, "height": 768})
    await context.add_cookies([{"name": "lianban_console", "value": secret, "url": url, "httpOnly": True}])
    page: Page = await context.new_page()
    weights = list[int]()
    page.on("response", lambda one: weights.append(int(one.headers.get("content-length", "0"))))
    await page.goto(url + path, wait_until="load")
    painted = float(await page.evaluate(_PAINTED))
    await context.close()
    return painted, sum(weights)


if __name__ == "__main__":
    run()

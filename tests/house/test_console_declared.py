"""Every page of the console says who may see it: the router holds what stands in the table, and docs/console-routes.md shows it.

UPDATE_DOCS=1 writes the page.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from aiohttp import web

from bot.console.compose import Parts, console_of
from bot.console.matrix import matrix
from bot.console.navigation import PLACES
from bot.console.pages import FOLDER, STATIC
from bot.console.route import PREFIX, Open, Route
from bot.settings import Settings
from handlers.wording.wording import Wording
from model.login import ALL
from tests.console.office import QUICK
from tests.shipped import shipped

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "console-routes.md"
HEAD = """# 后台的页面，谁能打开

由程序的路由表生成（`UPDATE_DOCS=1 python -m pytest tests/house/test_console_declared.py`），不要手改。
勾着的能打开；单位的人（steward、lead）打开的页面里只有本单位的业务。

"""
NO_LOGIN = {("GET", "/static/{name}"), ("GET", "/sign-in"), ("POST", "/sign-in")}
"""Nothing else may be had without signing in."""


def served() -> tuple[Any, web.Application]:
    nobody, counties = cast("Any", None), shipped()
    wordings = {name: Wording(county) for name, county in counties.items()}
    console = console_of(Parts(Settings(), *[nobody] * 4, counties, wordings, *[nobody] * 7), QUICK)
    app = web.Application()
    console.site.add_to(app)
    return console.site, app


def routes() -> tuple[Route, ...]:
    site, _ = served()
    return cast("tuple[Route, ...]", site.routes)


def test_the_router_holds_what_is_declared_and_nothing_else() -> None:
    site, app = served()
    found = {(one.method, one.resource.canonical) for one in app.router.routes() if one.resource}
    # HEAD of the redirect from /console comes with its GET.
    assert {(one.method, PREFIX + one.path) for one in site.routes} == found - {("GET", PREFIX), ("HEAD", PREFIX)}
    assert len({(one.method, one.path) for one in site.routes}) == len(site.routes)


def test_nothing_is_open_by_accident() -> None:
    assert {(one.method, one.path) for one in routes() if isinstance(one.audience, Open)} == NO_LOGIN


def test_everybody_sees_what_his_places_lead_to() -> None:
    by_path = {one.path: one for one in routes() if one.method == "GET"}
    for place in PLACES:
        route = by_path[place.path.removeprefix(PREFIX)]
        assert all(route.admits(frozenset({role})) for role in place.roles), place


def test_the_page_shows_it() -> None:
    text = HEAD + "\n".join(matrix(routes())) + "\n"
    if os.environ.get("UPDATE_DOCS") == "1":
        PAGE.write_text(text, "utf-8")
    assert PAGE.read_text("utf-8") == text


async def nobody_comes(_: Any) -> Any:
    """Handles nothing."""


@pytest.mark.parametrize(("method", "audience"), [("POST", Open.ANYBODY), ("GET", frozenset())])
def test_what_cannot_be_declared(method: Any, audience: Any) -> None:
    with pytest.raises(ValueError, match="/x"):
        Route(method, "/x", audience, nobody_comes)
    assert Route("GET", "/x", ALL, nobody_comes).admits(ALL)


def templates() -> Iterator[tuple[str, str]]:
    for path in FOLDER.rglob("*.html"):
        yield path.relative_to(FOLDER).as_posix(), path.read_text("utf-8")


def test_every_file_and_every_template_is_used() -> None:
    pages = dict(templates())
    code = "".join(path.read_text("utf-8") for path in (ROOT / "bot" / "console").rglob("*.py"))
    asked = {name for text in pages.values() for name in re.findall(r"asset\('([^']+)'\)", text)}
    assert {one.name for one in STATIC.iterdir()} <= asked
    called = {
        name for text in pages.values() for name in re.findall(r'(?:extends|include|import|from) "([^"]+)"', text)
    }
    assert {name for name in pages if f'"{name.removesuffix(".html")}"' in code} | called >= set(pages)


def test_templates_hold_no_words_and_nothing_inline() -> None:
    for name, text in templates():
        plain = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
        assert not re.search(r"[一-鿿]", plain), name
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?! src)", plain), name

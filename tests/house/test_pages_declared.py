"""Every page says whom it is for: the router holds nothing below /pages that does not stand in the table."""

import re
from pathlib import Path
from typing import Any, cast

from aiohttp import web

from bot.pages.assets import FOLDER as STATIC
from bot.pages.assets import Assets
from bot.pages.rendering import FOLDER
from bot.pages.route import PREFIX
from bot.settings import Settings
from bot.site import site_of
from handlers.wording.wording import Wording
from tests.shipped import shipped

ROOT = Path(__file__).parents[2]
DECLARED = {
    ("GET", "/sign-in/{account}", "anybody"),
    ("GET", "/signed-in/{account}", "anybody"),
    ("GET", "/static/{name}", "anybody"),
    ("GET", "/opt-in/{account}", "person"),
    ("POST", "/opt-in/{account}/not-let-in", "person"),
    ("POST", "/sign-out/{account}", "person"),
    ("GET", "/form/{account}", "person"),
    ("POST", "/form/{account}", "person"),
    ("GET", "/progress/{account}", "person"),
    ("GET", "/progress/{account}/mark", "person"),
    ("GET", "/sign/{code}", "holder"),
    ("POST", "/sign/{code}", "holder"),
}
"""Whoever adds a page says here whom it is for, too."""

DOORS = {
    "bot/channels/wechat/endpoint.py": "the platforms, by their signature",
    "bot/console/site.py": "those who serve, by the table of the console",
    "bot/health.py": "the operator, on a port of its own",
    "bot/pages/mounting.py": "nobody: how the tables of the two sites are put on the air",
    "bot/pages/site.py": "people, by the table",
    "bot/sandbox_door.py": "whoever tries it on this machine; absent in production",
    "handlers/web/api/door.py": "other systems, by their key",
}
"""Where something is served at all, and to whom."""


def served() -> tuple[Any, web.Application]:
    nobody = cast("Any", None)
    wordings = {name: Wording(county) for name, county in shipped().items()}
    site, app = site_of(Settings(), nobody, {}, wordings, *[nobody] * 5), web.Application()
    site.add_to(app)
    return site, app


def test_the_router_holds_what_the_table_declares_and_nothing_else():
    site, app = served()
    found = {(one.method, one.resource.canonical) for one in app.router.routes() if one.resource}
    assert {(method, PREFIX + path) for method, path, _ in DECLARED} == found
    assert {(one.method, one.path, str(one.audience)) for one in site.routes} == DECLARED


def test_nothing_is_served_past_the_doors_that_are_known():
    found = {
        str(path.relative_to(ROOT))
        for room in ("bot", "handlers")
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"router\.add|add_subapp|add_routes", path.read_text("utf-8"))
    }
    assert found == set(DOORS)


def test_every_file_and_every_template_is_used():
    pages = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.html")}
    code = "".join(path.read_text("utf-8") for path in (ROOT / "bot" / "pages").glob("*.py"))
    asked = {name for text in pages.values() for name in re.findall(r"asset\('([^']+)'\)", text)}
    assert asked == set(Assets().names) == {one.name for one in STATIC.iterdir()}
    extended = {name for text in pages.values() for name in re.findall(r'(?:extends|import) "([^"]+)"', text)}
    assert {name for name in pages if f'"{name.removesuffix(".html")}"' in code} | extended == set(pages)


def test_templates_hold_no_words_of_their_own():
    """What people read is in the catalogue, where a county can say it otherwise."""
    for path in FOLDER.glob("*.html"):
        text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert not re.search(r"[一-鿿]", text), path.name

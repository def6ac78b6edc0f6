"""What holds for every page: headers, forms, measures, words for what is not there."""

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot.pages.assets import Assets
from bot.pages.cookies import Cookies
from bot.pages.policy import POLICY, headers
from bot.pages.route import Audience, Route
from storage.port import RedisPort, StoreAway
from tests.pages.town import OPT_IN, Browser, Town, town

STYLES = Assets().url("pages.css")


async def test_every_answer_has_its_headers(here: Town, browser: Browser) -> None:
    shown = await browser.sign_in()
    away = await (await here.browser()).get(OPT_IN)
    for page in (shown, away, await browser.get("/pages/nope"), await browser.get(STYLES)):
        assert page.headers["X-Content-Type-Options"] == "nosniff"
        assert page.headers["Referrer-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in page.headers[POLICY]
        assert "unsafe" not in page.headers[POLICY]
        assert "aiohttp" not in page.headers["Server"]
        assert "Strict-Transport-Security" not in page.headers
    assert here.platform in shown.headers[POLICY]
    assert here.platform not in away.headers[POLICY]


async def test_no_page_has_a_style_or_script_of_its_own_in_it(browser: Browser) -> None:
    """The policy would forbid it: whatever runs is a file."""
    shown = (await browser.sign_in()).text
    assert (
        shown.count("<script") == shown.count("<script src=") + shown.count('<script type="text/wxtag-template"') == 4
    )
    assert " style=" not in shown
    assert "onclick" not in shown


def test_over_https_the_browser_is_told_to_stay_there() -> None:
    assert headers(secure=True)["Strict-Transport-Security"] == "max-age=31536000"
    answer = web.Response()
    Cookies(secure=True).keep_session(answer, "a" * 40)
    Cookies(secure=True).keep_browser(answer, "b" * 40)
    for name in ("__Host-lianban", "__Host-lianban_browser"):
        kept = answer.cookies[name]
        assert (kept["secure"], kept["httponly"], kept["samesite"], kept["path"]) == (True, True, "Lax", "/")
        assert not kept["domain"]
    mixed = make_mocked_request("GET", "/", headers={"Cookie": f"lianban={'c' * 40}"})
    assert Cookies(secure=True).session(mixed) == ""


@pytest.mark.parametrize("value", ["short", "a" * 65, "a b" * 10, "甲" * 30, "a" * 30 + ";"])
def test_a_cookie_that_is_none_of_ours(value: str) -> None:
    request = make_mocked_request("GET", "/", headers={"Cookie": f'lianban="{value}"'})
    assert Cookies(secure=False).session(request) == ""


OUT = "/pages/sign-out/xinxiang"


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        ({}, {}),
        ({"proof": ""}, {}),
        ({"proof": "guessed"}, {}),
        ({"proof": "甲"}, {}),
        ({"proof": "right"}, {"Sec-Fetch-Site": "cross-site"}),
        ({"proof": "right"}, {"Sec-Fetch-Site": "same-site"}),
    ],
)
async def test_a_form_that_another_site_sends(browser: Browser, form: dict[str, str], sent: dict[str, str]) -> None:
    right = browser.proof(await browser.sign_in())
    given = {name: right if value == "right" else value for name, value in form.items()}
    page = await browser.post(OUT, given, **sent)
    assert (page.status, "没有收下" in page.text) == (403, True)
    assert (await browser.get(OPT_IN)).status == 200


async def test_the_proof_of_somebody_else(here: Town, browser: Browser) -> None:
    await browser.sign_in()
    other = await here.browser("o_xx_water")
    page = await browser.post(OUT, {"proof": other.proof(await other.sign_in())})
    assert page.status == 403


async def test_who_leaves_has_left(here: Town, browser: Browser) -> None:
    proof = browser.proof(await browser.sign_in())
    secret = browser.cookie("lianban")
    page = await browser.post(OUT, {"proof": proof}, **{"Sec-Fetch-Site": "same-origin"})
    assert (page.status, "已经退出" in page.text) == (200, True)
    assert browser.cookie("lianban") == ""
    again = await browser.get(OPT_IN, Cookie=f"lianban={secret}")
    assert again.status == 303
    assert (await browser.post(OUT, {"proof": proof})).status == 401


async def test_a_form_that_is_too_long(browser: Browser) -> None:
    await browser.sign_in()
    page = await browser.post(OUT, {"proof": "x" * 100_000})
    assert (page.status, "内容太长" in page.text) == (413, True)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/pages/", 404, "没有这个页面"),
        ("/pages/nope", 404, "没有这个页面"),
        ("/pages/static/pages.css", 404, "没有这个页面"),
        ("/pages/static/..%2F..%2Fsite.py", 404, "没有这个页面"),
        ("/pages/opt-in/nowhere?templates=a", 404, "没有这个公众号"),
        ("/pages/sign-out/xinxiang", 405, "没有这个页面"),
    ],
)
async def test_what_is_not_there_is_said_plainly(browser: Browser, path: str, status: int, words: str) -> None:
    page = await browser.get(path)
    assert (page.status, words in page.text) == (status, True)
    assert "tel:" not in page.text  # nobody is sent to another county's telephone


async def test_where_the_county_is_known_so_is_its_telephone(browser: Browser) -> None:
    page = await browser.get("/pages/sign-in/jingxian?to=/")
    assert 'href="tel:0563-5000000"' in page.text


async def test_files_are_kept_for_good(browser: Browser) -> None:
    page = await browser.get(STYLES)
    assert (page.status, page.headers["Content-Type"]) == (200, "text/css; charset=utf-8")
    assert page.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_that_changes_has_another_name(tmp_path) -> None:
    (tmp_path / "a.css").write_text("b { }")
    before = Assets(tmp_path).url("a.css")
    (tmp_path / "a.css").write_text("b { color: red }")
    assert Assets(tmp_path).url("a.css") != before


async def test_one_person_cannot_ask_without_end(redis_port: RedisPort) -> None:
    async with town(redis_port, pages_burst=3, pages_rate=0.001) as here:
        browser, other = await here.browser(), await here.browser("o_xx_water")
        await browser.sign_in()
        pages = [await browser.get(OPT_IN) for _ in range(3)]
        assert [one.status for one in pages] == [200, 200, 429]
        assert pages[-1].headers["Retry-After"] == "5"
        assert "点得太快" in pages[-1].text
        assert (await browser.get(STYLES)).status == 200
        assert (await other.sign_in()).status == 200


async def test_redis_is_away(here: Town, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    await browser.sign_in()

    async def away(*_: object, **__: object) -> object:
        raise StoreAway("gone")

    monkeypatch.setattr(RedisPort, "command", away)
    page = await browser.get(OPT_IN)
    assert (page.status, "现在有点忙" in page.text) == (503, True)


def test_a_route_that_nobody_could_guard_is_not_made() -> None:
    async def handle(_: object) -> web.Response:
        return web.Response()

    with pytest.raises(ValueError, match="proof"):
        Route("POST", "/a/{account}", Audience.ANYBODY, handle)
    with pytest.raises(ValueError, match="account"):
        Route("GET", "/a", Audience.PERSON, handle)

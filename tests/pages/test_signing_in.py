"""Signing in by the platform: one code, one state, one browser; and where it ends when something of it is not as it should be."""

import asyncio
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.channels.wechat.oauth import authorize_url
from bot.pages.local import local_path
from storage.port import RedisPort
from tests.pages.town import JX, OPT_IN, WATER, XX, Browser, Town, town

MINUTE, HOUR = 60, 3600


async def test_a_person_is_led_to_the_page_he_wanted(here: Town, browser: Browser) -> None:
    page = await browser.get(OPT_IN + "&from=singlemessage")
    assert (page.status, page.headers["Cache-Control"]) == (303, "no-store")
    back = await browser.get(page.to)
    signed = await browser.get(back.to)
    assert (signed.status, signed.to) == (303, OPT_IN + "&from=singlemessage")
    shown = await browser.get(signed.to)
    assert shown.status == 200
    assert "约上门的时间" in shown.text
    assert (await browser.get(OPT_IN)).status == 200


def test_the_address_is_as_the_platform_matches_it(here: Town) -> None:
    """Order, encoding and fragment: each of them wrong is the classical stumbling block."""
    url = authorize_url(here.accounts[0], "https://lb.example.cn/pages/signed-in/a?b=c&d=甲", "0f")
    assert url.endswith("#wechat_redirect")
    assert url.partition("?")[2] == (
        "appid=wx310233c6c8aa6918&redirect_uri=https%3A%2F%2Flb.example.cn%2Fpages%2Fsigned-in%2Fa%3Fb%3Dc%26d%3D%E7%94%B2"
        "&response_type=code&scope=snsapi_base&state=0f#wechat_redirect"
    )


async def test_a_state_is_letters_and_digits_and_new_each_time(here: Town, browser: Browser) -> None:
    states = [parse_qs(urlsplit((await browser.get(OPT_IN)).to).query)["state"][0] for _ in range(2)]
    assert all(one.isalnum() and len(one) <= 128 for one in states)
    assert states[0] != states[1]


def changed(url: str, **query: str) -> str:
    parts = urlsplit(url)
    given = {name: one[0] for name, one in parse_qs(parts.query).items()} | query
    return parts._replace(query=urlencode({name: one for name, one in given.items() if one})).geturl()


@pytest.mark.parametrize(
    "query", [{"state": "0" * 48}, {"state": ""}, {"state": "甲"}, {"state": "../x"}, {"state": "a" * 5000}]
)
async def test_a_state_that_is_not_ours(here: Town, browser: Browser, query: dict[str, str]) -> None:
    page = await browser.get(changed(await browser.away(), **query))
    assert (page.status, browser.cookie("lianban")) == (400, "")
    assert "这次登录过时了" in page.text


async def test_a_state_ends_after_ten_minutes(here: Town, browser: Browser) -> None:
    back = await browser.away()
    here.clock.set(10 * MINUTE + 1)
    assert "这次登录过时了" in (await browser.get(back)).text


async def test_a_stolen_link_signs_nobody_in(here: Town, browser: Browser) -> None:
    """The thief's code in the victim's browser, which would make her act in his name; and it stays good for him."""
    back = await browser.away()
    victim = await here.browser(WATER)
    page = await victim.get(back)
    assert (page.status, victim.cookie("lianban")) == (400, "")
    assert "请从头再来一次" in page.text
    assert OPT_IN.replace("&", "&amp;") in page.text
    await victim.away()  # with a secret of her own it is the same
    assert (await victim.get(back)).status == 400
    assert (await browser.get(back)).status == 303


async def test_a_state_is_for_one_account(here: Town, browser: Browser) -> None:
    back = await browser.away()
    page = await browser.get(back.replace("/signed-in/xinxiang", "/signed-in/jingxian"))
    assert (page.status, browser.cookie("lianban")) == (400, "")


async def test_a_code_of_another_account_is_nobodys(here: Town, browser: Browser) -> None:
    other = parse_qs(urlsplit(await browser.away("/pages/opt-in/jingxian?templates=T-done")).query)["code"][0]
    page = await browser.get(changed(await browser.away(), code=other))
    assert (page.status, browser.cookie("lianban")) == (400, "")
    assert "微信的登录过时了" in page.text


async def test_a_code_is_good_once(here: Town, browser: Browser) -> None:
    first = await browser.away()
    assert (await browser.get(first)).status == 303
    used = parse_qs(urlsplit(first).query)["code"][0]
    second = await (await here.browser()).away()
    stranger = await here.browser()
    page = await stranger.get(changed(await stranger.away(), code=used))
    assert (page.status, stranger.cookie("lianban")) == (400, "")
    assert 'class="go" href="/pages/opt-in/xinxiang' in page.text
    assert parse_qs(urlsplit(second).query)["code"][0] != used


async def test_a_code_that_is_missing_or_too_old(here: Town, browser: Browser) -> None:
    page = await browser.get(changed(await browser.away(), code=""))
    assert (page.status, "您没有同意" in page.text) == (403, True)
    back = await browser.away()
    here.clock.set(6 * MINUTE)
    assert "微信的登录过时了" in (await browser.get(back)).text


async def test_twice_at_once_is_once(here: Town, browser: Browser) -> None:
    """WeChat's browser is known for it. Only one exchange is made; whoever comes second is where the first one is."""
    back = await browser.away()
    pages = await asyncio.gather(*(browser.get(back) for _ in range(4)))
    assert {(one.status, one.to) for one in pages} == {(303, OPT_IN)}
    assert sum("lianban=" in str(one.headers.getall("Set-Cookie", [])) for one in pages) == 1
    assert (await browser.get(OPT_IN)).status == 200


async def test_the_back_button_after_signing_in(here: Town, browser: Browser) -> None:
    back = await browser.away()
    await browser.get(back)
    again = await browser.get(back)
    assert (again.status, again.to) == (303, OPT_IN)
    assert (await browser.get(again.to)).status == 200


async def test_the_second_that_found_nobody_signed_in_begins_anew(here: Town, browser: Browser) -> None:
    """The first answer never came: its cookie is lost with it."""
    back = await browser.away()
    await browser.get(back)
    browser.session.cookie_jar.clear(lambda one: one.key == "lianban")
    again = await browser.get(back)
    assert (await browser.sign_in(again.to)).status == 200


async def test_a_session_is_new_at_every_sign_in(here: Town, browser: Browser) -> None:
    """What somebody planted in a browser never becomes a session, and the one before ends."""
    planted = "planted" * 6
    browser.session.cookie_jar.update_cookies({"lianban": planted}, URL(here.url))
    await browser.sign_in()
    first = browser.cookie("lianban")
    assert first not in {"", planted}
    await browser.get(await browser.away(f"/pages/sign-in/xinxiang?{urlencode({'to': OPT_IN})}"))
    assert browser.cookie("lianban") != first
    browser.session.cookie_jar.update_cookies({"lianban": first}, URL(here.url))
    assert (await browser.get(OPT_IN)).status == 303


async def test_a_session_is_one_of_its_account(here: Town, browser: Browser) -> None:
    await browser.sign_in()
    assert (await browser.get("/pages/opt-in/jingxian?templates=T-done")).status == 303
    neighbour = await here.browser(JX, "jingxian")
    assert (await neighbour.sign_in("/pages/opt-in/jingxian?templates=T-done")).status == 200
    assert (await neighbour.get(OPT_IN)).status == 303


async def test_a_session_ends_when_idle_and_after_half_a_day(here: Town, browser: Browser) -> None:
    await browser.sign_in()
    for minutes in range(25, 12 * 60, 25):
        here.clock.set(minutes * MINUTE)
        assert (await browser.get(OPT_IN)).status == 200
    here.clock.set(12 * HOUR)
    assert (await browser.get(OPT_IN)).status == 303
    await browser.sign_in()
    here.clock.set(12 * HOUR + 31 * MINUTE)
    assert (await browser.get(OPT_IN)).status == 303


async def test_redis_knows_no_secret(here: Town, browser: Browser) -> None:
    page = await browser.sign_in()
    kept = b""
    async for key in here.port.scan("lianban:s*"):
        kept += key + bytes(await here.port.command("GET", key.decode(), step=None))  # type: ignore[call-overload]
    assert XX.encode() in kept
    for secret in (browser.cookie("lianban"), browser.cookie("lianban_browser")):
        assert len(secret) > 20
        assert secret.encode() not in kept
    assert browser.proof(page).encode() in kept  # of no use without the cookie


async def test_outside_wechat_one_is_told_so_and_may_go_on(here: Town) -> None:
    outside = await here.browser("")
    page = await outside.get(OPT_IN, **{"User-Agent": "Mozilla/5.0 Firefox"})
    assert (page.status, "请在微信里打开" in page.text) == (403, True)
    assert 'href="/pages/sign-in/xinxiang?to=%2Fpages%2Fopt-in%2Fxinxiang%3Ftemplates%3DT-survey%2CT-done"' in page.text
    on = await outside.get("/pages/sign-in/xinxiang?to=%2Fpages%2Fopt-in%2Fxinxiang", **{"User-Agent": "Firefox"})
    assert on.status == 303
    assert "请在微信客户端打开链接" in (await outside.get(on.to)).text


@pytest.mark.parametrize(
    "to",
    [
        "", "https://evil.example/", "//evil.example/pages/", "/\\evil.example", "/pages/\\..", "/wechat/xinxiang", "/pages",
        "/pages/a\r\nSet-Cookie: x=y", "/pages/" + "a" * 2000, "/pages/sign-in/xinxiang?to=/pages/", "/pages/signed-in/xinxiang",
        "javascript:alert(1)", "/pages/甲",
    ],
)  # fmt: skip
async def test_nobody_is_led_elsewhere(browser: Browser, to: str) -> None:
    page = await browser.get(f"/pages/sign-in/xinxiang?{urlencode({'to': to})}")
    assert (page.status, page.to) == (400, "")
    assert "这个链接不全" in page.text


@given(st.text() | st.text().map("/pages/".__add__) | st.from_regex(r"[/\\]{1,3}[a-z.]+/pages/", fullmatch=True))
def test_a_local_path_is_local_whatever_was_given(path: str) -> None:
    found = local_path(path)
    assert found in {None, path}
    if found is not None:
        parts = urlsplit(found)
        assert (parts.scheme, parts.netloc) == ("", "")
        assert found.startswith("/pages/")
        assert "\n" not in found
        assert "\r" not in found


async def test_without_an_address_pages_are_closed(redis_port: RedisPort) -> None:
    async with town(redis_port, public_url="") as closed:
        page = await (await closed.browser()).get(OPT_IN)
        assert (page.status, "还没有开通" in page.text) == (503, True)

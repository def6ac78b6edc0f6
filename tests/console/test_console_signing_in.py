"""Signing in: by name and password, tried so often and no oftener, and nothing of a session outlives what it rests on."""

import datetime as dt

import pytest

from bot.console.passwords import drawn, weakness
from model.login import Role
from tests.console.office import PASSWORD, QUICK, Office

HOME, SIGN_IN, CHANGE = "/console/", "/console/sign-in", "/console/password"


async def test_in_and_out(here: Office) -> None:
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.HOTLINE)
    browser = here.stranger()
    sent = await browser.get("/console/cases/x")
    assert (sent.status, sent.to) == (303, "/console/sign-in?to=%2Fconsole%2Fcases%2Fx")
    form = await browser.get(sent.to)
    page = await browser.post(
        SIGN_IN, {"proof": form.proof, "name": " JIA ", "password": PASSWORD, "to": "/console/cases/x"}
    )
    assert (page.status, page.to) == (303, "/console/cases/x")
    home = await browser.get(HOME)
    assert "甲，您好" in home.text
    assert "热线" in home.text
    out = await browser.post("/console/sign-out", {"proof": home.proof})
    assert out.to == SIGN_IN
    assert (await browser.get(HOME)).status == 303


async def test_the_session_of_before_is_none_of_afterwards(here: Office) -> None:
    """Session fixation: whoever knew the secret before has nothing of it."""
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.HOTLINE)
    browser = here.stranger()
    await browser.get(SIGN_IN)
    before = browser.cookie()
    await browser.send(SIGN_IN, {"name": "jia", "password": PASSWORD})
    assert browser.cookie() != before
    other = here.stranger()
    page = await other.get(HOME, Cookie=f"lianban_console={before}")
    assert page.status == 303


@pytest.mark.parametrize("name", ["jia", "nobody", "x'; --", "甲"])
async def test_what_is_wrong_is_told_the_same_whoever_it_is(here: Office, name: str) -> None:
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.HOTLINE)
    page = await here.stranger().send(SIGN_IN, {"name": name, "password": "something else"})
    assert page.status == 403
    assert "登录名和密码对不上" in page.text


async def test_guessing_ends_and_the_clerk_is_not_shut_out(here: Office) -> None:
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.HOTLINE)
    his = await here.sign_in("jia")
    home = await his.get(HOME)
    await his.post("/console/sign-out", {"proof": home.proof})
    guesser = here.stranger()
    proof = (await guesser.get(SIGN_IN)).proof
    told = [
        (await guesser.post(SIGN_IN, {"proof": proof, "name": "jia", "password": f"guess {number}"})).status
        for number in range(11)
    ]
    assert told == [403] * 10 + [429]
    right = await guesser.post(SIGN_IN, {"proof": proof, "name": "jia", "password": PASSWORD})
    assert right.status == 429
    # His own browser was right before: it is counted by itself.
    assert (await his.send(SIGN_IN, {"name": "jia", "password": PASSWORD})).status == 303
    here.later(minutes=16)
    assert (await guesser.send(SIGN_IN, {"name": "jia", "password": PASSWORD})).status == 303


async def test_a_password_that_was_given_is_changed_first(here: Office) -> None:
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.ADMIN, given=True)
    browser = here.stranger()
    page = await browser.send(SIGN_IN, {"name": "jia", "password": PASSWORD, "to": HOME})
    assert page.to == CHANGE
    assert (await browser.get(HOME)).to == CHANGE
    # Whoever keeps passwords for him learns whose this is.
    assert '<input name="username" autocomplete="username" value="jia"' in (await browser.get(CHANGE)).text
    assert (await browser.get("/console/cases/x")).to == CHANGE
    wrong = await browser.send(CHANGE, {"before": "no", "new": "a long sentence", "again": "a long sentence"})
    assert wrong.status == 403
    for new, again, told in (
        ("short", "short", "太短"),
        ("a long sentence", "another one", "不一样"),
        (PASSWORD, PASSWORD, "请换一个"),
        ("jia jia jia jia", "jia jia jia jia", "不要带登录名"),
        ("1111111111", "1111111111", "太容易被猜到"),
    ):
        page = await browser.send(CHANGE, {"before": PASSWORD, "new": new, "again": again})
        assert page.status == 400
        assert told in page.text
    here.later(seconds=5)
    done = await browser.send(CHANGE, {"before": PASSWORD, "new": "a long sentence", "again": "a long sentence"})
    assert done.to == HOME
    assert (await browser.get(HOME)).status == 200


async def test_a_new_password_ends_what_others_have_open(here: Office) -> None:
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.HOTLINE)
    first, second = await here.sign_in("jia"), await here.sign_in("jia")
    here.later(seconds=5)
    await first.send(CHANGE, {"before": PASSWORD, "new": "a long sentence", "again": "a long sentence"})
    assert (await first.get(HOME)).status == 200
    assert (await second.get(HOME)).status == 303


@pytest.mark.parametrize("how", ["left", "ended", "other roles"])
async def test_whoever_may_no_longer_is_out_at_once(here: Office, how: str) -> None:
    browser = await here.clerk(Role.HOTLINE, name="jia")
    here.later(minutes=1)
    if how == "left":
        await here.staffing.retire("jingxian-jia")
    elif how == "ended":
        assert await here.logins.end("jingxian-jia")
    else:
        login = (await here.logins.of("jingxian-jia")).login  # type: ignore[union-attr]
        await here.logins.give(
            login.model_copy(update={"roles": frozenset({Role.LEAD}), "changed_at": here.now}), await QUICK.kept("x")
        )
    assert (await browser.get(HOME)).status == 303


async def test_it_ends_by_itself(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    for _ in range(24):
        here.later(minutes=29)
        assert (await browser.get(HOME)).status == 200
    here.later(minutes=29)
    assert (await browser.get(HOME)).status == 303  # twelve hours


async def test_idle_is_half_an_hour(here: Office) -> None:
    browser = await here.clerk(Role.HOTLINE)
    here.later(minutes=31)
    assert (await browser.get(HOME)).status == 303
    assert (await browser.post("/console/sign-out", {"proof": "x"})).status == 401


async def test_nobody_is_led_elsewhere(here: Office) -> None:
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.HOTLINE)
    for to in ("//evil.example/", "https://evil.example/console/", "/console/\\evil", "/console//evil", "/pages/x", ""):
        page = await here.stranger().send(SIGN_IN, {"name": "jia", "password": PASSWORD, "to": to})
        assert page.to == HOME, to


async def test_a_login_is_one_persons(here: Office) -> None:
    first = await here.hire("jingxian", "water_company", "甲")
    second = await here.hire("jingxian", "water_company", "乙")
    login = await here.login(first.id, "jia", Role.HOTLINE)
    other = login.model_copy(update={"staff": second.id})
    assert not await here.logins.give(other, "x")
    assert [one.name for one in await here.logins.of_county("jingxian")] == ["jia"]
    assert await here.logins.of_county("xinxiang") == ()


async def test_two_who_change_it_at_once(here: Office) -> None:
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.HOTLINE)
    kept = await here.logins.named("jia")
    assert kept is not None
    assert await here.logins.change("jia", kept.hash, "first", here.now)
    assert not await here.logins.change("jia", kept.hash, "second", here.now)


def test_what_is_drawn_is_strong_enough() -> None:
    assert weakness(drawn(), "jia") is None
    assert len({drawn() for _ in range(50)}) == 50


async def test_what_is_kept_is_no_password(here: Office) -> None:
    one = await here.hire("jingxian", "water_company", "甲")
    await here.login(one.id, "jia", Role.HOTLINE)
    kept = await here.logins.named("jia")
    assert kept is not None
    assert kept.hash.startswith("$argon2id$")
    assert PASSWORD not in kept.hash
    assert kept.login.changed_at < here.now + dt.timedelta(seconds=1)

"""The whole command against the stand-in platform: in good standing, and in every bad one."""

import json
import re

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.doctor.mapping import fields_of
from tests.doctor.surgery import COUNTY, Surgery, config, product_account, states, surgery, typed
from tests.shipped import shipped

READS = {
    ("GET", "/cgi-bin/getcallbackip"),
    ("GET", "/cgi-bin/get_api_domain_ip"),
    ("POST", "/cgi-bin/stable_token"),
    ("GET", "/cgi-bin/template/get_all_private_template"),
    ("GET", "/cgi-bin/template/get_industry"),
    ("GET", "/wxaapi/newtmpl/gettemplate"),
    ("GET", "/cgi-bin/get_current_selfmenu_info"),
    ("POST", "/cgi-bin/openapi/quota/get"),
    ("POST", "/cgi-bin/account/getaccountbasicinfo"),
    ("POST", "/cgi-bin/callback/check"),
}
"""What asks and changes nothing (the platform's documentation of each)."""


@pytest.fixture
def beside(own, monkeypatch):
    """The command looks at this platform and this product."""

    def stands(here: Surgery) -> Surgery:
        monkeypatch.setenv("LIANBAN_SANDBOX", here.platform)
        monkeypatch.setenv("LIANBAN_PUBLIC_URL", here.product)
        return here

    return stands


async def looked(capsys, *words):
    """Exit status, the states by check, and everything that was printed."""
    status = await typed("--json", *words)
    said = capsys.readouterr()
    return status, states(said.out), said.out + said.err


async def test_all_is_good(beside, capsys):
    async with surgery() as made:
        here = beside(made)
        await here.menu()
        status, found, said = await looked(capsys)
        assert (status, {check for check, state in found.items() if state != "good"}) == (0, set())
        assert json.loads(said)["good"] is True
        assert "认证到 2027年05月31日" in said
        assert {(method, path) for method, path, _ in here.asked} == READS
        assert all(not body["force_refresh"] for _, path, body in here.asked if path.endswith("stable_token"))
        assert await typed(COUNTY) == 0
        said = capsys.readouterr().out
        assert f"公众号 {COUNTY}（新乡县" in said
        assert re.search(r"好 \d+ 项，要处理 0 项，看不出 0 项。\n$", said)


async def test_nothing_secret_is_printed(beside, capsys):
    async with surgery() as made:
        here, token = beside(made), ""
        for words in (("--json",), ()):
            await typed(*words)
            said = capsys.readouterr()
            account = here.account
            for secret in (account.appsecret, account.token, account.encoding_aes_key):
                assert secret not in said.out + said.err
        async with here.session.post(
            f"{here.platform}/cgi-bin/stable_token",
            json={"grant_type": "client_credential", "appid": account.appid, "secret": account.appsecret},
        ) as answer:
            token = (await answer.json(content_type=None))["access_token"]
        assert token not in said.out + said.err
        assert "access_token" not in said.out + said.err


async def test_not_on_the_whitelist(beside, capsys):
    async with surgery() as made:
        await beside(made).order("standing", whitelist=["10.0.0.1"])
        status, found, said = await looked(capsys)
        assert (status, found["whitelist"], found["credentials"], found["menu"]) == (1, "act", "unseen", "unseen")
        assert "出口地址 127.0.0.1 不在白名单里" in said
        assert found["greeting"] == "good"


async def test_a_wrong_secret(own, monkeypatch, capsys):
    async with surgery() as made:
        account = product_account(config()).model_copy(update={"appsecret": "not-the-one", "api_base": made.platform})
        file = own / "accounts.json"
        file.write_text(json.dumps([account.model_dump(mode="json")]), encoding="utf-8")
        monkeypatch.setenv("LIANBAN_ACCOUNTS", str(file))
        status, found, said = await looked(capsys)
        assert (status, found["credentials"], found["templates"]) == (1, "act", "unseen")
        assert "40125" in said
        assert "not-the-one" not in said
        assert {path for _, path, _ in made.asked} == {"/cgi-bin/getcallbackip", "/cgi-bin/stable_token"}


async def test_what_it_may_not(beside, capsys):
    async with surgery(config(registration=None)) as made:
        await beside(made).menu()
        status, found, said = await looked(capsys)
        assert (status, found["verification"], found["rights"]) == (0, "unseen", "good")
        paths = ["template/get_all_private_template", "template/get_industry", "message/template/send"]
        await made.order("standing", unauthorised=paths)
        status, found, said = await looked(capsys)
        assert (status, found["verification"], found["rights"], found["templates"]) == (1, "act", "act", "unseen")
        assert "没开：模板消息" in said


async def test_banned(beside, capsys):
    async with surgery() as made:
        await beside(made).order("standing", banned=True)
        status, found, said = await looked(capsys)
        assert (status, found["credentials"], found["api"], found["quota"]) == (1, "good", "act", "unseen")
        assert "48004" in said


async def test_the_day_is_used_up(beside, capsys):
    async with surgery() as made:
        await beside(made).menu()
        await made.order("standing", daily={"message/template/send": 0, "message/custom/send": 1000})
        status, found, _ = await looked(capsys)
        assert (status, found["quota"], found["rights"]) == (0, "good", "unseen")  # a limit of 0 says nothing
        await made.order("standing", daily={"media/get": 1})
        token_asked = {"grant_type": "client_credential", "appid": made.account.appid, "secret": made.account.appsecret}
        async with made.session.post(f"{made.platform}/cgi-bin/stable_token", json=token_asked) as answer:
            token = (await answer.json(content_type=None))["access_token"]
        await made.session.get(f"{made.platform}/cgi-bin/media/get", params={"access_token": token, "media_id": "x"})
        status, found, said = await looked(capsys)
        assert (status, found["quota"]) == (1, "act")
        assert "取照片剩 0/1" in said


async def test_templates_that_are_not_there_or_have_other_fields(beside, capsys):
    whole = config().accounts[0].templates
    other = whole[1].model_copy(update={"fields": {"thing9": "别的", **dict(list(whole[1].fields.items())[1:])}})
    async with surgery(config(templates=(other, *whole[2:]))) as made:
        await beside(made).menu()
        status, found, said = await looked(capsys)
        assert (status, found["templates"]) == (1, "act")
        assert f"“{whole[0].template_id}”的编号 {whole[0].template_id} 后台没有" in said
        assert "还要 thing9" in said
    async with surgery(config(templates=tuple(one.model_copy(update={"listed": False}) for one in whole))) as made:
        await beside(made).menu()
        status, found, said = await looked(capsys)
        assert (status, found["templates"]) == (0, "unseen")


async def test_a_menu_of_somebody_else(beside, capsys):
    async with surgery() as made:
        beside(made)
        status, found, said = await looked(capsys)
        assert (status, found["menu"]) == (1, "act")
        assert "还没有菜单" in said
        view = {"type": "view", "name": "官网", "url": "https://a.example/"}
        await made.menu({"button": [view]})
        status, found, said = await looked(capsys)
        assert (status, found["menu"]) == (1, "act")
        assert "不是程序建的（或者是旧的）：现在是 官网" in said


async def test_the_product_is_not_reached(beside, monkeypatch, capsys):
    async with surgery(endpoint="http://127.0.0.1:9/wechat/{account}") as made:
        await beside(made).menu()
        status, found, _ = await looked(capsys)
        assert (status, found["callback"], found["greeting"]) == (0, "unseen", "good")
        monkeypatch.setenv("LIANBAN_PUBLIC_URL", "http://127.0.0.1:9")
        status, found, said = await looked(capsys)
        assert (status, found["callback"], found["greeting"]) == (1, "act", "act")
        assert "连不上" in said


async def test_a_host_that_cannot_be_reached(own, monkeypatch, capsys):
    account = product_account(config()).model_copy(update={"api_base": "http://127.0.0.1:9"})
    file = own / "accounts.json"
    file.write_text(json.dumps([account.model_dump(mode="json")]), encoding="utf-8")
    monkeypatch.setenv("LIANBAN_ACCOUNTS", str(file))
    status, found, said = await looked(capsys)
    assert (status, found["reach"], found["credentials"], found["clock"]) == (1, "act", "unseen", "unseen")
    assert found["address"] == "unseen"
    assert "没有问到：" not in said  # where nobody answers, nothing more is asked
    assert account.appsecret not in said


async def test_calls_that_fail_one_by_one_end_nothing(beside, capsys):
    async with surgery() as made:
        await beside(made).menu()
        await made.order("faults", path="template/get_all_private_template", status=502, times=9)
        await made.order("faults", path="get_current_selfmenu_info", silent="before", times=9)
        await made.order("faults", path="account/getaccountbasicinfo", errcode=-1, times=9)
        status, found, said = await looked(capsys)
        assert status == 0
        assert {check for check, state in found.items() if state == "unseen"} == {"templates", "menu", "verification"}
        assert "HTTP 502" in said


async def test_an_address_that_leads_elsewhere(beside, monkeypatch, capsys):
    async def elsewhere(request):
        raise web.HTTPFound(f"{made.product}{request.path_qs}")

    app = web.Application()
    app.router.add_get("/{rest:.*}", elsewhere)
    async with surgery() as made, TestServer(app) as moved:
        beside(made)
        monkeypatch.setenv("LIANBAN_PUBLIC_URL", str(moved.make_url("")))
        _, found, said = await looked(capsys)
        assert found["greeting"] == "act"
        assert "转到别处去了" in said


async def test_an_address_that_is_none_ends_nothing(own, monkeypatch, capsys):
    async with surgery() as made:
        account = product_account(config()).model_copy(update={"api_base": made.platform})
        file = own / "accounts.json"
        file.write_text(json.dumps([account.model_dump(mode="json")]), encoding="utf-8")
        monkeypatch.setenv("LIANBAN_ACCOUNTS", str(file))
        for url, said in (("https://lb.invalid:x", "端口不对"), ("https://lb.invalid", "域名解析不到")):
            monkeypatch.setenv("LIANBAN_PUBLIC_URL", url)
            status, found, out = await looked(capsys)
            assert (status, found["greeting"], found["credentials"]) == (1, "act", "good")
            assert said in out


async def test_what_is_to_be_filled_in_is_printed_and_nobody_asked(own, monkeypatch, capsys):
    account = product_account(config()).model_copy(update={"api_base": "http://127.0.0.1:9"})
    file = own / "accounts.json"
    file.write_text(json.dumps([account.model_dump(mode="json")]), encoding="utf-8")
    monkeypatch.setenv("LIANBAN_ACCOUNTS", str(file))
    assert await typed("--templates") == 0
    said = capsys.readouterr().out
    names = json.loads("{" + said[said.index('"templates"') :] + "}")["templates"]
    assert names.keys() == fields_of(shipped()[COUNTY]).keys()
    monkeypatch.setenv("LIANBAN_ACCOUNTS", str(own / "nowhere.json"))
    assert await typed("--templates") == 1
    assert "读不到" in capsys.readouterr().err


async def test_an_account_that_is_not_there_is_named(beside, capsys):
    async with surgery() as made:
        beside(made)
        assert await typed("nobody") == 1
        assert "没有这个号：nobody；有：xinxiang" in capsys.readouterr().err


async def test_no_accounts_and_no_counties_given(own, monkeypatch, capsys):
    status, found, said = await looked(capsys)
    assert (status, found) == (
        1,
        {"counties": "good", "keys": "good", "redis": "good", "sql": "good", "accounts": "act"},
    )
    assert "LIANBAN_ACCOUNTS" in said
    monkeypatch.setenv("LIANBAN_ACCOUNTS", str(own / "nowhere.json"))
    assert "读不到" in (await looked(capsys))[2]
    (own / "gbk.json").write_bytes('["县"]'.encode("gbk"))
    monkeypatch.setenv("LIANBAN_ACCOUNTS", str(own / "gbk.json"))
    assert "UTF-8" in (await looked(capsys))[2]
    assert sorted(one.name for one in own.iterdir()) == ["gbk.json"]

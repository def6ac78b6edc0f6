"""Living in an account that had a server, a menu and automatic replies before us: the whole program between the stand-in
platform and the server that was there, in all three modes (ADR 26).
"""

import asyncio
import base64
import json
import os
from argparse import ArgumentParser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.account_cli import AccountMistake, account, account_arguments, menus, menus_arguments
from bot.app import House, house
from bot.channels.wechat.saved import SavedMistake
from bot.settings import Settings
from sandbox.accounts import Mode, SandboxConfig, load
from sandbox.app import build_app
from sandbox.clock import Clock
from tests.e2e.process import free_ports
from tests.sandbox.sandbox_product import Product, Received

ROOT = Path(__file__).parents[2]
MODES = ("plain", "compatible", "safe")
REPLIES = "replies"
ENTERED = {
    "is_add_friend_reply_open": 1,
    "is_autoreply_open": 1,
    "add_friend_autoreply_info": {"type": "text", "content": "欢迎关注新乡县发布"},
    "message_default_autoreply_info": {"type": "text", "content": "您好，请回复关键词"},
    "keyword_autoreply_info": {
        "list": [
            {
                "rule_name": "医保",
                "create_time": 1423028166,
                "reply_mode": "reply_all",
                "keyword_list_info": [{"type": "text", "match_mode": "contain", "content": "医保"}],
                "reply_list_info": [
                    {"type": "text", "content": '请看<a href="http://old.example/yb">医保指南</a>'},
                    {"type": "img", "content": "media-1"},
                ],
            },
            {
                "rule_name": "投票",
                "create_time": 1423028166,
                "reply_mode": "random_one",
                "keyword_list_info": [{"type": "text", "match_mode": "equal", "content": "TP"}],
                "reply_list_info": [{"type": "text", "content": "一"}, {"type": "text", "content": "二"}],
            },
        ]
    },
}
OLD_MENU = [
    {"type": "click", "name": "今日", "key": "V1001_TODAY"},
    {
        "name": "服务",
        "sub_button": [
            {"type": "view", "name": "医保", "url": "http://old.example/yb"},
            {"type": "miniprogram", "name": "小程序", "url": "http://old.example/", "appid": "wx1", "pagepath": "pages/a"},
            {"type": "scancode_waitmsg", "name": "扫码", "key": "k1"},
            {"type": "location_select", "name": "位置", "key": "k2"},
            {"type": "media_id", "name": "图片", "media_id": "m1"},
        ],
    },
    {"name": "更多", "sub_button": [{"type": "article_id", "name": "文章", "article_id": "a1"}, {"type": "pic_weixin", "name": "相册", "key": "k3"}]},
]  # fmt: skip


def config() -> SandboxConfig:
    """Four accounts of one county: one in each mode with a server before us, and one with automatic replies."""
    known = load(ROOT / "sandbox" / "default.json")
    first = known.accounts[0]
    made = [
        first.model_copy(
            update={
                "id": name,
                "mode": Mode(name) if name in MODES else Mode.SAFE,
                "wecom": None,
                "appid": f"wx{number:016x}",
                "original_id": f"gh_{number:012x}",
                "phones": tuple(
                    one.model_copy(update={"openid": f"o_{name}_{one.openid[5:]}"}) for one in first.phones[:3]
                ),
            }
        )
        for number, name in enumerate((*MODES, REPLIES), 1)
    ]
    return SandboxConfig.model_validate(
        known.model_dump(by_alias=True) | {"accounts": [one.model_dump(by_alias=True) for one in made]}
    )


class World:
    """Platform, product and the server before it, in this process."""

    def __init__(self, made: House, settings: Settings, old: Product, origin: str, session: aiohttp.ClientSession):
        self.made, self.settings, self.old, self.origin, self.session = made, settings, old, origin, session

    async def act(self, name: str, act: str, who: str = "applicant", **body: Any) -> dict[str, Any]:
        url = f"{self.origin}/sandbox/phones/{name}/o_{name}_{who}/{act}"
        async with self.session.post(url, json=body) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def say(self, name: str, text: str, who: str = "applicant") -> str:
        done = await self.act(name, "text", who, content=text)
        return "\n".join(one["content"] for one in done["shown"])

    async def entered(self, name: str, **body: Any) -> None:
        async with self.session.post(f"{self.origin}/sandbox/selfmenu/{name}", json=body) as answer:
            assert answer.status == 200

    async def menu(self, name: str) -> Any:
        return await self.api(name, "get_current_selfmenu_info")

    async def api(self, name: str, path: str, body: Any = None) -> Any:
        one = next(one for one in self.made.accounts if one.id == name)
        grant = {"grant_type": "client_credential", "appid": one.appid, "secret": one.appsecret}
        async with self.session.post(f"{self.origin}/cgi-bin/stable_token", json=grant) as answer:
            token = (await answer.json())["access_token"]
        url, params = f"{self.origin}/cgi-bin/{path}", {"access_token": token}
        method = "GET" if body is None else "POST"
        async with self.session.request(method, url, params=params, json=body) as answer:
            return await answer.json()

    async def run(self, *words: str) -> str:
        parser = ArgumentParser()
        command, *rest = words
        (account_arguments if command == "account" else menus_arguments)(parser)
        work = account if command == "account" else menus
        return "\n".join(await work(self.settings, parser.parse_args(rest)))


@asynccontextmanager
async def world(data: Path) -> AsyncIterator[World]:
    known, port = config(), free_ports()
    old = Product(list(known.accounts))
    old.handler = lambda push: f"旧系统：{push.get('Content') or push.get('EventKey') or push.get('Event')}"
    origin = f"http://127.0.0.1:{port}"
    saved = data / "saved.json"
    saved.write_text(
        json.dumps(
            {
                "account": REPLIES,
                "appid": "x",
                "saved_at": "2026-11-28T10:00:00+08:00",
                "menu": {},
                "autoreplies": ENTERED,
            }
        )
    )
    async with TestServer(old.app()) as before, aiohttp.ClientSession() as session:
        listed = [
            {
                "id": one.id,
                "county": "xinxiang",
                "original_id": one.original_id,
                "appid": one.appid,
                "appsecret": one.appsecret,
                "token": one.token,
                "aes_key": one.encoding_aes_key,
                "mode": one.mode.value,
                "api_base": origin,
                "previous": {"autoreplies": str(saved)}
                if one.id == REPLIES
                else {"url": str(before.make_url(f"/wechat/{one.id}"))},
            }
            for one in known.accounts
        ]
        accounts = data / "accounts.json"
        accounts.write_text(json.dumps(listed), encoding="utf-8")
        keys = {"k1": base64.b64encode(os.urandom(32)).decode()}
        settings = Settings(
            accounts=accounts,
            data=data,
            keys=SecretStr(json.dumps(keys)),
            lookup_key=SecretStr(base64.b64encode(os.urandom(32)).decode()),
            wait=30,
            lag=30,
        )
        async with house(settings) as made, TestServer(made.app) as product:
            app = build_app(known, str(product.make_url("")).rstrip("/"), origin, timeout=30, interval=0, clock=Clock())
            runner = web.AppRunner(app)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            try:
                yield World(made, settings, old, origin, session)
            finally:
                await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with world(tmp_path_factory.mktemp("existing")) as made:
        yield made


@pytest.mark.parametrize("name", MODES)
async def test_what_was_there_goes_on_and_what_is_ours_is_ours(site: World, name: str) -> None:
    followed = await site.act(name, "follow")
    assert [one["content"] for one in followed["shown"]][-1] == "旧系统：subscribe"
    assert await site.say(name, "医保怎么交") == "旧系统：医保怎么交"
    assert await site.say(name, "你好") == "旧系统：你好"
    # The other server checks the signature and opens what is sealed by itself: it was handed on as it came.
    assert [push.get("Content") for push in site.old.received if push.account.id == name] == [
        None,
        "医保怎么交",
        "你好",
    ]
    page = await site.made.turns.page(name, f"o_{name}_applicant")
    assert page.revision == 0, "nothing is kept of whoever has nothing to do with us"
    asked = len(site.old.received)
    assert "旧系统" not in (reply := await site.say(name, "我要报装水电"))
    assert reply
    assert "旧系统" not in await site.say(name, "医保怎么交")
    assert len(site.old.received) == asked
    await site.act(name, "unfollow")
    assert site.old.received[-1].get("Event") == "unsubscribe"
    assert (await site.made.turns.conversation(name, f"o_{name}_applicant")).following is False


async def test_a_menu_of_both_reaches_both(site: World) -> None:
    menu = {"button": [OLD_MENU[0], {"type": "click", "name": "我要报装", "key": "apply"}]}
    assert (await site.api("safe", "menu/create", menu))["errcode"] == 0
    await site.act("safe", "follow", "water")
    assert (await site.act("safe", "menu", "water", path=[0]))["shown"][0]["content"] == "旧系统：V1001_TODAY"
    assert "旧系统" not in (await site.act("safe", "menu", "water", path=[1]))["shown"][0]["content"]


async def test_a_redelivery_goes_where_the_first_one_went(site: World) -> None:
    name, who = "plain", "power"
    await site.act(name, "follow", who)
    first = await site.act(name, "text", who, content="天气")
    assert first["shown"][0]["content"] == "旧系统：天气"
    await site.say(name, "我要报装水电", who)
    again = await site.act(name, "redeliver", who, message_id=first["message_id"], times=2, at_once=True)
    assert [one["content"] for one in again["shown"]] == ["旧系统：天气"] * 2
    fresh = await site.act(name, "text", who, content="天气")
    assert "旧系统" not in fresh["shown"][0]["content"]
    kept = await site.act(name, "redeliver", who, message_id=fresh["message_id"])
    assert kept["shown"][0]["content"] == fresh["shown"][0]["content"]


async def test_the_old_server_is_slow_to_fail_and_the_person_is_told(site: World) -> None:
    name, who = "compatible", "water"
    await site.act(name, "follow", who)
    before, site.old.handler = site.old.handler, lambda push: web.Response(status=502)
    try:
        done = await site.act(name, "text", who, content="医保怎么交")
    finally:
        site.old.handler = before
    assert [one["status"] for one in done["attempts"]] == [503, 503, 200]
    assert "报装" in done["shown"][0]["content"]


async def test_two_at_once_of_a_message_are_decided_once(site: World) -> None:
    """While one delivery is with the old server, another of the same message comes: both are its, though a form is opened."""
    name, who = "safe", "power"
    await site.act(name, "follow", who)
    gate, before = asyncio.Event(), site.old.handler

    async def slow(push: Received) -> str:
        await gate.wait()
        return "旧系统：慢"

    site.old.handler = slow
    try:
        talking = asyncio.create_task(site.act(name, "text", who, content="天气"))
        push = await site.old.next()
        while push.get("Content") != "天气":
            push = await site.old.next()
        assert "旧系统" not in await site.say(name, "我要报装水电", who)
        gate.set()
        assert (await talking)["shown"][0]["content"] == "旧系统：慢"
    finally:
        site.old.handler = before


async def test_keyword_replies_are_given_where_there_was_no_server(site: World) -> None:
    followed = await site.act(REPLIES, "follow")
    assert followed["shown"][-1]["content"] == "欢迎关注新乡县发布"
    assert await site.say(REPLIES, "新农合和医保") == '请看<a href="http://old.example/yb">医保指南</a>'
    drawn = await site.act(REPLIES, "text", content="tp")
    assert drawn["shown"][0]["content"] in {"一", "二"}
    again = await site.act(REPLIES, "redeliver", message_id=drawn["message_id"])
    assert again["shown"][0]["content"] == drawn["shown"][0]["content"]
    assert await site.say(REPLIES, "投票TP") == "您好，请回复关键词"
    assert "关键词" not in await site.say(REPLIES, "我要报装水电")


async def test_an_old_menu_is_not_replaced_unsaved_and_comes_back_as_it_was(site: World, tmp_path: Path) -> None:
    name = "safe"
    for other in site.made.accounts:
        await site.entered(other.id)
    assert (await site.api(name, "menu/create", {"button": OLD_MENU}))["errcode"] == 0
    was = await site.menu(name)
    with pytest.raises(AccountMistake, match=f"account save {name}"):
        await site.run("menus")
    assert await site.menu(name) == was
    told = await site.run("account", "save", name)
    [path] = site.settings.data.glob(f"accounts/{name}-*.json")
    assert str(path) in told
    assert path.stat().st_mode & 0o777 == 0o600
    assert "换成联办的" in await site.run("menus")
    assert await site.menu(name) != was
    with pytest.raises(AccountMistake, match="已经是联办的"):
        await site.run("account", "save", name)
    told = await site.run("account", "restore", name, str(path))
    assert await site.menu(name) == was
    assert "读回来核对" not in told
    assert "“服务器地址”改回 http" in told
    assert "手工补上" not in told
    with pytest.raises(AccountMistake, match="另一个公众号"):
        await site.run("account", "restore", "plain", str(path))
    with pytest.raises(SavedMistake, match="不会覆盖"):
        await site.run("account", "save", name, str(path))
    (tmp_path / "broken.json").write_text("{}")
    with pytest.raises(SavedMistake, match="改坏了"):
        await site.run("account", "restore", name, str(tmp_path / "broken.json"))
    with pytest.raises(SavedMistake, match="没有这个文件"):
        await site.run("account", "restore", name, str(tmp_path / "none.json"))
    with pytest.raises(AccountMistake, match="没有“nobody”"):
        await site.run("account", "save", "nobody")


async def test_ours_beside_what_was_there(site: World) -> None:
    name = "safe"
    for other in site.made.accounts:
        await site.entered(other.id)
    assert (await site.api(name, "menu/create", {"button": OLD_MENU}))["errcode"] == 0
    await site.run("account", "save", name, str(site.settings.data / "accounts" / f"{name}-three.json"))
    with pytest.raises(AccountMistake, match="已经有3个一级按钮"):
        await site.run("menus", "--beside")
    assert (await site.api(name, "menu/create", {"button": OLD_MENU[:2]}))["errcode"] == 0
    two = (await site.menu(name))["selfmenu_info"]["button"]
    await site.run("account", "save", name, str(site.settings.data / "accounts" / f"{name}-two.json"))
    for _ in range(2):  # the second time ours is there already
        assert "旁边加上了" in await site.run("menus", "--beside")
        assert (await site.menu(name))["selfmenu_info"]["button"][:2] == two
    ours = (await site.menu(name))["selfmenu_info"]["button"][2]["sub_button"]["list"]
    assert [one["key"] for one in ours][:2] == ["apply", "progress"]
    assert (await site.menu("plain"))["selfmenu_info"]["button"][0]["key"] == "apply"
    await site.entered(name, menu={"selfmenu_info": {"button": [{"type": "text", "name": "电话", "value": "1"}]}})
    with pytest.raises(AccountMistake, match="电话：点了发文字：1"):
        await site.run("menus", "--beside", "--replace")


async def test_what_only_the_platforms_pages_can_make_is_said_in_words(site: World, tmp_path: Path) -> None:
    name, path = REPLIES, tmp_path / "saved.json"
    news = {"list": [{"title": "新乡县发布", "content_url": "http://mp.example/1"}]}
    entered = {
        "is_menu_open": 1,
        "selfmenu_info": {
            "button": [
                {"type": "text", "name": "电话", "value": "0373-5080000"},
                {
                    "name": "服务",
                    "sub_button": {
                        "list": [
                            {"type": "view", "name": "医保", "url": "http://old.example/yb"},
                            {"type": "news", "name": "动态", "value": "m", "news_info": news},
                            {"type": "video", "name": "视频", "value": "http://v.example/"},
                        ]
                    },
                },
                {"type": "img", "name": "地图", "value": "m2"},
            ]
        },
    }
    await site.entered(name, menu=entered, autoreplies=ENTERED)
    saved = await site.run("account", "save", name, str(path))
    with pytest.raises(AccountMistake, match="--replace"):
        await site.run("menus")
    await site.run("menus", "--replace")
    told = await site.run("account", "restore", name, str(path))
    for words in ("电话：点了发文字：0373-5080000", "服务 › 动态：点了发图文：《新乡县发布》http://mp.example/1", "地图：点了发图片",
                  "关键词回复“医保”：包含“医保”，全部回复", "关注后自动回复（开着）：欢迎关注新乡县发布"):  # fmt: skip
        assert words in told
        assert words in saved
    assert "停用“服务器配置”" in told
    view = {"type": "view", "name": "医保", "url": "http://old.example/yb"}
    assert (await site.menu(name))["selfmenu_info"]["button"] == [{"name": "服务", "sub_button": {"list": [view]}}]


async def test_an_account_that_had_no_menu_has_none_again(site: World, tmp_path: Path) -> None:
    name, path = "plain", tmp_path / "saved.json"
    await site.entered(name)
    await site.run("account", "save", name, str(path))
    await site.run("menus", "--replace")
    assert (await site.menu(name))["is_menu_open"] == 1
    assert "已经去掉" in await site.run("account", "restore", name, str(path))
    assert (await site.menu(name))["is_menu_open"] == 0

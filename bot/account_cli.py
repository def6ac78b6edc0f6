"""`account`: what an official account showed and said before us, saved before the switch and put back by one command (ADR 26)."""

import datetime as dt
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.channels.wechat.account import PreviousServer
from bot.channels.wechat.client import WeChat
from bot.channels.wechat.results import Done, Failed, NoAnswer
from bot.channels.wechat.saved import SavedAccount, SavedMistake, read_saved, write_saved
from bot.channels.wechat.selfmenu import buttons_of, likeness, restorable, without
from bot.channels.wechat.spoken_replies import told_replies
from bot.menus import KEYS, menu_beside, menu_of
from bot.platform_beside import Platform, platform_beside
from bot.settings import Settings
from model.calendar import CHINA

_MOST = 3
_FROM = "自动回复不能用接口设置，请在公众号后台核对（下面是存下时的内容）；后台的“服务器配置”启用着的时候它们不起作用，停用后才起作用："


class AccountMistake(Exception):
    """There is no such account, the platform refuses, or it would lose what was there before."""


def account_arguments(parser: ArgumentParser) -> None:
    """`account save ACCOUNT [FILE]`, `account restore ACCOUNT FILE`."""
    acts = parser.add_subparsers(dest="act", required=True)
    save = acts.add_parser(
        "save", help="save its menu and automatic replies, before the menu and the callback are ours"
    )
    save.add_argument("account")
    save.add_argument("file", type=Path, nargs="?", help="default: a new file in the data directory, under accounts/")
    restore = acts.add_parser("restore", help="put the old menu back, and say what is left to do by hand")
    restore.add_argument("account")
    restore.add_argument("file", type=Path)


def menus_arguments(parser: ArgumentParser) -> None:
    """`menus [--beside] [--replace]`."""
    parser.add_argument("--beside", action="store_true", help="keep the buttons that are there, ours below one more")
    parser.add_argument("--replace", action="store_true", help="also a menu that is not ours and was not saved")


async def account(settings: Settings, options: Namespace) -> list[str]:
    """Saves or restores. Raises AccountMistake, SavedMistake, AccountsMissing."""
    async with platform_beside(settings) as beside:
        client = beside.clients.get(options.account)
        if client is None:
            raise AccountMistake(f"清单里没有“{options.account}”这个公众号，有：{'、'.join(beside.clients)}")
        if options.act == "save":
            return await _save(settings, client, options.file)
        return await _restore(client, options.file)


async def menus(settings: Settings, options: Namespace) -> list[str]:
    """Makes the menu of every account ours, or puts ours beside what is there; none at all while one has another menu that was
    not saved, or has no room. Raises AccountMistake.
    """
    async with platform_beside(settings) as beside:
        able = {name: client for name, client in beside.clients.items() if client.account.may_text}
        others = {name: without(_answer(name, await client.current_menu()), KEYS) for name, client in able.items()}
        if not options.replace:
            _nothing_is_lost(settings, beside, others)
        if options.beside:
            _has_room(others)
        lines = [f"{name}：没有认证的订阅号，不能用接口建菜单。" for name in beside.clients.keys() - able.keys()]
        for name, client in able.items():
            county, kept = beside.counties[client.account.county], restorable(others[name]).buttons
            stays = options.beside and kept
            _sure(name, await client.create_menu(menu_beside(county, kept) if stays else menu_of(county)))
            done = "原来的按钮还在，旁边加上了联办的" if stays else "菜单已经换成联办的"
            lines.append(f"{name}：{done}，手机上5分钟内看到。")
        return lines


def _has_room(others: Mapping[str, Mapping[str, Any]]) -> None:
    """Platform rule: three buttons at the top. What only the platform's pages can make cannot be kept by the API."""
    for name, menu in others.items():
        if len(buttons_of(menu)) >= _MOST:
            raise AccountMistake(f"{name} 已经有{_MOST}个一级按钮，加不下联办的，菜单都没有动。请先把它们并成两个。")
        if restorable(menu).by_hand:
            told = list(_by_hand(f"{name} 有接口建不了的按钮，留不住，菜单都没有动：", menu))
            raise AccountMistake("\n".join([*told, "请先在后台把它们换成网页链接，或者去掉。"]))


def _nothing_is_lost(settings: Settings, beside: Platform, others: Mapping[str, Mapping[str, Any]]) -> None:
    foreign = [
        name
        for name, menu in others.items()
        if buttons_of(menu) and not _is_saved(settings, beside.clients[name], menu)
    ]
    if foreign:
        raise AccountMistake(
            "\n".join(
                [
                    *(f"{name} 现在的菜单不是联办的，也没有存过，菜单都没有动。" for name in foreign),
                    *(f"请先存下来：python -m bot account save {name}" for name in foreign),
                    "已经存在别处、或者确实不要了的，加上 --replace。",
                ]
            )
        )


def _is_saved(settings: Settings, client: WeChat, menu: Mapping[str, Any]) -> bool:
    wanted = likeness(menu)
    for path in _folder(settings).glob(f"{client.account.id}-*.json"):
        try:
            saved = read_saved(path)
        except SavedMistake:
            continue
        if saved.appid == client.account.appid and likeness(without(saved.menu, KEYS)) == wanted:
            return True
    return False


def _folder(settings: Settings) -> Path:
    return settings.data / "accounts"


async def _save(settings: Settings, client: WeChat, file: Path | None) -> list[str]:
    name, now = client.account.id, dt.datetime.now(CHINA)
    current = _answer(name, await client.current_menu())
    menu = without(current, KEYS)
    if buttons_of(current) and not buttons_of(menu):
        raise AccountMistake(f"{name} 现在的菜单已经是联办的，没有可存的旧菜单。以前存过的在 {_folder(settings)}/ 里。")
    autoreplies = _answer(name, await client.current_autoreplies())
    path = file or _folder(settings) / f"{name}-{now:%Y%m%d-%H%M%S}.json"
    saved = SavedAccount(account=name, appid=client.account.appid, saved_at=now, menu=current, autoreplies=autoreplies)
    write_saved(path, saved)
    return [
        f"已存到 {path}（只有本用户能读，请另外备份一份）。",
        f"菜单：{len(buttons_of(menu))} 个一级按钮。" if buttons_of(menu) else "菜单：没有，或者没有开启。",
        *_by_hand("恢复时接口建不了、要手工补的按钮：", menu),
        *told_replies(autoreplies),
        "图片、语音只在平台上留3天，要留的请现在从后台的素材库另存。",
    ]


async def _restore(client: WeChat, file: Path) -> list[str]:
    name, saved = client.account.id, read_saved(file)
    if saved.appid != client.account.appid:
        raise AccountMistake(
            f"{file} 是另一个公众号（{saved.appid}）的，{name} 是 {client.account.appid}。什么都没有动。"
        )
    able = restorable(without(saved.menu, KEYS))
    if able.buttons:
        _sure(name, await client.create_menu(able.menu))
        done = f"{name}：{saved.saved_at.astimezone(CHINA):%Y年%-m月%-d日}存下的菜单已经放回去，手机上5分钟内看到。"
        now = _answer(name, await client.current_menu())
        if likeness(now) != likeness({"selfmenu_info": able.menu}):
            done += "读回来核对，和存下的不一样，请在手机上看一下。"
    else:
        _sure(name, await client.delete_menu())
        done = f"{name}：联办的菜单已经去掉。" + ("" if able.by_hand else "以前没有开启菜单。")
    return [
        done,
        *_by_hand("接口建不了的按钮，请在公众号后台的“自定义菜单”里手工补上：", saved.menu),
        *([_FROM] if told_replies(saved.autoreplies) else []),
        *told_replies(saved.autoreplies),
        _last_step(client),
    ]


def _last_step(client: WeChat) -> str:
    previous = client.account.previous
    if isinstance(previous, PreviousServer):
        return f"最后一步要手工做：在公众号后台把“服务器地址”改回 {previous.url} ，Token 和 EncodingAESKey 不变。"
    return "最后一步要手工做：在公众号后台把“服务器地址”改回原来的；原来没有的，停用“服务器配置”。"


def _by_hand(head: str, menu: Mapping[str, Any]) -> Iterator[str]:
    left = restorable(menu).by_hand
    if left:
        yield head
        yield from (f"  {one.place}：{one.words}" for one in left)


def _answer(name: str, found: dict[str, Any] | Failed) -> dict[str, Any]:
    if isinstance(found, dict):
        return found
    raise AccountMistake(f"{name}：{_why(found)}")


def _sure(name: str, found: Done | Failed) -> None:
    if not isinstance(found, Done):
        raise AccountMistake(f"{name}：{_why(found)}")


def _why(failed: Failed) -> str:
    if isinstance(failed, NoAnswer):
        return f"平台没有答复（{failed.reason}），请过一会儿再试。"
    return f"平台不同意：{failed.code} {failed.errmsg}"

"""The menu that phones show, against ours."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.channels.wechat.results import Failed
from bot.doctor.answers import Button, Menu
from bot.doctor.finding import Check, Finding, act, good
from bot.doctor.refusals import failed

_MAKE = "运行 python -m bot menus 建菜单；手机上五分钟内看到，急着看就取消关注再关注"
_Led = tuple[str, str]
"""Name, and what a tap leads to."""


def judged(found: Menu | Failed, ours: Mapping[str, Any]) -> Finding:
    """查询自定义菜单信息 (get_current_selfmenu_info); `ours` as menu/create takes it."""
    if not isinstance(found, Menu):
        return failed(Check.MENU, found)
    shown, wanted = list(_leaves(found.selfmenu_info.button)), list(_leaves(_read(ours)))
    if not found.is_menu_open or not shown:
        return act(Check.MENU, "还没有菜单，或者菜单停用了", _MAKE)
    if shown == wanted:
        return good(Check.MENU, f"是程序建的：{'、'.join(name for name, _ in shown)}")
    names = "、".join(name for name, _ in shown)
    if {leads for _, leads in shown} == {leads for _, leads in wanted}:
        return act(Check.MENU, f"是程序建的，文字或次序改过：现在是 {names}", _MAKE)
    lacking = [name for name, leads in wanted if leads not in {led for _, led in shown}]
    return act(
        Check.MENU,
        f"不是程序建的（或者是旧的）：现在是 {names}；没有 {'、'.join(lacking) or '多出来几项'}",
        "现在的菜单还要用的，先截图记下来：下一步会把它整个换掉",
        _MAKE,
        "以后不要在公众平台后台改菜单：改了就换成后台的，程序的按钮会没有",
    )


def _leaves(buttons: Iterable[Button]) -> Iterable[_Led]:
    for button in buttons:
        for one in button.sub_button.list or (button,):
            yield one.name, f"{one.type}:{one.key or one.url}"


def _read(menu: Mapping[str, Any]) -> list[Button]:
    """Ours is written as menu/create wants it: what is below stands in the list itself."""
    return [Button.model_validate({**one, "sub_button": {"list": one.get("sub_button", [])}}) for one in menu["button"]]

"""The account's menu: applying and progress at one tap, the rest behind 更多."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import structlog

from bot.channels.wechat.client import WeChat
from bot.channels.wechat.results import Done
from handlers.wording.catalogue import Catalogue
from model.county import County

MORE: Final = ("help", "human", "tasks", "matters", "role")
FOLDED: Final = ("apply", "progress", "matters", "human", "help")
"""What stands below one button, where the others are another program's; staff write 任务."""
KEYS: Final = frozenset({"apply", "progress", *MORE})
"""What our buttons send."""

log = structlog.get_logger()


def menu_of(county: County) -> dict[str, Any]:
    """The menu in the county's words, as menu/create wants it."""
    say = Catalogue(county).say
    more = [_button(say(f"menu.{key}"), key) for key in MORE]
    buttons = [_button(say("menu.apply"), "apply"), _button(say("menu.progress"), "progress")]
    return {"button": [*buttons, {"name": say("menu.more"), "sub_button": more}]}


def menu_beside(county: County, others: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Another program's buttons as they are, and ours below one of their own."""
    say = Catalogue(county).say
    ours = [_button(say(f"menu.{key}"), key) for key in FOLDED]
    return {"button": [*others, {"name": say("menu.apply"), "sub_button": ours}]}


async def create_menus(clients: Mapping[str, WeChat], counties: Mapping[str, County]) -> None:
    """Replaces the menu of every account that may have one; a refusal is logged and changes nothing else."""
    for client in clients.values():
        if not client.account.may_text:
            log.warning("menu.no_right", account=client.account.id, kind=client.account.kind)
            continue
        outcome = await client.create_menu(menu_of(counties[client.account.county]))
        if not isinstance(outcome, Done):
            log.warning("menu.refused", account=client.account.id, outcome=type(outcome).__name__)


def _button(name: str, key: str) -> dict[str, str]:
    return {"type": "click", "name": name, "key": key}

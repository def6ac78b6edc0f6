"""The menu that phones show now, whoever made it."""

from typing import Any


def selfmenu(menu: list[dict[str, Any]]) -> dict[str, Any]:
    """GET /cgi-bin/get_current_selfmenu_info. Platform rule: what is below a button stands in `sub_button.list`."""
    buttons = [
        button | {"sub_button": {"list": button["sub_button"]}} if button.get("sub_button") else button
        for button in menu
    ]
    return {"is_menu_open": int(bool(menu)), "selfmenu_info": {"button": buttons}}

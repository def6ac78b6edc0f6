"""What the account's own people entered in the platform's pages: a menu and automatic replies. They can be asked for by the API,
and set only there: here at POST /sandbox/selfmenu/<account>.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Entered(BaseModel):
    """`menu` as get_current_selfmenu_info answers it, `autoreplies` as get_current_autoreply_info."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    menu: dict[str, Any] = Field(default_factory=dict)
    autoreplies: dict[str, Any] = Field(default_factory=dict)


NO_REPLIES: dict[str, Any] = {"is_add_friend_reply_open": 0, "is_autoreply_open": 0}


def current_menu(created: list[dict[str, Any]], entered: Entered) -> dict[str, Any]:
    """Platform rule: the menu in use. One made through the API is told as it was made, but what lies below a button stands in
    a `list`; else it is the one that was entered.
    """
    if created:
        return {"is_menu_open": 1, "selfmenu_info": {"button": [_listed(button) for button in created]}}
    return entered.menu or {"is_menu_open": 0, "selfmenu_info": {"button": []}}


def _listed(button: dict[str, Any]) -> dict[str, Any]:
    below = button.get("sub_button")
    return button | {"sub_button": {"list": below}} if below else button

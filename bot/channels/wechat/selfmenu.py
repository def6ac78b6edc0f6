"""The menu of an account as get_current_selfmenu_info tells it, and as menu/create takes it: two formats (platform rule).

What was made in the platform's own pages can be more than the API can make: a tap that sends a text, a picture, a video, an
article. Such a button is left out, and said in words, to be entered by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "view": ("url",),
    "miniprogram": ("url", "appid", "pagepath"),
    "media_id": ("media_id",),
    "view_limited": ("media_id",),
    "article_id": ("article_id",),
    "article_view_limited": ("article_id",),
    **dict.fromkeys(
        (
            "click",
            "scancode_push",
            "scancode_waitmsg",
            "pic_sysphoto",
            "pic_photo_or_album",
            "pic_weixin",
            "location_select",
        ),
        ("key",),
    ),
}
"""What menu/create takes of each type, besides the name."""
_SENDS: Final = {"img": "图片", "voice": "语音", "video": "视频"}


@dataclass(frozen=True, slots=True)
class ByHand:
    """A button that the API cannot make: where it stood, and what a tap did, in words."""

    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Restorable:
    """What menu/create can make of it (no buttons: there is nothing to make), and what it cannot."""

    buttons: tuple[dict[str, Any], ...]
    by_hand: tuple[ByHand, ...]

    @property
    def menu(self) -> dict[str, Any]:
        """As menu/create wants it."""
        return {"button": list(self.buttons)}


def restorable(found: Mapping[str, Any]) -> Restorable:
    """The answer of get_current_selfmenu_info, read for menu/create. A menu that was switched off is none."""
    made, by_hand = [], []
    for button in buttons_of(found):
        below, made_below = _below(button), []
        for one in below if below is not None else (button,):
            fields = _made(one)
            if fields is None:
                by_hand.append(ByHand(_place(button, one), _does(one)))
            else:
                made_below.append(fields)
        if below is None:
            made += made_below
        elif made_below:
            made.append({"name": _text(button, "name"), "sub_button": made_below})
    return Restorable(tuple(made), tuple(by_hand))


def buttons_of(found: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The buttons at the top; none of a menu that was switched off."""
    menu = found.get("selfmenu_info")
    if found.get("is_menu_open") == 0 or not isinstance(menu, Mapping):
        return []
    return _dicts(menu.get("button"))


def without(found: Mapping[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    """The same menu without the buttons at the top that send nothing but these keys, or lead only to such."""
    kept = [one for one in buttons_of(found) if not {_text(leaf, "key") for leaf in _below(one) or [one]} <= keys]
    return {"is_menu_open": int(bool(kept)), "selfmenu_info": {"button": kept}}


def likeness(found: Mapping[str, Any]) -> tuple[Any, ...]:
    """Two menus with the same likeness are the same: without what differs at every call (platform rule: media ids, addresses)."""
    made = []
    for one in buttons_of(found):
        below = _below(one)
        made.append(_likeness(one) if below is None else (_text(one, "name"), tuple(_likeness(part) for part in below)))
    return tuple(made)


def _likeness(one: Mapping[str, Any]) -> tuple[Any, ...]:
    kind = _text(one, "type")
    return (_text(one, "name"), kind, *(_field(one, name) for name in _FIELDS.get(kind, ())), _words(one))


def _below(button: Mapping[str, Any]) -> list[Mapping[str, Any]] | None:
    """The buttons below this one; None of one that does something itself. Asked for, the list stands in a `list`."""
    below = button.get("sub_button")
    if isinstance(below, Mapping):
        below = below.get("list")
    return _dicts(below) if isinstance(below, list) and below else None


def _made(one: Mapping[str, Any]) -> dict[str, Any] | None:
    kind = _text(one, "type")
    names = _FIELDS.get(kind)
    if names is None:
        return None
    fields = {name: _field(one, name) for name in names}
    return {"type": kind, "name": _text(one, "name"), **fields} if all(fields.values()) else None


def _field(one: Mapping[str, Any], name: str) -> str:
    """Ids stand in `value` where the menu was not made through the API (platform rule)."""
    return _text(one, name) or (_text(one, "value") if name.endswith("_id") else "")


def _words(one: Mapping[str, Any]) -> str:
    return _text(one, "value") if _text(one, "type") == "text" else ""


def _does(one: Mapping[str, Any]) -> str:
    kind = _text(one, "type")
    if kind == "text":
        return f"点了发文字：{_words(one)}"
    if kind in _SENDS:
        return f"点了发{_SENDS[kind]}：在素材库里重新选"
    if kind == "news":
        news = one.get("news_info")
        articles = _dicts(news.get("list")) if isinstance(news, Mapping) else []
        told = "；".join(f"《{_text(each, 'title')}》{_text(each, 'content_url')}" for each in articles)
        return f"点了发图文：{told or '在素材库里重新选'}"
    return f"类型“{kind or '没有写'}”，接口里没有这一种或缺内容"


def _place(top: Mapping[str, Any], one: Mapping[str, Any]) -> str:
    return _text(one, "name") if one is top else f"{_text(top, 'name')} › {_text(one, 'name')}"


def _text(one: Mapping[str, Any], name: str) -> str:
    found = one.get(name)
    return found if isinstance(found, str) else ""


def _dicts(found: Any) -> list[Mapping[str, Any]]:
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []

"""The menu at the foot of the chat, as the product created it."""

from typing import Any

from .errors import ApiError

MAX_TOP, MAX_SUB = 3, 5
_TYPES_WITH_MEDIA = {
    "media_id": "media_id", "view_limited": "media_id", "article_id": "article_id", "article_view_limited": "article_id",
}  # fmt: skip
"""What the platform sends or opens by itself at a tap, and the field that says which."""
_TYPES_WITH_KEY = {
    "click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select",
}  # fmt: skip


def check_menu(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Platform rule: at most 3 buttons, 5 below each; names up to 16 and 60 bytes, keys 128, addresses 1024."""
    buttons = body.get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MAX_TOP:
        raise ApiError(40016, "invalid button size")
    return [_top(button) for button in buttons]


def button_at(menu: list[dict[str, Any]], path: list[int]) -> dict[str, Any] | None:
    """The button a finger is on: [0] the first, [1, 2] the third below the second."""
    level, found = menu, None
    for index in path:
        if not 0 <= index < len(level):
            return None
        found = level[index]
        level = found.get("sub_button", [])
    return found if found is not None and "type" in found else None


def _top(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise ApiError(40016, "invalid button size")
    name = _name(button, 16, 40018, "invalid button name size")
    below = button.get("sub_button")
    if below in (None, []):
        return {"name": name} | _action(button)
    if not isinstance(below, list) or len(below) > MAX_SUB or not all(isinstance(part, dict) for part in below):
        raise ApiError(40023, "invalid sub button size")
    subs = [{"name": _name(part, 60, 40025, "invalid sub button name size")} | _action(part) for part in below]
    return {"name": name, "sub_button": subs}


def _name(button: dict[str, Any], limit: int, code: int, message: str) -> str:
    name = button.get("name")
    if not isinstance(name, str) or not 0 < len(name.encode()) <= limit:
        raise ApiError(code, message)
    return name


def _action(button: dict[str, Any]) -> dict[str, Any]:
    kind = button.get("type")
    if kind == "view":
        return {"type": kind, "url": _url(button)}
    if kind == "miniprogram":
        appid, page = button.get("appid"), button.get("pagepath")
        if not (isinstance(appid, str) and appid and isinstance(page, str) and page):
            raise ApiError(40013, "invalid appid")
        return {"type": kind, "url": _url(button), "appid": appid, "pagepath": page}
    if kind in _TYPES_WITH_MEDIA:
        name = _TYPES_WITH_MEDIA[kind]
        media = button.get(name)
        if not isinstance(media, str) or not media:
            raise ApiError(40007, "invalid media_id")
        return {"type": kind, name: media}
    if kind in _TYPES_WITH_KEY:
        key = button.get("key")
        if not isinstance(key, str) or not 0 < len(key.encode()) <= 128:
            raise ApiError(40019, "invalid button key size")
        return {"type": kind, "key": key}
    raise ApiError(40017, "invalid button type")


def _url(button: dict[str, Any]) -> str:
    url = button.get("url")
    if not isinstance(url, str) or not 0 < len(url.encode()) <= 1024:
        raise ApiError(40020, "invalid button url size")
    if not url.startswith(("http://", "https://")):
        raise ApiError(40055, "invalid button url domain")
    return url

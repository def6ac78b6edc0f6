"""QR codes with a scene: tickets the product creates and the page can scan."""

import secrets
from dataclasses import dataclass
from typing import Any

from .errors import ApiError

MAX_SECONDS = 2_592_000
"""Platform rule: a temporary code lives at most 30 days."""
MAX_PERMANENT = 100_000
"""Platform rule: at most 100,000 permanent codes."""
_TEMPORARY = {"QR_SCENE", "QR_STR_SCENE"}
_PERMANENT = {"QR_LIMIT_SCENE", "QR_LIMIT_STR_SCENE"}


@dataclass(frozen=True)
class Scene:
    """One code: what it stands for and until when (None: for good)."""

    scene: str
    ticket: str
    until: float | None


class Scenes:
    """The codes of one account."""

    def __init__(self) -> None:
        self._scenes: dict[str, Scene] = {}

    def create(self, body: dict[str, Any], now: float) -> dict[str, Any]:
        """Answer /cgi-bin/qrcode/create: 40052 unknown action, 40053 bad scene."""
        action = body.get("action_name")
        if action not in _TEMPORARY | _PERMANENT:
            raise ApiError(40052, "invalid action name")
        scene = _scene(body, str(action))
        until: float | None = None
        seconds = body.get("expire_seconds", 60)
        if action in _TEMPORARY:
            if isinstance(seconds, bool) or not isinstance(seconds, int) or not 1 <= seconds <= MAX_SECONDS:
                raise ApiError(40053, "invalid action info: expire_seconds")
            until = now + seconds
        elif sum(known.until is None for known in self._scenes.values()) >= MAX_PERMANENT:
            raise ApiError(45029, "qrcode count out of limit")
        ticket = secrets.token_urlsafe(60)
        self._scenes[ticket] = Scene(scene, ticket, until)
        answer = {"ticket": ticket, "url": f"http://weixin.qq.com/q/{ticket[:20]}"}
        return answer | ({"expire_seconds": seconds} if until is not None else {})

    def of_ticket(self, ticket: str, now: float) -> Scene | None:
        """The code behind a ticket, unless it has run out."""
        found = self._scenes.get(ticket)
        return found if found and (found.until is None or now <= found.until) else None

    def view(self, now: float) -> list[dict[str, Any]]:
        """The codes that can be scanned now, newest first, one per scene."""
        live = [known for known in self._scenes.values() if known.until is None or now <= known.until]
        newest = {known.scene: known.ticket for known in live}
        return [{"scene": scene, "ticket": ticket} for scene, ticket in reversed(newest.items())]


def _scene(body: dict[str, Any], action: str) -> str:
    info = body.get("action_info")
    scene = info.get("scene") if isinstance(info, dict) else None
    if not isinstance(scene, dict):
        raise ApiError(40053, "invalid action info")
    if "STR" in action:
        text = scene.get("scene_str")
        if isinstance(text, str) and 1 <= len(text) <= 64:
            return text
        raise ApiError(40053, "invalid action info: scene_str")
    number = scene.get("scene_id")
    limit = MAX_PERMANENT if action in _PERMANENT else 2**32 - 1
    if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= limit:
        return str(number)
    raise ApiError(40053, "invalid action info: scene_id")

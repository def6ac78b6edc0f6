"""Our two cookies: who is signed in, and which browser was sent to the platform. Scripts never see them."""

import re
from dataclasses import dataclass
from typing import Final

from aiohttp import web

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{20,64}")
_BROWSER_SECONDS: Final = 86_400


@dataclass(frozen=True, slots=True)
class Cookies:
    """`secure`: we are reached over https. Then the browser sees to it that no neighbouring host sets them for us (`__Host-`).

    `name`: the pages for people and the console have cookies of their own.
    """

    secure: bool
    name: str = "lianban"

    def session(self, request: web.Request) -> str:
        """The secret of a session, "" for none."""
        return self._read(request, self.name)

    def browser(self, request: web.Request) -> str:
        """The secret of this browser, "" for none."""
        return self._read(request, f"{self.name}_browser")

    def keep_session(self, answer: web.StreamResponse, secret: str) -> None:
        """Until the browser is closed; how long it is good for is decided here."""
        self._set(answer, self.name, secret, None)

    def keep_browser(self, answer: web.StreamResponse, secret: str, seconds: int = _BROWSER_SECONDS) -> None:
        """For a day, or as long as that."""
        self._set(answer, f"{self.name}_browser", secret, seconds)

    def drop_session(self, answer: web.StreamResponse) -> None:
        """He has left."""
        answer.del_cookie(self._name(self.name), secure=self.secure or None, httponly=True, samesite="Lax")

    def _read(self, request: web.Request, name: str) -> str:
        value = request.cookies.get(self._name(name), "")
        return value if _SECRET.fullmatch(value) else ""

    def _set(self, answer: web.StreamResponse, name: str, value: str, seconds: int | None) -> None:
        # Lax: it comes with the redirect from the platform, but with no form of another site.
        answer.set_cookie(
            self._name(name), value, max_age=seconds, secure=self.secure or None, httponly=True, samesite="Lax"
        )

    def _name(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else name

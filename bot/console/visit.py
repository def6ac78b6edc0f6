"""One request to the console, with what was found out about it on its way in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from multidict import MultiDict, MultiDictProxy

from handlers.wording.catalogue import Catalogue
from model.county import County
from model.login import Login, Role
from model.staff import Staff
from storage.sessions import Session

_EMPTY: MultiDictProxy[Any] = MultiDictProxy(MultiDict())


@dataclass(frozen=True, slots=True)
class Clerk:
    """Whoever is signed in: his login, himself, and where he serves."""

    login: Login
    staff: Staff
    county: County

    @property
    def roles(self) -> frozenset[Role]:
        """What he does here."""
        return self.login.roles

    @property
    def everywhere(self) -> bool:
        """Whether he sees the orders of all bodies of his county: whoever serves at the window or the hotline, watches, or runs it."""
        return bool(self.roles & {Role.WINDOW, Role.HOTLINE, Role.SUPERVISOR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Visit:
    """`session` is there on every route but those for anybody, `served` on those with roles. `form`: what was sent, of a POST."""

    request: web.Request
    catalogue: Catalogue
    now: dt.datetime
    session: Session | None = None
    served: Clerk | None = None
    form: MultiDictProxy[Any] = field(default_factory=lambda: _EMPTY)

    @property
    def now_ms(self) -> int:
        """Epoch milliseconds."""
        return int(self.now.timestamp() * 1000)

    @property
    def clerk(self) -> Clerk:
        """Who asks. Raises LookupError on a route that is for anybody: a mistake of ours."""
        if self.served is None:
            raise LookupError("this route has no roles")
        return self.served

    @property
    def proof(self) -> str:
        """What a form of ours carries; "" where nobody is known."""
        return self.session.proof if self.session else ""

    @property
    def path(self) -> Mapping[str, str]:
        """What stands in the path."""
        return self.request.match_info

    def text(self, name: str) -> str:
        """A field of the form, without what surrounds it; "" where it was not sent, or is a file."""
        value = self.form.get(name, "")
        return value.strip() if isinstance(value, str) else ""

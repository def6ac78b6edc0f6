"""One request to our pages, with what was found out about it on its way in."""

import datetime as dt
from dataclasses import dataclass

from aiohttp import web

from bot.channels.wechat.account import Account
from bot.pages.posted import Posted
from bot.pages.problem import Problem
from handlers.wording.catalogue import Catalogue
from storage.sessions import Session


@dataclass(frozen=True, slots=True)
class Visit:
    """`browser` is the secret of this browser, new where it had none. `session`: who it is, on routes for a person only; `posted`
    what he sent, on routes that take files.
    """

    request: web.Request
    catalogue: Catalogue
    now: dt.datetime
    browser: str
    served: Account | None
    session: Session | None = None
    posted: Posted | None = None

    @property
    def now_ms(self) -> int:
        """Epoch milliseconds."""
        return int(self.now.timestamp() * 1000)

    @property
    def account(self) -> Account:
        """The account in the path. Raises Problem where there is none of this name."""
        if self.served is None:
            raise Problem(404, "no_account")
        return self.served

    @property
    def form(self) -> Posted:
        """What was posted. Raises LookupError on a route that takes no files: a mistake of ours."""
        if self.posted is None:
            raise LookupError("this route takes no files")
        return self.posted

    @property
    def person(self) -> Session:
        """Who asks. Raises LookupError on a route that is for anybody: a mistake of ours."""
        if self.session is None:
            raise LookupError("this route is for anybody")
        return self.session

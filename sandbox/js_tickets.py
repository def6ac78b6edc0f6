"""jsapi_ticket: what a page's signature is made with."""

import secrets

LIFETIME = 7200
_GRACE = 300
_LENGTH = 64


class JsTickets:
    """The tickets of all accounts. As often as one asks it is the same one, until its last minutes (the stand-in's own choice)."""

    def __init__(self) -> None:
        self._issued: dict[str, list[tuple[str, float]]] = {}

    def current(self, account: str, now: float) -> tuple[str, int]:
        """The ticket, and how many seconds it is good for."""
        issued = self._issued.setdefault(account, [])
        if not issued or issued[-1][1] - now <= _GRACE:
            issued.append((secrets.token_urlsafe(_LENGTH), now + LIFETIME))
        ticket, until = issued[-1]
        return ticket, int(until - now)

    def good(self, account: str, now: float) -> list[str]:
        """Those that are not over."""
        return [ticket for ticket, until in self._issued.get(account, []) if now <= until]

"""A request whose sender is known, and the words for whoever it is answered to."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from handlers.wording.catalogue import Catalogue
from model.client import Client
from model.county import County


@dataclass(frozen=True, slots=True)
class Call:
    """One request of a client: `match` are the parts of its path, `key` its idempotency key, `content` what it asks for."""

    client: Client
    county: County
    catalogue: Catalogue
    now: dt.datetime
    match: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    key: str = ""
    content: bytes = b""

    @property
    def name(self) -> str:
        """What the client asks for under this key: the id of a submission or of a command. Another key, another name."""
        return f"api:{self.client.id}:{hashlib.sha256(self.key.encode()).hexdigest()[:32]}"


def account_of(county: str) -> str:
    """The account of whoever applies through a portal: there is none in WeChat, so that nothing is pushed to him and the
    hotline hears of what he is to be told (X25).
    """
    return f"api:{county}"


def person_of(client: str, submission: str) -> str:
    """Who applies through a portal, as a person: nobody else, in no other case."""
    return f"api:{client}:{hashlib.sha256(submission.encode()).hexdigest()[:16]}"

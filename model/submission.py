"""The finished form as handed to the routing core: frozen, with its id and digest (design §2.2)."""

import datetime as dt
import hashlib
from typing import Literal

from model.draft import Agreement, Answer
from model.frozen import Frozen


class Submission(Frozen):
    """What the applicant confirmed. Only visible answers are in it; fields left open for later are in `missing` (容缺).

    `channel` and `entrance` are how and where it came in (X27); the entrance by id, empty if no code was scanned.
    """

    id: str
    account: str
    person: str
    county: str
    form: str
    form_version: int
    channel: Literal["wechat", "web", "hotline", "window", "api", "telephone"]
    submitted_at: dt.datetime
    answers: dict[str, Answer]
    agreements: dict[str, Agreement]
    missing: tuple[str, ...] = ()
    entrance: str = ""

    def digest(self) -> str:
        """SHA-256 of the canonical JSON: the same id with another digest is an error."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

"""Why something of a file or a text from outside could not be taken: the key of its words, and what they name."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Fact = str | int | dt.date | Sequence[str] | Sequence[int]


@dataclass(frozen=True, slots=True)
class Unread:
    """`key` is that of a text in `config/messages`; `where`: the row (from 1), or what the line is about; None: all of it."""

    key: str
    about: Mapping[str, Fact] = field(default_factory=dict)
    where: str | int | None = None

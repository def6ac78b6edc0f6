"""A page declares whom it is for. What is not declared is not served."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from aiohttp import web

from bot.pages.visit import Visit

PREFIX: Final = "/pages"
"""Everything of ours lies below it: the reverse proxy passes on this one path."""


MOST: Final = 64 * 1024
"""Bytes that a form without files may have."""


class Audience(StrEnum):
    """Whom a route is for."""

    ANYBODY = "anybody"
    HOLDER = "holder"  # whoever has the code in the path, which nobody guesses: to know it is the right, and the proof of a form
    PERSON = "person"  # whom the platform has named to us, as somebody of the account in the path


@dataclass(frozen=True, slots=True)
class Route:
    """One route; `path` below `PREFIX`. `handle` of a route for a person finds him in its visit. `measured`: it costs
    something, so it may be asked for so often and no oftener. `most` bytes may be posted where files come along: then the visit
    of a person holds what was posted.

    Raises ValueError where nobody could tell whether a form was really sent by its reader, or of which account a person has to be.
    """

    method: Literal["GET", "POST"]
    path: str
    audience: Audience
    handle: Callable[[Visit], Awaitable[web.Response]]
    measured: bool = True
    most: int = 0

    def __post_init__(self) -> None:
        if self.method == "POST" and self.audience is Audience.ANYBODY:
            raise ValueError(f"{self.path}: a form needs a session, its proof lies there")
        if self.audience is Audience.PERSON and "{account}" not in self.path:
            raise ValueError(f"{self.path}: a person is one of an account")
        if self.audience is Audience.HOLDER and "{code}" not in self.path:
            raise ValueError(f"{self.path}: what he holds stands in the path")

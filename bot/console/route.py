"""A page of the console declares who may see it. What is not declared is not served."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal

from aiohttp import web

from bot.console.visit import Visit
from model.login import Role

PREFIX: Final = "/console"
"""Everything of the console lies below it: the reverse proxy passes on this one path, perhaps to the county's own network only."""


class Open(Enum):
    """Routes that need no login."""

    ANYBODY = "anybody"
    COMER = "comer"  # who has asked for the page to sign in: a session of nobody, in which the proof of its form lies


Audience = frozenset[Role] | Open


@dataclass(frozen=True, slots=True)
class Route:
    """One route; `path` below `PREFIX`. `handle` of a route with roles finds the clerk in its visit, and of a POST the form, whose
    proof was looked at before. `most`: so many bytes may be sent to it. `first`: a clerk whose password was given to him may see it
    before he has changed it.

    Raises ValueError where nobody could tell whether a form was really sent by its reader, and where nobody may see it.
    """

    method: Literal["GET", "POST"]
    path: str
    audience: Audience
    handle: Callable[[Visit], Awaitable[web.StreamResponse]]
    most: int = 64 * 1024
    first: bool = False

    def __post_init__(self) -> None:
        if self.method == "POST" and self.audience is Open.ANYBODY:
            raise ValueError(f"{self.path}: a form needs a session, its proof lies there")
        if not isinstance(self.audience, Open) and not self.audience:
            raise ValueError(f"{self.path}: nobody may see it")

    def admits(self, roles: frozenset[Role]) -> bool:
        """Whether somebody with these roles may see it."""
        return isinstance(self.audience, Open) or bool(self.audience & roles)

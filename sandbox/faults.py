"""Failures on order: any endpoint of an account can be told to refuse, fall silent, stall or break, when and how often one likes.

One middleware round the whole API: a network that fails does not ask which endpoint it is.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, Self

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, model_validator

from .errors import ApiError, refused

EVERYWHERE = "*"
_LONGEST = 120.0
"""Seconds: nothing is held open for longer, whatever was ordered."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Fault(BaseModel):
    """What is to go wrong, and when.

    `path` is the part after /cgi-bin/ (message/template/send), or * for every endpoint of the account. One of: `errcode` is
    answered instead of acting; `status` is the HTTP status of a broken gateway, instead of acting; `silent` closes the connection
    without an answer, before or after acting; `never` answers nothing and holds the connection; `half` acts and breaks off in the
    middle of the answer; `invalidate` makes the token of this very call invalid. `seconds` pass before it, or are all of it.

    It befalls the next `times` calls, or of these every `every`-th, or each with the probability `share` (drawn from `seed`).
    """

    model_config = ConfigDict(extra="forbid")

    path: str = Field(min_length=1)
    errcode: int = 0
    errmsg: str = "fault on order"
    status: int = Field(default=0, ge=0, le=599)
    silent: Literal["", "before", "after"] = ""
    never: bool = False
    half: bool = False
    invalidate: bool = False
    seconds: float = Field(default=0.0, ge=0, le=_LONGEST)
    times: int = Field(default=1, ge=0, le=1_000_000)
    every: int = Field(default=1, ge=1, le=1000)
    share: float = Field(default=1.0, ge=0, le=1)
    seed: int = 0

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        ways = (self.errcode, self.status, self.silent, self.never, self.half, self.invalidate)
        if sum(map(bool, ways)) > 1:
            raise ValueError("one fault is one of errcode, status, silent, never, half, invalidate")
        if self.status and self.status < 400:
            raise ValueError("status is that of a failure: 400 to 599")
        return self


@dataclass
class _Planned:
    fault: Fault
    chance: random.Random
    left: int
    met: int = 0

    def meets(self) -> bool:
        """Whether this call is one of those."""
        if self.left < 1:
            return False
        self.left -= 1
        self.met += 1
        return self.met % self.fault.every == 0 and self.chance.random() < self.fault.share


class Faults:
    """The failures one account has been promised, by path."""

    def __init__(self) -> None:
        self._planned: dict[str, _Planned] = {}

    def plan(self, fault: Fault) -> None:
        """Promise a failure; a new one for the same path replaces the old, `times` 0 takes it back."""
        self._planned[fault.path] = _Planned(fault, random.Random(fault.seed), fault.times)  # noqa: S311 - no secret

    def take(self, path: str) -> Fault | None:
        """The failure this call meets, if any: that of its path first."""
        for name in (path, EVERYWHERE):
            planned = self._planned.get(name)
            if planned is not None and planned.meets():
                return planned.fault
        return None


async def failing(
    request: web.Request, handler: Handler, fault: Fault, invalidate: Callable[[], None]
) -> web.StreamResponse:
    """The call with this fault."""
    if fault.seconds:
        await asyncio.sleep(fault.seconds)
    if fault.errcode:
        return refused(ApiError(fault.errcode, fault.errmsg))
    if fault.status:
        return web.Response(status=fault.status, text="<html>Bad Gateway</html>", content_type="text/html")
    if fault.never:
        await asyncio.sleep(_LONGEST)  # ends with the connection
    if fault.never or fault.silent == "before":
        return _hung_up(request)
    if fault.invalidate:
        invalidate()
    answer = await handler(request)
    if fault.silent == "after":
        return _hung_up(request)
    return await _broken_off(request, answer) if fault.half else answer


def _hung_up(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def _broken_off(request: web.Request, answer: web.StreamResponse) -> web.StreamResponse:
    body = answer.body if isinstance(answer, web.Response) and isinstance(answer.body, bytes) else b""
    cut = web.StreamResponse(status=answer.status, headers={"Content-Type": "application/json"})
    cut.content_length = max(len(body), 2)
    await cut.prepare(request)
    await cut.write(body[: len(body) // 2])
    if request.transport is not None:
        request.transport.abort()
    return cut

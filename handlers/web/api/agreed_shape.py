"""What a body took on at a consultation (会商), and the step by which its own system reports it done (X57, J34)."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from handlers.web.api.times import local
from model.case import Case
from model.frozen import Frozen


class TickItemStep(Frozen):
    """已办: what the body took on is done."""

    do: Literal["tick_item"]
    item: Annotated[str, StringConstraints(strict=True, max_length=500)] = Field(
        description="办好了哪一件，写 agreed 里的 id"
    )


class AgreedShape(Frozen):
    """One thing that the body is to do by a day, as was agreed at a consultation."""

    id: str
    words: str
    day: dt.date = Field(description="哪天前做完")
    done_at: dt.datetime | None = Field(description="什么时候报了已办；还没有的没有值")


def agreed_shapes(case: Case, body: str) -> tuple[AgreedShape, ...]:
    """All that this body took on about the case, done or not, in the order in which it was agreed."""
    return tuple(
        AgreedShape(id=one.id, words=one.words, day=one.day, done_at=local(one.done_at) if one.done_at else None)
        for consultation in case.consultations
        for one in consultation.items
        if one.body == body
    )


def may_tick(case: Case, body: str) -> tuple[str, ...]:
    """The step, while something of it is left to do."""
    left = case.closed_at is None and any(one.done_at is None for one in agreed_shapes(case, body))
    return ("tick_item",) if left else ()

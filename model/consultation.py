"""会商: bodies sit together about a case, and what came of it (X57, J34)."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal

from model.calendar import CHINA
from model.frozen import Frozen
from model.times import Reminder


class Invited(Frozen):
    """A body that is asked to come, and who of it; None: nobody of it can be reached in chat."""

    body: str
    staff: str | None = None


class Ring(Frozen):
    """When the clock has something to do, and what about (`what`); `number` tells one ringing from another."""

    what: str
    at: dt.datetime
    number: int = 0


class Item(Frozen):
    """What a body is to do by a day, as was agreed. `rings` are still to come: on its day, and once that is over."""

    id: str
    body: str
    staff: str | None
    words: str
    day: dt.date
    rings: tuple[Ring, ...] = ()
    done_at: dt.datetime | None = None
    done_by: str = ""

    @property
    def kept(self) -> bool | None:
        """Whether it was done by its day; None while it is not done."""
        return None if self.done_at is None else self.done_at.astimezone(CHINA).date() <= self.day


class Consultation(Frozen):
    """Asked for by whoever works on the case; its convener names a time (`named`) or declines; what was decided is recorded
    (`held`), with what each body does, until that is all (`settled`).

    `convener` is the body that convenes, "" the window; it lies with its `officer`. `sequence` counts the times named;
    `rings`: by when the convener answers and by when it is held, as long as nobody was warned of that.
    `public` is what the applicant was told of the decision.
    """

    id: str
    order: str
    by: str
    window: bool = False
    asked_at: dt.datetime
    reason: str
    words: str = ""
    bodies: tuple[str, ...]
    convener: str
    officer: str | None
    state: Literal["asked", "named", "declined", "held", "settled"] = "asked"
    at: dt.datetime | None = None
    place: str = ""
    sequence: int = 0
    invited: tuple[Invited, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    rings: tuple[Ring, ...] = ()
    answer: str = ""
    held_at: dt.datetime | None = None
    decision: str = ""
    public: str = ""
    items: tuple[Item, ...] = ()

    @property
    def runs(self) -> bool:
        """会商中: it is asked for or its time is named, and nothing is decided yet."""
        return self.state in ("asked", "named")

    @property
    def convening(self) -> bool:
        """Whether something is left to do for whoever convenes it."""
        return self.runs or self.state == "held"

    @property
    def open_items(self) -> tuple[Item, ...]:
        """What bodies have still to do."""
        return tuple(one for one in self.items if one.done_at is None)

    def item(self, name: str) -> Item | None:
        """What is to be done, by its id."""
        return next((one for one in self.items if one.id == name), None)

    @property
    def ringing(self) -> Iterator[Ring]:
        """All that the clock has to do about it."""
        if self.state == "asked":
            yield from self.rings
        elif self.state == "named":
            yield from (one for one in self.rings if one.what == "hold")
            yield from (Ring(what=one.which, at=one.at, number=self.sequence) for one in self.reminders)
        for item in self.open_items:
            yield from (Ring(what=f"{one.what}.{item.id}", at=one.at) for one in item.rings)

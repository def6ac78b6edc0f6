"""热线工单: whom to call, what to say, and why no way brought it, as the command line and the console show it (design §2.4)."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, NamedTuple, Protocol

from handlers.notices import Notices
from handlers.parties import Named
from handlers.spoken import Spoken
from handlers.wording.catalogue import Catalogue
from handlers.wording.reasons import reason_said
from model.call import CallOutcome, ToCall, Tried
from model.county import County
from storage.human_talks import SUBJECT

MOST: Final = 500
"""So many are looked at; whoever has more to say calls those first."""


class CallRecords(Protocol):
    """What waits to be said, and what came of it."""

    async def waiting(self, county: str, limit: int) -> tuple[ToCall, ...]:
        """Oldest first."""

    async def one(self, county: str, row: int) -> ToCall | None:
        """One of them."""

    async def made(self, county: str, row: int, by: str, outcome: CallOutcome, now: dt.datetime, key: str) -> bool:
        """This came of a call; False if nobody of the county waits for it (any more)."""


class ListedCall(NamedTuple):
    """One thing to be told; `number` is that of its row, `case` the id of the case if it is about one, `applicant`: it is he who is
    called. `who` is whom the message was for; `talk` the row of the talk in the chat in which it was said.
    """

    number: int
    case: str | None
    applicant: bool
    told: Spoken
    why: str
    written: dt.datetime
    tried: tuple[Tried, ...]
    who: str = ""
    talk: str = ""


class PersonToCall(NamedTuple):
    """One call by telephone: all that one person is to be told, oldest first; at least one thing."""

    calls: tuple[ListedCall, ...]

    @property
    def number(self) -> int:
        """That of the first thing, by which the call is known."""
        return self.calls[0].number

    @property
    def numbers(self) -> tuple[int, ...]:
        """Those of all of them."""
        return tuple(one.number for one in self.calls)

    @property
    def whom(self) -> Named:
        """His name, where one of them says it, and his telephone; either may be empty."""
        return next((one.told.call for one in self.calls if one.told.call.name), self.calls[0].told.call)

    @property
    def applicant(self) -> bool:
        """Whether it is somebody who applied or asked, and no member of staff."""
        return any(one.applicant for one in self.calls)

    @property
    def tried(self) -> tuple[Tried, ...]:
        """The calls so far, each once though it was about several things."""
        return tuple(sorted({one for call in self.calls for one in call.tried}, key=lambda one: one.at))


def by_person(calls: Iterable[ListedCall]) -> tuple[PersonToCall, ...]:
    """One for each name and telephone, in the order of their oldest. Whose name is not known is whoever else has that number;
    without a number it is he for whom the message was.
    """
    found = dict[tuple[str, ...], list[ListedCall]]()
    listed = tuple(calls)
    names = dict[str, str]()
    for one in listed:
        if one.told.call.name:
            names.setdefault(one.told.call.phone, one.told.call.name)
    for one in listed:
        whom = one.told.call
        key = (whom.phone, whom.name or names.get(whom.phone, "")) if whom.phone else ("", "", one.who)
        found.setdefault(key, []).append(one)
    return tuple(PersonToCall(tuple(one)) for one in found.values())


class CallList:
    """The calls of a county, in its words. Raises `CoreAway`."""

    def __init__(self, records: CallRecords, notices: Notices) -> None:
        self._records = records
        self._notices = notices

    async def waiting(self, county: County, texts: Catalogue, most: int = MOST) -> tuple[ListedCall, ...]:
        """Oldest first, of `most` that are looked at; without what nobody need say any more, as things stand now."""
        found = [await self._told(one, texts) for one in await self._records.waiting(county.id, most)]
        return tuple(one for one in found if one is not None)

    async def one(self, county: County, texts: Catalogue, number: int) -> ListedCall | None:
        """One of them, as it is to be said now."""
        found = await self._records.one(county.id, number)
        return None if found is None else await self._told(found, texts)

    async def people(self, county: County, texts: Catalogue) -> tuple[PersonToCall, ...]:
        """Whom to call, each once."""
        return by_person(await self.waiting(county, texts))

    async def person(self, county: County, texts: Catalogue, number: int) -> PersonToCall | None:
        """All that is to be said to whom one of them is for; None where there is none of this county, or it has been said."""
        for one in await self.people(county, texts):
            if number in one.numbers:
                return one
        alone = await self.one(county, texts, number)  # behind all that are looked at
        return None if alone is None else PersonToCall((alone,))

    async def made(
        self, county: County, numbers: Iterable[int], by: str, outcome: CallOutcome, now: dt.datetime, key: str
    ) -> tuple[int, ...]:
        """What came of a call about each of these; sent twice with the same `key` it is one. Those of which it was noted: the rest
        are none of this county's, or somebody has said them meanwhile.
        """
        noted = [one for one in numbers if await self._records.made(county.id, one, by, outcome, now, f"{key}:{one}")]
        return tuple(noted)

    async def _told(self, one: ToCall, texts: Catalogue) -> ListedCall | None:
        told = await self._notices.told(one.row)
        if not isinstance(told, Spoken):
            return None
        applicant = one.row.recipient.kind == "applicant"
        said_in = one.row.refs.get("about", "")
        return ListedCall(
            one.row.id,
            one.row.case,
            applicant,
            told,
            reason_said(texts, one.reason),
            one.written,
            one.tried,
            f"{one.row.recipient.kind}:{one.row.recipient.id}",
            said_in.removeprefix(SUBJECT) if said_in.startswith(SUBJECT) else "",
        )

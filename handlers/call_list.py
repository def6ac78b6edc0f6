"""热线工单: whom to call, what to say, and why no way brought it, as the command line and the console show it (design §2.4)."""

import datetime as dt
from typing import Final, NamedTuple, Protocol

from handlers.notices import Notices
from handlers.spoken import Spoken
from handlers.wording.catalogue import Catalogue
from handlers.wording.reasons import reason_said
from model.call import CallOutcome, ToCall, Tried
from model.county import County

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
    """One call; `number` is that of its row, `case` the id of the case if it is about one, `applicant`: it is he who is called."""

    number: int
    case: str | None
    applicant: bool
    told: Spoken
    why: str
    written: dt.datetime
    tried: tuple[Tried, ...]


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

    async def made(
        self, county: County, number: int, by: str, outcome: CallOutcome, now: dt.datetime, key: str
    ) -> bool:
        """What came of a call. False: it is none of this county's, or somebody has said it meanwhile."""
        return await self._records.made(county.id, number, by, outcome, now, key)

    async def _told(self, one: ToCall, texts: Catalogue) -> ListedCall | None:
        told = await self._notices.told(one.row)
        if not isinstance(told, Spoken):
            return None
        applicant = one.row.recipient.kind == "applicant"
        return ListedCall(
            one.row.id, one.row.case, applicant, told, reason_said(texts, one.reason), one.written, one.tried
        )

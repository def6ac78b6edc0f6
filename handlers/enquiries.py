"""首问责任制 as handlers see it: load an enquiry, let the core decide, append (J37–J47)."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from handlers.reaching import reaching
from model.county import County
from model.decision import Refused
from model.enquiry import AskEnquiry, Enquiry, EnquiryCommand, EnquiryDecision, EnquiryDone, EnquiryRecorded
from model.message import Actor
from model.staff import Staff
from routing.enquiries import ask, decide_enquiry
from routing.enquiry_log import record_enquiry
from routing.enquiry_notices import decided
from storage.enquiries import Enquiries
from storage.staffing import Staffing


class EnquiryDesk(Protocol):
    """Enquiries, wherever they are kept. Every call is one transaction at most; repeating one changes nothing. All raise
    `CoreAway`.
    """

    async def ask(self, key: str, asked: AskEnquiry, actor: Actor, now: dt.datetime) -> EnquiryDone | Refused:
        """The enquiry that the message `key` asks. Refused `enquiry.empty`, `county.unknown`."""

    async def execute(self, command: EnquiryCommand, now: dt.datetime) -> EnquiryDone | Refused:
        """Carry out a command. Refused `enquiry.unknown`, and the codes of `routing.enquiries`."""

    async def enquiry(self, enquiry_id: str) -> Enquiry | None:
        """The enquiry as it is now."""

    async def events(self, enquiry_id: str) -> tuple[EnquiryRecorded, ...]:
        """All that happened to it, in order (J47)."""

    async def waiting_for(self, staff_id: str) -> tuple[Enquiry, ...]:
        """The open enquiries that this member of staff can do something to, oldest first."""

    async def colleagues(self, county: str) -> tuple[Staff, ...]:
        """Those in service of a county (J46)."""


class EnquiryWork:
    """Implements `EnquiryDesk` over the enquiries in SQL."""

    def __init__(
        self,
        enquiries: Enquiries,
        staffing: Staffing,
        counties: Mapping[str, County],
        woken: Callable[[], None] = lambda: None,
    ) -> None:
        """`woken` is called after every commit that may have put something into the outbox."""
        self._enquiries = enquiries
        self._staffing = staffing
        self._counties = counties
        self._woken = woken

    @reaching
    async def ask(self, key: str, asked: AskEnquiry, actor: Actor, now: dt.datetime) -> EnquiryDone | Refused:
        """See `EnquiryDesk`."""
        county = self._counties.get(asked.county)
        if county is None:
            return Refused(code="county.unknown")

        def made(name: str, staff: Sequence[Staff], load: Mapping[str, int]) -> EnquiryDecision | Refused:
            events = ask(asked, county, staff, load, now)
            if isinstance(events, Refused):
                return events
            return decided(None, record_enquiry(events, enquiry=name, after=0, actor=actor, now=now))

        done = await self._enquiries.ask(key, county.id, now, made)
        self._woken()
        return done

    @reaching
    async def execute(self, command: EnquiryCommand, now: dt.datetime) -> EnquiryDone | Refused:
        """See `EnquiryDesk`."""

        def made(one: Enquiry, staff: Sequence[Staff], load: Mapping[str, int]) -> EnquiryDecision | Refused:
            county = self._counties.get(one.county)
            if county is None:
                return Refused(code="county.unknown")
            events = decide_enquiry(one, command, county, staff, load)
            if isinstance(events, Refused):
                return events
            after = record_enquiry(events, enquiry=one.id, after=one.version, actor=command.actor, now=now)
            return decided(one, after)

        done = await self._enquiries.execute(command, now, made)
        self._woken()
        return done

    @reaching
    async def enquiry(self, enquiry_id: str) -> Enquiry | None:
        """See `EnquiryDesk`."""
        return await self._enquiries.one(enquiry_id)

    @reaching
    async def events(self, enquiry_id: str) -> tuple[EnquiryRecorded, ...]:
        """See `EnquiryDesk`."""
        return await self._enquiries.events(enquiry_id)

    @reaching
    async def waiting_for(self, staff_id: str) -> tuple[Enquiry, ...]:
        """See `EnquiryDesk`."""
        staff = await self._staffing.one(staff_id)
        if staff is None or staff.county not in self._counties:
            return ()
        desk = self._counties[staff.county].process.enquiries.desk
        return await self._enquiries.with_staff(staff, window=staff.body == desk)

    @reaching
    async def colleagues(self, county: str) -> tuple[Staff, ...]:
        """See `EnquiryDesk`."""
        return await self._staffing.of_county(county)

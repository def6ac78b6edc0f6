"""首问: what a caller asks and nobody can answer at once is written down; the clerk who heard it sees to it (J37, J43)."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

from dialogs.kinds.phone import read_phone
from dialogs.reading import Understood
from handlers.asked_of import service_of
from handlers.enquiries import EnquiryDesk
from model.county import County
from model.decision import Refused
from model.enquiry import AnswerEnquiry, AskEnquiry, Channel, Enquiry, EnquiryCommand, EnquiryDo, HandOver, Holder
from model.message import Actor
from model.staff import Staff
from model.values import Phone
from routing.enquiries import LONGEST
from storage.tickets import Ticket, Tickets, ticket_number

_NOBODY: Final = "window"
"""Stands for the person behind an act of staff who have typed it here, not in the chat."""


class Asking:
    """Over the enquiries, wherever they are kept. Raises `CoreAway`."""

    def __init__(self, desk: EnquiryDesk, tickets: Tickets, counties: Mapping[str, County]) -> None:
        self._desk = desk
        self._tickets = tickets
        self._counties = counties

    async def ask(
        self,
        clerk: Staff,
        words: str,
        phone: str,
        key: str,
        now: dt.datetime,
        *,
        about: str = "",
        complaint: bool = False,
        channel: Channel = "phone",
        ticket: str = "",
    ) -> Enquiry | Refused:
        """The enquiry; asked once under its `key`. A complaint goes to those who supervise (J44), all else stays with the clerk.

        `ticket`: the number that 12345 has given to it (工单号).

        Refused `enquiry.empty`, `enquiry.long`, `enquiry.phone` where nobody could call him back, `ticket.malformed`, `ticket.other`.
        """
        county = self._counties[clerk.county]
        if len(words.strip()) > LONGEST:
            return Refused(code="enquiry.long", about={"most": str(LONGEST)})
        read = read_phone(phone, county.area_code)
        if not isinstance(read, Understood) or not isinstance(read.value, Phone):
            return Refused(code="enquiry.phone")
        number = ticket_number(ticket)
        if ticket.strip() and not number:
            return Refused(code="ticket.malformed")
        known = await self._tickets.numbered(county.id, number) if number else None
        if known is not None:
            before = await self._desk.enquiry(known.enquiry or "")
            same = before is not None and (before.words, before.phone) == (words.strip(), read.value.number)
            return before if before is not None and same else Refused(code="ticket.other")
        asked = AskEnquiry(
            county=county.id,
            words=words,
            channel=channel,
            phone=read.value.number,
            about=about if about in county.service else service_of(words, county, {}, ()),
            taken_by=clerk.id,
            complaint=complaint,
        )
        done = await self._desk.ask(f"console:{key}", asked, _actor(clerk), now)
        if isinstance(done, Refused):
            return done
        if number:
            await self._tickets.put(county.id, Ticket(number, clerk.id, now, enquiry=done.enquiry.id))
        return done.enquiry

    async def waiting(self, clerk: Staff) -> tuple[Enquiry, ...]:
        """The open ones that this clerk can do something to."""
        return await self._desk.waiting_for(clerk.id)

    async def one(self, clerk: Staff, name: str) -> Enquiry | None:
        """One that this clerk may hear of: of his county."""
        one = await self._desk.enquiry(name) if name else None
        return one if one is not None and one.county == clerk.county else None

    async def tickets(self, enquiries: Sequence[Enquiry]) -> dict[str, str]:
        """The number of 12345 of each that has one."""
        return await self._tickets.of_enquiries([one.id for one in enquiries])

    async def answer(self, clerk: Staff, enquiry: str, words: str, now: dt.datetime) -> Enquiry | Refused:
        """He has called back and said this. Refused as `routing.enquiries` says."""
        return await self._do(clerk, enquiry, AnswerEnquiry(words=words), now)

    async def hand_over(self, clerk: Staff, enquiry: str, body: str, now: dt.datetime) -> Enquiry | Refused:
        """Somebody of another body is to see to it; until he accepts, it stays here (J47)."""
        return await self._do(clerk, enquiry, HandOver(to=Holder(kind="body", id=body)), now)

    async def _do(self, clerk: Staff, name: str, do: EnquiryDo, now: dt.datetime) -> Enquiry | Refused:
        one = await self.one(clerk, name)
        if one is None:
            return Refused(code="enquiry.unknown")
        # Its version is in the id: what is sent twice by mistake at the same state is done once.
        same = hashlib.sha256(f"{clerk.id} {do.model_dump_json()}".encode()).hexdigest()[:16]
        command = EnquiryCommand(id=f"console:{name}:{one.version}:{same}", enquiry=name, actor=_actor(clerk), do=do)
        done = await self._desk.execute(command, now)
        return done if isinstance(done, Refused) else done.enquiry


def _actor(clerk: Staff) -> Actor:
    return Actor(person=_NOBODY, role="staff", staff=clerk.id)

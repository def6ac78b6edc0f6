"""A row of the outbox about an enquiry as words: read when it is sent, never stored (design §2.4, J37–J42)."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from handlers.enquiries import EnquiryDesk
from handlers.enquiring import title_of
from handlers.letter import Letter, Overtaken, Undeliverable, template_fields
from handlers.parties import Named
from handlers.ports import RoutingCore
from handlers.spoken import Spoken, called_up
from handlers.wording.dues import in_words
from handlers.wording.holders import called, short
from handlers.wording.wording import Wording
from model.county import County
from model.delivery import Row
from model.enquiry import Enquiry, Holder
from model.message import Reply
from model.staff import Staff
from routing.enquiry_acts import enquiry_invitation

_ASKING: Final = frozenset(
    f"enquiry.{one}" for one in ("asked", "inherited", "offered", "reported", "declined", "warning")
)
"""What asks its reader to do something: no use once he cannot."""


class _Written(NamedTuple):
    """A notice as it reads now; `me` if it is for a member of staff."""

    enquiry: Enquiry
    county: County
    me: Staff | None
    text: str
    facts: dict[str, Any]


class EnquiryNotices:
    """Composes what is said of enquiries, as they stand now."""

    def __init__(
        self,
        core: RoutingCore,
        desk: EnquiryDesk,
        counties: Mapping[str, County],
        wordings: Mapping[str, Wording],
    ) -> None:
        """Over the enquiries, with the counties' words; `core` knows the staff."""
        self._core = core
        self._desk = desk
        self._counties = counties
        self._wordings = wordings

    async def compose(self, row: Row) -> Letter | Overtaken | Undeliverable:
        """The letter of a row, or why it cannot be written to anybody."""
        written = await self._written(row)
        if not isinstance(written, _Written):
            return written
        enquiry, county, me, text, facts = written
        wording = self._wordings[county.id]
        fields = template_fields(wording, row.template, facts)
        if row.recipient.kind == "applicant":
            return Letter(enquiry.account, enquiry.person, Reply(text=text), None, row.template, fields)
        if me is None or me.account is None or me.person is None:
            return Undeliverable(f"no_channel_{row.recipient.kind}")
        asks = enquiry_invitation(enquiry, me, county, title_of(county, enquiry))
        invitation = asks if asks.acts else None
        reply = wording.invitation(invitation, text) if invitation else Reply(text=text)
        settled = "" if invitation else enquiry.id
        return Letter(me.account, me.person, reply, invitation, row.template, fields, settled)

    async def told(self, row: Row) -> Spoken | Overtaken | Undeliverable:
        """What a row says, for whoever says it by telephone: to whom, and its words."""
        written = await self._written(row, aloud=True)
        if not isinstance(written, _Written):
            return written
        asker = Named("", written.enquiry.phone)
        whom = await called_up(self._core, written.county, row.recipient, asker)
        return Spoken(short(written.enquiry.words), whom, written.text)

    async def _written(self, row: Row, *, aloud: bool = False) -> "_Written | Overtaken | Undeliverable":
        enquiry = await self._desk.enquiry(row.refs["enquiry"])
        if enquiry is None or enquiry.county not in self._counties:
            return Undeliverable("enquiry unknown")
        county, wording = self._counties[enquiry.county], self._wordings[enquiry.county]
        me = await self._core.steward(row.recipient.id) if row.recipient.kind == "staff" else None
        if _overtaken(enquiry, row, me, county):
            return Overtaken("it has been answered or handed on since")
        events = {one.sequence: one.event for one in await self._desk.events(enquiry.id)}
        facts = await self._facts(county, wording, enquiry, events.get(int(row.refs["event"])), row.template)
        return _Written(
            enquiry, county, me, wording.catalogue.say(f"notice.{row.template}", **facts, aloud=aloud), facts
        )

    async def _facts(
        self, county: County, wording: Wording, enquiry: Enquiry, event: Any, template: str
    ) -> dict[str, Any]:
        told_of_leaver = template in ("enquiry.inherited", "enquiry.declined")
        by = getattr(event, "by", None) or (getattr(event, "left", None) if told_of_leaver else None) or enquiry.owner
        answer = enquiry.answer
        service = county.service.get(enquiry.about or "")
        return {
            "words": enquiry.words,
            "asked": short(enquiry.words),
            "service": service.name if service else "",
            "due": in_words(enquiry.due, wording.catalogue.say) if enquiry.due else "",
            "phone": enquiry.phone,
            "complaint": enquiry.complaint,
            "by": called(by, county, await self._staff(by)),
            "reason": getattr(event, "reason", ""),
            "share": getattr(event, "share", 0),
            "owner": called(enquiry.owner, county, await self._staff(enquiry.owner)),
            "answer": answer.words if answer else "",
            "body": county.body.get(answer.body or "") if answer else None,
        }

    async def _staff(self, holder: Holder) -> Any:
        return await self._core.steward(holder.id) if holder.kind == "staff" else None


def _overtaken(enquiry: Enquiry, row: Row, me: Staff | None, county: County) -> bool:
    if row.template == "enquiry.late":
        return enquiry.closed_at is not None
    if row.template not in _ASKING:
        return False
    if me is None:
        return enquiry.closed_at is not None
    return not enquiry_invitation(enquiry, me, county, title_of(county, enquiry)).acts

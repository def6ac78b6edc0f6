"""Enquiries on the board of whoever has them (首问责任制): what waits for him, and what he does to it there, as in the chat (J37–J47)."""

import datetime as dt
import hashlib
from typing import Final, NamedTuple

from dialogs.enquiring import REFER, TO
from dialogs.events import EnquiryAimed, EnquiryReplied
from handlers.console_talk import actor_of, talk_of
from handlers.enquiries import EnquiryDesk
from handlers.enquiring import Enquiring, title_of
from handlers.page_acts import Outcome
from handlers.ports import RoutingCore
from handlers.wording.holders import called
from handlers.wording.outcomes import EnquiryActed, Target, TargetsOffered, Told
from model.conversation import Conversation
from model.county import County
from model.enquiry import (
    Enquiry,
    EnquiryAnswered,
    EnquiryEvent,
    EnquiryReported,
    EnquiryTaken,
    HandoverAccepted,
    HandoverDeclined,
    HandoverOffered,
    Holder,
)
from model.message import Act, Invitation
from model.staff import Staff
from routing.enquiry_acts import enquiry_invitation
from routing.marks import concerns
from storage.mask import mask_text

HOW: Final = {"hand_over": TO, "refer_enquiry": REFER}
"""The acts that ask to whom."""
_NEVER: Final = dt.datetime.max.replace(tzinfo=dt.UTC)


class Asked(NamedTuple):
    """One that waits for him, with what he can do about it now."""

    enquiry: Enquiry
    asked: Invitation

    @property
    def due(self) -> dt.datetime | None:
        """By when it is answered."""
        return self.enquiry.due.at if self.enquiry.due is not None else None


class AskedHere:
    """Over the same handler as the chat. An act is one on one state of the enquiry: sent twice, it is done once. All raise `CoreAway`."""

    def __init__(self, core: RoutingCore, desk: EnquiryDesk) -> None:
        """`core` knows the cases, `desk` the enquiries."""
        self._core = core
        self._desk = desk
        self._enquiring = Enquiring(core, desk)

    async def waiting(self, county: County, staff: Staff) -> tuple[Asked, ...]:
        """All of them, what is due first at the top."""
        waiting = await self._desk.waiting_for(staff.id)
        found = [
            Asked(one, self._invitation(county, staff, one)) for one in waiting if await self._may_know(one, staff)
        ]
        left = [one for one in found if one.asked.acts]
        return tuple(sorted(left, key=lambda one: (one.due or _NEVER, one.enquiry.asked_at)))

    async def targets(self, county: County, staff: Staff, one: Asked) -> dict[str, tuple[Target, ...]]:
        """To whom it could go, by the act that asks."""
        found = dict[str, tuple[Target, ...]]()
        for act in one.asked.acts:
            if act.id in HOW:
                _, told = await self._decided(county, staff, one.asked, act, "", one.enquiry.asked_at)
                found[act.id] = told[0].targets if isinstance(told[0], TargetsOffered) else ()
        return found

    async def act(
        self, county: County, staff: Staff, one: Asked, act: Act, now: dt.datetime, words: str = "", to: str = ""
    ) -> Outcome:
        """It is done, with what was entered. The key of what came of it leads to its words (`told`)."""
        talk, actor = talk_of(county, staff, one.asked), actor_of(staff)
        what = f"{staff.id}\0{one.enquiry.version}\0{act.id}\0{words}\0{to}"
        # What was refused has changed nothing, and may be tried again a little later.
        digest = hashlib.sha256(f"{what}\0{now:%Y%m%d%H%M}".encode()).hexdigest()[:40]
        key = f"console:{one.enquiry.id}:{digest}"
        if act.id == "answer_enquiry":
            reply = EnquiryReplied(one.enquiry.id, words)
            talk, told = await self._enquiring.replied(county, talk, reply, key, actor, now)
        elif act.id in HOW:
            kind, _, target = to.partition(":")
            aimed = EnquiryAimed(one.enquiry.id, HOW[act.id], kind, target)
            talk, told = await self._enquiring.aimed(county, talk, aimed, key, actor, now)
        else:
            talk, told = await self._decided(county, staff, one.asked, act, key, now)
        return Outcome(talk, told, done_key(one.enquiry.id, one.enquiry.version + 1))

    async def told(self, county: County, staff: Staff, key: str) -> Outcome | None:
        """What he did then, in the words of the chat; None where he did nothing."""
        name, _, version = key.partition(".")
        if not (version.isascii() and version.isdecimal() and len(version) < 8):
            return None
        enquiry, place = await self._desk.enquiry(name), int(version)
        if enquiry is None or enquiry.county != county.id:
            return None
        events = await self._desk.events(name)
        if not 1 < place <= len(events) or events[place - 1].actor.staff != staff.id:
            return None
        done = events[place - 1].event
        offers = [each.event for each in events[: place - 1] if isinstance(each.event, HandoverOffered)]
        to = done.by if isinstance(done, HandoverDeclined) else _to(done)
        if isinstance(done, HandoverDeclined):
            to = offers[-1].by if offers else None
        do = _DONE.get(type(done))
        if do is None:
            return None
        known = await self._core.steward(to.id) if to is not None and to.kind == "staff" else None
        whom = called(to, county, known) if to is not None else None
        acted = EnquiryActed(do, enquiry, _title(county, enquiry), whom, None)
        return Outcome(talk_of(county, staff, None), (acted,), key)

    async def _may_know(self, one: Enquiry, staff: Staff) -> bool:
        """Never a complaint about whom it may concern: it lies with him by name, and is of no case in which he served."""
        if not one.complaint:
            return True
        offered = (one.offered.to,) if one.offered is not None else ()
        if Holder(kind="staff", id=staff.id) not in (one.owner, *one.reported_to, *offered):
            return False
        case = await self._core.case(one.case) if one.case else None
        return case is None or not concerns(case, staff.id, await self._desk.colleagues(staff.county))

    async def _decided(
        self, county: County, staff: Staff, asked: Invitation, act: Act, key: str, now: dt.datetime
    ) -> tuple[Conversation, tuple[Told, ...]]:
        talk = talk_of(county, staff, asked)
        return await self._enquiring.decided(county, talk, asked, act, key, actor_of(staff), now)

    @staticmethod
    def _invitation(county: County, staff: Staff, one: Enquiry) -> Invitation:
        return enquiry_invitation(one, staff, county, _title(county, one))


def _title(county: County, one: Enquiry) -> str:
    """As in chat, but without numbers of people: they are masked before it is cut short, or half a number would be left."""
    return title_of(county, one.model_copy(update={"words": mask_text(one.words)}))


def done_key(enquiry: str, version: int) -> str:
    """By which `AskedHere.told` finds what was done."""
    return f"{enquiry}.{version}"


_DONE: Final[dict[type[object], str]] = {
    EnquiryTaken: "take_enquiry",
    HandoverOffered: "hand_over",
    HandoverAccepted: "accept_handover",
    HandoverDeclined: "decline_handover",
    EnquiryReported: "report_enquiry",
    EnquiryAnswered: "answer_enquiry",
}


def _to(done: EnquiryEvent) -> Holder | None:
    match done:
        case HandoverOffered(to=to):
            return to
        case EnquiryReported(to=to):
            return to[0] if to else None
        case _:
            return None

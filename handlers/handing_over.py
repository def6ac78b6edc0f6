"""交接: the hotline makes a code for a case, or for a draft, that it keeps for a caller, and whoever shows that he is the caller has
it (ADR 27, ADR 40).
"""

import datetime as dt
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from dialogs.focus import noticed
from dialogs.visible import visible_fields
from handlers.parties import parties, to_call
from handlers.ports import HandoverCodes, KeptDraft, KeptDrafts, RoutingCore
from handlers.reaching import reaching
from model.case import Case
from model.command import Command
from model.commands.handover import HandOver
from model.county import County
from model.decision import Done, Refused
from model.draft import Draft
from model.edition import form_of, on_form
from model.handover import DRAWN, TRIES, WRONG_A_DAY, Handover, OfCase, OfDraft, Target, code_of, tail_of
from model.message import Actor
from routing.handover import can_be_handed_over
from routing.refusal import No

_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Offered:
    """A code to be scanned, told or sent: whoever has it and knows the end of `phone` has the case until then."""

    code: str
    until: dt.datetime
    phone: str


@dataclass(frozen=True, slots=True)
class Comer:
    """Who comes with a code: in which account, and by which message. `has`: intakes whose drafts he has had; `full`: he has room for
    no more drafts; `roles`: whom of the staff he is bound as.
    """

    account: str
    person: str
    key: str
    has: tuple[str, ...] = ()
    full: bool = False
    roles: tuple[str, ...] = ()

    @property
    def conversation(self) -> str:
        """The id of his conversation."""
        return f"{self.account}:{self.person}"


@dataclass(frozen=True, slots=True)
class Brought:
    """The draft of this intake is his: to be put into his conversation; None: it is there."""

    intake: str
    draft: Draft | None


Matter: TypeAlias = Case | KeptDraft
"""What a code hands over, as it is now."""
Got: TypeAlias = Case | Brought


def drawn() -> str:
    """Digits that nobody can foresee."""
    return "".join(secrets.choice("0123456789") for _ in range(DRAWN))


class HandingOver:
    """Offers and hands over. Before the end of the number was right nothing of a case leaves here. Raises `CoreAway`."""

    def __init__(
        self,
        core: RoutingCore,
        codes: HandoverCodes,
        counties: Mapping[str, County],
        draw: Callable[[], str] = drawn,
        drafts: KeptDrafts | None = None,
    ) -> None:
        """`codes` are kept beside the cases of the core; `draw` gives the digits of the next one; `drafts` are those that clerks keep."""
        self._drafts = drafts
        self._core = core
        self._codes = codes
        self._counties = counties
        self._draw = draw

    @reaching
    async def offer(self, case: Case, by: str, now: dt.datetime) -> Offered | Refused:
        """A new code for this case, made by `by` (a staff id); the one before is void.

        Refused `hand_over.already`, `hand_over.elsewhere`, `handover.no_phone`.
        """
        county = self._counties[case.county]
        try:
            can_be_handed_over(case)
        except No as no:
            return no.refused
        return await self._issue(county, OfCase(case=case.id), await self._phone(case), by, now)

    @reaching
    async def offer_draft(self, county: County, intake: str, by: str, now: dt.datetime) -> Offered | Refused:
        """A new code for what a clerk is filling in for a caller. He must have heard the notice first.

        Refused `intake.over`, `intake.notice`, `handover.no_phone`.
        """
        kept = await self._drafts.kept(county.id, intake) if self._drafts is not None else None
        if kept is None or kept.draft is None or kept.draft.state != "filling":
            return Refused(code="intake.over")
        if not noticed(form_of(county, kept.draft), kept.draft):
            return Refused(code="intake.notice")
        return await self._issue(county, OfDraft(intake=intake), await self._phone(kept), by, now)

    async def _issue(self, county: County, target: Target, phone: str, by: str, now: dt.datetime) -> Offered | Refused:
        if not tail_of(phone):
            return Refused(code="handover.no_phone")
        until = now + dt.timedelta(days=county.handover.days)
        made = Handover(county=county.id, target=target, by=by, made_at=now, until=until)
        for _ in range(_TRIES):
            code = code_of(self._draw())
            if await self._codes.issue(code, made):
                return Offered(code, until, phone)
        raise RuntimeError("no code is free")

    @reaching
    async def came(self, county: County, code: str, who: Comer, now: dt.datetime) -> Got | Refused | None:
        """Somebody has scanned or typed a code. None: he is to be asked for the end of the number; else it is his already.

        Refused `handover.unknown`, `.used`, `.void`, `.dead`, `.expired`, `.gone`, `.resting` (he has been wrong too often today).
        """
        found = await self._open(county, code, who, now)
        if isinstance(found, Refused):
            return found
        _, matter = found
        return _got(matter, who) if _is_his(matter, who) else None

    @reaching
    async def proved(self, county: County, code: str, tail: str, who: Comer, now: dt.datetime) -> Got | Refused:
        """He says how the number ends; if it is right, the case or the draft is his now.

        Refused as `came`, `handover.wrong` (`left`: so often it can be tried still), `handover.dead` with the last one,
        `handover.full`, `hand_over.staff`.
        """
        for _ in range(_TRIES):
            found = await self._open(county, code, who, now)
            if isinstance(found, Refused):
                return found
            made, matter = found
            if _is_his(matter, who):
                return _got(matter, who)
            if not hmac.compare_digest(tail_of(await self._phone(matter)), tail):
                left = TRIES - await self._codes.wrong(code, who.account, who.person, who.key, now)
                return Refused(code="handover.wrong", about={"left": str(left)}) if left > 0 else _dead()
            if isinstance(matter, Case):
                return await self._take(made, matter, who, now)
            brought = await self._bring(made, matter, who, now)
            if brought is not None:
                return brought
            # Somebody was quicker, or the clerk has typed in this moment, maybe another number: it is looked at anew.
        return Refused(code="handover.used")

    @reaching
    async def settled(self, county: str, intake: str, now: dt.datetime) -> None:
        """His conversation is stored: if it has the draft, the intake is over."""
        if self._drafts is not None:
            await self._drafts.arrived(county, intake, now)

    async def _bring(self, made: Handover, kept: KeptDraft, who: Comer, now: dt.datetime) -> Brought | Refused | None:
        if kept.intake.clerk in who.roles or made.by in who.roles:
            return Refused(code="hand_over.staff")
        if who.full:
            return Refused(code="handover.full", about={"most": str(self._counties[made.county].most_drafts)})
        if self._drafts is None or kept.draft is None:
            return None
        name, seen = kept.intake.id, kept.draft.revision
        draft = await self._drafts.leave(made.county, name, who.conversation, seen, now)
        return None if draft is None else Brought(name, draft)

    async def _take(self, made: Handover, case: Case, who: Comer, now: dt.datetime) -> Case | Refused:
        done = await self._core.execute(
            Command(
                id=f"{who.key}:handover",
                case=case.id,
                actor=Actor(person=who.person),
                do=HandOver(account=who.account, by=made.by),
            ),
            now,
        )
        if isinstance(done, Done):
            return done.case
        # Somebody was quicker: as if he came with a used code.
        return Refused(code="handover.used") if done.code == "hand_over.already" else done

    async def _open(self, county: County, code: str, who: Comer, now: dt.datetime) -> tuple[Handover, Matter] | Refused:
        """A code that hands something over to him, or has done so; else why not, in words that fit whoever asks."""
        made = await self._codes.found(code)
        matter = await self._matter(made) if made is not None and made.county == county.id else None
        if made is not None and matter is not None and _is_his(matter, who):
            return made, matter
        if await self._codes.tried(who.account, who.person, who.key, now) >= WRONG_A_DAY:
            return Refused(code="handover.resting")
        if made is None or matter is None:
            await self._codes.wrong(None, who.account, who.person, who.key, now)
            return Refused(code="handover.unknown")
        if made.state == "used" or _is_anothers(matter):
            return Refused(code="handover.used")
        if isinstance(matter, KeptDraft) and matter.draft is None:
            return Refused(code="handover.gone")
        if made.state == "dead":
            return _dead()
        if made.state == "void":
            return Refused(code="handover.void")
        return (made, matter) if made.usable(now) else Refused(code="handover.expired")

    async def _matter(self, made: Handover) -> Matter | None:
        if isinstance(made.target, OfCase):
            return await self._core.case(made.target.case)
        kept = await self._drafts.kept(made.county, made.target.intake) if self._drafts is not None else None
        # Registered since: the code is good for the case.
        return kept if kept is None or kept.intake.case is None else await self._core.case(kept.intake.case)

    async def _phone(self, matter: Matter) -> str:
        """The number at which he is called, as it stands."""
        if isinstance(matter, KeptDraft):
            return self._said_phone(matter)
        case = matter
        submission = await self._core.submission(case.id)
        if submission is None:
            return ""
        here = on_form(self._counties[case.county], submission.form_version)
        return to_call(parties(here, submission.answers), case.contact).phone

    def _said_phone(self, kept: KeptDraft) -> str:
        if kept.draft is None:
            return ""
        county, draft = self._counties[kept.intake.county], kept.draft
        shown = {one.id for one in visible_fields(form_of(county, draft), draft.answers)}
        said = {name: one for name, one in draft.answers.items() if name in shown}
        return parties(on_form(county, draft.form_version), said).to_call.phone


def _is_his(matter: Matter, who: Comer) -> bool:
    if isinstance(matter, Case):
        return (matter.account, matter.person) == (who.account, who.person)
    promised = matter.draft is not None and matter.draft.state == "leaving" and matter.draft.goes_to == who.conversation
    return promised or matter.intake.id in who.has


def _is_anothers(matter: Matter) -> bool:
    """Whether somebody has it in WeChat, or is about to."""
    if isinstance(matter, Case):
        return matter.in_chat
    return matter.intake.state == "handed_over" or (matter.draft is not None and matter.draft.state == "leaving")


def _got(matter: Matter, who: Comer) -> Got:
    if isinstance(matter, Case):
        return matter
    name = matter.intake.id
    return Brought(name, None if name in who.has else matter.draft)


def _dead() -> Refused:
    return Refused(code="handover.dead")

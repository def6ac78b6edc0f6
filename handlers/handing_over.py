"""交接: the hotline makes a code for a case that it keeps for a caller, and whoever shows that he is the caller has it (ADR 27)."""

import datetime as dt
import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from handlers.parties import parties, to_call
from handlers.ports import HandoverCodes, RoutingCore
from handlers.reaching import reaching
from model.case import Case
from model.command import Command
from model.commands.handover import HandOver
from model.county import County
from model.decision import Done, Refused
from model.edition import on_form
from model.handover import DRAWN, TRIES, WRONG_A_DAY, Handover, OfCase, code_of, tail_of
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
    """Who comes with a code: in which account, and by which message."""

    account: str
    person: str
    key: str


def drawn() -> str:
    """Digits that nobody can foresee."""
    return "".join(secrets.choice("0123456789") for _ in range(DRAWN))


class HandingOver:
    """Offers and hands over. Before the end of the number was right nothing of a case leaves here. Raises `CoreAway`."""

    def __init__(
        self, core: RoutingCore, codes: HandoverCodes, counties: Mapping[str, County], draw: Callable[[], str] = drawn
    ) -> None:
        """`codes` are kept beside the cases of the core; `draw` gives the digits of the next one."""
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
        phone = await self._phone(case)
        if not tail_of(phone):
            return Refused(code="handover.no_phone")
        until = now + dt.timedelta(days=county.handover.days)
        made = Handover(county=county.id, target=OfCase(case=case.id), by=by, made_at=now, until=until)
        for _ in range(_TRIES):
            code = code_of(self._draw())
            if await self._codes.issue(code, made):
                return Offered(code, until, phone)
        raise RuntimeError("no code is free")

    @reaching
    async def came(self, county: County, code: str, who: Comer, now: dt.datetime) -> Case | Refused | None:
        """Somebody has scanned or typed a code. None: he is to be asked for the end of the number; the case: it is his already.

        Refused `handover.unknown`, `.used`, `.void`, `.dead`, `.expired`, `.resting` (he has been wrong too often today).
        """
        found = await self._open(county, code, who, now)
        if isinstance(found, Refused):
            return found
        _, case = found
        return case if _is_his(case, who) else None

    @reaching
    async def proved(self, county: County, code: str, tail: str, who: Comer, now: dt.datetime) -> Case | Refused:
        """He says how the number ends; if it is right, the case is his now.

        Refused as `came`, `handover.wrong` (`left`: so often it can be tried still), `handover.dead` with the last one,
        `hand_over.staff`.
        """
        found = await self._open(county, code, who, now)
        if isinstance(found, Refused):
            return found
        made, case = found
        if _is_his(case, who):
            return case
        if not hmac.compare_digest(tail_of(await self._phone(case)), tail):
            left = TRIES - await self._codes.wrong(code, who.account, who.person, who.key, now)
            return Refused(code="handover.wrong", about={"left": str(left)}) if left > 0 else _dead()
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

    async def _open(self, county: County, code: str, who: Comer, now: dt.datetime) -> tuple[Handover, Case] | Refused:
        """A code that hands a case over to him, or has done so; else why not, in words that fit whoever asks."""
        made = await self._codes.found(code)
        case = await self._core.case(made.target.case) if made is not None and made.county == county.id else None
        if made is not None and case is not None and _is_his(case, who):
            return made, case
        if await self._codes.tried(who.account, who.person, who.key, now) >= WRONG_A_DAY:
            return Refused(code="handover.resting")
        if made is None or case is None:
            await self._codes.wrong(None, who.account, who.person, who.key, now)
            return Refused(code="handover.unknown")
        if made.state == "used" or case.in_chat:
            return Refused(code="handover.used")
        if made.state == "dead":
            return _dead()
        if made.state == "void":
            return Refused(code="handover.void")
        return (made, case) if made.usable(now) else Refused(code="handover.expired")

    async def _phone(self, case: Case) -> str:
        """The number at which he is called, as it stands."""
        submission = await self._core.submission(case.id)
        if submission is None:
            return ""
        here = on_form(self._counties[case.county], submission.form_version)
        return to_call(parties(here, submission.answers), case.contact).phone


def _is_his(case: Case, who: Comer) -> bool:
    return (case.account, case.person) == (who.account, who.person)


def _dead() -> Refused:
    return Refused(code="handover.dead")

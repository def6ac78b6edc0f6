"""接听: a case is found by what a caller says, and told of only once he has shown that it is his (J45, X14, X162)."""

import datetime as dt
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple, Protocol

from dialogs.folding import fold
from dialogs.kinds.phone import read_phone
from dialogs.reading import Understood
from handlers.found_by import PHONES, Keys, places_in
from handlers.parties import parties, to_call
from handlers.ports import RoutingCore
from handlers.reaching import reaching
from handlers.wording.values import show
from model.case import Case
from model.county import County
from model.decision import Refused
from model.draft import Answer
from model.edition import on_form
from model.staff import Staff
from model.submission import Submission
from model.values import Code, Phone
from storage.caller_checks import CallerChecks, How
from storage.mask import mask_address, mask_name
from storage.tickets import Ticket, Tickets, ticket_number

WRONG: Final = 3
"""So often callers may be wrong about a case within a day; then he is called back at the number that stands on it."""
TAIL: Final = 4
SHOWN_FOR: Final = dt.timedelta(minutes=30)
"""A call is over by then; whoever calls again shows it again."""
_KNOWN: Final = 3
_DIGITS: Final = 6
"""A number that is told has at least so many digits."""
By = Literal["number", "phone", "ticket", "name", "place"]


class Searched(Protocol):
    """Where cases are found by what they say."""

    async def alike(
        self, county: str, keys: Keys, *, open_only: bool = False, most: int = 20
    ) -> dict[str, tuple[str, ...]]:
        """Case ids, newest first, with the kinds in which they are alike."""


class Candidate(NamedTuple):
    """A case that may be meant, with nothing in it that the caller is to say himself."""

    case: str
    number: str
    name: str
    phone: str
    place: str
    services: tuple[str, ...]
    accepted_at: dt.datetime
    closed: bool
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, and by what. `told`: the number that he told, which shows that it is his."""

    by: By
    candidates: tuple[Candidate, ...]
    told: str = ""


class Desk:
    """Over the cases of all counties; every method looks at one. Raises `CoreAway`."""

    def __init__(
        self,
        core: RoutingCore,
        searched: Searched,
        checks: CallerChecks,
        tickets: Tickets,
        counties: Mapping[str, County],
    ) -> None:
        self._core = core
        self._searched = searched
        self._checks = checks
        self._tickets = tickets
        self._counties = counties

    @reaching
    async def find(self, county: County, words: str) -> Found:
        """By a number of ours or of 12345, a telephone, a name or a place: whichever the words are."""
        said = fold(words).strip()
        number = _number(said)
        if (case := await self._core.numbered(county.id, number)) is not None:
            return Found("number", await self._candidates(county, {case.id: ()}), told=number)
        called = ticket_number(said)
        ticket = await self._tickets.numbered(county.id, called) if called else None
        if ticket is not None and ticket.case is not None:
            return Found("ticket", await self._candidates(county, {ticket.case: ()}))
        read = read_phone(said, county.area_code)
        if isinstance(read, Understood) and isinstance(read.value, Phone):
            keys = dict.fromkeys(PHONES, (read.value.number,))
            return Found("phone", await self._candidates(county, await self._searched.alike(county.id, keys)))
        if named := await self._searched.alike(county.id, {"name": (said,)}):
            return Found("name", await self._candidates(county, named))
        places = places_in(said, county)
        # Who names a door means that door, and nobody else's in the same road.
        doors = [one for one in places if any(map(str.isdecimal, one))]
        for place in doors or places:
            if there := await self._searched.alike(county.id, {"address": (place,)}):
                return Found("place", await self._candidates(county, there))
        return Found("place" if places else "name", ())

    @reaching
    async def alike(self, county: County, keys: Keys) -> tuple[Candidate, ...]:
        """Open cases that say the same of something: he may have applied already."""
        return (
            await self._candidates(county, await self._searched.alike(county.id, keys, open_only=True)) if keys else ()
        )

    @reaching
    async def opened(self, county: County, case_id: str) -> Case | None:
        """A case of this county."""
        case = await self._core.case(case_id)
        return case if case is not None and case.county == county.id else None

    @reaching
    async def candidate(self, county: County, case: Case) -> Candidate:
        """As it is shown before he has shown that it is his."""
        return (await self._candidates(county, {case.id: ()}))[0]

    @reaching
    async def ways(self, case: Case) -> tuple[How, ...]:
        """How he can show that it is his: its number, and the end of his identity number if we have that."""
        return ("number", "identity") if self._identities(await self._core.submission(case.id)) else ("number",)

    @reaching
    async def check(self, case: Case, clerk: Staff, how: How, said: str, key: str, now: dt.datetime) -> Refused | None:
        """Whether what he says is right; each try is written down, under the `key` of the request once.

        Refused `caller.empty`, `caller.wrong` (`left`), `caller.resting`, `caller.no_identity`.
        """
        digits = "".join(one for one in fold(said).upper() if one.isascii() and one.isalnum())
        if not digits:
            return Refused(code="caller.empty")
        if await self.resting(case, now):
            return Refused(code="caller.resting")
        wanted = [_plain(case.number)] if how == "number" else self._identities(await self._core.submission(case.id))
        if not wanted:
            return Refused(code="caller.no_identity")
        right = any(_same(digits, one, how) for one in wanted)
        await self._checks.note(key, case.county, case.id, clerk.id, how, now, right=right)
        if right:
            return None
        left = WRONG - await self._checks.wrong(case.id, now)
        return Refused(code="caller.wrong", about={"left": str(left)}) if left > 0 else Refused(code="caller.resting")

    @reaching
    async def resting(self, case: Case, now: dt.datetime) -> bool:
        """Whether callers were wrong too often: he is called back."""
        return await self._checks.wrong(case.id, now) >= WRONG

    @reaching
    async def registered(self, county: County, case: Case) -> str:
        """The number to call him back at, as it stands on the case; "" where none does."""
        submission = await self._core.submission(case.id)
        if submission is None:
            return ""
        return to_call(parties(on_form(county, submission.form_version), submission.answers), case.contact).phone

    @reaching
    async def called_back(self, case: Case, clerk: Staff, key: str, now: dt.datetime) -> None:
        """He was called at that number and answered: whatever he could not say, it is his."""
        await self._checks.note(key, case.county, case.id, clerk.id, "called", now, right=True)

    @reaching
    async def shown(self, case: Case, clerk: Staff, now: dt.datetime) -> bool:
        """Whether a caller has shown this clerk in this call that it is his."""
        return await self._checks.shown(case.id, clerk.id, now - SHOWN_FOR) is not None

    @reaching
    async def ticket(self, case: Case, clerk: Staff, number: str, now: dt.datetime) -> Refused | None:
        """The number that 12345 has given to what he called about (工单号).

        Refused `ticket.malformed`, `ticket.other` where it is about something else already.
        """
        said = ticket_number(number)
        if not said:
            return Refused(code="ticket.malformed")
        kept = await self._tickets.put(case.county, Ticket(said, clerk.id, now, case=case.id))
        return None if kept.case == case.id else Refused(code="ticket.other")

    @reaching
    async def tickets(self, case: Case) -> tuple[Ticket, ...]:
        """Those of a case."""
        return await self._tickets.of_case(case.id)

    async def _candidates(self, county: County, found: Mapping[str, tuple[str, ...]]) -> tuple[Candidate, ...]:
        shown = list[Candidate]()
        for name, kinds in found.items():
            case = await self._core.case(name)
            if case is not None and case.county == county.id:
                shown.append(_candidate(county, case, await self._core.submission(name), kinds))
        return tuple(shown)

    def _identities(self, submission: Submission | None) -> list[str]:
        answers: Mapping[str, Answer] = submission.answers if submission is not None else {}
        return [
            one.value.number
            for one in answers.values()
            if isinstance(one.value, Code) and one.value.scheme == "identity"
        ]


def _candidate(county: County, case: Case, submission: Submission | None, kinds: tuple[str, ...]) -> Candidate:
    name = phone = place = ""
    if submission is not None:
        here = on_form(county, submission.form_version)
        one = parties(here, submission.answers).applicant
        address = submission.answers.get(here.places.address)
        name, phone = mask_name(one.name) if one.name else "", _begins(one.phone)
        place = mask_address(show(address.value)) if address is not None and address.value is not None else ""
    return Candidate(
        case=case.id,
        number=_masked(case.number),
        name=name,
        phone=phone,
        place=place,
        services=tuple(county.service[one].name for one in case.services if one in county.service),
        accepted_at=case.accepted_at,
        closed=case.closed_at is not None,
        alike=kinds,
    )


def _begins(phone: str) -> str:
    """How it begins and no more: how it ends he says himself when the case is handed over to him (ADR 27)."""
    return phone[:_KNOWN] + "*" * max(0, len(phone) - _KNOWN)


def _masked(number: str) -> str:
    """All but its end, which the caller has to say."""
    return number[: -min(_DIGITS, len(number))] + "*" * min(_DIGITS, len(number))


def _number(said: str) -> str:
    return said.replace(" ", "").upper()


def _plain(number: str) -> str:
    return "".join(one for one in number.upper() if one.isascii() and one.isalnum())


def _same(said: str, wanted: str, how: How) -> bool:
    """The whole number, with or without its letters; of an identity number how it ends."""
    if how == "identity":
        return len(said) == TAIL and hmac.compare_digest(said.encode(), wanted[-TAIL:].encode())
    digits = "".join(one for one in wanted if one.isdecimal())
    told = "".join(one for one in said if one.isdecimal())
    return len(told) >= _DIGITS and hmac.compare_digest(told.encode(), digits.encode()) and (said in (wanted, told))

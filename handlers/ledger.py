"""台账: one line per order, masked unless somebody may see it all, and then it is recorded who did (J34)."""

import datetime as dt
from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Final, NamedTuple, Protocol

from handlers.parties import parties
from handlers.wording.orders import service_name
from handlers.wording.values import show
from handlers.wording.wording import Wording
from model.case import Case
from model.county import County
from model.edition import on_form
from model.ledger import LedgerOrder, Wanted
from model.order import Order
from model.staff import Staff
from model.submission import Submission
from routing.agenda import next_limit
from routing.split import find_district
from routing.timeline import next_step
from storage.mask import mask_address, mask_name, mask_phone

_OPENED: Final = 20


class Line(NamedTuple):
    """A line of the ledger, in the order of its columns."""

    number: str
    service: str
    body: str
    steward: str
    state: str
    accepted: dt.datetime
    closed: dt.datetime | None
    step: str
    due: dt.datetime | None
    late: str
    town: str
    applicant: str
    phone: str
    address: str
    channel: str


class Orders(Protocol):
    """Where the orders are read."""

    def ledger(self, county: str, wanted: Wanted) -> AsyncGenerator[tuple[LedgerOrder, ...]]:
        """Those that are wanted, some hundred at a time."""


class Opens(Protocol):
    """Where cases are opened."""

    async def several(self, ids: Sequence[str]) -> Mapping[str, tuple[Case, Submission]]:
        """Each with what its applicant confirmed; of what was erased nothing."""

    async def steward(self, staff_id: str) -> Staff | None:
        """A member of staff by id, in service or not."""


class Ledger:
    """Reads page by page: however many there are, no more than one page is in memory."""

    def __init__(
        self, core: Opens, orders: Orders, counties: Mapping[str, County], wordings: Mapping[str, Wording]
    ) -> None:
        """Over the routing core and the rows, with the counties' words."""
        self._core = core
        self._orders = orders
        self._counties = counties
        self._wordings = wordings

    async def lines(
        self, county_id: str, wanted: Wanted, now: dt.datetime, *, masked: bool = True
    ) -> AsyncGenerator[tuple[LedgerOrder, Line]]:
        """The lines that are wanted, each with its order; of what was erased only the steps and their times are left."""
        county, staff = self._counties[county_id], dict[str, str]()
        async for page in self._orders.ledger(county_id, wanted):
            # A few at a time: while they are opened nobody else is served.
            for at in range(0, len(page), _OPENED):
                few = page[at : at + _OPENED]
                opened = await self._core.several(list(dict.fromkeys(one.case for one in few if not one.erased_at)))
                for order in few:
                    if order.steward and order.steward not in staff:
                        found = await self._core.steward(order.steward)
                        staff[order.steward] = found.name if found is not None else order.steward
                    case, submission = opened.get(order.case, (None, None))
                    line = self._line(county, order, case, submission, staff, now, masked=masked)
                    if wanted.town in ("", line.town):
                        yield order, line

    def _line(
        self,
        county: County,
        order: LedgerOrder,
        case: Case | None,
        submission: Submission | None,
        staff: Mapping[str, str],
        now: dt.datetime,
        *,
        masked: bool,
    ) -> Line:
        say = self._wordings[county.id].catalogue.say
        own = case.order(order.order) if case is not None else None
        step, due = self._next(county, case, own)
        name, phone, address, town, channel = self._person(county, case, submission, masked=masked)
        ended = own is not None and own.ending is not None
        return Line(
            number=order.number,
            service=service_name(county, own) if own is not None else county.service[order.service].name,
            body=county.body[order.body].short if order.chosen else say("console.supervision.no_body"),
            steward=staff.get(order.steward or "", ""),
            state=say("ledger.states.ended") if ended else say(f"ledger.states.{order.state}"),
            accepted=order.accepted_at,
            closed=order.closed_at,
            step=step,
            due=due,
            late=say("ledger.late") if due is not None and due < now else "",
            town=town,
            applicant=name,
            phone=phone,
            address=address,
            channel=channel,
        )

    def _next(self, county: County, case: Case | None, own: Order | None) -> tuple[str, dt.datetime | None]:
        """What it waits for next, and by when; of what is done nothing."""
        if case is None or own is None or case.closed_at is not None:
            return "", None
        say = self._wordings[county.id].catalogue.say
        limit, step = next_limit(own), next_step(case, own)
        named = limit[0] if limit is not None else step
        if named is None:
            return "", None
        rule = county.process.rule(named)
        return (rule.name if rule else say(f"console.supervision.timed.{named}")), limit[1] if limit else None

    def _person(
        self, county: County, case: Case | None, submission: Submission | None, *, masked: bool
    ) -> tuple[str, str, str, str, str]:
        say = self._wordings[county.id].catalogue.say
        if case is None or submission is None:
            return say("ledger.erased"), "", "", "", ""
        here = on_form(county, submission.form_version)
        applicant = parties(here, submission.answers).applicant
        phone = case.contact or applicant.phone
        places = here.places
        address, town = _shown(submission, places.address), find_district(submission, here) or ""
        channel = say(f"ledger.channels.{submission.channel}")
        if masked:
            return mask_name(applicant.name), mask_phone(phone), mask_address(address), town, channel
        return applicant.name, phone, address, town, channel


def _shown(submission: Submission, field: str) -> str:
    answer = submission.answers.get(field)
    return show(answer.value) if answer is not None and answer.value is not None else ""

"""A department's row of a survey sheet, signed at the site by whoever holds its code (X38, X41, X156–X159; ADR 38)."""

import datetime as dt
import json
import secrets
from collections.abc import Mapping
from typing import Literal, NamedTuple, Protocol

from handlers.parties import parties
from handlers.ports import RoutingCore
from handlers.reaching import reaching
from handlers.wording.values import show
from model.case import JOINT, Case
from model.command import Command
from model.commands.sheet import GiveRow
from model.county import County
from model.decision import Refused
from model.edition import on_form, under
from model.message import Actor
from model.process import Opinion
from model.sheet import Row
from model.sheet_code import CODE_BYTES, TRIES, VALID, SheetCode
from routing.conclusion import surveying


class SigningCodes(Protocol):
    """The codes, each used once."""

    async def issue(self, code: str, made: SheetCode) -> None:
        """Let this code sign; an earlier one for the same row is void."""

    async def found(self, code: str) -> SheetCode | None:
        """What this code signs, whatever became of it."""

    async def of_case(self, case: str) -> tuple[SheetCode, ...]:
        """All that were made for a case, oldest first."""

    async def take(self, code: str, said: str, now: dt.datetime) -> bool:
        """Somebody hands this in; False: he may not, or no more."""

    async def give_back(self, code: str) -> None:
        """It could not be recorded."""

    async def signed(self, code: str, signature: str | None, now: dt.datetime) -> None:
        """It is recorded."""

    def said(self, words: str) -> str:
        """By which it is known what was handed in."""


class Signatures(Protocol):
    """What was drawn, kept under the record of its case."""

    async def keep(self, case: str, image: bytes) -> str | None:
        """Its digest; None once the case was erased."""


class Sheet(NamedTuple):
    """What the holder of a code sees: the head of the sheet with the applicant's whole name for the caller to mask, and his row."""

    county: County
    number: str
    project: str
    applicant: str
    address: str
    at: dt.datetime | None
    organiser: tuple[str, str]
    body: str
    choices: tuple[Opinion, ...]
    row: Row
    until: dt.datetime


class Given(NamedTuple):
    """What he says: one of the opinions, his name, and what the opinion needs."""

    opinion: str
    surveyor: str
    remark: str = ""
    basis: str = ""
    due: dt.date | None = None


class Signed(NamedTuple):
    """It is recorded: which sheet, when; `same`: what was handed in just now, and not something before."""

    sheet: Sheet
    at: dt.datetime
    same: bool


class SheetSigning:
    """Makes codes and takes what is said with them. Raises `CoreAway`."""

    def __init__(
        self, core: RoutingCore, codes: SigningCodes, signatures: Signatures, counties: Mapping[str, County]
    ) -> None:
        self._core = core
        self._codes = codes
        self._signatures = signatures
        self._counties = counties

    @reaching
    async def offer(
        self, case: Case, body: str, by: str, role: Literal["staff", "steward"], now: dt.datetime
    ) -> tuple[str, dt.datetime] | Refused:
        """A new code for this row, made by `by` (a staff id) as the window or as the body that leads; and until when it is good.

        Refused `sheet.none`, `row.unknown_department`, `row.too_early`, `row.already`.
        """
        if (refused := _closed(case, body)) is not None:
            return refused
        code, until = secrets.token_urlsafe(CODE_BYTES), now + VALID
        await self._codes.issue(code, SheetCode(case=case.id, body=body, by=by, role=role, made_at=now, until=until))
        return code, until

    @reaching
    async def of_case(self, case: Case) -> tuple[SheetCode, ...]:
        """The codes that were made for it."""
        return await self._codes.of_case(case.id)

    @reaching
    async def opened(self, code: str, now: dt.datetime) -> Sheet | Signed | Refused:
        """What there is to sign; what was signed; or why neither.

        Refused `sign.unknown`, `.void`, `.dead`, `.expired`, `sign.closed` (it was entered otherwise, or nobody surveys any more).
        """
        made = await self._codes.found(code)
        case = await self._core.case(made.case) if made is not None else None
        sheet = await self._sheet(made, case) if made is not None and case is not None else None
        if made is None or case is None or sheet is None:
            return Refused(code="sign.unknown")
        if made.state == "used":
            return Signed(sheet, made.signed_at or now, same=False)
        if made.state == "void":
            return Refused(code="sign.void")
        if made.state == "open" and made.tries >= TRIES:
            return Refused(code="sign.dead")
        if made.until <= now:
            return Refused(code="sign.expired")
        # What is being recorded may stand in the case already: its answer was lost, and it is handed in again.
        return Refused(code="sign.closed") if made.state == "open" and _closed(case, made.body) else sheet

    @reaching
    async def sign(self, code: str, given: Given, image: bytes | None, now: dt.datetime) -> Signed | Refused:
        """His row is recorded, with what he drew. The code is what makes it happen once: said again, it is the same.

        Refused as `opened`, and with the codes of a row; then the code is good still.
        """
        found = await self.opened(code, now)
        words = json.dumps([*given[:4], given.due.isoformat() if given.due else ""])
        if isinstance(found, Signed):
            made = await self._codes.found(code)
            return found._replace(same=made is not None and made.said == self._codes.said(words))
        if isinstance(found, Refused):
            return found
        made = await self._codes.found(code)
        if made is None or not await self._codes.take(code, words, now):
            return Refused(code="sign.taken")
        do = GiveRow(
            body=made.body,
            opinion=given.opinion,
            remark=given.remark,
            basis=given.basis,
            surveyor=given.surveyor,
            due=given.due,
        )
        actor = Actor(person="holder", role=made.role, staff=made.by)
        # The words are in the id: what was refused and put right is another command.
        command = Command(id=f"sign:{self._codes.said(f'{code} {words}')}", case=made.case, actor=actor, do=do)
        done = await self._core.execute(command, now)
        if isinstance(done, Refused):
            await self._codes.give_back(code)
            return done
        digest = await self._signatures.keep(made.case, image) if image is not None else None
        await self._codes.signed(code, digest, now)
        sheet = await self._sheet(made, done.case)
        return Signed(sheet or found, now, same=True)

    async def _sheet(self, made: SheetCode, case: Case) -> Sheet | None:
        county = self._counties.get(case.county)
        row = case.sheet.row(made.body) if case.sheet is not None else None
        submission = await self._core.submission(case.id)
        if county is None or row is None or case.sheet is None or submission is None:
            return None
        filed = on_form(county, submission.form_version)

        def said(field: str | None) -> str:
            answer = submission.answers.get(field or "")
            return show(answer.value) if answer and answer.value else ""

        organiser = await self._core.steward(case.sheet.organiser) if case.sheet.organiser else None
        lead = county.body[case.lead or made.body]
        at = case.appointments.get(JOINT)
        return Sheet(
            county=county,
            number=case.number,
            project=said(filed.places.project),
            applicant=parties(filed, submission.answers).applicant.name,
            address=said(filed.places.address),
            at=at.at if at and not at.released else None,
            organiser=(organiser.name, organiser.phone) if organiser else (lead.short, lead.phone),
            body=county.body[made.body].name,
            choices=under(county, case.process_version).process.survey.opinions,
            row=row,
            until=made.until,
        )


def _closed(case: Case, body: str) -> Refused | None:
    """Why no opinion is wanted of this department, as the core would say."""
    row = case.sheet.row(body) if case.sheet is not None else None
    if case.sheet is None or case.closed_at is not None:
        return Refused(code="sheet.none")
    if row is None:
        return Refused(code="row.unknown_department")
    if not surveying(case):
        return Refused(code="row.too_early")
    return Refused(code="row.already") if row.opinion is not None and row.opinion.passes else None

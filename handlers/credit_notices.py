"""A row of the outbox about a credit note as words: what was noted, how to object, what came of it (X60)."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, NamedTuple

from handlers.letter import Letter, Undeliverable, template_fields
from handlers.parties import parties, to_call
from handlers.ports import RoutingCore
from handlers.spoken import Spoken
from handlers.wording.wording import Wording
from model.case import Case
from model.county import County
from model.credit import CreditGround, CreditNote
from model.delivery import Row
from model.edition import on_form
from model.message import Reply

REMOVED = "applicant.credit_removed"
"""The one text that is about a note which is there no more."""


class _Written(NamedTuple):
    """A notice as it reads now."""

    case: Case
    wording: Wording
    text: str
    facts: dict[str, Any]


class CreditNotices:
    """Composes what the person concerned is told; nobody else is."""

    def __init__(
        self,
        core: RoutingCore,
        note: Callable[[str], Awaitable[CreditNote | None]],
        counties: Mapping[str, County],
        wordings: Mapping[str, Wording],
    ) -> None:
        """Over the notes, with the counties' words."""
        self._core, self._note = core, note
        self._counties, self._wordings = counties, wordings

    async def compose(self, row: Row) -> Letter | Undeliverable:
        """The letter of a row, or why it cannot be written to anybody."""
        written = await self._written(row)
        if not isinstance(written, _Written):
            return written
        case, wording, text, facts = written
        if not case.account or not case.person:
            return Undeliverable("no_channel_applicant")
        fields = template_fields(wording, row.template, facts)
        return Letter(case.account, case.person, Reply(text=text), None, row.template, fields)

    async def told(self, row: Row) -> Spoken | Undeliverable:
        """What a row says, for whoever says it by telephone: to whom, and its words."""
        written = await self._written(row, aloud=True)
        if not isinstance(written, _Written):
            return written
        case, submission = written.case, await self._core.submission(written.case.id)
        if submission is None:
            return Undeliverable("record erased")
        county = on_form(self._counties[case.county], submission.form_version)
        return Spoken(case.number, to_call(parties(county, submission.answers), case.contact), written.text)

    async def _written(self, row: Row, *, aloud: bool = False) -> "_Written | Undeliverable":
        case = await self._core.case(row.case or "")
        note = await self._note(row.refs["credit"])
        if case is None or case.county not in self._counties or (note is None and row.template != REMOVED):
            return Undeliverable("note erased")
        county, wording = self._counties[case.county], self._wordings[case.county]
        rule, name = county.credit, note.ground if note is not None else ""
        # A ground that the county has taken off its list since is still called as it was.
        ground = (rule.ground(name) if rule is not None else None) or CreditGround(
            id=name, text=name, source=county.name
        )
        facts = {"case": case, "note": note, "ground": ground}
        return _Written(case, wording, wording.catalogue.say(f"notice.{row.template}", **facts, aloud=aloud), facts)

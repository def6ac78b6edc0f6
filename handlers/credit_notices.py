"""A row of the outbox about a credit note as words: what was noted, how to object, what came of it (X60)."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.letter import Letter, Undeliverable, template_fields
from handlers.ports import RoutingCore
from handlers.wording.wording import Wording
from model.county import County
from model.credit import CreditGround, CreditNote
from model.delivery import Row
from model.message import Reply

REMOVED = "applicant.credit_removed"
"""The one text that is about a note which is there no more."""


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
        case = await self._core.case(row.case or "")
        note = await self._note(row.refs["credit"])
        if case is None or case.county not in self._counties or (note is None and row.template != REMOVED):
            return Undeliverable("note erased")
        if not case.account or not case.person:
            return Undeliverable("no_channel_applicant")
        county, wording = self._counties[case.county], self._wordings[case.county]
        rule, name = county.credit, note.ground if note is not None else ""
        # A ground that the county has taken off its list since is still called as it was.
        ground = (rule.ground(name) if rule is not None else None) or CreditGround(
            id=name, text=name, source=county.name
        )
        facts = {"case": case, "note": note, "ground": ground}
        text = wording.catalogue.say(f"notice.{row.template}", **facts)
        return Letter(
            case.account,
            case.person,
            Reply(text=text),
            None,
            row.template,
            template_fields(wording, row.template, facts),
        )

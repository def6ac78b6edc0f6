"""加办 at the window as a form: the part of the form that the services bring with them, filled in on one page (X19, X24)."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialogs.as_data.edits import Result, Taken, Wrong
from dialogs.as_data.entering import Posted
from handlers.additions import Wish, addition, agreed_before, part_for, why_not
from handlers.page_filling import filled
from handlers.window_adding import agreed_aloud
from model.case import Case
from model.commands.adding import AddService
from model.county import County, Service
from model.decision import Refused
from model.draft import Agreement, Draft
from model.edition import on_form, under
from model.login import at_console
from model.submission import Submission
from model.values import Declared, Files
from routing.adding import left_to_add, ticked


@dataclass(frozen=True, slots=True)
class Entry:
    """What was entered of a part: the form with what can be taken, what became of each field, and whether fields were asked on
    the page that sent it which are not yet filled in, or have come onto the form since (`more`).
    """

    draft: Draft
    results: Mapping[str, Result]
    more: bool

    @property
    def whole(self) -> bool:
        """Nothing has to be put right, and nothing is asked that was not seen."""
        return not self.more and all(isinstance(one, Taken) for one in self.results.values())


class Part:
    """The part of one case's form that `services` bring, as `by` (a staff id) has it before him. `signed`: the form as it stands."""

    def __init__(
        self, case: Case, county: County, signed: Submission, services: Sequence[str], by: str, now: dt.datetime
    ) -> None:
        self._case, self._county, self._signed = case, county, signed
        self._by, self._now = by, now
        self._here = under(on_form(county, signed.form_version), case.process_version)
        self.left: tuple[Service, ...] = left_to_add(case, self._here)
        """What can be added at all."""
        self.services = tuple(one.id for one in self.left if one.id in services)
        """Those of the services that can be added still."""

    def why_not(self, services: Sequence[str]) -> Refused | None:
        """Why the first of these that cannot be added cannot."""
        return why_not(self._here, self._case, services, self._now)

    def empty(self) -> Draft:
        """The part with nothing in it; what the case knows decides what is asked, and is not shown."""
        form, fields = part_for(self._here, self._case, self._signed, self.services), self._here.form.fields
        held = agreed_before(form, self._signed)
        known = ticked(self._signed, (*self._case.services, *self.services), self._here)
        return Draft(
            id=f"{at_console(self._by)}#{self._case.id}:add",
            form=form.id,
            form_version=form.version,
            opened_at=self._now,
            changed_at=self._now,
            answers={
                name: one
                for name, one in known.items()
                if name in fields and fields[name].consent is None and not isinstance(one.value, Files | Declared)
            },
            agreements={  # numbers that need a consent are checked in person, unless he has given it before
                name: Agreement(agreed=name in held, version=one.version, at=self._now)
                for name, one in form.consents.items()
            },
        )

    def entered(self, posted: Posted) -> Entry:
        """The part with this filled in. A field that the page did not show is asked next, and is no mistake of his."""
        draft, results = filled(self._here, self.empty(), posted, self._by, self._now)
        unseen = {name for name, one in results.items() if one == Wrong(None) and f"seen.{name}" not in posted}
        return Entry(draft, {name: one for name, one in results.items() if name not in unseen}, bool(unseen))

    def command(self, entry: Entry) -> AddService | Refused:
        """What was entered, as the command that adds the services; what was read of it is not read again."""
        form = part_for(self._here, self._case, self._signed, self.services)
        wish = Wish(
            id=f"window:{self._case.id}:{self._case.version}",
            services=self.services,
            given={name: one.reading for name, one in entry.results.items() if isinstance(one, Taken)},
            agreed=agreed_aloud(form),
            by=self._by,
            role="staff",
            channel="window",
            at=self._now,
        )
        found = addition(self._county, self._case, self._signed, wish, read=lambda reading, _field, _context: reading)
        if isinstance(found, tuple):
            return Refused(code="add_service.form", about={"fields": "、".join(one.name for one in found)})
        return found

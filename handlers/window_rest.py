"""补填 at a desk: what a telephone application left open, as the form it was left open on, with what is missing alone (X26)."""

import datetime as dt
from collections.abc import Iterator, Mapping

from dialogs.as_data.edits import Result, Taken
from dialogs.as_data.entering import Posted, entered
from handlers.completing import rest_draft, whole_answers
from handlers.page_filling import filled
from handlers.window_desk import Desk
from handlers.window_forms import Offer, offers
from model.case import Case
from model.commands.telephone import FillForm
from model.county import County
from model.draft import Draft
from model.edition import on_form
from model.login import at_console
from routing.open_form import open_to


class Rest:
    """The rest of one case's form, as `by` (a staff id) has it before him. `county`: under the process of the case."""

    def __init__(self, case: Case, county: County, by: str, now: dt.datetime) -> None:
        self._case = case
        self._county = county
        self._by = by
        self._now = now

    def empty(self) -> Draft | None:
        """The form with nothing in it but what stands there already, which is not shown; None where nothing is left to ask."""
        case = self._case
        if case.telephone is None or case.closed_at is not None:
            return None
        here = on_form(self._county, case.telephone.form_version)
        if not open_to(case, None, here):
            return None
        return rest_draft(case, None, here, f"{at_console(self._by)}#{case.id}:rest", self._now)

    def entered(self, draft: Draft, posted: Posted) -> tuple[Draft, Mapping[str, Result]]:
        """The form with what can be taken of this, and what became of each field."""
        return filled(self._county, draft, posted, self._by, self._now)

    def overtaken(self, posted: Posted) -> tuple[str, ...]:
        """What was entered although somebody has filled it in meanwhile, by the names of the fields: that stays as it is."""
        form = self._case.telephone
        if form is None:
            return ()
        fields = on_form(self._county, form.form_version).form.fields
        return tuple(fields[name].called for name in form.answers if name in fields and entered(fields[name], posted))

    def command(self, draft: Draft) -> FillForm:
        """What was entered, as the command that fills it in: of a case as a whole, it is nobody's part."""
        return FillForm(answers=whole_answers(self._county, draft))


def taken(results: Mapping[str, Result]) -> bool:
    """Whether nothing of it has to be put right."""
    return all(isinstance(one, Taken) for one in results.values())


def possible(desk: Desk, now: dt.datetime, by: str) -> Iterator[Offer]:
    """What can be done to the case on the desk; a form of which nothing is left open is not offered, though the core would have what
    stands in it put right.
    """
    left = Rest(desk.case, desk.county, by, now).empty()
    return (one for one in offers(desk, now, by) if one.act != "fill" or left is not None)

"""A small form that staff fill in whole, on a page: what of it can be taken, and what became of each field (ADR 39)."""

import datetime as dt
from collections.abc import Mapping

from dialogs.as_data.edits import Result, Taken, Wrong, may_be_given, results
from dialogs.as_data.entering import Posted, entered
from dialogs.visible import visible_fields
from model.county import County
from model.draft import FILL, Answer, Draft
from model.edition import form_of
from model.page import Edit


def filled(
    county: County, draft: Draft, posted: Posted, by: str, now: dt.datetime
) -> tuple[Draft, Mapping[str, Result]]:
    """The form with all of this that can be taken, entered `by` somebody of the staff; and what became of each field, as `FormPage`
    shows it.
    """
    form = form_of(county, draft)
    edits = [Edit(field=name, seen=None, given=entered(field, posted)) for name, field in form.fields.items()]
    found = dict(results(county, form, draft, [one for one in edits if one.given], now))
    answers = dict(draft.answers)
    for name, one in found.items():
        if isinstance(one, Taken):
            source = "".join(text for part, text in entered(form.fields[name], posted) if not part)
            answers[name] = Answer(value=one.value, source=source, by=by, role="steward", at=now)
    trail = tuple(name for name in form.fields if name in answers)
    draft = draft.model_copy(update={"answers": answers, "trail": trail, "changed_at": now})
    for field in visible_fields(form, answers):
        answer = answers.get(field.id)
        if field.id in found or (answer is not None and answer.value is not None) or field.kind == "declaration":
            continue
        if field.need == "required" and draft.act != FILL and may_be_given(form, field, draft, answers):
            found[field.id] = Wrong(None)
    return draft, found

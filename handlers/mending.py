"""要改: what the applicant puts right in what was read back to him stands at once, in the form that is still open (X26)."""

import datetime as dt

from dialogs.events import AmendmentWished
from dialogs.kinds import parse
from dialogs.reading import Context, Understood
from model.case import Case
from model.commands.telephone import FillForm
from model.county import County
from model.draft import Answer
from model.edition import on_form
from routing.whose_field import is_of


def mend(case: Case | None, county: County, event: AmendmentWished, person: str, now: dt.datetime) -> FillForm | None:
    """The command that puts it right; None for what he has not been asked about, has agreed to, or does not say clearly:
    then whoever works on it hears his words.
    """
    form = case.telephone if case is not None else None
    if case is None or form is None or event.field not in set(form.read_back) & set(form.unconfirmed):
        return None
    here = on_form(county, form.form_version)
    if event.field not in here.form.fields or not is_of(event.field, None, case, here):
        return None
    read = parse(event.value, here.form.fields[event.field], Context(now, here.area_code, here.calendar, form.answers))
    if not isinstance(read, Understood) or read.certainty == "guessed":
        return None
    answer = Answer(value=read.value, by=person, at=now, certainty=read.certainty, warnings=read.warnings)
    return FillForm(answers={event.field: answer})

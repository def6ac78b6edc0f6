"""本人承诺: who applied by telephone declares, once the form is read back to him, what others declare when they hand in (X26, X60)."""

import datetime as dt

from model.case import Case
from model.county import County
from model.draft import Answer
from model.edition import on_form
from model.fields import Field
from model.form import Text
from model.message import Actor
from model.on_form import hidden
from model.telephone import OpenForm
from model.values import Declared


def undeclared(form: OpenForm | None, county: County) -> Text | None:
    """The text that he has still to agree to; None where he has, or the county has none. `county`: on the form of the case."""
    return None if form is None or form.declared or _field(form, county) is None else county.form.declaration


def owed(case: Case, county: County) -> Text | None:
    """The text that the applicant of this case has still to agree to. `county`: under the process of the case."""
    return undeclared(case.telephone, on_form(county, case.telephone.form_version)) if case.telephone else None


def declaration(case: Case, county: County, actor: Actor, now: dt.datetime) -> dict[str, Answer]:
    """His declaration as it stands on the form: agreed to by himself, or by word of mouth to whoever read it to him."""
    field = _field(case.telephone, county) if case.telephone is not None else None
    if field is None or county.form.declaration is None:
        return {}
    agreed = Answer(
        value=Declared(version=county.form.declaration.version),
        by=actor.staff or actor.person,
        role="staff" if actor.role == "clock" else actor.role,
        at=now,
    )
    return {field.id: agreed}


def _field(form: OpenForm, county: County) -> Field | None:
    """The field of the form in which it stands, if the answers show it."""
    ends = [one for one in county.form.fields.values() if one.kind == "declaration"]
    if county.form.declaration is None or not ends:
        return None
    away = hidden(county.form, tuple(county.form.fields.values()), form.answers)
    return next((one for one in ends if one.id not in away), None)

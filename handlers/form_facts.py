"""What an applicant is told of a form that was left open on the telephone: what is empty, what was written for him (X26)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from handlers.wording.values import show
from model.case import Case
from model.county import County
from model.delivery import Row
from model.edition import under
from model.event import Event
from model.events.handover import CaseHandedOver
from model.events.telephone import FormFilled, FormLeftOpen
from model.message import Invitation
from model.telephone import OpenForm
from routing.declaring import undeclared
from routing.form_acts import form_invitation

_NAMED: Final = 4
"""So many fields are named; the others are a number."""


class Written(NamedTuple):
    """A field of the form in words."""

    name: str
    value: str


def form_facts(county: County, case: Case, event: Event) -> Mapping[str, Any]:
    """What is lacking, or what was written; `county` is on the form of the case."""
    fields, form = county.form.fields, case.telephone
    if isinstance(event, FormLeftOpen) and form is not None:
        return _empty(form, county)
    if isinstance(event, CaseHandedOver) and form is not None:
        unread = [name for name in form.read_back if name in form.unconfirmed]
        return {**_empty(form, county), **_told(form, unread, county, declares=form.put)}
    if isinstance(event, FormFilled) and form is not None:
        put_right = dict.fromkeys(name for some in event.mended.values() for name in some if name in fields)
        mended = [(fields[name], form.answers[name].value) for name in put_right]
        return {
            "mended": [Written(one.called, show(value, one)) for one, value in mended if value is not None],
            **_told(form, event.read_back, county, declares=event.declares),
        }
    return {}


def _empty(form: OpenForm, county: County) -> Mapping[str, Any]:
    names = [county.form.fields[one].called for one in form.lacking if one in county.form.fields]
    return {"empty": names[:_NAMED], "empty_count": len(names)}


def _told(form: OpenForm, names: Sequence[str], county: County, *, declares: bool) -> Mapping[str, Any]:
    """What was written for him, and what he is to declare."""
    fields = county.form.fields
    told = [(fields[one], form.answers[one].value) for one in names if one in fields]
    owed = undeclared(form, county) if declares else None
    return {
        "written": [Written(one.called, show(value, one)) for one, value in told if value is not None],
        "declaration": owed.text if owed else "",
    }


def form_asked(county: County, case: Case, row: Row) -> Invitation | None:
    """What the applicant can answer to it, as the case stands now."""
    if not row.template.startswith("applicant.form_"):
        return None
    asked = form_invitation(case, under(county, case.process_version), case.number)
    return asked if asked.acts else None

"""The form of a telephone application, as it is filled in (X26)."""

from model.case import Case
from model.events.telephone import FormConfirmed, FormFilled, FormLeftOpen
from model.telephone import OpenForm


def fold(case: Case, event: FormLeftOpen | FormFilled | FormConfirmed) -> Case:
    """The case after this event."""
    if isinstance(event, FormLeftOpen):
        begun = OpenForm(answers=event.answers, lacking=event.lacking, form_version=event.form_version)
        return case.model_copy(update={"telephone": begun})
    form = case.telephone
    if form is None:
        raise ValueError(f"{case.id} was not applied for by telephone")
    if isinstance(event, FormFilled):
        told = tuple(dict.fromkeys((*form.read_back, *event.read_back)))
        changes = {"answers": form.answers | event.answers, "lacking": event.lacking, "read_back": told}
        put = {"put": form.put or event.declares}
        return case.model_copy(update={"telephone": form.model_copy(update=changes | put)})
    right = {name: form.answers[name].model_copy(update={"confirmed": True}) for name in event.fields}
    left = tuple(one for one in form.read_back if one not in right)
    changes = {"answers": form.answers | right | event.declared, "read_back": left}
    return case.model_copy(update={"telephone": form.model_copy(update=changes)})

"""The form of a telephone application, as it is filled in (X26)."""

from model.case import Case
from model.events.telephone import FormLeftOpen
from model.telephone import OpenForm


def fold(case: Case, event: FormLeftOpen) -> Case:
    """The case after this event."""
    return case.model_copy(update={"telephone": OpenForm(answers=event.answers, lacking=event.lacking)})

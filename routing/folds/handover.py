"""Whose case it is, once the hotline has handed it over."""

from model.case import Case
from model.events.handover import CaseHandedOver


def fold(case: Case, event: CaseHandedOver) -> Case:
    """The case after this event: all else stands as it stood."""
    return case.model_copy(update={"account": event.account, "person": event.person})

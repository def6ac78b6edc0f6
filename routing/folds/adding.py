"""加办: a case with services more."""

from model.case import Case
from model.events.adding import ServiceAdded


def fold(case: Case, event: ServiceAdded) -> Case:
    """The case after this event."""
    return case.model_copy(
        update={
            "services": tuple(dict.fromkeys((*case.services, *event.services))),
            "joint": event.joint,
            "possible_permits": event.possible_permits,
            "promises": event.promises,
            "additions": (*case.additions, event.signed),
        }
    )

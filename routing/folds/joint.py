"""联合施工 (X50): what is proposed and decided about a case that digs where others do."""

from model.case import Case
from model.events.joint import JointAccepted, JointDeclined, JointProposed, JointShared, OfJoint


def fold(case: Case, event: OfJoint) -> Case:
    """The case after this event."""
    match event:
        case JointProposed(works=works) | JointShared(works=works):
            return case.model_copy(update={"joint_works": works})
        case JointAccepted():
            return _changed(case, state="accepted", officer=event.officer, first=event.first, last=event.last)
        case JointDeclined():
            return _changed(case, state="declined", officer=event.officer, reason=event.reason)
    raise TypeError(f"nothing about joint construction: {event}")


def _changed(case: Case, **new: object) -> Case:
    if case.joint_works is None:
        raise ValueError(f"nothing was proposed for case {case.id}")
    return case.model_copy(update={"joint_works": case.joint_works.model_copy(update=new)})

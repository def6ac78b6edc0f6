"""Who is told of joint construction: who leads it, then whoever works on the cases; no applicant, and of none (X50)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.joint import JointAccepted, JointProposed, JointShared, OfJoint
from routing.noticing.addressing import notice_to, speaker_of


def notices(case: Case, recorded: Recorded, event: OfJoint) -> Iterator[Notice]:
    """The notices of this event."""
    subject = f"{case.id}:joint"
    match event:
        case JointProposed(works=works):
            if works.officer is None:
                yield notice_to(recorded, Recipient(kind="body", id=works.body), "body.joint_proposed", subject, None)
            else:
                to = Recipient(kind="staff", id=works.officer)
                yield notice_to(recorded, to, "steward.joint_proposed", subject, None)
        case JointAccepted() | JointShared():
            for order in case.orders:
                if order.scheme is not None and order.scheme.digs:
                    yield notice_to(recorded, speaker_of(case, order), "steward.joint_window", subject, order.id)

"""联合施工 (X50): proposed where works meet, decided by the body that leads."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.joint import JointWorks


class OfJoint(Frozen):
    """Something happened about joint construction."""


class JointProposed(OfJoint):
    """The body that leads is asked whether these works are done together."""

    event: Literal["joint_proposed"] = "joint_proposed"
    works: JointWorks


class JointAccepted(OfJoint):
    """They dig together, in this window."""

    event: Literal["joint_accepted"] = "joint_accepted"
    officer: str
    first: dt.date
    last: dt.date


class JointDeclined(OfJoint):
    """They do not, and why."""

    event: Literal["joint_declined"] = "joint_declined"
    officer: str
    reason: str


class JointShared(OfJoint):
    """The case digs with another one that was decided about."""

    event: Literal["joint_shared"] = "joint_shared"
    works: JointWorks

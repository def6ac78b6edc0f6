"""联合施工 (X50): proposed where works meet, decided by the body that leads."""

import datetime as dt
from typing import Literal

from model.frozen import Frozen
from model.joint import JointWorks, Neighbour


class OfJointWorks(Frozen):
    """A command about joint construction."""


class ProposeJoint(OfJointWorks):
    """Others dig in the same road in this period."""

    do: Literal["propose_joint"] = "propose_joint"
    road: str
    neighbours: tuple[Neighbour, ...]


class AcceptJoint(OfJointWorks):
    """联合施工: all of them dig in this window, once."""

    do: Literal["accept_joint"] = "accept_joint"
    first: dt.date
    last: dt.date


class DeclineJoint(OfJointWorks):
    """Each digs by itself, for this reason."""

    do: Literal["decline_joint"] = "decline_joint"
    reason: str


class ShareJoint(OfJointWorks):
    """What was decided about another case counts for this one too."""

    do: Literal["share_joint"] = "share_joint"
    works: JointWorks

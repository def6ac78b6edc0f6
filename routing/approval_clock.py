"""The limit of an application for a permit: from its acceptance, standing still while it is sent back (X48, R7)."""

import datetime as dt

from model.approval import Approval
from model.calendar import Due
from model.county import County
from routing.limits import due_of
from routing.pausing import resumed


def due_from_acceptance(approval: Approval, county: County, now: dt.datetime) -> Due | None:
    """By when it is to be decided: what the channel promises, from the day of its acceptance; None without a limit."""
    kind = county.process.approvals.kind(approval.kind)
    limit = kind.limits.get(approval.channel) if kind else None
    return due_of(limit, county, now) if limit is not None else None


def items_due(approval: Approval, county: County, now: dt.datetime) -> Due | None:
    """By when what was allowed to follow (容缺) is to be there."""
    within = county.process.approvals.items_within
    return due_of(within, county, now) if within is not None and approval.items else None


def runs_on(approval: Approval, county: County, now: dt.datetime) -> Due | None:
    """The limit that stood still, with what was left of it left still; None if there is none, or it never began."""
    clock = approval.clock
    return resumed(clock, county, now) if clock is not None and clock.stands else None

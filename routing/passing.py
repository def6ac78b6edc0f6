"""An application whose officer serves no more, or is on leave, goes to a colleague: none lies with nobody (X48, X160)."""

import datetime as dt
from collections.abc import Sequence

from model.approval import Approval
from model.calendar import CHINA
from model.events.approvals import ApprovalPassed
from model.events.clock import Told
from model.message import Actor
from model.staff import Staff
from routing.assign import assign
from routing.refusal import No


def passed(approval: Approval, actor: Actor, now: dt.datetime, staff: Sequence[Staff]) -> ApprovalPassed:
    """To whom of the body it goes. Where nobody is there, it stays with whoever is on leave, or lies with the body, and the
    heads of the body are told.

    Raises `No`: `pass_approval.already` once it is decided, or nobody has it; `not.yours`, `pass_approval.there` where its
    officer is; `pass_approval.nobody` where nothing would come of it.
    """
    had = approval.officer
    if not approval.open or had is None:
        raise No("pass_approval.already")
    if actor.role == "steward" and actor.staff != had:
        raise No("not.yours")
    today = now.astimezone(CHINA).date()
    own = next((one for one in staff if one.id == had), None)  # None: he serves no more
    if own is not None and not own.is_away(today):
        raise No("pass_approval.there")
    others = [one for one in staff if one.id != had]
    heir = assign(others, approval.body, None, today)
    if heir is not None:
        return ApprovalPassed(approval=approval.id, officer=heir, previous=had)
    heads = [one for one in others if one.duty == "lead" and one.body == approval.body and one.reachable]
    if own is not None and not heads:
        raise No("pass_approval.nobody")
    told = tuple(Told(receiver="lead", id=one.id) for one in heads)
    return ApprovalPassed(approval=approval.id, officer=had if own is not None else None, previous=had, told=told)

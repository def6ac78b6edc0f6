"""What may be done to an order, in which state and by whom: the one table of the routing core (X160)."""

from collections.abc import Collection, Mapping
from typing import Final, Literal

from model.frozen import Frozen
from model.order import Order, OrderState
from model.process import Step

Role = Literal["applicant", "steward", "staff", "clock"]

ROUTED, TAKEN, CONTACTED, SURVEY_AGREED, SURVEYED, SCHEMED, BUILT, ACCEPTED, CONNECTED = OrderState
PATH: Final = tuple(OrderState)
"""The states in the order in which they are passed through."""

UNSURVEYED: Final = (ROUTED, TAKEN, CONTACTED, SURVEY_AGREED)


class Rule(Frozen):
    """A command is allowed to these roles while the order is in one of these states, if the process has the step."""

    states: tuple[OrderState, ...]
    by: tuple[Role, ...]
    step: Step | None = None


ON_SHEET: Final = (
    "departments", "row", "remind_rows", "repeat_survey", "promise", "keep_copy", "return_copy", "close_follow_up",
    "carry_follow_up"
)  # fmt: skip
"""What is done to the sheet of a case; whose it is to do is told by `routing.sheet`, not by an order."""

CONSULTING: Final = (
    "name_consultation", "decline_consultation", "record_consultation", "give_item", "settle_consultation", "tick_item"
)  # fmt: skip
"""What is done about a consultation; whose it is to do is told by `routing.consultations`, not by an order."""

# Commands about an appointment (agree, move) are checked against every order it binds (`routing.decide`).
# Hotline and window staff (`staff`) speak for an applicant who is on the phone.
TABLE: Final[Mapping[str, Rule]] = {
    "assign": Rule(states=PATH[:-1], by=("staff", "steward")),
    "ask_relief": Rule(states=PATH[:-1], by=("steward",)),
    "refuse_relief": Rule(states=PATH, by=("steward", "staff")),
    "take": Rule(states=(ROUTED,), by=("steward",)),
    "claim": Rule(states=(ROUTED,), by=("steward",)),
    "pass_order": Rule(states=(ROUTED, TAKEN, CONTACTED), by=("steward",)),
    "contact": Rule(states=(TAKEN,), by=("steward",), step="contact"),
    "propose_survey": Rule(states=(CONTACTED, SURVEY_AGREED), by=("steward",), step="survey"),
    "agree_survey": Rule(states=UNSURVEYED, by=("applicant", "staff"), step="survey"),
    "move_survey": Rule(states=UNSURVEYED, by=("applicant", "staff", "steward"), step="survey"),
    "give_times": Rule(states=PATH, by=("applicant", "staff", "steward")),
    "decide_time": Rule(states=PATH, by=("steward", "staff")),
    "close_times": Rule(states=PATH, by=("clock",)),
    "remind": Rule(states=PATH, by=("clock",)),
    "missed": Rule(states=PATH, by=("applicant", "staff", "steward")),
    "opinion": Rule(states=(SURVEY_AGREED,), by=("steward",), step="survey"),
    "external_line": Rule(states=(TAKEN, CONTACTED, SURVEY_AGREED), by=("steward", "staff"), step="survey"),
    "no_external_line": Rule(states=(TAKEN, CONTACTED, SURVEY_AGREED), by=("steward", "staff"), step="survey"),
    "scheme": Rule(states=(SURVEYED,), by=("steward",), step="scheme"),
    "built": Rule(states=(SCHEMED,), by=("steward",), step="construction"),
    "built_inside": Rule(states=(SCHEMED,), by=("applicant", "staff", "steward"), step="construction"),
    "acceptance": Rule(states=(BUILT,), by=("steward",), step="acceptance"),
    "move": Rule(states=PATH, by=("staff",)),
    "amend": Rule(states=PATH, by=("applicant", "staff")),
    "add_service": Rule(states=PATH, by=("applicant", "staff")),
    "answer_amendment": Rule(states=PATH, by=("steward", "staff")),
    "urge": Rule(states=PATH, by=("applicant", "staff")),
    "reply_urge": Rule(states=PATH, by=("steward", "staff")),
    "confirm_contact": Rule(states=(CONTACTED,), by=("applicant", "staff"), step="contact"),
    "deny_contact": Rule(states=(CONTACTED,), by=("applicant", "staff"), step="contact"),
    "unreached": Rule(states=(TAKEN,), by=("steward",), step="contact"),
    "reachable": Rule(states=(ROUTED, TAKEN), by=("applicant", "staff"), step="contact"),
    "explain_delay": Rule(states=PATH, by=("steward",)),
    "tell_delay": Rule(states=PATH, by=("clock",)),
    "explain_visit": Rule(states=PATH, by=("steward",)),
    "pass_visit": Rule(states=PATH, by=("clock",)),
    "backdate": Rule(states=PATH, by=("steward",)),
    "explain_backdating": Rule(states=PATH, by=("steward",)),
    "answer_backdating": Rule(states=PATH, by=("steward", "staff")),
    "close_backdating": Rule(states=PATH, by=("clock",)),
    "move_plan": Rule(states=PATH, by=("applicant", "staff")),
    "remind_plan": Rule(states=PATH, by=("clock",)),
    "change_contact": Rule(states=PATH, by=("applicant", "staff")),
    "rate": Rule(states=PATH, by=("applicant", "staff")),
    "reason": Rule(states=PATH, by=("applicant", "staff")),
    "call_back": Rule(states=PATH, by=("steward", "staff")),
    "ask_more": Rule(states=PATH[:-1], by=("steward",)),
    "hand_in": Rule(states=PATH, by=("applicant", "staff", "steward")),
    "check": Rule(states=PATH[:-1], by=("steward",)),
    "waive": Rule(states=PATH[:-1], by=("steward",)),
    "tick_original": Rule(states=PATH[:-1], by=("steward", "staff")),
    "apply_approval": Rule(states=(SCHEMED,), by=("steward",), step="construction"),
    "join_approval": Rule(states=(SCHEMED,), by=("steward",), step="construction"),
    "drop_approval": Rule(states=(SCHEMED,), by=("steward",), step="construction"),
    "hand_in_approval": Rule(states=PATH, by=("steward",)),
    "sign_commitment": Rule(states=PATH, by=("steward",)),
    "accept_approval": Rule(states=PATH, by=("steward", "staff")),
    "return_approval": Rule(states=PATH, by=("steward", "staff")),
    "decide_approval": Rule(states=PATH, by=("steward", "staff")),
    "pass_approval": Rule(states=PATH, by=("steward", "staff")),
    "warn_approval": Rule(states=PATH, by=("clock",)),
    "propose_joint": Rule(states=PATH, by=("clock",)),
    "share_joint": Rule(states=PATH, by=("clock",)),
    "accept_joint": Rule(states=PATH, by=("steward", "staff")),
    "decline_joint": Rule(states=PATH, by=("steward", "staff")),
    **{do: Rule(states=PATH, by=("steward", "staff"), step="survey") for do in ON_SHEET},
    "ask_consultation": Rule(states=PATH[:-1], by=("steward", "staff")),
    **{do: Rule(states=PATH, by=("steward", "staff")) for do in CONSULTING},
    "remind_consultation": Rule(states=PATH, by=("clock",)),
    "fill_cells": Rule(states=PATH[1:], by=("steward",)),
    "pass_check": Rule(states=PATH[2:-1], by=("steward",)),
    "fail_check": Rule(states=PATH[2:-1], by=("steward",)),
    "remind_sheet": Rule(states=PATH, by=("clock",), step="survey"),
    "replace_officer": Rule(states=PATH, by=("staff",), step="survey"),
    "fill_form": Rule(states=PATH, by=("applicant", "staff", "steward")),
    "confirm_form": Rule(states=PATH, by=("applicant", "staff", "steward")),
    "end_questions": Rule(states=PATH, by=("applicant",)),
    "hand_over": Rule(states=PATH, by=("applicant",)),
    "warn": Rule(states=PATH, by=("clock",)),
    "recount": Rule(states=PATH, by=("clock",)),
    "connect": Rule(states=(ACCEPTED,), by=("steward",), step="connection"),
    "withdraw": Rule(states=PATH[:-1], by=("applicant", "staff")),
    "end_reason": Rule(states=PATH, by=("applicant", "staff")),
    "resume": Rule(states=PATH, by=("applicant", "staff")),
    "announce_end": Rule(states=PATH[:-1], by=("steward", "staff")),
    "keep_on": Rule(states=PATH[:-1], by=("applicant", "staff", "steward")),
    "terminate": Rule(states=PATH[:-1], by=("steward", "staff")),
    "decline": Rule(states=(TAKEN, CONTACTED, SURVEY_AGREED, SURVEYED), by=("steward",)),
    "confirm_decline": Rule(states=PATH, by=("steward", "staff")),
    "return_decline": Rule(states=PATH, by=("steward", "staff")),
    "object": Rule(states=PATH, by=("applicant", "staff")),
}

# The step that brings an order into a state; the others need none.
_REACHED_BY: Final[Mapping[OrderState, Step]] = {
    CONTACTED: "contact",
    SURVEY_AGREED: "survey",
    SURVEYED: "survey",
    SCHEMED: "scheme",
    BUILT: "construction",
    ACCEPTED: "acceptance",
    CONNECTED: "connection",
}


def reached_by(state: OrderState) -> Step | None:
    """The step that brings an order into this state, None for those that need none."""
    return _REACHED_BY.get(state)


def precedes(step: Step, steps: Collection[Step]) -> OrderState:
    """The state in which an order waits for this step to be done."""
    reached = next(state for state in PATH if _REACHED_BY.get(state) == step)
    return standing(PATH[PATH.index(reached) - 1], steps)


Verdict = Literal["allowed", "absent", "too_early", "already"]


def standing(state: OrderState, steps: Collection[Step]) -> OrderState:
    """The state itself; in a process without the step that leads to it, the last one before it that can be reached."""
    upto = PATH[: PATH.index(state) + 1]
    return next(one for one in reversed(upto) if one not in _REACHED_BY or _REACHED_BY[one] in steps)


def verdict(do: str, state: OrderState, steps: Collection[Step]) -> Verdict:
    """Whether the command `do` may be carried out on an order in `state`; who may is the rule's `by`.

    `absent`: this case has no such step; `too_early`: something must happen before; `already`: it is past.
    """
    rule = TABLE[do]
    if rule.step and rule.step not in steps:
        return "absent"
    allowed = [PATH.index(standing(one, steps)) for one in rule.states]
    place = PATH.index(standing(state, steps))
    if place in allowed:
        return "allowed"
    return "too_early" if place < min(allowed) else "already"


def finished(order: Order, steps: Collection[Step]) -> bool:
    """Whether nothing is left to do for an order: it is connected, or has ended otherwise."""
    return order.ending is not None or connected(order, steps)


def connected(order: Order, steps: Collection[Step]) -> bool:
    """Whether an order came to what it was for, and did not end otherwise."""
    return order.ending is None and standing(order.state, steps) == standing(CONNECTED, steps)

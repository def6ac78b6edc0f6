"""Which approvals an order's works need, and that nothing is built outside the red line without them (X45, X46, J27)."""

from collections.abc import Iterable, Iterator, Mapping

from model.approval import Approval, ApprovalState
from model.approval_rules import ApprovalKind, ApprovalRules
from model.case import Case
from model.draft import Answer
from model.holding import holds
from model.order import Order
from routing.refusal import No


def possible(rules: ApprovalRules, answers: Mapping[str, Answer]) -> tuple[str, ...]:
    """The permits that a case with these answers can need at all."""
    return tuple(kind.id for kind in rules.kinds if holds(kind.when, answers))


def needed(case: Case, digs: Iterable[str], rules: ApprovalRules) -> tuple[str, ...]:
    """The permits for works that touch these things."""
    touched = set(digs)
    return tuple(kind.id for kind in rules.kinds if _fits(kind, case, touched))


def missing(case: Case, order: Order) -> tuple[str, ...]:
    """The permits without which this order's works may not begin, and which it has not got yet."""
    return tuple(kind for kind in order.permits if not any(one.lets_build for one in applications(case, order, kind)))


def unasked(case: Case, order: Order) -> tuple[str, ...]:
    """The permits of this order that nobody has applied for, or that were refused."""
    return tuple(kind for kind in missing(case, order) if not any(one.open for one in applications(case, order, kind)))


def applications(case: Case, order: Order, kind: str) -> Iterator[Approval]:
    """What was applied for of this permit for this order."""
    return (one for one in case.approvals if one.kind == kind and order.id in one.orders)


def gate(case: Case, order: Order, rules: ApprovalRules) -> None:
    """Raises `No`: `built.permits`, with what is missing and how far each is."""
    if left := missing(case, order):
        raise No("built.permits", missing="、".join(_standing(case, order, kind, rules) for kind in left))


def _standing(case: Case, order: Order, kind: str, rules: ApprovalRules) -> str:
    last = next(reversed(list(applications(case, order, kind))), None)
    known = rules.kind(kind)
    return f"{known.name if known else kind}（{_WORDS[last.state] if last else '还没报'}）"


def _fits(kind: ApprovalKind, case: Case, touched: set[str]) -> bool:
    if case.possible_permits is not None and kind.id not in case.possible_permits:
        return False
    return bool(touched & set(kind.works)) if kind.works else bool(touched)


_WORDS: Mapping[ApprovalState, str] = {
    ApprovalState.APPLIED: "等受理",
    ApprovalState.ACCEPTED: "在审批",
    ApprovalState.RETURNED: "退回补正",
    ApprovalState.GRANTED: "已批准",
    ApprovalState.REFUSED: "没有批准",
    ApprovalState.WITHDRAWN: "已撤回",
}

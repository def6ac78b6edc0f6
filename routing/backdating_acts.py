"""What is offered about when a step was done: to say it, to say why only now, to agree or not (X59)."""

import datetime as dt
from typing import Final

from model.case import Case
from model.county import County
from model.edition import under
from model.message import Act, Invitation
from model.order import Clock, Order
from routing.transitions import finished

WORDS: Final = "explain_backdating.words"
"""The reason in one's own words."""


def backdate_acts(case: Case, order: Order, county: County) -> tuple[Act, ...]:
    """补报时间: said of the step that was entered last; shown where its limit had ended by then, so that it matters.

    Of the last step of an order it is all that is left, and only there.
    """
    rules = under(county, case.process_version)
    rule = rules.process.backdating
    last = order.entered
    if rule is None or last is None or last.step is None or last.refused or order.backdating_of(last.sequence):
        return ()
    clock = order.clocks.get(last.step)
    late = clock is not None and _made_late(clock, last.at)
    if finished(order, case.steps_of(order)) and not late:
        return ()  # nothing is left to do; of the last step it is said when it is reported
    return (_act("backdate", rules, rule.time_form).model_copy(update={"shown": late}),)


def _made_late(clock: Clock, at: dt.datetime) -> bool:
    """Whether the limit was over when the step was entered, or what a body had to do of it (X44)."""
    if clock.met_at is None:
        return clock.stands and clock.pauses[-1].cause == "inside" and clock.pauses[-1].since == at > clock.due.at
    return clock.met_at == at and not clock.kept


def backdating_invitation(case: Case, order: Order, entry: int | None, county: County, title: str) -> Invitation:
    """What is asked about an earlier time of the step `entry`: a reason of who said it, then an answer of who decides."""
    rules = under(county, case.process_version)
    rule, claim = rules.process.backdating, order.backdating_of(entry or 0)
    acts: tuple[Act, ...] = ()
    if rule is not None and claim is not None and claim.reason:
        acts = (_act("answer_backdating.yes", rules), _act("answer_backdating.no", rules))
    elif rule is not None and claim is not None:
        reasons = enumerate(rule.reasons, 1)
        acts = tuple(Act(id=f"explain_backdating.{place}", label=reason) for place, reason in reasons)
        acts = (*acts, _act(WORDS, rules, rule.reason_form))
    return Invitation(
        id=backdating_subject(order.id, entry),
        kind="backdating",
        case=case.id,
        number=case.number,
        order=order.id,
        title=title,
        acts=acts,
    )


def backdating_subject(order: str, entry: int | None) -> str:
    """The id of such an invitation, and what its notices are about."""
    return f"{order}:backdating" if entry is None else f"{order}:backdating:{entry}"


def entry_of(invitation: str) -> int | None:
    """The step that an invitation is about; None of one that was made while an order could have only one that waits."""
    entry = invitation.rpartition(":")[2]
    return int(entry) if entry.isdecimal() else None


def _act(name: str, county: County, form: str | None = None) -> Act:
    key = f"act.{name.replace('.', '_')}"
    words = tuple(county.messages[f"{key}.words"].split())
    version = county.forms[form].version if form in county.forms else None
    return Act(id=name, label=county.messages[f"{key}.label"], words=words, form=form, form_version=version)

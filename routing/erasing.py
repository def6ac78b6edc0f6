"""What was asked of an applicant in chat ends once he has what he said there erased (PIPL Art. 47)."""

from model.case import Case
from model.events.erasure import QuestionsEnded
from routing.transitions import finished


def end_questions(case: Case) -> QuestionsEnded:
    """The log says so, and limits go on as where nobody answers: a contact counts, times close, what is to come is due."""
    return QuestionsEnded(orders=tuple(one.id for one in case.orders if not finished(one, case.steps_of(one))))

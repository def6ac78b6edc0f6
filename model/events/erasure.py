"""The applicant has had what he said in chat erased, while something was asked of him there (PIPL Art. 47)."""

from typing import Literal

from model.frozen import Frozen


class QuestionsEnded(Frozen):
    """What was asked of him in chat about these orders, as far as they are open, is asked no more."""

    event: Literal["questions_ended"] = "questions_ended"
    orders: tuple[str, ...]

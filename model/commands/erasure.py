"""The applicant has had what he said in chat erased, while something was asked of him there (PIPL Art. 47)."""

from typing import Literal

from model.frozen import Frozen


class EndQuestions(Frozen):
    """What was asked of him in chat is asked no more: nobody waits for an answer there."""

    do: Literal["end_questions"] = "end_questions"

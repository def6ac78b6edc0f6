"""更正: what an applicant has said to be wrong in what he handed in, and what those who work on it say to that."""

import datetime as dt

from model.frozen import Frozen


class AmendmentAnswer(Frozen):
    """What one who has an order said: it is done so, or (not `agrees`) it cannot be, and `words` say why."""

    agrees: bool
    words: str = ""
    at: dt.datetime


class Amendment(Frozen):
    """What is wrong and what is right, in the applicant's words; the form that was signed stays as it is (档案).

    `field`: the field of the form that it is about, if it is about one. `orders` are asked; `answers` are theirs, by order.
    """

    words: str
    field: str = ""
    orders: tuple[str, ...] = ()
    answers: dict[str, AmendmentAnswer] = {}

    def waits_for(self, order: str) -> bool:
        """Whether the order is asked and has not answered."""
        return order in self.orders and order not in self.answers

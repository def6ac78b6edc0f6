"""A deadline in words: a date, or the number of working days while nobody has published the year it falls in."""

from typing import Protocol

from model.calendar import Due
from model.order import Order


class Say(Protocol):
    """The text of a key, filled with facts."""

    def __call__(self, key: str, **facts: object) -> str:
        """The text."""
        ...


def contact_due(order: Order) -> Due | None:
    """By when the applicant is contacted: the limit for it, else that for the survey, of which it is a part (J29).

    Where the applicant's own planned time is later, he hears from somebody before it (R27).
    """
    if (due := order.due("contact")) is not None:
        return due
    clock = order.clocks.get("survey")
    begins = [one.until for one in clock.pauses if one.cause == "planned" and one.until] if clock else []
    if clock is None or not begins:
        return clock.due if clock else None
    return clock.due.model_copy(update={"at": begins[-1], "provisional": False})


def in_words(due: Due, say: Say) -> str:
    """By when something is to be done, for an applicant: no date that may still change."""
    if due.provisional and due.days is not None:
        return say("due.provisional", days=due.days)
    return say("due.by", at=due.at)


def to_staff(due: Due, say: Say) -> str:
    """By when something is to be done, for whoever does it: the date, even if it may still change (`may_change`)."""
    return say("due.by", at=due.at)


def may_change(due: Due | None, say: Say) -> str:
    """What is said to staff beside a date that may still change (R31), with the length it was counted by; else nothing."""
    if due is None or not due.provisional:
        return ""
    return say("due.may_change", days=due.days, working_hours=due.working_hours)

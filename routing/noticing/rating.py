"""Who hears of a bad mark, and of the reason for it (J35)."""

from collections.abc import Iterator, Mapping
from typing import Final

from model.case import Case
from model.delivery import Notice, Recipient
from model.event import Recorded
from model.events.rating import Rated, ReasonGiven
from model.process import Receiver
from routing.noticing.addressing import notice_to

_BAD_RATINGS: Final[Mapping[Receiver, str]] = {
    "lead": "lead.bad_rating",
    "supervisor": "supervisor.bad_rating",
    "window": "window.bad_rating",
}


def notices(case: Case, recorded: Recorded, _: Rated | ReasonGiven) -> Iterator[Notice]:
    """Of a bad mark, and of the reason for it, hears who is to call; who served the applicant never does."""
    rating = case.rating
    if rating is None or not rating.bad or rating.called_back:
        return
    for told in rating.callers:
        to = Recipient(kind="window" if told.receiver == "window" else "staff", id=told.id)
        yield notice_to(recorded, to, _BAD_RATINGS[told.receiver], f"{case.id}:rating", rating.order)

"""Who hears that an applicant has had what he said in chat erased: whoever has his open orders (PIPL Art. 47)."""

from collections.abc import Iterator

from model.case import Case
from model.delivery import Notice
from model.event import Recorded
from model.events.erasure import QuestionsEnded
from routing.noticing.addressing import notice_to, order_of, speaker_of


def notices(case: Case, recorded: Recorded, event: QuestionsEnded) -> Iterator[Notice]:
    """One for each member of staff, however many of his orders he has."""
    told = set[str]()
    for name in event.orders:
        to = speaker_of(case, order_of(case, name))
        if to.kind == "staff" and to.id not in told:
            told.add(to.id)
            yield notice_to(recorded, to, "steward.questions_ended", f"{name}:questions", name)

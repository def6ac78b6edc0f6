"""What is told of a month's 人工会话 (J34): counted over instants and nothing else, in working time."""

import datetime as dt
from collections.abc import Iterable
from statistics import median

from model.calendar import WorkingTime
from model.talk_record import TalkFigures, TalkRecord


def talk_figures(talks: Iterable[TalkRecord], time: WorkingTime, minutes: int, now: dt.datetime) -> TalkFigures:
    """The figures of these talks as things stand `now`; an answer is due `minutes` working minutes after the beginning.

    Only the first answer counts. A talk that still waits and is not late yet is in `begun` and nowhere else; one that staff
    ended without a word was not answered.
    """
    begun = kept = due = left = enquiries = 0
    waits = list[float]()
    for one in talks:
        begun += 1
        enquiries += one.enquiry
        ends = time.add(one.opened_at, dt.timedelta(minutes=minutes))
        if one.answered_at is not None:
            due += 1
            kept += one.answered_at <= ends
            waits.append(time.between(one.opened_at, one.answered_at).total_seconds())
        elif one.ended_by == "applicant" and one.ended_at is not None and one.ended_at < ends:
            left += 1
        elif one.ended_at is not None or ends <= now:
            due += 1
    waited = round(median(waits)) if waits else None
    return TalkFigures(
        begun=begun, kept=kept, due=due, answered=len(waits), waited=waited, left=left, enquiries=enquiries
    )

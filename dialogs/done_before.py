"""「昨天下午三点已经联系了」: a step of a task said together with when it was done (X59)."""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from typing import Final

from dialogs.folding import fold
from dialogs.moments import read_moment
from model.calendar import CHINA, OpeningHours
from model.message import Act

_NOT: Final = re.compile(r"[没未不别]|明天|准备|打算|想|要")
"""What has not happened."""
_JUST: Final = re.compile(r"刚[刚才]?")
_BESIDE: Final = re.compile(
    r"我们?|已经?|就|都|跟|和|与|给|他|她|申请人|用户|户主|业主|[过了的好去啊呢吧上、,，。.!！\s]"
)
_MOST_REST: Final = 4
"""Letters that may stand beside the step; more of them, and the words are about something else."""
_SHORTEST: Final = 2


def done_before(
    text: str, acts: Iterable[Act], steps: Collection[str], now: dt.datetime, hours: OpeningHours
) -> tuple[Act, dt.datetime | None] | None:
    """The step of these that the words say was done, and when, None if just now; None if they say no such thing.

    Of a day, or a half of it, its end is taken: nobody gains by being vague.
    """
    local = now.astimezone(CHINA)
    moment, just = read_moment(text, local, past=True), _JUST.search(text)
    if (moment is None and just is None) or _NOT.search(fold(text)):
        return None
    if moment is not None and moment.date > local.date():
        return None
    said = _bare(moment.rest if moment is not None else _JUST.sub("", text))
    found = [
        (len(word), act) for act in acts for one in (act.label, *act.words) if (word := _bare(one)) in said and word
    ]
    size, act = max(found, key=lambda one: one[0], default=(0, None))
    if act is None or act.id not in steps or size < _SHORTEST or len(said) - size > _MOST_REST:
        return None
    if moment is None:
        return act, None
    spans = hours.spans
    ends = spans[0][1] if moment.half == "上午" and len(spans) > 1 else spans[-1][1]
    at = dt.datetime.combine(moment.date, moment.time or ends, CHINA)
    return act, at if moment.time is not None else min(at, local)


def _bare(words: str) -> str:
    return _BESIDE.sub("", fold(words))

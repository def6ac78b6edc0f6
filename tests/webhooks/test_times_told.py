"""A body's own system hears for what a time is asked, and which one was found (docs/webhooks.md)."""

import datetime as dt

from handlers.systems.details import details
from model.calendar import CHINA
from model.events.scheduling import Missed, TimesAsked, TimeSet, TimesUnmet

AT = dt.datetime(2026, 11, 25, 15, tzinfo=CHINA)
SAID = "2026-11-25T15:00:00+08:00"


def test_what_a_time_is_for() -> None:
    asked = TimesAsked(
        appointment="connection-1", kind="connection", orders=("o",), round=1, asked=(), offers={}, closes=AT, limit=AT
    )
    assert details(asked) == {"for": "connection", "answer_until": SAID, "latest": SAID}
    found = TimeSet(appointment="acceptance-1", kind="acceptance", at_time=AT, orders=("o",), steward="s", sequence=1)
    assert details(found) == {"for": "acceptance", "at": SAID, "how": "met"}
    unmet = TimesUnmet(appointment="joint", orders=("o",), round=1, decider="d", candidates=(AT,))
    assert details(unmet) == {"candidates": [SAID]}
    missed = Missed(appointment="joint", at_time=AT, orders=("o",), sequence=1, party="s", reason="堵车")
    assert details(missed) == {"at": SAID, "reason": "堵车"}

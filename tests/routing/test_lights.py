"""The light of a limit, against the limit itself: at every instant what the county's levels and its end say (J35)."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from model.limit import LimitGroup, Reach
from model.process import Limit
from routing.lights import Counts, Light, board, lit
from routing.limits import due_of
from tests.routing.clocks import SHARES, at, county

COUNTY = county(("contact", Limit(days=1)))
PUSHED = at("2026-11-23 09:30")
DUE = due_of(Limit(days=1), COUNTY, PUSHED)
HOUR = dt.timedelta(hours=1)


def reach(now: dt.datetime, warned: int = 0, **changed: object) -> Reach:
    """A contact that was pushed on Monday at half past nine, as it is now; of its levels the clock has warned up to `warned`."""
    coming = next((one for one in DUE.warnings if one.share > warned), None)
    ripe = coming is not None and coming.at <= now
    return Reach(True, now >= PUSHED, DUE.at < now, coming.share if coming else None, ripe)._replace(**changed)  # type: ignore[arg-type]


@given(minutes=st.integers(0, 10 * 24 * 60), behind=st.booleans())
def test_a_light_is_what_the_levels_say(minutes: int, behind: bool) -> None:
    """However late the clock is with its warnings: only the last of them may be missing."""
    now = PUSHED + dt.timedelta(minutes=minutes)
    reached = [one.share for one in DUE.warnings if one.at <= now]
    warned = max(reached[:-1] if behind else reached, default=0)
    found = lit(reach(now, warned), COUNTY)
    if now > DUE.at:
        assert found.light is Light.LATE
        assert found.share == max(reached)
        assert lit(reach(now, 0, next_share=50, ripe=True), COUNTY).share >= 100  # a clock that slept
    else:
        under = [one for one in reached if one < 100]
        assert found.light is (Light.NEAR if under else Light.CALM)
        assert found.share == max(under, default=0)


def test_the_end_itself_is_in_time() -> None:
    assert lit(reach(DUE.at, 80), COUNTY).light is Light.NEAR
    assert lit(reach(DUE.at + dt.timedelta(seconds=1), 80), COUNTY).light is Light.LATE
    assert set(SHARES) == {one.share for one in DUE.warnings}


def test_what_stands_still_or_is_to_begin_is_late_for_nobody() -> None:
    later = DUE.at + 9 * HOUR
    assert lit(reach(later, runs=False, next_share=None, ripe=False), COUNTY).light is Light.PAUSED
    assert lit(reach(PUSHED - HOUR), COUNTY).light is Light.PAUSED


def test_a_county_without_levels_still_has_an_end() -> None:
    plain = county(("contact", Limit(days=1)), warnings={})
    lights = [lit(Reach(True, True, past, None, False), plain).light for past in (False, True)]
    assert lights == [Light.CALM, Light.LATE]


def test_counts_by_body_and_step() -> None:
    now = DUE.at + HOUR
    late, calm = reach(now, 100), reach(PUSHED)
    groups = [
        LimitGroup("water_body", "water", "contact", late, 2),
        LimitGroup("water_body", "water", "contact", late._replace(runs=False), 1),
        LimitGroup("water_body", "water", "survey", calm, 3),
        LimitGroup("", "power", "contact", late, 4),
    ]
    found = board(groups, COUNTY)
    assert found == {
        ("water_body", "contact"): Counts(late=2, paused=1),
        ("water_body", "survey"): Counts(calm=3),
        ("", "contact"): Counts(late=4),
    }
    assert sum(one.all for one in found.values()) == 10

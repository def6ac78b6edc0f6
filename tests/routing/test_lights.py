"""The light of a limit, against the limit itself: at every instant what the county's levels and its end say (J35)."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from model.limit import OpenLimit
from model.process import Limit
from routing.lights import Counts, Light, board, lit, worst_first
from routing.limits import due_of
from tests.routing.clocks import SHARES, at, county

COUNTY = county(("contact", Limit(days=1)))
PUSHED = at("2026-11-23 09:30")
DUE = due_of(Limit(days=1), COUNTY, PUSHED)
HOUR = dt.timedelta(hours=1)


def limit(warned: int = 0, **changed: object) -> OpenLimit:
    """A contact that was pushed on Monday at half past nine; of its levels the clock has warned up to `warned`."""
    coming = next((one for one in DUE.warnings if one.share > warned), None)
    known: dict[str, object] = {
        "order": "case-1",
        "case": "case",
        "number": "2026-0001",
        "service": "water",
        "body": "water_body",
        "chosen": True,
        "steward": "water_body-a",
        "step": "contact",
        "since": PUSHED,
        "due": DUE.at,
        "runs": True,
        "provisional": False,
        "next_share": coming.share if coming else None,
        "next_at": coming.at if coming else None,
    }
    return OpenLimit.model_validate(known | changed)


@given(minutes=st.integers(0, 10 * 24 * 60), behind=st.booleans())
def test_a_light_is_what_the_levels_say(minutes: int, behind: bool) -> None:
    """However late the clock is with its warnings: only the last of them may be missing."""
    now = PUSHED + dt.timedelta(minutes=minutes)
    reached = [one.share for one in DUE.warnings if one.at <= now]
    warned = max(reached[:-1] if behind else reached, default=0)
    found = lit(limit(warned), COUNTY, now)
    if now > DUE.at:
        assert found.light is Light.LATE
        assert found.share == max(reached)
    else:
        under = [one for one in reached if one < 100]
        assert found.light is (Light.NEAR if under else Light.CALM)
        assert found.share == max(under, default=0)


def test_the_end_itself_is_in_time() -> None:
    assert lit(limit(80), COUNTY, DUE.at).light is Light.NEAR
    assert lit(limit(80), COUNTY, DUE.at + dt.timedelta(seconds=1)).light is Light.LATE
    assert set(SHARES) == {one.share for one in DUE.warnings}


def test_what_stands_still_or_is_to_begin_is_late_for_nobody() -> None:
    later = DUE.at + 9 * HOUR
    assert lit(limit(runs=False, next_share=None, next_at=None), COUNTY, later).light is Light.PAUSED
    assert lit(limit(since=later + HOUR), COUNTY, later).light is Light.PAUSED


def test_a_county_without_levels_still_has_an_end() -> None:
    plain = county(("contact", Limit(days=1)), warnings={})
    bare = limit(next_share=None, next_at=None)
    assert [lit(bare, plain, now).light for now in (PUSHED, DUE.at, DUE.at + HOUR)] == ["calm", "calm", "late"]


def test_counts_by_body_and_step() -> None:
    now = DUE.at + HOUR
    found = [
        lit(one, COUNTY, now)
        for one in (
            limit(100),
            limit(100, order="b"),
            limit(step="survey", due=now + 9 * HOUR, next_at=now + HOUR),
            limit(body="power_body", chosen=False),
            limit(order="c", runs=False),
        )
    ]
    assert board(found) == {
        ("water_body", "contact"): Counts(late=2, paused=1),
        ("water_body", "survey"): Counts(calm=1),
        ("", "contact"): Counts(late=1),
    }
    listed = worst_first(found)
    assert [one.light for one in listed] == ["late", "late", "late", "calm", "paused"]

"""Whole applications as JSON, made of the examples that the counties' own forms give."""

import datetime as dt
from typing import Any

from dialogs.as_data.filling import Agreed, Filled, fill
from dialogs.as_data.showing import example
from dialogs.reading import Context
from model.calendar import CHINA
from model.county import County

NOW = dt.datetime(2026, 11, 27, 9, 0, tzinfo=CHINA)
AGREED = {"notice": Agreed(version=1), "identity": Agreed(version=1), "declaration": Agreed(version=1)}


def filled(county: County, given: dict[str, Any], agreed: dict[str, Agreed] | None = None) -> Filled:
    """What becomes of these answers now."""
    return fill(county, given, AGREED if agreed is None else agreed, draft_id="d", by="b", at=NOW)


def whole(county: County, *options: str, **given: Any) -> dict[str, Any]:
    """A complete application for these services, all of them if none is named: what is missing is answered by its example."""
    answers = {county.places.services: list(options) or [one.option for one in county.services], **given}
    while True:
        found = filled(county, answers)
        lacking = next((one for one in found.problems if one.code == "form.missing"), None)
        if lacking is None:
            return answers
        assert lacking.field is not None
        context = Context(NOW, county.area_code, county.calendar, found.draft.answers)
        answers[lacking.name] = example(lacking.field, context)

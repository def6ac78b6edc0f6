"""What the tests of limits share: a county with the published calendar, and instants by hand."""

import datetime as dt

from config.calendar import national_calendar
from model.calendar import CHINA, OpeningHours
from model.county import County
from model.process import Limit, Receiver, Step, StepRule, WarningRule
from tests.routing.county import NAMES, xinxiang

SHARES: dict[int, tuple[Receiver, ...]] = {
    50: ("steward",),
    80: ("steward", "lead"),
    100: ("steward", "lead", "supervisor"),
    200: ("lead", "supervisor"),
}
"""The shares of both counties we ship."""


def at(text: str) -> dt.datetime:
    """An instant in China, from `2026-02-13 16:00`."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=CHINA)


def county(
    *limits: tuple[Step, Limit],
    warnings: dict[int, tuple[Receiver, ...]] | None = None,
    hours: OpeningHours | None = None,
    base: County | None = None,
) -> County:
    """A county whose steps have these limits, with the published calendar and the shipped shares."""
    base = base or xinxiang()
    given = dict(limits)
    rules = tuple(
        StepRule(step=rule.step, name=NAMES[rule.step], limit=given.get(rule.step)) for rule in base.process.steps
    )
    shares = SHARES if warnings is None else warnings
    told = tuple(WarningRule(share=share, tell=tell) for share, tell in shares.items())
    process = base.process.model_copy(update={"steps": rules, "warnings": told, "hours": hours or OpeningHours()})
    return base.model_copy(update={"process": process, "calendar": national_calendar()})

"""Nights are quiet (夜间免打扰): what an applicant need not hear before morning waits until then (X162, J93)."""

import datetime as dt
from collections.abc import Iterable, Iterator

from model.calendar import CHINA
from model.county import County
from model.delivery import Notice
from model.message import Actor


def quietly(notices: Iterable[Notice], county: County, actor: Actor, now: dt.datetime) -> Iterator[Notice]:
    """The notices; those that can wait go when the night is over.

    What comes of his own doing he is awake for. What is of no use in the morning goes at once, as does what the county
    says he waits for. Staff are told at any time: their limits run (X24).
    """
    until = morning(county, now)
    for one in notices:
        waits = one.recipient.kind == "applicant" and actor.role != "applicant"
        awaited = one.template.removeprefix("applicant.") in county.quiet.still
        useless = until is not None and one.not_after is not None and one.not_after <= until
        yield one.model_copy(update={"not_before": until}) if until and waits and not (awaited or useless) else one


def morning(county: County, now: dt.datetime) -> dt.datetime | None:
    """When the night ends that it is now; None by day."""
    local, quiet = now.astimezone(CHINA), county.quiet
    after, before = local.time() >= quiet.since, local.time() < quiet.until
    night = (after or before) if quiet.since > quiet.until else (after and before)
    if not night:
        return None
    day = local.date() if before else local.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, quiet.until, CHINA)

"""一家牵头 (X22): which unit leads a case, the others work with it."""

from model.case import Case
from model.county import County


def leading(case: Case, county: County) -> str | None:
    """The body that leads: the one that leads its survey, else that of the first service the county names; None while no
    body is settled, or where the county has no such rule.
    """
    rule = county.process.leading
    if case.lead is not None or rule is None:
        return case.lead
    settled = [one for one in case.orders if not one.candidates]
    going = [one for one in settled if one.ending is None] or settled
    first = (one.body for service in rule.services for one in going if one.service == service)
    return next(first, going[0].body if going else None)


def led(case: Case, county: County) -> str | None:
    """The body that leads, where there are others that work with it; None where a unit is alone."""
    lead = leading(case, county)
    return lead if any(one.body != lead for one in case.orders) else None

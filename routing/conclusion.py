"""勘验结论 (X158): derived from the rows of the sheet, those of the departments and those of the units that build (X39)."""

from model.case import Case
from model.order import Order, OrderState


def missing(case: Case) -> tuple[str, ...]:
    """The bodies whose opinions are not there yet: departments in their order, then units."""
    rows = [row.body for row in case.sheet.rows if row.opinion is None] if case.sheet else []
    return tuple(dict.fromkeys((*rows, *(order.body for order in _units(case) if order.survey is None))))


def failed(case: Case) -> tuple[str, ...]:
    """The bodies that found something which does not pass."""
    rows = [row.body for row in case.sheet.rows if row.opinion and not row.opinion.passes] if case.sheet else []
    units = [order.body for order in _units(case) if order.survey and not order.survey.passes]
    return tuple(dict.fromkeys((*rows, *units)))


def participants(case: Case) -> tuple[str, ...]:
    """Every body on the sheet, each of which keeps a copy (X42)."""
    rows = [row.body for row in case.sheet.rows] if case.sheet else []
    return tuple(dict.fromkeys((*rows, *(order.body for order in _units(case)))))


def asked_of_unit(case: Case, order: Order) -> tuple[str, ...]:
    """What an order's steward has to do about the sheet beside his order: his copy, and what his own opinion left open."""
    sheet = case.sheet
    if sheet is None:
        return ()
    copy = (f"keep_copy.{order.body}",) if sheet.passed and order.body not in sheet.copies else ()
    return (*copy, *(f"close_follow_up.{item.id}" for item in sheet.open_items if item.order == order.id))


def _units(case: Case) -> tuple[Order, ...]:
    """The orders that are surveyed: what has ended otherwise needs no opinion any more."""
    return tuple(order for order in case.orders if order.ending is None and order.route is None)


def held(case: Case) -> bool:
    """Whether what comes after the survey waits for the others on the sheet."""
    return case.sheet is not None and not case.sheet.passed


def surveying(case: Case) -> bool:
    """Whether the survey has come so far that opinions can be given: a time is agreed, or somebody was there already."""
    return any(order.state is OrderState.SURVEY_AGREED or order.survey is not None for order in case.orders)


def opined(case: Case) -> bool:
    """Whether anybody has given an opinion."""
    rows = case.sheet.rows if case.sheet else ()
    return any(order.survey for order in case.orders) or any(row.opinion for row in rows)

"""The bodies on the sheet of a survey by their short names: who leads, who is missing, who found fault, who owes something."""

from model.case import Case
from model.county import Body, County
from routing.conclusion import failed, missing


def bodies_of(county: County, case: Case) -> dict[str, list[str] | Body | int | None]:
    """What the texts about a sheet are filled with; nothing is missing of a case that has none."""
    items = case.sheet.open_items if case.sheet else ()
    return {
        "lead": county.body[case.lead] if case.lead else None,
        "missing": [county.body[one].short for one in missing(case)],
        "failed": [county.body[one].short for one in failed(case)],
        "owing": list(dict.fromkeys(county.body[item.body].short for item in items)),
        "count": len(items),
    }

"""营业厅在哪: the outlets nearest to where somebody is, or builds (J14)."""

from dialogs.folding import fold
from dialogs.turn import Turn
from model.county import County
from model.outlets import Outlet
from model.values import Address

MOST = 3
"""So many are told: what is read at a glance."""


def town_of(turn: Turn, text: str) -> str:
    """The town that is named, else the one of the address that the form has already; empty where neither is known."""
    answers = turn.draft.answers if turn.has_draft else {}
    answer = answers.get(turn.county.places.address)
    address = answer.value.text if answer is not None and isinstance(answer.value, Address) else ""
    said = (town for place in (fold(text), address) for town in turn.county.towns if town in place)
    return next(said, "")


def nearest(county: County, town: str) -> tuple[Outlet, ...]:
    """Those that are nearest to the town, else, where none is, the first of the county."""
    near = tuple(one for one in county.outlets if town in one.towns)
    return (near or county.outlets)[:MOST]

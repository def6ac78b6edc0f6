"""容缺后补: what a 待整改 leaves is handed in once the permit is there; no case ends silently without it (X40)."""

from collections.abc import Callable, Sequence

from model.case import Case
from model.commands.follow_up import CarryFollowUp, CloseFollowUp
from model.county import County
from model.events.follow_up import ClosingHeld, FollowUpOpened, FollowUpSettled
from model.events.sheet import RowGiven
from model.events.survey import OpinionGiven
from model.sheet import Sheet
from model.staff import Staff
from routing.allowing import found
from routing.refusal import No
from routing.transitions import finished
from routing.warning import told_of


def opened_by(case: Case, event: RowGiven | OpinionGiven, county: County) -> FollowUpOpened | None:
    """The item that an opinion leaves on the sheet; `case` is the case before it."""
    opinions = county.process.survey.opinions
    if case.sheet is None or not any(one.follow_up for one in opinions if one.text == event.opinion):
        return None
    item = f"f{len(case.sheet.follow_ups) + 1}"
    if isinstance(event, RowGiven):
        return FollowUpOpened(item=item, body=event.body, text=event.remark, due=event.due)
    return FollowUpOpened(item=item, body=found(case, event.order).body, order=event.order, text=event.remark)


def settled(case: Case, sheet: Sheet, do: CloseFollowUp | CarryFollowUp, by: Callable[[str], str]) -> FollowUpSettled:
    """An item is handed in, or carried over beyond the case; `by` gives the staff id of whoever may say so for a body.

    Raises `No`: `follow_up.unknown`, `follow_up.already`, `<do>.empty`, `carry_follow_up.too_early` while there are works.
    """
    item = next((one for one in sheet.follow_ups if one.id == do.item), None)
    if item is None:
        raise No("follow_up.unknown")
    hand = by(item.body)
    if item.settled is not None:
        raise No("follow_up.already")
    words = (do.words if isinstance(do, CloseFollowUp) else do.reason).strip()
    if not words:
        raise No(f"{do.do}.empty")
    if isinstance(do, CarryFollowUp) and not all_finished(case):
        raise No("carry_follow_up.too_early")
    return FollowUpSettled(item=item.id, by=hand, words=words, done=isinstance(do, CloseFollowUp))


def held_open(case: Case, county: County, staff: Sequence[Staff]) -> ClosingHeld | None:
    """Why a case of which all is connected is not closed; None if nothing is left to hand in, or nothing was built."""
    left = case.sheet.open_items if case.sheet and case.served else ()
    if not left:
        return None
    told = tuple(told_of("supervisor", case.orders[0], county, staff))
    return ClosingHeld(items=tuple(item.id for item in left), told=told)


def all_finished(case: Case) -> bool:
    """Whether nothing is left to do for any order."""
    return all(finished(order, case.steps_of(order)) for order in case.orders)

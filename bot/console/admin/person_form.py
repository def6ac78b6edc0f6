"""The facts of a person as a form has them: typed or kept, read by the rules of the sheet, with what is wrong at its field."""

from typing import TYPE_CHECKING, Final

from bot.console.visit import Visit
from bot.roster.sheet import Column
from model.staff import Staff
from model.staff_change import StaffChange
from storage.mask import mask_phone

if TYPE_CHECKING:
    from bot.roster.plan import Plan
    from bot.roster.reading import AtCell

FIELDS: Final[tuple[Column, ...]] = ("name", "body", "phone", "duty", "districts")


def duties_of(visit: Visit) -> dict[str, str]:
    """What each duty is called here, by its key."""
    say = visit.catalogue.say
    return {
        one: say(f"console.admin.staff.duties.{one}", county=visit.clerk.county)
        for one in ("steward", "lead", "supervisor", "clerk")
    }


def typed(visit: Visit) -> dict[str, str]:
    """What the form says, as it was typed."""
    return {name: visit.text(name) for name in FIELDS}


def as_is(visit: Visit, one: Staff) -> dict[str, str]:
    """His facts as the form has them."""
    duty = duties_of(visit).get(one.duty, one.duty)
    return {
        "name": one.name,
        "body": one.body,
        "phone": one.phone,
        "duty": duty,
        "districts": "、".join(one.districts),
    }


def at_fields(visit: Visit, faults: "tuple[AtCell, ...]") -> dict[str, str]:
    """What is wrong at each field, by its name; the form's cells are called as its fields are."""
    from bot.roster.words import mistake_said  # noqa: PLC0415 - as below

    found = dict[str, str]()
    for one in faults:
        said = mistake_said(one, visit.catalogue)
        found[one.at] = f"{found[one.at]} {said}" if one.at in found else said
    return found


def summed_up(visit: Visit, faults: "tuple[AtCell, ...]") -> list[str]:
    """Every mistake with the name of its field, for above the form."""
    say = visit.catalogue.say
    return [say("roster.at", at=say(f"roster.keys.{at}"), what=what) for at, what in at_fields(visit, faults).items()]


def changes_said(visit: Visit, change: StaffChange) -> list[str]:
    """What was changed, as it is read in the log; phones are covered."""
    from bot.roster.words import change_said  # noqa: PLC0415 - as below

    if change.what == "added":
        return []
    shown = {
        key: tuple(map(mask_phone, words)) if key == "phone" else tuple(words) for key, words in change.about.items()
    }
    return [change_said(key, words, visit.clerk.county, visit.catalogue) for key, words in shown.items()]


def compared(visit: Visit, staff_id: str, present: tuple[Staff, ...]) -> "Plan | tuple[AtCell, ...]":
    """The form, read by the rules of the sheet that is imported: the plan, or every mistake, at its field."""
    from bot.roster.one import one_person  # noqa: PLC0415 - takes a good part of a second, and hardly any start needs it

    return one_person({name: visit.text(name) for name in FIELDS}, staff_id, visit.clerk.county, present)

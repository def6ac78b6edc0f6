"""Who is asked first (首问责任人), and who of a body an enquiry goes to (J37, J46)."""

from collections.abc import Iterable, Mapping, Sequence

from model.county import County
from model.enquiry import AskEnquiry, Holder
from model.staff import Duty, Staff


def first_asked(ask: AskEnquiry, county: County, staff: Sequence[Staff], load: Mapping[str, int]) -> Holder:
    """Who must see to it: whom a caller or a visitor has asked; the steward of the person's own case, else one of the body whose
    service is spoken of, else one of the desk that the county names; where nobody of them can be reached, the county's window.

    A complaint goes to those who supervise, never to whom it may be about (J44). `load` counts the open enquiries of each.
    """
    able = [one for one in staff if one.reachable]
    if ask.complaint:
        return _fewest(able, load, "supervisor") or _window(county)
    if any(one.id == ask.taken_by for one in staff):
        return Holder(kind="staff", id=ask.taken_by or "")
    own = next((one for one in able if one.id == ask.steward), None)
    if own is not None:
        return Holder(kind="staff", id=own.id)
    for body in _bodies(ask, county):
        found = of_body(body, able, load)
        if found is not None:
            return found
    return _window(county)


def of_body(body: str, staff: Iterable[Staff], load: Mapping[str, int]) -> Holder | None:
    """The steward of a body with the fewest open enquiries, its lead where it has no steward; None if nobody is there."""
    able = [one for one in staff if one.reachable and one.body == body]
    return _fewest(able, load, "steward") or _fewest(able, load, "lead") or _fewest(able, load, "supervisor")


def leaders(body: str | None, county: County, staff: Iterable[Staff]) -> tuple[Holder, ...]:
    """Whom an enquiry is reported to: the heads of the body, else those who supervise the county, else the window (J42)."""
    able = [one for one in staff if one.reachable]
    heads = [one for one in able if one.duty == "lead" and one.body == body]
    heads = heads or [one for one in able if one.duty == "supervisor"]
    return tuple(Holder(kind="staff", id=one.id) for one in heads) or (_window(county),)


def bodies_of(about: str | None, county: County) -> tuple[str, ...]:
    """The bodies that act for a service."""
    service = county.service.get(about or "")
    if service is None:
        return ()
    return service.bodies or tuple(dict.fromkeys(service.by_answer.bodies.values() if service.by_answer else ()))


def _bodies(ask: AskEnquiry, county: County) -> tuple[str, ...]:
    """Where to look: a service that several bodies share tells nothing of which of them is meant."""
    about = bodies_of(ask.about, county)
    desk = county.process.enquiries.desk
    return (*(about if len(about) == 1 else ()), *((desk,) if desk else ()))


def _fewest(able: Iterable[Staff], load: Mapping[str, int], duty: Duty) -> Holder | None:
    those = [one for one in able if one.duty == duty]
    if not those:
        return None
    return Holder(kind="staff", id=min(those, key=lambda one: (load.get(one.id, 0), one.id)).id)


def _window(county: County) -> Holder:
    return Holder(kind="window", id=county.id)

"""Words for a service that is added to a case (加办)."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.wording.catalogue import Catalogue
from handlers.wording.dues import contact_due, in_words
from handlers.wording.values import called
from model.case import Case
from model.county import County
from model.edition import on_form
from model.submission import Submission


@dataclass(frozen=True, slots=True)
class AddBegun:
    """The part of the form for this service is open; `others` were named in the same breath and wait."""

    number: str
    service: str
    others: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """The service is on the case, by what was `signed` for it."""

    case: Case
    service: str
    signed: Submission


def told(catalogue: Catalogue, county: County, event: AddBegun | Added) -> str:
    """What is said to whoever adds it."""
    if isinstance(event, AddBegun):
        names = [county.service[one].name for one in event.others]
        facts = {"number": event.number, "service": county.service[event.service].name, "others": names}
        return catalogue.say("adding.begun", **facts)
    orders = [one for one in event.case.orders if one.service == event.service and one.ending is None]
    bodies = [catalogue.say("due.undecided") if one.candidates else county.body[one.body].short for one in orders]
    dues = [due for one in orders if (due := contact_due(one))]
    form = on_form(county, event.signed.form_version).form
    missing = [called(form.fields[name]) for name in event.signed.missing if name in form.fields]
    return catalogue.say(
        "adding.done",
        number=event.case.number,
        service=county.service[event.service].name,
        bodies=bodies,
        due=in_words(max(dues, key=lambda due: due.at), catalogue.say) if dues else catalogue.say("due.soon"),
        missing=missing,
    )

"""Words for services that are added to a case (加办)."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.wording.catalogue import Catalogue
from handlers.wording.dues import contact_due, in_words
from handlers.wording.values import called
from model.case import Case
from model.county import County
from model.decision import Refused
from model.edition import on_form
from model.submission import Submission


@dataclass(frozen=True, slots=True)
class AddBegun:
    """The part of the form for these services is open; of others named in the same breath it is said why not."""

    number: str
    services: Sequence[str]
    refused: Sequence[Refused] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """The services are on the case, by what was `signed` for them."""

    case: Case
    services: Sequence[str]
    signed: Submission


def told(catalogue: Catalogue, county: County, event: AddBegun | Added) -> str:
    """What is said to whoever adds it."""
    names = [county.service[one].name for one in event.services]
    if isinstance(event, AddBegun):
        refused = [catalogue.say(f"refused.{one.code}", **one.about) for one in event.refused]
        return catalogue.say("adding.begun", number=event.number, services=names, refused=refused)
    orders = [one for one in event.case.orders if one.service in event.services and one.ending is None]
    bodies = [catalogue.say("due.undecided") if one.candidates else county.body[one.body].short for one in orders]
    dues = [due for one in orders if (due := contact_due(one))]
    form = on_form(county, event.signed.form_version).form
    missing = [called(form.fields[name]) for name in event.signed.missing if name in form.fields]
    return catalogue.say(
        "adding.done",
        number=event.case.number,
        services=names,
        bodies=list(dict.fromkeys(bodies)),
        due=in_words(max(dues, key=lambda due: due.at), catalogue.say) if dues else catalogue.say("due.soon"),
        missing=missing,
    )

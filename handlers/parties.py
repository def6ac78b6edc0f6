"""Who is who on a form: the applicant, his agent (经办人) and the site contact (现场联系人) are different facts."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.wording.values import show
from model.county import County, Party
from model.draft import Answer
from model.holding import holds
from model.values import Contact, Phone


@dataclass(frozen=True, slots=True)
class Named:
    """A person or unit with a phone; either may be empty."""

    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Parties:
    """The people a form names. None of them is the WeChat user as such: he is whoever wrote to us."""

    applicant: Named
    agent: Named | None
    site_contact: Named | None

    @property
    def to_call(self) -> Named:
        """Whom a steward calls: who stands on the site, else who runs the errand, else the applicant."""
        return next((one for one in (self.site_contact, self.agent) if one and one.phone), self.applicant)


def to_call(named: Parties, contact: str) -> Named:
    """Whom a steward calls, at the number that the applicant gave since, if he did."""
    return Named(named.to_call.name, contact) if contact else named.to_call


def parties(county: County, answers: Mapping[str, Answer]) -> Parties:
    """The parties as answered; of hidden fields nothing may be in `answers`."""
    places = county.places
    unit = _text(answers, places.unit) if places.unit else ""
    name = unit or _text(answers, places.applicant_name)
    applicant = Named(name, _phone(answers, places.applicant_phone))
    return Parties(applicant, _party(answers, places.agent), _party(answers, places.site_contact))


def _party(answers: Mapping[str, Answer], party: Party | None) -> Named | None:
    if party is None or not holds(party.when, answers):
        return None
    named = Named(_text(answers, party.name), _phone(answers, party.phone))
    return named if named.name or named.phone else None


def _text(answers: Mapping[str, Answer], field: str) -> str:
    answer = answers.get(field)
    match answer.value if answer else None:
        case None:
            return ""
        case Contact(name=name):
            return name
        case value:
            return show(value)


def _phone(answers: Mapping[str, Answer], field: str) -> str:
    answer = answers.get(field)
    match answer.value if answer else None:
        case Phone(number=number) | Contact(phone=number):
            return number
        case _:
            return ""

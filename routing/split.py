"""Splitting a submission: which services, and which bodies must act for each (X19; design §5)."""

from collections.abc import Iterable

from model.county import County, Service
from model.frozen import Frozen
from model.submission import Submission
from model.values import Address, Picks, Value, Words


class Part(Frozen):
    """One order to be: a service at a body.

    `candidates` is not empty when the district does not tell which body acts: then `body` is the first of them, as the
    county listed them, and the window decides.
    """

    service: str
    body: str
    candidates: tuple[str, ...] = ()


class UnknownService(Exception):
    """A ticked option that no service of the county answers to, or nothing ticked: the county's data are wrong."""

    def __init__(self, option: str) -> None:
        super().__init__(option)
        self.option = option


def chosen(submission: Submission, county: County) -> tuple[Service, ...]:
    """The services ticked, in the order of the form. Raises `UnknownService`."""
    by_option = {service.option: service for service in county.services}
    options = _options(submission, county.places.services)
    if not options:
        raise UnknownService("")
    for option in options:
        if option not in by_option:
            raise UnknownService(option)
    return tuple(by_option[option] for option in dict.fromkeys(options))


def split(submission: Submission, county: County) -> tuple[Part, ...]:
    """The orders to be: one per body that must act. Every service gets at least one. Raises `UnknownService`."""
    district = find_district(submission, county)
    parts: list[Part] = []
    for service in chosen(submission, county):
        bodies = _picked(submission, service)
        if bodies:
            parts += [Part(service=service.id, body=body) for body in bodies]
            continue
        listed = service.bodies or service.able
        fitting = _fitting(listed, county, district) if service.bodies else ()
        if fitting:
            parts += [Part(service=service.id, body=body) for body in fitting]
        else:
            # A list of one leaves nothing to decide; a service without any body is for the window to place.
            listed = listed or tuple(body.id for body in county.bodies if body.kind == "service")
            parts.append(Part(service=service.id, body=listed[0], candidates=listed if len(listed) > 1 else ()))
    return tuple(parts)


def find_district(submission: Submission, county: County) -> str | None:
    """The district the case lies in: the answer of the district field, else the first one named in the address."""
    known = {district for body in county.bodies for district in body.districts} | set(county.towns)
    said = _text(submission, county.places.district)
    if said in known:
        return said
    address = _text(submission, county.places.address)
    # The first named, and of names that begin at the same place the longest: 泾川镇 stands before 琴溪路 in an address.
    found = [(address.find(name), -len(name), name) for name in known if name and name in address]
    return min(found)[2] if found else None


def _fitting(listed: Iterable[str], county: County, district: str | None) -> tuple[str, ...]:
    wanted = tuple(listed)
    bodies = sorted((one for one in county.bodies if one.id in wanted), key=lambda one: wanted.index(one.id))
    return tuple(body.id for body in bodies if not body.districts or district in body.districts)


def _picked(submission: Submission, service: Service) -> tuple[str, ...]:
    if service.by_answer is None:
        return ()
    options = _options(submission, service.by_answer.field)
    return tuple(dict.fromkeys(service.by_answer.bodies[o] for o in options if o in service.by_answer.bodies))


def _options(submission: Submission, field: str) -> tuple[str, ...]:
    value = _value(submission, field)
    return value.options if isinstance(value, Picks) else ()


def _text(submission: Submission, field: str | None) -> str:
    match _value(submission, field):
        case Words(text=text) | Address(text=text):
            return text
        case Picks() as picks:
            return picks.options[0]
    return ""


def _value(submission: Submission, field: str | None) -> Value | None:
    answer = submission.answers.get(field) if field else None
    return answer.value if answer else None

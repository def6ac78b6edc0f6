"""By what a case, or a form that is being filled in, can be found: telephones, names, places, project codes (J45, X24)."""

import re
from collections.abc import Mapping
from typing import Final

from dialogs.folding import fold
from handlers.parties import parties
from handlers.wording.values import show
from model.county import County
from model.draft import Answer
from model.values import Code

Keys = Mapping[str, tuple[str, ...]]
"""By kind, the values; only keyed hashes of them are kept."""

PHONES: Final = ("phone", "agent_phone", "site_phone")
"""Whose telephone it is makes no difference to whoever calls from it."""
_PART: Final = re.compile(
    r"(?P<named>[^0-9a-z,;:()\-\s#]+?(?:大道|路|街|巷|弄|村|庄|屯|寨|小区|社区|花园|家园|园区|苑|城|大厦|厂|市场|广场|学校|医院))"
    r"|(?P<number>[0-9a-z][0-9a-z\-#]*(?:号院|号楼|号|院|栋|幢|座|楼|单元|层|室|户)?)"
)
_MOST: Final = 12


def keys_of(county: County, answers: Mapping[str, Answer]) -> dict[str, tuple[str, ...]]:
    """All of it; each telephone under its own kind, so that nobody is taken for the applicant."""
    named = parties(county, answers)
    people = {"phone": named.applicant, "agent_phone": named.agent, "site_phone": named.site_contact}
    found: dict[str, tuple[str, ...]] = {kind: (one.phone,) for kind, one in people.items() if one and one.phone}
    names = tuple(dict.fromkeys(one.name for one in people.values() if one and one.name))
    answer = answers.get(county.places.address)
    places = places_in(show(answer.value), county) if answer is not None and answer.value is not None else ()
    codes = tuple(
        one.value.number for one in answers.values() if isinstance(one.value, Code) and one.value.scheme == "project"
    )
    return found | {kind: values for kind, values in (("name", names), ("address", places), ("code", codes)) if values}


def places_in(address: str, county: County) -> tuple[str, ...]:
    """The place that an address names, the most exact first: 示范路18号3号楼, 示范路18号, 示范路.

    Without its town, which people leave out: whoever asks sees of which it is. A town alone is no place.
    """
    text = fold(address).casefold()
    town = next((one for one in sorted(county.towns, key=len, reverse=True) if one in text), "")
    rest = text.partition(town)[2] if town else text
    for name in sorted((*county.regions, county.name), key=len, reverse=True):
        rest = rest.removeprefix(name)
    parts = [(one["named"] or "", one[0]) for one in _PART.finditer(rest)]
    found = list[str]()
    for at, (named, _) in enumerate(parts):
        if named:
            tail = [text for _, text in parts[at:]]
            found += ["".join(tail[:length]) for length in (len(tail), 2, 1) if length <= len(tail)]
    exact_first = sorted(dict.fromkeys(found), key=len, reverse=True)
    return tuple(exact_first[:_MOST])

"""How our readers are asked for the value of a case."""

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from bench.oracles.cases import Case
from config.loader import load_counties
from dialogs.folding import fold
from dialogs.kinds import address, code
from dialogs.moments import read_half, read_moment
from dialogs.numerals import read_number
from dialogs.reading import Context, Reading, Understood
from dialogs.understanding.atoms import atoms
from dialogs.understanding.places import places
from model.calendar import CHINA
from model.county import County
from model.fields import AddressField
from model.values import Address

NOW = dt.datetime(2026, 11, 27, 9, tzinfo=CHINA)
"""For cases that are counted from the day they are run on."""
TAKEN, REFUSED = "taken", "refused"


@lru_cache(maxsize=1)
def _county() -> County:
    return load_counties()["xinxiang"]


def number(case: Case) -> Decimal | None:
    """What the numeral says."""
    return read_number(fold(case.said))


def amounts(said: str) -> tuple[tuple[Decimal | None, str], ...]:
    """Numbers with their units as they are written."""
    return tuple((one.number, one.unit) for one in atoms(fold(said)) if one.shape == "amount")


def moment(case: Case) -> dt.date | None:
    """The day; with the time of day where the case has one."""
    found = read_moment(case.said, case.now or NOW)
    if found is None:
        return None
    timed = isinstance(case.want, dt.datetime) and found.time is not None
    return dt.datetime.combine(found.date, found.time) if timed and found.time else found.date


def time_of_day(case: Case) -> dt.time | None:
    """The time of day alone."""
    return read_half(case.said)[1]


def answered_address(case: Case) -> str | None:
    """The address, given as the answer to the question for it."""
    county = _county()
    field = next(one for one in county.form.fields.values() if isinstance(one, AddressField))
    reading = address.parse(case.said, field, Context(NOW, county.area_code, county.calendar, {}))
    known = reading.value if isinstance(reading, Understood) else None
    return known.text if isinstance(known, Address) else None


def address_among_words(case: Case) -> str | tuple[str, ...]:
    """The addresses found in a sentence that has this one in it; the spelling of brackets does not matter."""
    found = tuple(one.text for one in places(fold(f"我们在{case.said}，要装自来水"), _county().towns))
    return case.said if found == (fold(case.said),) else found


def identity(case: Case) -> str:
    """Whether this is taken as an identity number."""
    return _verdict(code.identity(case.said, NOW.date()))


def organisation(case: Case) -> str:
    """Whether this is taken as a unified social credit code."""
    return _verdict(code.organisation(case.said))


def _verdict(reading: Reading) -> str:
    return TAKEN if isinstance(reading, Understood) else REFUSED

"""Made-up numbers with valid check digits, and the ways people spell values."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from dialogs.reading import Context
from model.calendar import CHINA
from model.county import County
from model.draft import Answer
from model.fields import ByAnswer, CodeField, Field
from model.values import Pick, Picks
from tests.shipped import shipped

NOW = dt.datetime(2026, 11, 23, 9, tzinfo=CHINA)
USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
DIGITS = "零一二三四五六七八九"


def context(county: County, answers: dict[str, Answer] | None = None) -> Context:
    """What a parser knows on stage."""
    return Context(NOW, county.area_code, county.calendar, answers or {})


def fields() -> list[tuple[County, Field]]:
    """Every field a person answers, of every form of both counties."""
    return [
        (county, field)
        for county in shipped().values()
        for form in county.forms.values()
        for field in form.fields.values()
        if field.filler == "applicant"
    ]


def deciding(by: ByAnswer | None, scheme: str) -> dict[str, Answer]:
    """The answer by which a number is checked by this scheme."""
    if by is None:
        return {}
    option = next(option for option, named in by.schemes.items() if named == scheme)
    return {by.field: Answer(value=Picks(picks=(Pick(option=option),)), by="o", at=NOW)}


def schemes(field: CodeField) -> set[str]:
    """The schemes a number field may be checked by."""
    return set(field.by.schemes.values()) if field.by else {field.scheme or "document"}


def identity_check(first: str) -> str:
    """The last character of an identity number (GB 11643), worked out here and not by the program's library."""
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first))
    return "10X98765432"[total % 11]


def uscc_check(first: str) -> str:
    """The last character of a unified social credit code (GB 32100)."""
    total = sum(USCC_LETTERS.index(char) * weight for char, weight in zip(first, USCC_WEIGHTS, strict=True))
    return USCC_LETTERS[(31 - total % 31) % 31]


def inner_check(first: str) -> str:
    """The ninth character of an organisation code (GB 11714)."""
    left = 11 - sum(int(c, 36) * w for c, w in zip(first, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
    return {10: "X", 11: "0"}.get(left, str(left))


@st.composite
def identities(draw: st.DrawFn) -> str:
    """Nobody's identity numbers: order code 000."""
    area = draw(st.sampled_from(("410721", "341823", "110101", "810000", "830000")))
    born = draw(st.dates(dt.date(1900, 1, 1), dt.date(2026, 11, 1)))
    first = f"{area}{born:%Y%m%d}000"
    return first + identity_check(first)


@st.composite
def organisations(draw: st.DrawFn) -> str:
    """No firm's codes: MA000…."""
    inner = "MA000" + "".join(
        draw(st.lists(st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"), min_size=3, max_size=3))
    )
    first = "91410721" + inner + inner_check(inner)
    return first + uscc_check(first)


@st.composite
def projects(draw: st.DrawFn) -> str:
    """Project codes of the years with a check digit (ISO 7064 MOD 11,10), and of those without."""
    year = draw(st.sampled_from(("2016", "2019", "2105", "2409", "2611")))
    first = f"{year}410721{draw(st.integers(1, 99)):02}{draw(st.integers(1, 9)):02}{draw(st.integers(0, 99999)):05}"
    product = 10
    for digit in first:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    whole = first + str((11 - product) % 10)
    return "-".join((whole[:4], whole[4:10], whole[10:12], whole[12:14], whole[14:]))


def mobiles() -> st.SearchStrategy[str]:
    """No one's mobiles: 0000 in the middle."""
    return st.builds(
        lambda second, last: f"1{second}00000{last:04}"[:11], st.sampled_from("3456789"), st.integers(0, 9999)
    )


def in_chinese(number: int) -> str:
    """36200 as 三万六千二百: written here by rule, to be read back by the program."""
    if number == 0:
        return "零"
    said, gap = "", False
    for power in range(8, -1, -1):
        digit = number // 10**power % 10
        unit = ["", "十", "百", "千"][power % 4]
        if digit:
            said += ("零" if gap and said else "") + DIGITS[digit] + unit
            gap = False
        else:
            gap = bool(said)
        if power == 8 and number >= 10**8:
            said, gap = said + "亿", False
        if power == 4 and number % 10**8 >= 10**4:
            said, gap = said + "万", digit == 0 and number % 10**4 >= 1000
    return said


def plain(number: Decimal | int) -> str:
    """A number without exponent."""
    return format(Decimal(number), "f")

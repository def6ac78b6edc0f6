"""What a field can hold: one type per shape of value, told apart by `shape`, so that a draft can be stored and read back."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from model.frozen import Frozen

Half = Literal["上午", "下午"]
Scheme = Literal["identity", "organisation", "project", "document", "account"]


class Words(Frozen):
    """Free text, trimmed, as the person wrote it."""

    shape: Literal["words"] = "words"
    text: str


class Amount(Frozen):
    """A number in the unit of the form, or in the unit the applicant chose (R20); never converted (R16)."""

    shape: Literal["amount"] = "amount"
    number: Decimal
    unit: str = ""


class Pick(Frozen):
    """One ticked option, with the text on the blank beside it (J52)."""

    option: str
    note: str = ""


class Picks(Frozen):
    """The ticked options of a choice, in the order of the form; a single choice has exactly one."""

    shape: Literal["picks"] = "picks"
    picks: tuple[Pick, ...] = Field(min_length=1)

    @property
    def options(self) -> tuple[str, ...]:
        """The option texts alone."""
        return tuple(pick.option for pick in self.picks)


class YesNo(Frozen):
    """是 or 否 (有/无), with the number asked for beside 是 (X103–X106)."""

    shape: Literal["yes_no"] = "yes_no"
    yes: bool
    count: int | None = None


class Phone(Frozen):
    """Mobile: 11 digits. Landline: area code, number and extension as `0373-5080217转8`."""

    shape: Literal["phone"] = "phone"
    number: str


class Contact(Frozen):
    """A name and a phone in one cell (X80, X148)."""

    shape: Literal["contact"] = "contact"
    name: str
    phone: str


class Code(Frozen):
    """An identity, organisation, project, document or account number: half width, upper case, leading zeros kept."""

    shape: Literal["code"] = "code"
    scheme: Scheme
    number: str


class Address(Frozen):
    """An address as written, with the point of a location message where there was one."""

    shape: Literal["address"] = "address"
    text: str
    latitude: float | None = None
    longitude: float | None = None


class Day(Frozen):
    """A date, with the half-day or the time of day (Asia/Shanghai) where one was given."""

    shape: Literal["day"] = "day"
    date: dt.date
    half: Half | None = None
    time: dt.time | None = None


class Buildings(Frozen):
    """Building numbers, ranges opened: 1-3号楼 is 1, 2, 3 (X102, X114)."""

    shape: Literal["buildings"] = "buildings"
    numbers: tuple[str, ...]


class Rows(Frozen):
    """Rows of a table; each maps column ids to words or amounts (X110, X138).

    A cell that is not there is still to be told; None means left open on purpose (容缺), as it does for a whole answer.
    """

    shape: Literal["rows"] = "rows"
    rows: tuple[Mapping[str, Words | Amount | None], ...]


class StoredFile(Frozen):
    """A photo or PDF kept under its keyed content hash; `size` in bytes."""

    digest: str
    media_type: str
    size: int


class Files(Frozen):
    """The files handed in for one paper."""

    shape: Literal["files"] = "files"
    files: tuple[StoredFile, ...]


class Declared(Frozen):
    """The declaration (承诺) was read and agreed to; `version` is that of its text (X60, X147)."""

    shape: Literal["declared"] = "declared"
    version: int


Value = Annotated[
    Words | Amount | Picks | YesNo | Phone | Contact | Code | Address | Day | Buildings | Rows | Files | Declared,
    Field(discriminator="shape"),
]

"""What was signed at the site, for the survey sheet (附件3): drawn, or a name that stands for it, and when (X38, X159; ADR 38)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from model.case import Case
from model.order import Opinion
from model.sheet_code import SheetCode
from storage.vault import Unreadable


class Codes(Protocol):
    """The codes by which departments sign."""

    async def of_case(self, case: str) -> tuple[SheetCode, ...]:
        """All that were made for a case, oldest first."""


class Pictures(Protocol):
    """What was drawn."""

    async def read(self, case: str, digest: str) -> bytes | None:
        """The picture; None where there is none. Raises `Unreadable` where it is damaged."""


class Sign(NamedTuple):
    """When an opinion was signed; `name` where another was written than the surveyor's, `image` what was drawn (PNG), if it was."""

    at: dt.datetime
    name: str = ""
    image: bytes | None = None


class SiteSignatures:
    """Of the opinions as they stand: what was signed for an opinion that has been given anew since does not count."""

    def __init__(self, codes: Codes, pictures: Pictures) -> None:
        self._codes = codes
        self._pictures = pictures

    async def of(self, case: Case) -> Mapping[str, Sign]:
        """By the body of a row, or the id of an order. What cannot be read counts as not drawn."""
        codes = {(one.body, one.signed_at): one for one in await self._codes.of_case(case.id) if one.state == "used"}
        found = dict[str, Sign]()
        for key, opinion in _opinions(case):
            site, code = opinion.site, codes.get((key, opinion.at))
            drawn = (
                site.signature.digest if site.signature is not None else code.signature if code is not None else None
            )
            if drawn is not None or site.signed or code is not None:
                image = await self._image(case, drawn) if drawn is not None else None
                found[key] = Sign(opinion.at, site.signed, image)
        return found

    async def _image(self, case: Case, digest: str) -> bytes | None:
        try:
            return await self._pictures.read(case.id, digest)
        except Unreadable:
            return None


def _opinions(case: Case) -> Iterator[tuple[str, Opinion]]:
    for row in case.sheet.rows if case.sheet is not None else ():
        if row.opinion is not None:
            yield row.body, row.opinion
    for order in case.orders:
        if order.survey is not None:
            yield order.id, order.survey

"""The counties as they are known now: as loaded, with every edition another program has registered (ADR 0006), and under the
newest version of their calendar (ADR 0043).
"""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Final

import structlog
from pydantic import ValidationError

from model.calendar import WorkingCalendar
from model.calendar_version import as_of
from model.county import County
from model.edition import Kind, digest, version_of
from storage.away import RECORDS_AWAY
from storage.calendars import Calendars
from storage.editions import EditionStore, Kept, Key

Learn = Callable[[str], Awaitable[None]]
"""Looks for editions of this county that are not known here yet."""

_KINDS: Final[tuple[Kind, ...]] = ("form", "process")
_FILES: Final = {"form": "form.yaml", "process": "process.yaml"}

log = structlog.get_logger()


class EditionsChanged(Exception):
    """Something was changed without raising its version; the message says what, and what to do."""


async def nothing_to_learn(_: str) -> None:
    """For counties of which there is one edition only."""


class Editions(Mapping[str, County]):
    """Counties by id. A county taken from here knows the editions and the calendar known at that moment: take it anew for each
    message.
    """

    def __init__(self, counties: Mapping[str, County], store: EditionStore, calendars: Calendars) -> None:
        """`counties` are those of this program, as loaded."""
        self._own = dict(counties)
        self._known = dict(counties)
        self._store = store
        self._calendars = calendars
        self._calendar: dict[str, WorkingCalendar] = {}
        self._numbers: dict[str, int] = {}
        self._read: dict[Key, County | None] = {}
        self._mine: dict[Key, Kept] = {}

    def __getitem__(self, county: str) -> County:
        return self._known[county]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def seed(self, county: str) -> WorkingCalendar:
        """The calendar as the files of this program have it."""
        return self._own[county].calendar

    async def look(self) -> tuple[str, ...]:
        """Takes up the newest versions of calendars; of which counties there was a new one. Raises what the database raises."""
        newest = await self._calendars.newest()
        found = tuple(one for one in self._own if newest.get(one, 0) != self._numbers.get(one, 0))
        for county in found:
            versions = await self._calendars.versions(county)
            self._calendar[county] = as_of(self.seed(county), versions)
            self._numbers[county] = versions[-1].number if versions else 0
            self._known[county] = self._known[county].made_anew(calendar=self._calendar[county])
        return found

    async def register(self, now: dt.datetime, *, replace: bool = False) -> None:
        """Put this program's editions beside the others and learn those. Raises `EditionsChanged`, with all of them.

        `replace`: one changed under its version takes the place of the one kept (on one's own machine).
        """
        wrong: list[str] = []
        for county in self._own.values():
            await self.learn(county.id)
            wrong += [] if replace else self._unlike(county)
        if wrong:
            raise EditionsChanged("\n".join(wrong))
        for county in self._own.values():
            for kind in _KINDS:
                mine = self._as_kept(county, kind)
                key = mine.key
                if self._read.get(key) is not county:
                    kept = await self._store.put(mine, now, replace=replace)
                    if kept != mine.digest:  # another program was first, this very moment
                        raise EditionsChanged(_advice(county, _FILES[kind], key.version, key.version))
                    self._read[key] = county
                newest = max(one.version for one in (*self._read, key) if one[:2] == key[:2])
                if newest > key.version:
                    log.warning("edition.older", county=county.id, kind=kind, version=key.version, newest=newest)
            await self.learn(county.id)
        await self.look()

    async def changed(self) -> tuple[str, ...]:
        """What was changed without raising its version, in words; for a check before the start."""
        for county in self._own:
            await self.learn(county)
        return tuple(line for county in self._own.values() for line in self._unlike(county))

    async def learn(self, county: str) -> None:
        """See `Learn`. What cannot be read, or a database that is away, teaches nothing."""
        try:
            for key in (await self._store.listed(county)).keys() - self._read.keys():
                kept = await self._store.get(key)
                self._read[key] = self._meant(kept) if kept else None
        except RECORDS_AWAY as error:
            log.warning("edition.away", county=county, error=type(error).__name__)
        others = {
            (one.form.version, one.process.version): one
            for key, one in self._read.items()
            if key.county == county and one is not None
        }
        newest_first = (others[versions] for versions in sorted(others, reverse=True))
        own = self._own[county]
        self._known[county] = own.made_anew(
            editions=tuple(newest_first), calendar=self._calendar.get(county, own.calendar)
        )

    def _meant(self, kept: Kept) -> County | None:
        """The county of an edition; one that is this program's own, to the letter, is not read anew at every start."""
        own = self._own[kept.key.county]
        same = kept.key.version == version_of(own, kept.key.kind) and kept == self._as_kept(own, kept.key.kind)
        return own if same else _county(kept.key, kept.body)

    def _as_kept(self, county: County, kind: Kind) -> Kept:
        """An edition of this program as it is kept."""
        key = Key(county.id, kind, version_of(county, kind))
        if key not in self._mine:
            self._mine[key] = Kept(key, digest(county, kind), _body(county))
        return self._mine[key]

    def _unlike(self, county: County) -> Iterator[str]:
        """What has the version of something kept, and is not the same."""
        kept = [one for key, one in self._read.items() if key.county == county.id and one is not None]
        for kind in _KINDS:
            version = version_of(county, kind)
            same = [one for one in kept if version_of(one, kind) == version]
            if any(digest(one, kind) != digest(county, kind) for one in same):
                yield _advice(county, _FILES[kind], version, max(version_of(one, kind) for one in kept))
        for form in county.process.forms:
            before = [one.forms[form.id] for one in kept if form.id in one.forms]
            if any(one.version == form.version and one != form for one in before):
                newest = max(one.version for one in before)
                yield _advice(county, f"process.yaml 里的“{form.title}”", form.version, newest)


def _advice(county: County, what: str, version: int, newest: int) -> str:
    return (
        f"{county.name}（{county.id}）：{what} 改过了，version 还是 {version}。按版本 {version} 已经有人在填、在办，"
        f"改了就对不上。请把 version 改成 {max(version, newest) + 1} 再启动；填了一半的和正在办的都不会丢。"
    )


def _body(county: County) -> str:
    return county.model_dump_json(exclude={"editions"}, exclude_defaults=True, by_alias=True)


def _county(key: Key, body: str) -> County | None:
    try:
        return County.model_validate_json(body)
    except ValidationError:
        # A newer program may write what this one cannot read; its drafts and cases are left to it.
        log.warning("edition.unreadable", county=key.county, kind=key.kind, version=key.version)
        return None

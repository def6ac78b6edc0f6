"""What `python -m bot check` says of one county and of the accounts and gateways here, asked by the running program."""

import asyncio
import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from bot.accounts import AccountsMissing
from bot.calendar_missing import calendars_told
from bot.paper.trying import tried
from bot.settings import Settings
from bot.subscribed import SubscriptionsMistaken, subscriptions_told
from bot.texting import SmsMistaken, channels_told
from config.check import looked_at, reported
from config.document import read_document
from config.loader import county_directories
from config.mistakes import Mistake, Mistakes
from handlers.editions import Editions
from model.county import County
from storage.calendars import Calendars
from storage.editions import EditionStore
from storage.engine import Database


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found at a time, in so many seconds. `directory` None: there is none of this county any more.

    `said` is the report of a county without mistakes, `unraised` what was changed in it without another version, `told` of the
    installation, `refused` why its settings cannot be used.
    """

    at: dt.datetime
    directory: Path | None
    seconds: float = 0
    mistakes: tuple[Mistake, ...] = ()
    said: str = ""
    unraised: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    refused: str = ""


@dataclass(slots=True)
class Checking:
    """The last check of each county of this process; one runs at a time, in a thread."""

    settings: Settings
    database: Database
    counties: Mapping[str, County]
    _last: dict[str, Checked] = field(default_factory=dict)
    _one: asyncio.Lock = field(default_factory=asyncio.Lock)

    def last(self, county: str) -> Checked | None:
        """What was found last; None if it was not looked since the program began."""
        return self._last.get(county)

    async def again(self, county: str, now: dt.datetime) -> Checked:
        """What is found now; whoever asks while another's check runs gets what that finds, if it began no earlier."""
        async with self._one:
            last = self._last.get(county)
            if last is not None and last.at >= now:
                return last
            began = time.monotonic()
            found = await self._looked(county, now)
            self._last[county] = replace(found, seconds=round(time.monotonic() - began, 1))
            return self._last[county]

    async def _looked(self, name: str, now: dt.datetime) -> Checked:
        told, refused = await asyncio.to_thread(self._installation, name)
        directory = await asyncio.to_thread(_directory, self.settings.counties, name)
        base = Checked(now, directory, told=told, refused=refused)
        if directory is None:
            return base
        [found] = (await asyncio.to_thread(lambda: tried(directory, looked_at(directory)))).values()
        if isinstance(found, Mistakes):
            return replace(base, mistakes=tuple(found.mistakes))
        raised: tuple[str, ...] = ()
        if self.settings.keys is not None:  # the sandbox takes what changed
            raised = await Editions({found.id: found}, EditionStore(self.database), Calendars(self.database)).changed()
        told = (*told, *await calendars_told(Calendars(self.database), [found], now))
        # The files know the years that came with the program; the admin may have stored another since.
        found = found.model_copy(update={"calendar": self.counties[name].calendar}) if name in self.counties else found
        return replace(base, told=told, said=reported({directory.name: found})[0], unraised=raised)

    def _installation(self, county: str) -> tuple[tuple[str, ...], str]:
        """Of this county's accounts and gateway: those of others are none of its admins' business."""
        here = (self.settings, self.counties, (county,))
        try:
            told = [*channels_told(*here), *subscriptions_told(*here)]
        except (SmsMistaken, SubscriptionsMistaken, AccountsMissing) as error:
            return (), str(error)
        except ValidationError as error:  # its own words quote what was written, which may be a secret
            first = error.errors(include_input=False, include_url=False)[0]
            return (), f"LIANBAN_ACCOUNTS：{'.'.join(map(str, first['loc']))}：{first['msg']}"
        return tuple(told), ""


def _directory(root: Path, county: str) -> Path | None:
    """Where this county is kept: by the id in its file, be it ever so mistaken, else by its name."""
    every = county_directories(root)
    named = (one for one in every if one.name == county)
    return next((one for one in every if _id_in(one) == county), None) or next(named, None)


def _id_in(directory: Path) -> object:
    data = read_document(directory / "county.yaml").data
    return data.get("id") if isinstance(data, dict) else None

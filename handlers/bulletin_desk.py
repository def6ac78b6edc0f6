"""定期通报: drawn up from the logs, issued once, objected to and answered (J34)."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Final, get_args

from handlers.ports import Clock, RoutingCore
from handlers.wording.wording import Wording
from model.bulletin import Bulletin, Figure, Issued, Objection
from model.county import County
from model.decision import Refused
from model.process import Timed
from model.talk_record import TalkFigures
from model.viewer import Viewer
from routing.bulletin import bulletin
from routing.issuing import answered, drawn_up, issue, month_of, objected
from routing.limits import working_time
from routing.refusal import No
from routing.talk_figures import talk_figures
from storage.bulletins import Bulletins
from storage.human_talks import HumanTalks
from storage.mask import mask_text

FIGURES: Final = get_args(Figure)
"""What can be objected to, in the order of the table."""
TALKS: Final = "talks"
_RULES: Final = (
    "opened", "closed", "on_time", "contact", "first_surveys", "overdue", "unreached", "consulted", "talks", "backdated", "rounding",
    "frozen"
)  # fmt: skip


class BulletinDesk:
    """Whoever supervises issues and answers; whoever heads a body objects to what concerns it."""

    def __init__(
        self,
        core: RoutingCore,
        kept: Bulletins,
        talks: HumanTalks,
        counties: Mapping[str, County],
        wordings: Mapping[str, Wording],
        clock: Clock,
    ) -> None:
        """Over the routing core, the issued bulletins and the talks in the chat, with the counties' words."""
        self._core = core
        self._kept = kept
        self._talks = talks
        self._counties = counties
        self._wordings = wordings
        self._clock = clock

    async def drawn(self, county_id: str, month: dt.date) -> Bulletin:
        """The bulletin as it would be issued now; of a month under way, up to now. Raises CoreAway."""
        county, now = self._counties[county_id], self._clock()
        since, ends = month_of(month)
        until = min(ends, now)
        logs = await self._core.logs(county_id, since, until) if since < until else ()
        # Thousands of logs are folded: beside the loop, so that nobody who writes waits for it.
        figures = await asyncio.to_thread(bulletin, logs, county, since, until)
        drawn = drawn_up(figures, county, month, self._names(county), self._rules(county), now)
        return drawn.model_copy(update={"talks": await self.talks(county_id, month)})

    async def talks(self, county_id: str, month: dt.date) -> TalkFigures | None:
        """The talks with staff of a month, as they stand now; None in a county that has none."""
        county, now = self._counties[county_id], self._clock()
        if county.inbox is None:
            return None
        found = await self._talks.records(county_id, *month_of(month))
        return talk_figures(found, working_time(county), county.inbox.minutes, now)

    async def issued(self, county_id: str, month: dt.date) -> Issued | None:
        """What was issued for the month; None if nothing was."""
        return await self._kept.of_month(county_id, month.replace(day=1))

    async def months(self, county_id: str) -> tuple[Issued, ...]:
        """All that were issued, the newest first."""
        return await self._kept.months(county_id)

    async def objections(self, county_id: str, month: dt.date) -> tuple[Objection, ...]:
        """What was objected to the bulletin of a month."""
        return await self._kept.objections(county_id, month.replace(day=1))

    async def issue(self, by: Viewer, month: dt.date) -> Issued | Refused:
        """The issued bulletin; a month that was issued before stays as it was. Raises CoreAway.

        Refused as `routing.issuing.issue` says.
        """
        known = await self.issued(by.county, month)
        if known is not None and by.supervises:
            return known
        try:
            return await self._kept.issue(issue(await self.drawn(by.county, month), by, self._clock()))
        except No as no:
            return no.refused

    async def object(self, by: Viewer, month: dt.date, body: str, figure: str, words: str) -> Objection | Refused:
        """The objection. Numbers of people in the words are starred: the log is read by all bodies.

        Refused `objection.unissued`, and as `routing.issuing.objected` says.
        """
        known = await self.issued(by.county, month)
        if known is None:
            return Refused(code="objection.unissued")
        now, said = self._clock(), mask_text(words)
        try:
            return await self._kept.object(
                by.county,
                known.bulletin.month,
                lambda number: objected(known, number, (body, figure), said, by, now),
            )
        except No as no:
            return no.refused

    async def answer(
        self, by: Viewer, month: dt.date, number: int, words: str, *, corrects: bool
    ) -> Objection | Refused:
        """The objection with its answer. Refused `objection.unknown`, and as `routing.issuing.answered` says."""
        found = next((one for one in await self.objections(by.county, month) if one.number == number), None)
        if found is None:
            return Refused(code="objection.unknown")
        try:
            done = answered(found, mask_text(words), by, self._clock(), corrects=corrects)
        except No as no:
            return no.refused
        return done if await self._kept.answer(done) else Refused(code="objection.answered")

    def _names(self, county: County) -> Mapping[Timed, str]:
        say = self._wordings[county.id].catalogue.say
        named = {one.step: one.name for one in county.process.steps}
        beside = {one: say(f"console.supervision.timed.{one}") for one in get_args(Timed)}
        return beside | named

    def _rules(self, county: County) -> tuple[str, ...]:
        say = self._wordings[county.id].catalogue.say
        minutes = None if county.inbox is None else county.inbox.minutes
        names = (one for one in _RULES if one != TALKS or minutes is not None)
        return tuple(say(f"bulletin.rules.{one}", minutes=minutes) for one in names)

    def talks_rule(self, county: County) -> str:
        """How the talks are counted, where there are any to be had."""
        say = self._wordings[county.id].catalogue.say
        return "" if county.inbox is None else say(f"bulletin.rules.{TALKS}", minutes=county.inbox.minutes)

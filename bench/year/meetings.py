"""What people of a simulated year do about times and sheets: they say when they can come, decide, survey, and settle what is owed."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from bench.year.world import WINDOW, Act, World
from model.case import Case
from model.command import Do
from model.commands.follow_up import CloseFollowUp
from model.commands.scheduling import DecideTime, GiveTimes, ReportMissed
from model.commands.sheet import GiveRow, KeepCopy, PromiseCompletion, RepeatSurvey, ReturnCopy
from model.event import Recorded
from model.events.follow_up import FollowUpOpened
from model.events.scheduling import TimesAsked, TimeSet, TimesUnmet
from model.events.sheet import SheetConcluded, SurveyRepeated
from model.events.survey import SurveyAgreed
from model.message import Actor
from model.times import APPLICANT

_HOUR = dt.timedelta(hours=1)
_ANSWERS = 0.85
_MISSED = 0.03
_GOOD_ROW = 0.9


class Meetings:
    """Everybody who is asked for his times, or has a part in a sheet."""

    def __init__(self, world: World, away: Callable[[str], bool], half_hour: Callable[[], dt.datetime]) -> None:
        """`away`: whether a member of staff is not there today; `half_hour`: one of the coming days' in which people work."""
        self._world = world
        self._away = away
        self._half_hour = half_hour
        self._chance = world.chance

    def heard(self, case: Case, one: Recorded) -> None:
        """Plans what people do about this event."""
        match one.event:
            case TimesAsked() as event:
                for party in event.asked:
                    if party not in event.kept and self._chance.random() < _ANSWERS:
                        self._in(4 if party == APPLICANT else 2, partial(self._give_times, case.id, event, party))
            case TimesUnmet() as event:
                self._in(2, partial(self._decide, case.id, event))
            case TimeSet() | SurveyAgreed() as event:
                at = case.appointments[event.appointment].at
                if self._chance.random() < _MISSED:
                    self._world.at(at + _HOUR / 4, partial(self._missed, case.id, event.appointment))
                if case.sheet is not None and case.sheet.passed is None:
                    self._survey(case, at)
            case SurveyRepeated() as event:
                self._survey(case, event.at_time)
            case SheetConcluded() as event:
                self._in(3, partial(self._conclude, case.id, passed=event.passed))
            case FollowUpOpened() as event:
                self._in(40, partial(self._close_item, case.id, event))

    # --- times ---

    async def _give_times(self, case_id: str, event: TimesAsked, party: str) -> None:
        appointment, number = event.appointment, event.round
        gathering = self._world.cases[case_id].gatherings.get(appointment)
        if gathering is None or gathering.state == "settled" or gathering.round != number:
            return
        offers = gathering.offers.get(party, ())
        if not offers or (party != APPLICANT and self._away(party)):
            return
        some = (
            offers if self._chance.random() < 0.4 else self._chance.sample(offers, self._chance.randint(1, len(offers)))
        )
        do = GiveTimes(appointment=appointment, round=number, party=party, windows=tuple(some))
        await self._world.do(case_id, self._party(case_id, party), do)

    async def _decide(self, case_id: str, event: TimesUnmet) -> None:
        appointment = event.appointment
        gathering = self._world.cases[case_id].gatherings[appointment]
        if gathering.state == "deciding":
            actor = WINDOW if gathering.decider == self._world.county.id else self._world.steward(gathering.decider)
            later = [one for one in gathering.candidates if one > self._world.now + _HOUR]
            do = DecideTime(appointment=appointment, round=gathering.round, at=later[0] if later else self._half_hour())
            await self._world.do(case_id, actor, do)

    async def _missed(self, case_id: str, appointment: str) -> None:
        """The applicant was not at the gate, or nobody came."""
        case = self._world.cases[case_id]
        one = case.appointments.get(appointment)
        if case.closed_at is None and one is not None and one.agreed and one.orders:
            do = ReportMissed(appointment=appointment, sequence=one.sequence, reason="没有等到人")
            await self._world.do(case_id, self._world.applicant(case_id), do)

    # --- the sheet ---

    def _survey(self, case: Case, at: dt.datetime) -> None:
        for row in case.sheet.rows if case.sheet else ():
            if row.opinion is None or not row.opinion.passes:
                self._world.at(at + _HOUR * (0.5 + self._chance.random()), partial(self._give_row, case.id, row.body))

    async def _give_row(self, case_id: str, body: str) -> None:
        case = self._world.cases[case_id]
        rows = case.sheet.rows if case.sheet and case.closed_at is None else ()
        row = next((one for one in rows if one.body == body), None)
        if row is None or (row.opinion is not None and row.opinion.passes) or row.officer is None:
            return
        opinions = self._world.county.process.survey.opinions
        good = self._chance.random() < _GOOD_ROW
        one = self._chance.choice([opinion for opinion in opinions if opinion.passes is good])
        due = (self._world.now + dt.timedelta(days=9)).date() if one.follow_up else None
        basis = "道路规划红线" if one.needs_basis else ""
        remark = "管线要避让路灯" if one.needs_text else ""
        do = GiveRow(body=body, opinion=one.text, remark=remark, basis=basis, due=due)
        await self._world.do(case_id, self._world.steward(row.officer), do)

    async def _conclude(self, case_id: str, *, passed: bool) -> None:
        case = self._world.cases[case_id]
        if case.sheet is None or case.closed_at is not None or case.sheet.organiser is None:
            return
        lead = self._world.steward(case.sheet.organiser)
        if not passed:
            await self._world.do(case_id, lead, RepeatSurvey(at=self._half_hour()))
            return
        acts: list[tuple[Actor, Do]] = [(lead, PromiseCompletion(days=self._chance.randint(5, 20)))]
        acts += [(self._world.steward(row.officer), KeepCopy(body=row.body)) for row in case.sheet.rows if row.officer]
        acts.append((WINDOW, ReturnCopy()))
        for actor, do in acts:
            await self._world.do(case_id, actor, do)

    async def _close_item(self, case_id: str, event: FollowUpOpened) -> None:
        """Whoever owes it: the department's officer, or the steward of the order it came from."""
        case = self._world.cases[case_id]
        rows = {row.body: row.officer for row in case.sheet.rows} if case.sheet else {}
        order = case.order(event.order or "")
        who = order.steward if order is not None else rows.get(event.body)
        if who is not None and case.closed_at is None:
            await self._world.do(
                case_id, self._world.steward(who), CloseFollowUp(item=event.item, words="占掘路许可已取得")
            )

    # --- who ---

    def _in(self, hours: float, act: Act) -> None:
        later = self._world.hours.after(self._world.now, max(60.0, self._chance.expovariate(1 / hours) * 3600))
        self._world.at(later, act)

    def _party(self, case_id: str, party: str) -> Actor:
        return self._world.applicant(case_id) if party == APPLICANT else self._world.steward(party)

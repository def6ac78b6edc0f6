"""What people do in a simulated year: they look at what their card offers, and tap, sooner or later, or not at all."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from bench.year.adding import Adding
from bench.year.afterwards import Afterwards
from bench.year.applicants import Applicants
from bench.year.calls import Calls
from bench.year.consulting import Consulting
from bench.year.meetings import Meetings
from bench.year.people import application, successor
from bench.year.telephone import Telephone
from bench.year.world import WINDOW, World
from handlers.people.noting import By
from model.calendar import CHINA
from model.case import Case
from model.command import Do
from model.commands.checks import PassCheck
from model.commands.contact import ReportContact
from model.commands.intake import Assign, Take
from model.commands.rating import CallBack
from model.commands.survey import GiveOpinion, ProposeSurvey
from model.commands.unreached import ReportUnreached
from model.commands.urging import ReplyToUrge
from model.commands.works import Connect, GiveScheme, ReportAcceptance, ReportBuilt, ReportInside
from model.decision import Done
from model.event import Recorded
from model.events.works import Part
from model.message import Actor
from model.order import Order, OrderState
from model.process import Opinion
from model.staff import Absence
from routing.acts import steward_acts
from routing.works import waits_for_inside

_HOUR = dt.timedelta(hours=1)
_HOURS_BEFORE: dict[str, float] = {
    "take": 0.7, "contact": 3, "propose_survey": 2, "opinion": 1, "scheme": 10, "built": 24, "built_inside": 20,
    "acceptance": 4, "connect": 4, "reply_urge": 2, "assign": 1,
}  # fmt: skip
"""Working hours until something is done, in the mean."""
_HALF_DAY = 3.5 * 3600
_LATE, _SO_LATE = 0.06, 6
"""So many acts take so many times as long."""


class Conduct:
    """Everybody of a county, and what they do next."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chance = world.chance
        self._looks: dict[str, int] = {}
        self._away: dict[str, tuple[dt.date, dt.date]] = {}
        self._meetings = Meetings(world, self._is_away, self._some_half_hour)
        self._calls, self._consulting = Calls(world), Consulting(world, self._some_half_hour)
        self._afterwards, self._adding = Afterwards(world), Adding(world)
        self._telephone, self._applicants = Telephone(world), Applicants(world)
        world.on_change(self._changed)

    # --- what is planned from the beginning ---

    def plan(self, cases: int) -> None:
        """Applications over the whole time, absences, and who leaves."""
        world, days = self._world, (self._world.end - self._world.now).days - 1
        for number in range(cases):
            day = world.now + dt.timedelta(days=self._chance.randrange(days))
            hour = self._chance.choice((*range(8, 18), *range(8, 18), *range(24)))
            at = day.replace(hour=hour) + self._chance.random() * _HOUR
            world.at(at, partial(self._apply, number))
        stewards = [one for one in world.staff.values() if one.duty == "steward"]
        for one in stewards:
            for _ in range(2):
                first = (world.now + dt.timedelta(days=self._chance.randrange(days))).astimezone(CHINA)
                world.at(first.replace(hour=7), partial(self._go_away, one.id, self._chance.randrange(1, 8)))
        for one in stewards[:: max(3, len(stewards) // 3)]:
            world.at(world.now + dt.timedelta(days=self._chance.randrange(days)), partial(self._leave, one.id))

    async def _apply(self, number: int) -> None:
        phoned = self._telephone.applies(number)
        case = await self._world.accept(
            phoned or application(self._world.county, number, self._world.now, self._chance)
        )
        self._telephone.accepted(case)
        acts = (
            (0.08, self._applicants.urge),
            (0.03, self._applicants.amend),
            (0.02, self._applicants.change_number),
            (0.05, self._adding.add),
        )
        for share, act in acts:
            if self._chance.random() < share:
                self._world.at(self._world.now + self._chance.random() * 240 * _HOUR, partial(act, case.id))

    async def _go_away(self, staff: str, days: int) -> None:
        today = self._world.now.astimezone(CHINA).date()
        absence = Absence(first=today, last=today + dt.timedelta(days=days))
        one, by = self._world.staff[staff], By(staff, self._world.now)
        if staff in self._world.gone or await self._world.core.absent(one, absence, by) is None:
            self._away[staff] = (absence.first, absence.last)

    async def _leave(self, staff: str) -> None:
        """离岗: somebody new comes, and the window hands over what lay with him."""
        one = self._world.staff[staff]
        await self._world.hire(successor(one))
        await self._world.staffing.retire(staff)
        self._world.gone[staff] = self._world.now
        for task in await self._world.core.tasks(staff):
            if task.order.steward == staff:
                do = Assign(order=task.order.id, body=task.order.body, anew=True)
                await self._world.do(task.case.id, WINDOW, do)

    # --- whoever hears of a change ---

    def _changed(self, before: Case | None, done: Done) -> None:
        for order in done.case.orders:
            old = before.order(order.id) if before else None
            if old is None or _stands(before, old) != _stands(done.case, order):
                self._look_later(done.case, order)
        for one in done.events:
            self._meetings.heard(done.case, one)
            self._calls.heard(done.case, one)
            self._consulting.heard(done.case, one)
            self._afterwards.heard(done.case, one)
            self._telephone.heard(done.case, one)
            answer = self._answers(done.case, one)
            if answer is not None:
                self._world.at(*answer)

    def _answers(self, case: Case, one: Recorded) -> tuple[dt.datetime, Callable[[], Awaitable[None]]] | None:
        """What the applicant does about it, and when."""
        dice, now = self._chance.random(), self._world.now
        soon = now + self._chance.expovariate(1 / 3) * _HOUR
        match one.event.event:
            case "survey_proposed" if dice < 0.9:
                return soon, partial(self._applicants.answer_survey, case.id, other=dice > 0.8)
            case "survey_proposed":
                return self._world.hours.after(now, 4 * 3600), partial(self._applicants.agree_by_phone, case.id)
            case "applicant_contacted" if dice < 0.5:
                return soon, partial(self._applicants.was_reached, case.id, yes=dice > 0.05)
            case "scheme_given" if any(order.scheme and order.scheme.inside for order in case.orders):
                return self._later("built_inside"), partial(self._applicants.build_inside, case.id)
            case "acceptance_reported" if any(waits_for_inside(case, order) for order in case.orders):
                return self._later("built_inside"), partial(self._applicants.build_inside, case.id)
            case "case_closed" if dice < 0.6:
                return now + 24 * _HOUR * self._chance.random() * 5, partial(self._applicants.rate, case.id)
            case "rated" if case.rating is not None and case.rating.bad:
                self._world.at(soon, partial(self._applicants.give_reason, case.id))
                return self._later("contact"), partial(self._call_back, case.id)
        return None

    # --- who serves ---

    async def _call_back(self, case_id: str) -> None:
        rating = self._world.cases[case_id].rating
        who = rating.callers[0] if rating and rating.callers else None
        if who is not None:
            actor = WINDOW if who.receiver == "window" else self._world.steward(who.id)
            await self._world.do(case_id, actor, CallBack(text="已致歉，申请人认可"))

    def _later(self, act: str) -> dt.datetime:
        hours = self._chance.expovariate(1 / _HOURS_BEFORE[act]) * (_SO_LATE if self._chance.random() < _LATE else 1)
        return self._world.hours.after(self._world.now, max(60.0, hours * 3600))

    def _look_later(self, case: Case, order: Order) -> None:
        """Whoever has the order looks at it when it is its turn; an earlier look it had in mind is none any more."""
        look = self._looks[order.id] = self._looks.get(order.id, 0) + 1
        acts = (act.id for act in steward_acts(case, order, self._world.county))
        offered = [
            act for act in acts if act in _HOURS_BEFORE
        ]  # the others are nobody's turn: he may do them at any time
        if case.closed_at is not None or order.state == OrderState.CONNECTED:
            return
        when = self._later(offered[-1] if "reply_urge" in offered else offered[0] if offered else "assign")
        agreed = next((one for one in case.appointments.values() if order.id in one.orders and one.agreed), None)
        if agreed is not None and "opinion" in offered:
            when = max(when, agreed.at + _HOUR / 2)
        self._world.at(when, partial(self._look, case.id, order.id, look))

    async def _look(self, case_id: str, order_id: str, look: int) -> None:
        if self._looks[order_id] != look:
            return
        case = self._world.cases[case_id]
        order = case.order(order_id)
        assert order is not None
        actor, do = self._next(case, order)
        if do is not None and actor is not None:
            at, why = self._afterwards.entered(order, do)
            await self._world.do(case_id, actor, do, happened_at=at, late_reason=why)
        if self._looks[order_id] == look:  # nothing has come of it: another time
            half_day = isinstance(do, ReportUnreached)
            again = self._world.hours.after(self._world.now, _HALF_DAY if half_day else 4 * 3600.0)
            self._world.at(again, partial(self._look, case_id, order_id, look))

    def _next(self, case: Case, order: Order) -> tuple[Actor | None, Do | None]:
        """What is done about an order now; nothing while its steward is away, or somebody else's turn."""
        if order.candidates:
            return WINDOW, Assign(order=order.id, body=self._chance.choice(order.candidates))
        if order.steward is None or order.steward in self._world.gone:
            return WINDOW, Assign(order=order.id, body=order.body)
        if self._is_away(order.steward):
            return None, None
        acts = steward_acts(case, order, self._world.county)
        if (ask := self._consulting.asks(order, acts)) is not None:
            return self._world.steward(order.steward), ask
        if (fill := self._telephone.fills(case, order)) is not None:
            return self._world.steward(order.steward), fill
        offered = [act.id for act in acts]
        if "reply_urge" in offered and self._chance.random() < 0.9:
            return self._world.steward(order.steward), ReplyToUrge(order=order.id, text="明天联系您")
        return self._world.steward(order.steward), next(
            (do for act in offered if (do := self._act(act, case, order, offered))), None
        )

    def _is_away(self, staff: str) -> bool:
        first, last = self._away.get(staff, (dt.date.max, dt.date.min))
        return staff in self._world.gone or first <= self._world.now.astimezone(CHINA).date() <= last

    def _act(self, act: str, case: Case, order: Order, offered: Sequence[str]) -> Do | None:
        """What tapping it comes to; None where it has to wait."""
        dice, process = self._chance.random(), self._world.county.process
        match act:
            case "take":
                return Take(order=order.id)
            case "contact" if order.unreached:
                return None  # he waits to hear of him
            case "contact" if "unreached" in offered and not self._calls.reaches(case, order):
                return ReportUnreached(order=order.id)
            case "contact":
                return ReportContact(order=order.id, outline="从主管接过来" if case.telephone else "")
            case "propose_survey" if not self._gathers(case, order) and not any(
                one.at > self._world.now and not one.wish and not one.released and order.id in one.orders
                for one in case.appointments.values()
            ):
                return ProposeSurvey(order=order.id, at=self._some_half_hour())
            case "opinion":
                text, remark = self._opinion(process.survey.opinions, good=dice < 0.9)
                return GiveOpinion(order=order.id, opinion=text, remark=remark)
            case "scheme":
                days = self._chance.randrange(2, 9) if dice < 0.8 else None
                return GiveScheme(order=order.id, scheme="从主管接DN25", days=days, inside=dice < 0.2)
            case "built":
                return ReportBuilt(order=order.id)
            case "built_inside" if dice < 0.1:
                return ReportInside(order=order.id)
            case "acceptance":
                good = dice < 0.93
                text, remark = self._opinion(process.acceptance, good=good)
                return ReportAcceptance(order=order.id, result=text, remark=remark, mend=() if good else self._mend())
            case _ if act.startswith("pass_check."):
                return PassCheck(order=order.id, check=act.partition(".")[2], note="打了登记的电话")
            case "connect":
                return Connect(order=order.id)
        return None

    @staticmethod
    def _gathers(case: Case, order: Order) -> bool:
        """Everybody is being asked when he can come: nobody names a time of his own."""
        return any(order.id in one.orders and one.state != "settled" for one in case.gatherings.values())

    def _mend(self) -> tuple[Part, ...]:
        """The works that did not pass."""
        return self._chance.choice(((), ("outside",), ("inside",), ("inside", "outside")))

    def _opinion(self, opinions: tuple[Opinion, ...], *, good: bool) -> tuple[str, str]:
        one = self._chance.choice([one for one in opinions if one.passes is good])
        return one.text, "管井要加深" if one.needs_text else ""

    def _some_half_hour(self) -> dt.datetime:
        """A half hour of the coming days in which people work."""
        at = self._world.hours.after(self._world.now, (6 + 30 * self._chance.random()) * 3600)
        return at.replace(minute=30 * (at.minute // 30), second=0, microsecond=0) + _HOUR / 2


def _stands(case: Case | None, order: Order) -> tuple[object, ...]:
    """What makes whoever has an order look at it again."""
    times = case.appointments.items() if case else ()
    surveys = tuple((key, one.agreed, one.wish, one.released) for key, one in times if order.id in one.orders)
    return order.state, order.works, order.route, order.steward, order.urged is not None, order.unreached, surveys

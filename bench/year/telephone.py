"""电话报装 in a simulated year: accepted with the basics, filled in by stewards or by the applicant, and confirmed (X24–X26)."""

from collections.abc import Iterable
from functools import partial
from typing import Final

from bench.year.people import application
from bench.year.world import WINDOW, Act, World
from dialogs.kinds import parse
from dialogs.reading import Context, Understood
from model.case import Case
from model.command import Do
from model.commands.supplements import Check, Handed, HandIn
from model.commands.telephone import ConfirmForm, FillForm
from model.draft import Answer
from model.event import Recorded
from model.events.supplements import SupplementReturned, SupplementsDeferred, SupplementsHandedIn
from model.events.telephone import FormFilled
from model.fields import TableField
from model.on_form import asked, shown
from model.order import Order, OrderState
from model.submission import Submission
from model.values import Pick, Picks, Rows, Words
from routing.open_form import lacking_of, settled

SHARE: Final = 0.06
"""So many apply by telephone; every other of them can be reached in chat."""
_FILLS_HIMSELF = 0.2
_GATED: Final = "heat"
"""Nobody applies for it on the telephone here: it waits for stamped originals."""


class Telephone:
    """Those who apply by telephone, and those who fill in the rest with them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chance = world.chance

    def applies(self, number: int) -> Submission | None:
        """What the hotline hands in for a caller; None: he does not call."""
        county, now = self._world.county, self._world.now
        rule = county.process.telephone
        if rule is None or self._chance.random() >= SHARE:
            return None
        whole = application(county, number, now, self._chance)
        answers = {name: one for name, one in whole.answers.items() if name in rule.basics}
        services = answers[county.places.services].value
        gated = next((one.option for one in county.services if one.id == _GATED), "")
        if isinstance(services, Picks) and gated in services.options:
            return None
        answers |= {"phone": whole.answers[county.places.applicant_phone]} if "phone" not in answers else {}
        missing = tuple(
            one.id for one in asked(county.form, answers) if one.need != "optional" and one.id not in answers
        )
        person = whole.person if self._chance.random() < 0.5 else f"telephone:{number}"
        changes = {"channel": "telephone", "answers": answers, "missing": missing, "person": person}
        return whole.model_copy(update=changes)

    def accepted(self, case: Case) -> None:
        """Some of those who are in chat fill in the rest themselves."""
        if case.telephone is not None and case.in_chat and self._chance.random() < _FILLS_HIMSELF:
            self._in(6, partial(self._fill_himself, case.id))

    def fills(self, case: Case, order: Order) -> Do | None:
        """What a steward fills in once he has reached the applicant, if anything is empty."""
        if case.telephone is None or order.state in (OrderState.ROUTED, OrderState.TAKEN):
            return None
        answers = self._answers(case, lacking_of(case, order, self._world.county))
        return FillForm(order=order.id, answers=answers) if answers else None

    def heard(self, case: Case, one: Recorded) -> None:
        """Plans what people do about this event."""
        match one.event:
            case FormFilled():
                self._in(4, partial(self._confirm, case.id))
            case SupplementsDeferred() if case.telephone is not None:
                self._in(20, partial(self._hand_in, case.id))
            case SupplementReturned():
                self._in(6, partial(self._hand_in, case.id))
            case SupplementsHandedIn():
                self._in(4, partial(self._check, case.id))

    async def _fill_himself(self, case_id: str) -> None:
        case = self._world.cases[case_id]
        answers = self._answers(case, lacking_of(case, None, self._world.county))
        if answers and case.closed_at is None:
            await self._world.do(case_id, self._world.applicant(case_id), FillForm(answers=answers))

    async def _confirm(self, case_id: str) -> None:
        """In chat by a tap; else the window reads him each part that is complete, and the declaration with it."""
        county = self._world.county
        if (form := self._world.cases[case_id].telephone) is None:
            return
        for order in self._world.cases[case_id].orders:
            case = self._world.cases[case_id]
            if case.closed_at is not None or lacking_of(case, order, county) or settled(case, order, county):
                continue
            if not case.in_chat:
                await self._world.do(case_id, WINDOW, ConfirmForm(order=order.id))
            elif form.put:
                await self._world.do(case_id, self._world.applicant(case_id), ConfirmForm())
                return

    async def _hand_in(self, case_id: str) -> None:
        case = self._world.cases[case_id]
        wanted = [one for one in case.supplements if one.state == "open"]
        if wanted and case.closed_at is None:
            handed = tuple(Handed(supplement=one.id, value=Words(text="已带齐")) for one in wanted)
            await self._world.do(case_id, self._world.applicant(case_id), HandIn(handed=handed))

    async def _check(self, case_id: str) -> None:
        """Each is looked at by the steward of its first order that is open; few will not do."""
        for one in self._world.cases[case_id].supplements:
            case = self._world.cases[case_id]
            going = (case.order(name) for name in one.orders)
            order = next((each for each in going if each and each.state is not OrderState.CONNECTED), None)
            if case.closed_at is not None or one.state != "received" or order is None or order.steward is None:
                continue
            if order.steward not in self._world.gone:
                passes = self._chance.random() < 0.9
                do = Check(order=order.id, supplement=one.id, passes=passes, wrong="" if passes else "看不清")
                await self._world.do(case_id, self._world.steward(order.steward), do)

    def _answers(self, case: Case, names: Iterable[str]) -> dict[str, Answer]:
        """Each field answered with its example, as it would be read; a choice with its first option."""
        county, now = self._world.county, self._world.now
        known = dict(case.telephone.answers) if case.telephone else {}
        found = dict[str, Answer]()
        for name in names:
            field = county.form.fields[name]
            if field.kind == "choice":
                found[name] = Answer(value=Picks(picks=(Pick(option=field.options[0].text),)), by="", at=now)
                continue
            if isinstance(field, TableField):  # a row of which everything is still to be told
                found[name] = Answer(value=Rows(rows=(dict.fromkeys(one.id for one in field.columns),)), by="", at=now)
                continue
            reading = parse(field.example, field, Context(now, county.area_code, county.calendar, known | found))
            if isinstance(reading, Understood):
                found[name] = Answer(value=reading.value, by="", at=now)
        on_it = shown(county.form, known | found)
        return {name: one for name, one in found.items() if name in on_it}

    def _in(self, hours: float, act: Act) -> None:
        later = self._world.hours.after(self._world.now, max(60.0, self._chance.expovariate(1 / hours) * 3600))
        self._world.at(later, act)

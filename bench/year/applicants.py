"""What applicants of a simulated year do about their cases beside applying."""

import datetime as dt

from bench.year.world import WINDOW, World
from model.case import Appointment
from model.command import Do
from model.commands.contact import ChangeContact, ConfirmContact, DenyContact
from model.commands.intake import Amend
from model.commands.rating import GiveReason, Rate
from model.commands.survey import AgreeSurvey, MoveSurvey
from model.commands.urging import Urge
from model.commands.works import ReportInside
from model.order import OrderState


class Applicants:
    """Everybody who applied."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chance = world.chance

    def _open(self, case_id: str) -> bool:
        return self._world.cases[case_id].closed_at is None

    async def answer_survey(self, case_id: str, *, other: bool) -> None:
        """Agrees to every time that waits for it, or wants another."""
        for key, one in self._world.cases[case_id].appointments.items():
            if _waits_for_answer(one, self._world.now):
                do: Do = AgreeSurvey(appointment=key, sequence=one.sequence)
                if other:
                    do = MoveSurvey(appointment=key, sequence=one.sequence, wish="后天下午")
                await self._world.do(case_id, self._world.applicant(case_id), do)

    async def agree_by_phone(self, case_id: str) -> None:
        """Says on the telephone that it suits."""
        for key, one in self._world.cases[case_id].appointments.items():
            if _waits_for_answer(one, self._world.now):
                await self._world.do(case_id, WINDOW, AgreeSurvey(appointment=key, sequence=one.sequence))

    async def was_reached(self, case_id: str, *, yes: bool) -> None:
        """Whether he was, as his stewards have reported."""
        for order in self._world.cases[case_id].orders:
            if order.deniable_until is not None and order.state == OrderState.CONTACTED:
                do: Do = ConfirmContact(order=order.id) if yes else DenyContact(order=order.id)
                await self._world.do(case_id, self._world.applicant(case_id), do)

    async def build_inside(self, case_id: str) -> None:
        """His own works are done."""
        if self._open(case_id):
            await self._world.do(case_id, self._world.applicant(case_id), ReportInside())

    async def urge(self, case_id: str) -> None:
        """催办."""
        if self._open(case_id):
            await self._world.do(case_id, self._world.applicant(case_id), Urge())

    async def amend(self, case_id: str) -> None:
        """更正."""
        if self._open(case_id):
            await self._world.do(case_id, self._world.applicant(case_id), Amend(wish="门牌是7号"))

    async def change_number(self, case_id: str) -> None:
        """换电话."""
        if self._open(case_id):
            phone = f"1390001{self._chance.randrange(10_000):04}"
            await self._world.do(case_id, self._world.applicant(case_id), ChangeContact(phone=phone))

    async def rate(self, case_id: str) -> None:
        """评价."""
        rule = self._world.county.process.rating
        if rule is not None:
            mark = self._chance.choice(rule.bad if self._chance.random() < 0.12 else rule.scale)
            await self._world.do(case_id, self._world.applicant(case_id), Rate(mark=mark))

    async def give_reason(self, case_id: str) -> None:
        """Why the mark was bad, by some."""
        if self._chance.random() < 0.6:
            await self._world.do(case_id, self._world.applicant(case_id), GiveReason(reason="办得太慢"))


def _waits_for_answer(one: Appointment, now: dt.datetime) -> bool:
    return bool(one.orders) and not one.agreed and not one.wish and not one.released and one.at > now

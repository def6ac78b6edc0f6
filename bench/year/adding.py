"""加办 in a simulated year: some want a service more, or two, for a case that is open."""

from random import Random

from bench.year.world import World
from model.commands.adding import AddService
from model.county import Service
from model.draft import Answer
from model.submission import Submission
from model.values import Pick, Picks, Value
from routing.adding import left_to_add, ticked

_TWO = 0.2


class Adding:
    """Applicants who come back for more."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def add(self, case_id: str) -> None:
        """What the case never had, signed for as in chat: with what it asks and nothing else."""
        world, case = self._world, self._world.cases[case_id]
        before, left = await world.core.submission(case_id), left_to_add(case, world.county)
        if before is None or not left or not case.in_chat:
            return
        several = 2 if world.chance.random() < _TWO else 1
        services = tuple(world.chance.sample(left, min(several, len(left))))
        signed = before.model_copy(
            update={
                "id": f"{before.id}-{services[0].id}",
                "submitted_at": world.now,
                "missing": (),
                "answers": {
                    name: Answer(value=value, by=before.person, at=world.now)
                    for service in services
                    for name, value in _asked(service, world.chance).items()
                },
            }
        )
        await world.do(
            case_id,
            world.applicant(case_id),
            self._adds(tuple(one.id for one in services), signed, before, case.services),
        )

    def _adds(
        self, wanted: tuple[str, ...], signed: Submission, before: Submission, had: tuple[str, ...]
    ) -> AddService:
        known = ticked(before, (*had, *wanted), self._world.county)
        return AddService(services=wanted, signed=signed, known=known)


def _asked(service: Service, chance: Random) -> dict[str, Value]:
    """What tells which body acts for it."""
    if service.by_answer is None:
        return {}
    return {service.by_answer.field: Picks(picks=(Pick(option=chance.choice(sorted(service.by_answer.bodies))),))}

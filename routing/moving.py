"""Moving an open case to a newer process (换用新版流程): only where what has been done keeps its meaning."""

from model.case import Case
from model.commands.intake import Move
from model.county import County
from model.edition import EditionUnknown, under
from model.events.intake import Moved
from model.process import Process, Step
from routing.refusal import No
from routing.transitions import PATH, finished, reached_by, standing


def move(case: Case, do: Move, county: County) -> Moved:
    """The case under process `do.to`; `county` has the process it is under now. Due times that run stay: they were promised.

    Raises `No` with `move.already` (under it, or a newer one), `move.unknown`, `move.step_gone` (an order stands at a
    step the new process does not have), `move.step_passed` (the new process has a step before where an order stands).
    """
    if do.to <= case.process_version:
        raise No("move.already", number=case.number, version=str(case.process_version))
    try:
        process = under(county, do.to).process
    except EditionUnknown:
        raise No("move.unknown", version=str(do.to)) from None
    steps: tuple[Step, ...] = tuple(rule.step for rule in process.steps)
    for order in case.orders:
        if order.route is not None or finished(order, case.steps):
            continue
        if standing(order.state, steps) != order.state:
            raise No(
                "move.step_gone",
                service=county.service[order.service].name,
                step=_name(county.process, reached_by(order.state)),
            )
        behind = {reached_by(state) for state in PATH[: PATH.index(order.state) + 1]}
        if passed := [step for step in steps if step not in case.steps and step in behind]:
            raise No("move.step_passed", service=county.service[order.service].name, step=_name(process, passed[0]))
    return Moved(previous=case.process_version, process_version=do.to, steps=steps)


def _name(process: Process, step: Step | None) -> str:
    rule = process.rule(step) if step else None
    return rule.name if rule else ""

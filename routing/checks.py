"""过户、销户: which orders go that way, and what must be checked before one is finished (J66–J82, C8).

Without it anybody could close another's meter: the county lists what its bodies look at, each by its own steward.
"""

from collections.abc import Iterable, Iterator, Mapping

from model.commands.checks import FailCheck, PassCheck
from model.county import County
from model.draft import Answer
from model.events.checks import CheckFailed, CheckPassed, RouteTaken
from model.events.intake import OrderRouted
from model.holding import holds
from model.order import Order
from model.process import Process, RouteRule
from model.route import Check, Route
from routing.refusal import No


def route_rule(service: str, process: Process, answers: Mapping[str, Answer]) -> RouteRule | None:
    """The way that the answers choose for a service, if it is not the usual one."""
    return next(
        (one for one in process.routes if service in one.when and holds(one.when[service], answers)),
        None,
    )


def routes(routed: Iterable[OrderRouted], county: County, answers: Mapping[str, Answer]) -> Iterator[RouteTaken]:
    """The orders that go a way of their own."""
    for one in routed:
        rule = route_rule(one.service, county.process, answers)
        if rule is not None:
            yield RouteTaken(order=one.order, route=_made(rule, answers))


def way_of(service: str, county: County, answers: Mapping[str, Answer]) -> Route | None:
    """The way of its own that an order of this service goes, with nothing checked yet; None: the usual one."""
    rule = route_rule(service, county.process, answers)
    return _made(rule, answers) if rule is not None else None


def _made(rule: RouteRule, answers: Mapping[str, Answer]) -> Route:
    checks = tuple(
        Check(**check.model_dump(include={"id", "name", "yes", "no", "told"}))
        for check in rule.checks
        if holds(check.when, answers)
    )
    return Route(id=rule.id, name=rule.name, steps=rule.steps, limit=rule.limit, checks=checks)


def pass_check(order: Order, do: PassCheck, steward: str) -> CheckPassed:
    """Raises `No`: `checks.unknown`, `pass_check.already`, `pass_check.untold` where nobody says how the holder was told."""
    check = _found(order, do.check)
    if check.state == "passed":
        raise No("pass_check.already")
    note = do.note.strip()
    if check.told and not note:
        raise No("pass_check.untold")
    return CheckPassed(order=order.id, steward=steward, check=check.id, note=note)


def fail_check(order: Order, do: FailCheck, steward: str) -> CheckFailed:
    """What was passed before may be found wrong later. Raises `No`: `checks.unknown`, `fail_check.empty`."""
    check = _found(order, do.check)
    if not do.reason.strip():
        raise No("fail_check.empty")
    return CheckFailed(order=order.id, steward=steward, check=check.id, reason=do.reason.strip())


def cleared(order: Order) -> None:
    """Raises `No` with `checks.open` while anything is not checked, or was found wrong."""
    if order.route is not None and order.route.unpassed:
        raise No("checks.open", open="、".join(one.name for one in order.route.unpassed))


def _found(order: Order, name: str) -> Check:
    check = order.route.check(name) if order.route is not None else None
    if check is None:
        raise No("checks.unknown")
    return check

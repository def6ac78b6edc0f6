"""What the steward of a 过户 or 销户 is offered: one check after the other, each as it should be or not (J66–J82)."""

from collections.abc import Iterator
from typing import Final

from model.case import Case
from model.county import County
from model.edition import under
from model.message import Act
from model.order import Order
from model.route import Check, Route
from routing.transitions import verdict

_WAYS_OUT: Final = ("ask_more", "decline")


def check_acts(case: Case, order: Order, county: County) -> Iterator[Act]:
    """The next thing to check, its two answers shown; the others are only said. What was found wrong can be put right."""
    if order.route is None or verdict("pass_check", order.state, case.steps_of(order)) != "allowed":
        return
    rules = under(county, case.process_version)
    open_ = [one for one in order.route.checks if one.state == "open"]
    failed = [one for one in order.route.checks if one.state == "failed"]
    for place, one in enumerate((*open_, *failed)):
        yield _act(one, order, rules, passes=True, shown=place == 0 or one.state == "failed")
        if one.state == "open":
            yield _act(one, order, rules, passes=False, shown=place == 0)
    for one in order.route.checks:
        if one.state == "passed":
            yield _act(one, order, rules, passes=False, shown=False)


def on_its_way(acts: tuple[Act, ...], order: Order, county: County) -> tuple[Act, ...]:
    """What finishes the order is not called 接通, and is only said while anything is to be checked: who says it hears what.

    After a check that was not passed the ways out are shown: 补正, or 不予受理.
    """
    if order.route is None:
        return acts
    failed = any(one.state == "failed" for one in order.route.checks)
    return tuple(
        _finishing(one, order.route, county)
        if one.id == "connect"
        else one.model_copy(update={"shown": True})
        if failed and one.id in _WAYS_OUT
        else one
        for one in acts
    )


def _finishing(act: Act, route: Route, county: County) -> Act:
    label, words = (county.messages[f"act.finish.{what}"] for what in ("label", "words"))
    return act.model_copy(update={"label": label, "words": tuple(words.split()), "shown": not route.unpassed})


def _act(check: Check, order: Order, county: County, *, passes: bool, shown: bool) -> Act:
    rule = next((one for one in county.process.routes if order.route and one.id == order.route.id), None)
    said = check.yes if passes else check.no
    name = None if rule is None else rule.fail_form if not passes else rule.told_form if check.told else None
    form = county.forms.get(name or "")
    return Act(
        id=f"{'pass' if passes else 'fail'}_check.{check.id}",
        label=f"{check.name}：{said}",
        words=(f"{check.name}{said}", *((said,) if shown else ())),
        shown=shown,
        form=form.id if form else None,
        form_version=form.version if form else None,
    )

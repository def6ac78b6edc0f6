"""过户、销户: the services, answers, steps and small forms that a way of its own speaks of are there (J66–J82, C8)."""

from collections.abc import Iterator

from config.checks.conditions import condition_mistakes
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.fields import ChoiceField
from model.process import Process, RouteRule


def routes(parts: Parts) -> Iterator[Mistake]:
    """Everything in `process.yaml` that says which orders nothing is built for."""
    rules = parts.process.value
    if rules is None:
        return
    for index, rule in enumerate(rules.routes):
        yield from _conditions(parts, rule, index)
        yield from _steps(parts, rules, rule, index)
        yield from _forms(parts, rules, rule, index)


def _conditions(parts: Parts, rule: RouteRule, index: int) -> Iterator[Mistake]:
    facts, form = parts.county.value, parts.form.value
    for service, condition in rule.when.items():
        steps = ("routes", index, "when", service)
        services = [one.id for one in facts.services] if facts is not None else [service]
        if service not in services and "services" not in parts.county.broken:
            yield parts.process.mistake(steps, f"没有叫“{service}”的事项", nearest(service, services))
        if form is not None:
            yield from condition_mistakes(parts.process, form, parts.form.broken, condition, steps)
    for place, check in enumerate(rule.checks):
        if form is not None:
            here = ("routes", index, "checks", place, "when")
            yield from condition_mistakes(parts.process, form, parts.form.broken, check.when, here)


def _steps(parts: Parts, rules: Process, rule: RouteRule, index: int) -> Iterator[Mistake]:
    known = [one.step for one in rules.steps]
    for place, step in enumerate(rule.steps):
        if step not in known:
            problem = f"没有“{step}”这个环节"
            yield parts.process.mistake(("routes", index, "steps", place), problem, nearest(step, known))
    if "connection" not in rule.steps:
        yield parts.process.mistake(("routes", index, "steps"), "没有办结的环节", "加上 connection")


def _forms(parts: Parts, rules: Process, rule: RouteRule, index: int) -> Iterator[Mistake]:
    forms = {form.id: form for form in rules.forms}
    for key in ("fail_form", "told_form"):
        name = getattr(rule, key)
        if name not in forms and not parts.process.broken:
            yield parts.process.mistake(("routes", index, key), f"没有叫“{name}”的小表", nearest(name, forms))
    told = forms.get(rule.told_form)
    if told is not None and not any(isinstance(one, ChoiceField) for one in told.fields.values()):
        problem = f"“{told.title}”里没有勾选题，说不出是怎么告知的"
        yield parts.process.mistake(("routes", index, "told_form"), problem, "在那张小表里加一个 kind: choice 的字段")

"""容缺, 补正 and gates: the fields, services and steps they speak of are there (X47, X129, J39)."""

from collections.abc import Iterator

from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.process import Process


def supplements(parts: Parts) -> Iterator[Mistake]:
    """Everything in `process.yaml` that says what may be handed in later."""
    rules = parts.process.value
    if rules is None:
        return
    forms = [form.id for form in rules.forms]
    for key in ("form", "ask_form") if rules.corrections else ():
        name = getattr(rules.corrections, key)
        if name is not None and name not in forms and name not in parts.process.broken:
            yield parts.process.mistake(("corrections", key), f"没有叫“{name}”的小表", nearest(name, forms))
    yield from _gates(parts, rules)


def _gates(parts: Parts, rules: Process) -> Iterator[Mistake]:
    facts, form = parts.county.value, parts.form.value
    steps = [rule.step for rule in rules.steps]
    for index, gate in enumerate(rules.gates):
        if gate.step not in steps:
            problem = f"没有“{gate.step}”这个环节"
            yield parts.process.mistake(("gates", index, "step"), problem, nearest(gate.step, steps))
        services = [one.id for one in facts.services] if facts is not None else [gate.service]
        if gate.service not in services and gate.service not in parts.county.broken:
            problem = f"没有叫“{gate.service}”的事项"
            yield parts.process.mistake(("gates", index, "service"), problem, nearest(gate.service, services))
        for place, name in enumerate(gate.needs):
            if form is not None and name not in form.fields and name not in parts.form.broken:
                problem = f"申请表没有叫“{name}”的字段"
                yield parts.process.mistake(("gates", index, "needs", place), problem, nearest(name, form.fields))

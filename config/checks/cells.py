"""Cells of the form that staff fill in: they are there, are theirs, and their small forms ask for nothing else (X97–X99, J75)."""

from collections.abc import Iterator

from config.document import Steps
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.cells import CellRule, CellsRule
from model.fields import ChoiceField
from model.process import Process


def cells(parts: Parts) -> Iterator[Mistake]:
    """Everything under `cells` of `process.yaml` that speaks of something else, or could not be filled in."""
    rules = parts.process.value
    seen = set[str]()
    for index, rule in enumerate(rules.cells if rules is not None else ()):
        assert rules is not None
        place: Steps = ("cells", index)
        yield from _service(parts, rule, (*place, "service"))
        for key in ("form", "mend_form"):
            yield from _form(parts, rules, rule, getattr(rule, key), (*place, key))
        for number, one in enumerate(rule.cells):
            here = (*place, "cells", number)
            if one.field in seen:
                yield parts.process.mistake((*here, "field"), f"“{one.field}”写了两遍", "只留一个")
            seen.add(one.field)
            yield from _cell(parts, one, here)


def _service(parts: Parts, rule: CellsRule, place: Steps) -> Iterator[Mistake]:
    facts = parts.county.value
    services = [service.id for service in facts.services] if facts is not None else []
    if facts is not None and rule.service is not None and rule.service not in services:
        yield parts.process.mistake(place, f"没有叫“{rule.service}”的事项", nearest(rule.service, services))
    if rule.service is None and rule.form is not None:
        yield parts.process.mistake(place, "有小表，却没有写哪项业务填", "写 service: 事项编号")


def _form(parts: Parts, rules: Process, rule: CellsRule, form: str | None, place: Steps) -> Iterator[Mistake]:
    if form is None or parts.process.broken:
        return
    forms = {one.id: one for one in rules.forms}
    if form not in forms:
        yield parts.process.mistake(place, f"没有叫“{form}”的小表", nearest(form, forms))
        return
    own = [one.field for one in rule.cells]
    for name in forms[form].fields:
        if name not in own:
            problem = f"“{forms[form].title}”里的“{name}”不是这几栏里的"
            yield parts.process.mistake(place, problem, nearest(name, own))


def _cell(parts: Parts, one: CellRule, place: Steps) -> Iterator[Mistake]:
    facts, form = parts.county.value, parts.form.value
    if form is not None and one.field not in parts.form.broken:
        field = form.fields.get(one.field)
        if field is None:
            staffs = [name for name, known in form.fields.items() if known.filler == "staff"]
            yield parts.process.mistake((*place, "field"), f"没有叫“{one.field}”的字段", nearest(one.field, staffs))
        elif field.filler != "staff":
            yield parts.process.mistake(
                (*place, "field"), f"“{field.called}”是申请人填的", "在 form.yaml 给它写 filler: staff，或者从这里去掉"
            )
        options = [option.text for option in field.options] if isinstance(field, ChoiceField) else []
        for text in one.options if field is not None else ():
            if text not in options:
                yield parts.process.mistake((*place, "options"), f"表上没有“{text}”这个选项", nearest(text, options))
    if facts is not None:
        bodies = [body.id for body in facts.bodies]
        for body in one.options.values():
            if body not in bodies and body not in parts.county.broken:
                yield parts.process.mistake((*place, "options"), f"没有叫“{body}”的单位", nearest(body, bodies))

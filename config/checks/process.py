"""The process: steps and their forms, opinions, the survey rule, the number template (X29–X41, X52, J26, J90)."""

import re
from collections.abc import Iterator

from config.document import Steps
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.fields import ChoiceField, DateField, YesNoField
from model.form import Form
from model.process import Opinion, Process

_TEMPLATE = re.compile(r"^(?:[^{}]|\{year\}|\{counter(?::0?\d{1,2}d)?\})+$")
_TEMPLATE_VALID = "例如 (JXLB){counter:06d} 或 XXLB{year}{counter:06d}"


def process(parts: Parts) -> Iterator[Mistake]:
    """Everything in `process.yaml` that speaks about something else."""
    rules = parts.process.value
    if rules is None:
        return
    yield from _steps(parts, rules)
    yield from _opinions(parts, rules)
    yield from _survey(parts, rules)
    yield from _number(parts, rules)
    yield from _desk(parts, rules)


def _desk(parts: Parts, rules: Process) -> Iterator[Mistake]:
    """Whose staff are asked first where no other fits (J37) is one of the bodies."""
    facts, desk = parts.county.value, rules.enquiries.desk
    if facts is not None and desk is not None and desk not in parts.county.broken:
        ids = [body.id for body in facts.bodies]
        if desk not in ids:
            yield parts.process.mistake(("enquiries", "desk"), f"没有叫“{desk}”的单位", nearest(desk, ids))


def _steps(parts: Parts, rules: Process) -> Iterator[Mistake]:
    forms = {form.id: form for form in rules.forms}
    seen: set[str] = set()
    for index, rule in enumerate(rules.steps):
        if rule.step in seen:
            yield parts.process.mistake(("steps", index, "step"), f"“{rule.step}”这个环节写了两遍", "只留一个")
        seen.add(rule.step)
        for key in ("form", "time_form"):
            name = getattr(rule, key)
            if name is not None and name not in forms and name not in parts.process.broken:
                problem = f"没有叫“{name}”的小表"
                yield parts.process.mistake(("steps", index, key), problem, nearest(name, forms))
        timed = forms.get(rule.time_form or "")
        if timed is not None and not any(isinstance(field, DateField) for field in timed.fields.values()):
            problem = f"“{timed.title}”里没有日期题，约不了时间"
            yield parts.process.mistake(("steps", index, "time_form"), problem, "在那张小表里加一个 kind: date 的字段")


def _opinions(parts: Parts, rules: Process) -> Iterator[Mistake]:
    """The opinions that count and those the steward can tick are the same words (X39–X41)."""
    forms = {form.id: form for form in rules.forms}
    for step, opinions, steps in (
        ("survey", rules.survey.opinions, ("survey", "opinions")),
        ("acceptance", rules.acceptance, ("acceptance",)),
    ):
        yield from _twice(parts, opinions, steps)
        if not any(opinion.passes for opinion in opinions) and not parts.process.broken:
            yield parts.process.mistake(steps, "没有一种意见算通过", "至少有一种写 passes: true")
        rule = next((rule for rule in rules.steps if rule.step == step), None)
        form = forms.get(rule.form) if rule is not None and rule.form is not None else None
        if form is not None and not parts.process.broken:
            yield from _same(parts, form, opinions, steps)


def _twice(parts: Parts, opinions: tuple[Opinion, ...], steps: Steps) -> Iterator[Mistake]:
    seen: set[str] = set()
    for index, opinion in enumerate(opinions):
        if opinion.text in seen:
            yield parts.process.mistake((*steps, index, "text"), f"“{opinion.text}”写了两遍", "只留一个")
        seen.add(opinion.text)


def _same(parts: Parts, form: Form, opinions: tuple[Opinion, ...], steps: Steps) -> Iterator[Mistake]:
    choices = [field for field in form.fields.values() if isinstance(field, ChoiceField)]
    texts = [opinion.text for opinion in opinions]
    options = [option.text for option in choices[0].options] if choices else []
    if not choices:
        yield parts.process.mistake(
            steps, f"“{form.title}”里没有勾选题，填不了意见", "在那张小表里加一个 kind: choice 的字段"
        )
        return
    for index, text in enumerate(texts):
        if text not in options:
            yield parts.process.mistake(
                (*steps, index, "text"), f"“{form.title}”里没有“{text}”", nearest(text, options)
            )
    for option in options:
        if option not in texts:
            yield parts.process.mistake(steps, f"“{form.title}”里可以选“{option}”，这里却没有", f"补上 text: {option}")


def _survey(parts: Parts, rules: Process) -> Iterator[Mistake]:
    facts, form = parts.county.value, parts.form.value
    lead = rules.survey.lead
    if facts is not None and lead is not None and lead not in parts.county.broken:
        ids = [body.id for body in facts.bodies]
        if lead not in ids:
            yield parts.process.mistake(("survey", "lead"), f"没有叫“{lead}”的单位", nearest(lead, ids))
    if form is None:
        return
    for index, name in enumerate(rules.survey.joint_if_yes):
        field, steps = form.fields.get(name), ("survey", "joint_if_yes", index)
        if name in parts.form.broken:
            continue
        if field is None:
            yield parts.process.mistake(steps, f"没有叫“{name}”的字段", nearest(name, form.fields))
        elif not isinstance(field, (YesNoField, ChoiceField)):
            problem = f"“{field.called}”不能回答是或否"
            yield parts.process.mistake(steps, problem, "换成是否题，或者第一个选项是“是”的勾选题")


def _number(parts: Parts, rules: Process) -> Iterator[Mistake]:
    """The number template can be filled in, and no two cases get the same number (J90)."""
    steps = ("number", "template")
    template = rules.number.template
    if not _TEMPLATE.match(template):
        yield parts.process.mistake(steps, "办件编号的样子写得不对，只认识 {counter} 和 {year}", _TEMPLATE_VALID)
        return
    if "{counter" not in template:
        yield parts.process.mistake(steps, "编号里没有 {counter}，每件都会一样", _TEMPLATE_VALID)
    if rules.number.restart == "yearly" and "{year}" not in template:
        yield parts.process.mistake(steps, "编号每年从头编，却没有 {year}，明年会和今年重号", _TEMPLATE_VALID)

"""Limits and warnings: what they speak of exists, and nothing is said that would count for nothing (J35, R7, R27)."""

from collections.abc import Iterator

from config.checks.conditions import condition_mistakes
from config.document import Steps
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.fields import DateField
from model.process import Process, StepRule

FROM_THE_PUSH = ("contact", "survey")
"""The steps whose limits run from the push, and can wait for the applicant's planned day."""


def clocks(parts: Parts) -> Iterator[Mistake]:
    """Everything in `process.yaml` that says how long something takes and who is warned."""
    rules = parts.process.value
    if rules is None:
        return
    for index, rule in enumerate(rules.steps):
        yield from _not_before(parts, rule, ("steps", index, "not_before"))
        yield from _instead(parts, rule, ("steps", index, "limit", "instead"))
    yield from _shares(parts, rules)
    opens = rules.hours.spans[0][0]
    if rules.closes <= opens:
        problem = f"closes（{rules.closes:%H:%M}）在上班时间（{opens:%H:%M}）以前，按天算的期限就没有时间了"
        yield parts.process.mistake(("closes",), problem, f"写收工的时间，例如 {rules.hours.closes:%H:%M}")


def _not_before(parts: Parts, rule: StepRule, place: Steps) -> Iterator[Mistake]:
    form, name = parts.form.value, rule.not_before
    if name is None:
        return
    if rule.step not in FROM_THE_PUSH:
        problem = f"“{rule.name}”的期限不是从推送算起的，不能写 not_before"
        yield parts.process.mistake(place, problem, "只有 contact 和 survey 能写")
    if form is None or name in parts.form.broken:
        return
    dates = [field.id for field in form.fields.values() if isinstance(field, DateField)]
    field = form.fields.get(name)
    if field is None:
        yield parts.process.mistake(place, f"申请表没有叫“{name}”的字段", nearest(name, dates))
    elif not isinstance(field, DateField):
        yield parts.process.mistake(place, f"“{field.called}”不是日期题", nearest(name, dates))


def _instead(parts: Parts, rule: StepRule, place: Steps) -> Iterator[Mistake]:
    form = parts.form.value
    if form is None or rule.limit is None:
        return
    for index, other in enumerate(rule.limit.instead):
        yield from condition_mistakes(parts.process, form, parts.form.broken, other.when, (*place, index, "when"))


def _shares(parts: Parts, rules: Process) -> Iterator[Mistake]:
    seen: set[int] = set()
    for index, one in enumerate(rules.warnings):
        if one.share in seen:
            problem = f"百分之 {one.share} 写了两遍"
            yield parts.process.mistake(("warnings", index, "share"), problem, "合成一条，tell 里写上所有人")
        seen.add(one.share)

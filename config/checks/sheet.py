"""The sheet of a led survey: its departments approve, its small forms exist and say what the opinions need (X37–X41, X155)."""

from collections.abc import Iterator

from config.checks.conditions import condition_mistakes
from config.document import Steps
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.fields import ChoiceField
from model.form import Form
from model.process import Process, SheetAct, SheetRule

_ROWS: tuple[SheetAct, ...] = ("row", "row_for")
_NEEDED: tuple[SheetAct, ...] = (
    "external_line", "no_external_line", "departments", *_ROWS, "repeat_survey", "promise", "close_follow_up",
    "carry_follow_up",
)  # fmt: skip


def sheet(parts: Parts) -> Iterator[Mistake]:
    """Everything in `process.yaml` about the sheet that speaks of something else, or could not be filled in."""
    rules = parts.process.value
    given = rules.survey.sheet if rules is not None else None
    if rules is None or given is None:
        return
    place: Steps = ("survey", "sheet")
    if rules.survey.lead is None:
        yield parts.process.mistake(place, "有意见表，却没有牵头单位，表永远用不上", "在 survey 下面写 lead: 单位编号")
    yield from _departments(parts, given, (*place, "departments"))
    yield from _forms(parts, rules, given, (*place, "forms"))


def _departments(parts: Parts, given: SheetRule, place: Steps) -> Iterator[Mistake]:
    facts, form, seen = parts.county.value, parts.form.value, set[str]()
    for index, one in enumerate(given.departments):
        here = (*place, index, "body")
        if one.body in seen:
            yield parts.process.mistake(here, f"“{one.body}”写了两遍", "只留一个")
        seen.add(one.body)
        if facts is not None and one.body not in parts.county.broken:
            bodies = {body.id: body for body in facts.bodies}
            approving = [name for name, body in bodies.items() if body.kind == "approval"]
            if one.body not in bodies:
                yield parts.process.mistake(here, f"没有叫“{one.body}”的单位", nearest(one.body, approving))
            elif one.body not in approving:
                problem = f"“{bodies[one.body].short}”不是审批单位，踏勘意见填在它自己的工单里"
                yield parts.process.mistake(here, problem, "在 county.yaml 给它写 kind: approval，或者从这里去掉")
        if form is not None and one.when is not None:
            yield from condition_mistakes(parts.process, form, parts.form.broken, one.when, (*place, index, "when"))


def _forms(parts: Parts, rules: Process, given: SheetRule, place: Steps) -> Iterator[Mistake]:
    forms = {form.id: form for form in rules.forms}
    for act in _NEEDED:
        name = given.forms.get(act)
        if name is None:
            yield parts.process.mistake(place, f"没有写“{act}”用哪张小表", f"补上 {act}: 小表编号")
        elif name not in forms and name not in parts.process.broken:
            yield parts.process.mistake((*place, act), f"没有叫“{name}”的小表", nearest(name, forms))
    if parts.process.broken:
        return
    for act in _ROWS:
        if (form := forms.get(given.forms.get(act, ""))) is not None:
            yield from _row(parts, rules, form, act, (*place, act))
    facts, chosen = parts.county.value, forms.get(given.forms.get("departments", ""))
    if facts is not None and chosen is not None:
        shorts = [body.short for body in facts.bodies if body.kind == "approval"]
        for text in _options(chosen):
            if text not in shorts:
                problem = f"“{chosen.title}”里的“{text}”不是审批单位的简称"
                yield parts.process.mistake((*place, "departments"), problem, nearest(text, shorts))


def _row(parts: Parts, rules: Process, form: Form, act: SheetAct, place: Steps) -> Iterator[Mistake]:
    """A row offers the county's opinions, and asks for what they need (X41)."""
    texts = [opinion.text for opinion in rules.survey.opinions]
    for text in set(texts) ^ set(_options(form)):
        yield parts.process.mistake(place, f"“{form.title}”和 survey.opinions 对不上：“{text}”", "两处写一样的几种意见")
    if any(opinion.needs_basis for opinion in rules.survey.opinions) and "basis" not in form.fields:
        yield parts.process.mistake(place, f"“{form.title}”里没有写依据的地方（X41）", "加一个 id: basis 的字段")
    if act == "row_for" and "surveyor" not in form.fields:
        yield parts.process.mistake(place, f"“{form.title}”里没有写勘验人员的地方", "加一个 id: surveyor 的字段")


def _options(form: Form) -> list[str]:
    choice = next((field for field in form.fields.values() if isinstance(field, ChoiceField)), None)
    return [option.text for option in choice.options] if choice else []

"""Conditions: their fields exist and are of the right kind, their options exist, and nothing waits for itself.

A condition may look at a later field (原地址 of J55 depends on 改装 further down): the conversation derives its next
question anew each turn. Only a circle can never be resolved.
"""

from collections.abc import Iterator
from typing import Any

from config.document import Steps
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from config.validating import Checked
from model.condition import AllOf, Answered, AnyOf, Condition, Has, Not, Says
from model.fields import ChoiceField, YesNoField
from model.form import Form

Atom = Has | Says | Answered


def atoms(condition: Condition | None, steps: Steps) -> Iterator[tuple[Atom, Steps]]:
    """The single tests of a condition and where each stands."""
    match condition:
        case Has() | Says() | Answered():
            yield condition, steps
        case AllOf(all=parts):
            for index, part in enumerate(parts):
                yield from atoms(part, (*steps, "all", index))
        case AnyOf(any=parts):
            for index, part in enumerate(parts):
                yield from atoms(part, (*steps, "any", index))
        case Not(not_=part):
            yield from atoms(part, (*steps, "not"))
        case None:
            return


def conditions(parts: Parts) -> Iterator[Mistake]:
    """The conditions of sections, fields and materials."""
    for checked, form, base in parts.forms():
        for condition, steps in _of_form(form, base):
            yield from condition_mistakes(checked, form, checked.broken, condition, steps)
        yield from _circles(checked, form, base)
    application, guide = parts.form.value, parts.guide.value
    if application is not None and guide is not None:
        for index, material in enumerate(guide.materials):
            place: Steps = ("materials", index, "when")
            yield from condition_mistakes(parts.guide, application, parts.form.broken, material.when, place)


def condition_mistakes(
    checked: Checked[Any], form: Form, broken: set[str], condition: Condition | None, steps: Steps
) -> Iterator[Mistake]:
    """What is wrong with a condition that stands in `checked` and speaks about the fields of `form`."""
    for atom, here in atoms(condition, steps):
        if atom.field in broken:
            continue
        target = form.fields.get(atom.field)
        if target is None:
            yield checked.mistake((*here, "field"), f"没有叫“{atom.field}”的字段", nearest(atom.field, form.fields))
        elif isinstance(atom, Has):
            if not isinstance(target, ChoiceField):
                valid = "是否题写 yes: true，其他字段写 answered: true"
                yield checked.mistake((*here, "has"), f"“{target.called}”不是勾选题，不能用 has", valid)
                continue
            options = [option.text for option in target.options]
            for index, option in enumerate(atom.has):
                if option not in options:
                    problem = f"“{target.called}”没有“{option}”这个选项"
                    yield checked.mistake((*here, "has", index), problem, nearest(option, options))
        elif isinstance(atom, Says) and not isinstance(target, YesNoField):
            problem = f"“{target.called}”不是是否题，不能用 yes"
            yield checked.mistake((*here, "yes"), problem, "勾选题写 has: [选项]，其他字段写 answered: true")


def _of_form(form: Form, base: Steps) -> Iterator[tuple[Condition | None, Steps]]:
    for number, section in enumerate(form.sections):
        place = (*base, "sections", number)
        yield section.when, (*place, "when")
        for index, field in enumerate(section.fields):
            yield field.when, (*place, "fields", index, "when")
            yield field.ask_when, (*place, "fields", index, "ask_when")


def _circles(checked: Checked[Any], form: Form, base: Steps) -> Iterator[Mistake]:
    """A field whose own answer decides, by way of others, whether it is shown at all."""
    places = {
        field.id: (*base, "sections", number, "fields", index)
        for number, section in enumerate(form.sections)
        for index, field in enumerate(section.fields)
    }
    needs = {
        field.id: {atom.field for when in (section.when, field.when) for atom, _ in atoms(when, ())} & places.keys()
        for section in form.sections
        for field in section.fields
    }
    told: set[str] = set()
    for name in needs:
        circle = _circle(name, needs)
        if circle and not told & set(circle):
            told |= set(circle)
            chain = " → ".join(form.fields[one].called for one in [*circle, circle[0]])
            yield checked.mistake((*places[name], "when"), f"条件绕成了圈：{chain}", "去掉其中一个条件")


def _circle(start: str, needs: dict[str, set[str]]) -> list[str]:
    """A shortest way from a field back to itself, or nothing."""
    ways, seen = [[start]], set[str]()
    while ways:
        way = ways.pop(0)
        for following in sorted(needs[way[-1]]):
            if following == start:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []

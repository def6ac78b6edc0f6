"""会商 and who leads a case: bodies, services and small forms that are there (X22, X57, J34)."""

from collections.abc import Iterator
from typing import get_args

from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.consultation_rules import ConsultAct
from model.fields import ChoiceField
from model.form import Form

_LEAD = "lead"


def consultations(parts: Parts) -> Iterator[Mistake]:
    """Everything under `leading` and `consultation` of `process.yaml` that speaks of something else, or could not be asked."""
    rules, facts = parts.process.value, parts.county.value
    if rules is None:
        return
    services = [one.id for one in facts.services] if facts is not None else []
    for index, name in enumerate(rules.leading.services if rules.leading and facts is not None else ()):
        if name not in services and name not in parts.county.broken:
            yield parts.process.mistake(
                ("leading", "services", index), f"没有叫“{name}”的事项", nearest(name, services)
            )
    rule = rules.consultation
    if rule is None:
        return
    bodies = [one.id for one in facts.bodies] if facts is not None else []
    if rule.convened_by == _LEAD and rules.leading is None:
        problem = "会商由牵头单位召集，却没有写谁牵头"
        yield parts.process.mistake(("consultation", "convened_by"), problem, "写一段 leading，或者写一个单位")
    if rule.convened_by not in (_LEAD, *bodies) and facts is not None and rule.convened_by not in parts.county.broken:
        said = f"没有叫“{rule.convened_by}”的单位"
        yield parts.process.mistake(("consultation", "convened_by"), said, nearest(rule.convened_by, [_LEAD, *bodies]))
    forms = {one.id: one for one in rules.forms}
    for act in get_args(ConsultAct):
        form = rule.forms.get(act)
        if form is None:
            yield parts.process.mistake(("consultation", "forms"), f"“{act}”没有小表", f"写上 {act}: 小表的编号")
        elif form not in forms and form not in parts.process.broken:
            place = ("consultation", "forms", act)
            yield parts.process.mistake(place, f"没有叫“{form}”的小表", nearest(form, forms))
    asked = forms.get(rule.forms.get("ask_consultation", ""))
    shorts = [one.short for one in facts.bodies] if facts is not None else []
    if asked is not None and facts is not None:
        for option in _bodies(asked):
            if option not in shorts:
                place = ("consultation", "forms", "ask_consultation")
                yield parts.process.mistake(place, f"参加单位里的“{option}”不是本县单位的简称", nearest(option, shorts))


def _bodies(form: Form) -> Iterator[str]:
    """The bodies that can be picked."""
    field = form.fields.get("bodies")
    if isinstance(field, ChoiceField):
        yield from (one.text for one in field.options)

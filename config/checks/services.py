"""Services, the bodies that act for them, and the fields the core must know by meaning (X70, J53, C1)."""

import re
from collections.abc import Iterator

from config.checks.conditions import condition_mistakes
from config.document import Steps
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from model.county import BodyChoice, Service
from model.fields import ChoiceField, Field

# A landline with area code and extension, a mobile, or a short service number such as 95598.
PHONE = re.compile(r"^(0\d{2,3}-\d{7,8}(转\d{1,6})?|1\d{10}|\d{5,6}|400-?\d{3}-?\d{4})$")
PHONE_VALID = "写成 0373-5000001、13800000000 或 95598 的样子"
_PLACES: dict[str, tuple[str, ...]] = {
    "services": ("choice",),
    "applicant_name": ("text", "contact"),
    "applicant_phone": ("phone", "contact"),
    "address": ("address", "text"),
    "unit": ("text",),
    "district": ("choice", "text", "address"),
}
_KINDS = {"choice": "勾选", "text": "文字", "contact": "姓名和电话", "phone": "电话", "address": "地址"}


def services(parts: Parts) -> Iterator[Mistake]:
    """The services of the county and the options of the form's services field are the same; each has its bodies."""
    facts = parts.county.value
    if facts is None:
        return
    yield from _options(parts)
    bodies = [body.id for body in facts.bodies]
    for index, service in enumerate(facts.services):
        steps: Steps = ("services", index)
        if not service.bodies and service.by_answer is None:
            yield parts.county.mistake(steps, f"没有写谁办“{service.name}”", "写 bodies: [单位的 id]，或者 by_answer")
        for number, body in enumerate(service.bodies):
            if body not in bodies and body not in parts.county.broken:
                yield parts.county.mistake((*steps, "bodies", number), f"没有叫“{body}”的单位", nearest(body, bodies))
        yield from _by_answer(parts, service, (*steps, "by_answer"), bodies)


def places(parts: Parts) -> Iterator[Mistake]:
    """The fields named under `places` exist and are of a kind that can mean this."""
    facts, form = parts.county.value, parts.form.value
    if facts is None or form is None:
        return
    for meaning, kinds in _PLACES.items():
        yield from _place(parts, getattr(facts.places, meaning), kinds, ("places", meaning))
    for role in ("agent", "site_contact"):
        party = getattr(facts.places, role)
        if party is not None:
            yield from _place(parts, party.name, ("text", "contact"), ("places", role, "name"))
            yield from _place(parts, party.phone, ("phone", "contact"), ("places", role, "phone"))
            yield from condition_mistakes(parts.county, form, parts.form.broken, party.when, ("places", role, "when"))


def _place(parts: Parts, name: str | None, kinds: tuple[str, ...], steps: Steps) -> Iterator[Mistake]:
    form = parts.form.value
    if form is None or name is None or name in parts.form.broken:
        return
    field = form.fields.get(name)
    if field is None:
        yield parts.county.mistake(steps, f"没有叫“{name}”的字段", nearest(name, form.fields))
    elif field.kind not in kinds:
        valid = "要用这类字段：" + "、".join(_KINDS[kind] for kind in kinds)
        yield parts.county.mistake(steps, f"“{field.called}”这类字段不能用在这里", valid)


def bodies(parts: Parts) -> Iterator[Mistake]:
    """Phones look like phones; districts are towns of the county."""
    facts = parts.county.value
    if facts is None:
        return
    phones: list[tuple[str, Steps]] = [
        (body.phone, ("bodies", index, "phone")) for index, body in enumerate(facts.bodies)
    ]
    phones += [(facts.help.hotline, ("help", "hotline")), (facts.help.complaints, ("help", "complaints"))]
    for phone, steps in phones:
        if not PHONE.match(phone):
            yield parts.county.mistake(steps, f"“{phone}”不像电话号码", PHONE_VALID)
    for index, body in enumerate(facts.bodies):
        for number, town in enumerate(body.districts):
            if town not in facts.towns:
                problem = f"towns 里没有“{town}”"
                yield parts.county.mistake(("bodies", index, "districts", number), problem, nearest(town, facts.towns))


def _options(parts: Parts) -> Iterator[Mistake]:
    facts, form = parts.county.value, parts.form.value
    if facts is None or form is None or facts.places.services in parts.form.broken:
        return
    field = form.fields.get(facts.places.services)
    if not isinstance(field, ChoiceField):
        return
    options = [option.text for option in field.options]
    for index, service in enumerate(facts.services):
        if service.option not in options:
            problem = f"申请表的“{field.called}”里没有“{service.option}”"
            yield parts.county.mistake(("services", index, "option"), problem, nearest(service.option, options))
    offered = {service.option for service in facts.services}
    for number, section in enumerate(form.sections):
        for index, one in enumerate(section.fields):
            for place, option in enumerate(options if one is field and not parts.county.broken else ()):
                if option not in offered:
                    steps = ("sections", number, "fields", index, "options", place)
                    valid = "在 county.yaml 的 services 里加上它，或者去掉这个选项"
                    yield parts.form.mistake(steps, f"“{option}”没有单位来办", valid)


def _by_answer(parts: Parts, service: Service, steps: Steps, bodies: list[str]) -> Iterator[Mistake]:
    if service.by_answer is None:
        return
    for option, body in service.by_answer.bodies.items():
        if body not in bodies and body not in parts.county.broken:
            yield parts.county.mistake((*steps, "bodies", option), f"没有叫“{body}”的单位", nearest(body, bodies))
    field, name = _field(parts, service.by_answer.field), service.by_answer.field
    if parts.form.value is None or name in parts.form.broken:
        return
    if field is None:
        problem = f"没有叫“{name}”的字段"
        yield parts.county.mistake((*steps, "field"), problem, nearest(name, parts.form.value.fields))
    elif not isinstance(field, ChoiceField):
        yield parts.county.mistake((*steps, "field"), f"“{field.called}”不是勾选题", "换成勾选题的 id")
    else:
        yield from _answers(parts, field, service.by_answer, (*steps, "bodies"))


def _answers(parts: Parts, field: ChoiceField, choice: BodyChoice, steps: Steps) -> Iterator[Mistake]:
    options = [option.text for option in field.options]
    for option in choice.bodies:
        if option not in options:
            problem = f"“{field.called}”没有“{option}”这个选项"
            yield parts.county.mistake((*steps, option), problem, nearest(option, options))
    for option in options:
        if option not in choice.bodies:
            yield parts.county.mistake(steps, f"选了“{option}”，没有写由谁来办", f"补上 {option}: 单位的 id")


def _field(parts: Parts, name: str) -> Field | None:
    return parts.form.value.fields.get(name) if parts.form.value is not None else None

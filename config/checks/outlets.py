"""Outlets: they are of a unit, near to towns of the county, can be called, and every unit has one if any has (J14)."""

from collections.abc import Iterator

from config.checks.services import PHONE, PHONE_VALID
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts


def outlets(parts: Parts) -> Iterator[Mistake]:
    """Everything under `outlets` of `county.yaml` that speaks of something else, or leaves a unit without one."""
    facts = parts.county.value
    if facts is None or not facts.outlets:
        return
    units = [body.id for body in facts.bodies if body.kind == "service"]
    for index, one in enumerate(facts.outlets):
        if one.body not in units:
            problem = f"没有叫“{one.body}”的公共服务单位"
            yield parts.county.mistake(("outlets", index, "body"), problem, nearest(one.body, units))
        if not PHONE.match(one.phone):
            yield parts.county.mistake(("outlets", index, "phone"), f"“{one.phone}”不像电话号码", PHONE_VALID)
        for number, town in enumerate(one.towns):
            if town not in facts.towns:
                place = ("outlets", index, "towns", number)
                yield parts.county.mistake(place, f"towns 里没有“{town}”", nearest(town, facts.towns))
    for body in facts.bodies:
        if body.kind == "service" and all(one.body != body.id for one in facts.outlets):
            problem = f"“{body.short}”还没有联合办理网点，每家至少一个"
            yield parts.county.mistake(("outlets",), problem, f"加一个 body: {body.id} 的网点")

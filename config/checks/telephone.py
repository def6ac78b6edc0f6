"""电话报装: the basics and the small form that the county speaks of are there (X24–X26)."""

from collections.abc import Iterator

from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts


def telephone(parts: Parts) -> Iterator[Mistake]:
    """Everything in `process.yaml` that says what an application by telephone needs."""
    process, form, facts = parts.process, parts.form.value, parts.county.value
    rule = process.value.telephone if process.value is not None else None
    if process.value is None or rule is None:
        return
    forms = [one.id for one in process.value.forms]
    if rule.outline not in forms and rule.outline not in process.broken:
        yield process.mistake(("telephone", "outline"), f"没有叫“{rule.outline}”的小表", nearest(rule.outline, forms))
    for place, name in enumerate(rule.basics):
        if form is not None and name not in form.fields and name not in parts.form.broken:
            problem = f"申请表没有叫“{name}”的字段"
            yield process.mistake(("telephone", "basics", place), problem, nearest(name, form.fields))
    services = facts.places.services if facts is not None else None
    if services is not None and services not in rule.basics:
        yield process.mistake(("telephone", "basics"), f"基本信息里要有“{services}”：不知道办什么就派不了单", services)

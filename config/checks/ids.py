"""Nothing is called the same twice where a name has to tell things apart."""

from collections.abc import Iterable, Iterator
from typing import Any

from config.document import Steps
from config.mistakes import Mistake
from config.parts import Parts
from config.validating import Checked
from model.fields import ChoiceField, TableField
from model.form import Form

Named = tuple[str, Steps]


def ids(parts: Parts) -> Iterator[Mistake]:
    """Ids within their lists, options within a field, towns; the county's id is the name of its directory."""
    facts, guide = parts.county.value, parts.guide.value
    if facts is not None:
        services = [(one.id, ("services", index, "id")) for index, one in enumerate(facts.services)]
        yield from _twice(parts.county, services)
        yield from _twice(parts.county, [(one.id, ("bodies", index, "id")) for index, one in enumerate(facts.bodies)])
        entrances = [(one.id, ("entrances", index, "id")) for index, one in enumerate(facts.entrances)]
        yield from _twice(parts.county, entrances)
        yield from _twice(parts.county, [(town, ("towns", index)) for index, town in enumerate(facts.towns)])
        if facts.id != parts.directory.resolve().name:
            problem = f"县的 id 是“{facts.id}”，文件夹却叫“{parts.directory.resolve().name}”"
            yield parts.county.mistake(("id",), problem, "两个要一样")
    if guide is not None:
        yield from _twice(parts.guide, [(one.id, ("topics", index, "id")) for index, one in enumerate(guide.topics)])
    for checked, form, base in parts.forms():
        yield from _form(checked, form, base)
    forms = [(form.id, (*base, "id")) for _, form, base in parts.forms() if base]
    yield from _twice(parts.process, forms)
    if parts.form.value is not None:
        for name, steps in forms:
            if name == parts.form.value.id:
                yield parts.process.mistake(steps, f"“{name}”已经是申请表的 id", "换一个 id")


def _form(checked: Checked[Any], form: Form, base: Steps) -> Iterator[Mistake]:
    sections = list(enumerate(form.sections))
    yield from _twice(checked, [(one.id, (*base, "sections", number, "id")) for number, one in sections])
    placed = [
        (field, (*base, "sections", number, "fields", index))
        for number, section in sections
        for index, field in enumerate(section.fields)
    ]
    yield from _twice(checked, [(field.id, (*steps, "id")) for field, steps in placed])
    for field, steps in placed:
        if isinstance(field, ChoiceField):
            texts = [(option.text, (*steps, "options", index, "text")) for index, option in enumerate(field.options)]
            yield from _twice(checked, texts)
        if isinstance(field, TableField):
            columns = [(column.id, (*steps, "columns", index, "id")) for index, column in enumerate(field.columns)]
            yield from _twice(checked, columns)


def _twice(checked: Checked[Any], named: Iterable[Named]) -> Iterator[Mistake]:
    first: dict[str, Steps] = {}
    for name, steps in named:
        if name in first:
            line = checked.line(first[name])
            yield checked.mistake(steps, f"“{name}”用了两次，第一次在第 {line} 行", "换一个")
        first.setdefault(name, steps)

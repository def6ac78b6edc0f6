"""Changed forms for transcripts: `删除 f; 选项 f 旧→新; 新增 f之后 id 问题` makes the county's next form version."""

import re

from model.county import County
from model.fields import ChoiceField, Field, TextField
from model.form import Form

_OPTION = re.compile(r"选项 (\w+) (\S+)→(\S+)")
_ADD = re.compile(r"新增 (\w+)之后 (\w+) (\S+) (.+)")
_DROP = re.compile(r"删除 (\w+)")


def edited(county: County, edits: str) -> County:
    """The county with its form changed, one version later; it knows the ones before."""
    form = county.form
    for edit in edits.split(";"):
        form = _edit(form, edit.strip())
    # Made anew, not copied: a copy would keep what the old one had worked out of its fields.
    newer = Form(**{**_parts(form), "version": form.version + 1})
    known = tuple(one.known_with(()) for one in (county, *county.editions))
    return County(**{**_parts(county), "form": newer, "editions": known})


def _parts(one: Form | County) -> dict[str, object]:
    return {name: getattr(one, name) for name in type(one).model_fields}


def _edit(form: Form, edit: str) -> Form:
    if match := _DROP.fullmatch(edit):
        return _each(form, lambda field: () if field.id == match[1] else (field,))
    if match := _OPTION.fullmatch(edit):
        return _each(form, lambda field: (_renamed(field, match[2], match[3]) if field.id == match[1] else field,))
    if match := _ADD.fullmatch(edit):
        new = TextField(kind="text", id=match[2], label=match[3], name=match[3], ask=match[4])
        return _each(form, lambda field: (field, new) if field.id == match[1] else (field,))
    raise ValueError(f"no such edit: {edit}")


def _renamed(field: Field, old: str, new: str) -> Field:
    assert isinstance(field, ChoiceField)
    options = tuple(one.model_copy(update={"text": new}) if one.text == old else one for one in field.options)
    return field.model_copy(update={"options": options})


def _each(form: Form, change: object) -> Form:
    sections = [
        section.model_copy(update={"fields": tuple(new for field in section.fields for new in change(field))})  # type: ignore[operator]
        for section in form.sections
    ]
    return Form(**{**_parts(form), "sections": tuple(sections)})

"""`diagram`: the form's dialogue as Mermaid, drawn from the county's data."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from model.condition import AllOf, Answered, AnyOf, Condition, Has, Not, Says
from model.county import County
from model.fields import Field
from model.form import Form, Section

_NEEDS = {"required": "", "optional": "（可空）", "deferrable": "（可后补）"}


def diagram(county: County) -> str:
    """Sections as boxes in the order they are asked, fields inside, conditions on the arrows."""
    return "\n".join(["flowchart TD", *_lines(county.form), ""])


def _lines(form: Form) -> Iterator[str]:
    yield "  start([你好]) --> notice{{个人信息告知}}" if form.notice else "  start([你好])"
    before = "notice" if form.notice else "start"
    for section in form.sections:
        asked = [field for field in section.fields if field.filler == "applicant" and field.kind != "declaration"]
        if not asked:
            continue
        yield f"  subgraph {section.id}[{_quoted(section.title)}]"
        yield from (f"    {_box(field)}" for field in asked)
        yield from _order(form, asked)
        yield "  end"
        yield f"  {before} -->{_label(form, section)} {section.id}"
        before = section.id
    yield f"  {before} --> review{{{{核对}}}}"
    yield f"  review -->|改某一项| {form.sections[0].id}"
    yield f"  review -->{'|承诺|' if form.declaration else ''} submitted([已收到])"


def _box(field: Field) -> str:
    name = f"{field.cell}·{field.called}" if field.cell else field.called
    return f"{field.id}[{_quoted(name + _NEEDS[field.need])}]"


def _order(form: Form, asked: Sequence[Field]) -> Iterator[str]:
    for one, following in pairwise(asked):
        condition = f"|{_quoted(_words(form, following.when))}|" if following.when else ""
        yield f"    {one.id} -->{condition} {following.id}"


def _label(form: Form, section: Section) -> str:
    return f"|{_quoted(_words(form, section.when))}|" if section.when else ""


def _words(form: Form, condition: Condition | None) -> str:
    match condition:
        case Has(field=name, has=options):
            return f"{_called(form, name)} = {' / '.join(options)}"
        case Says(field=name, yes=yes):
            return f"{_called(form, name)} = {'是' if yes else '否'}"
        case Answered(field=name, answered=answered):
            return f"{_called(form, name)} {'已填' if answered else '未填'}"
        case AllOf(all=parts):
            return " 且 ".join(_words(form, part) for part in parts)
        case AnyOf(any=parts):
            return " 或 ".join(_words(form, part) for part in parts)
        case Not(not_=part):
            return f"非（{_words(form, part)}）"
        case _:
            return ""


def _called(form: Form, name: str) -> str:
    return form.fields[name].called


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "＂") + '"'

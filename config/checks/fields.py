"""Each field by itself: it can be asked, its numbers and codes make sense, its consent and its declaration exist."""

import re
from collections.abc import Iterator
from typing import Any

from config.document import Steps
from config.mistakes import Mistake
from config.nearest import nearest
from config.parts import Parts
from config.validating import Checked
from model.fields import AttachmentField, ChoiceField, CodeField, DeclarationField, Field, NumberField, YesNoField
from model.form import Form

_WITHOUT_EXAMPLE = {"choice", "yes_no", "attachment", "declaration"}


def fields(parts: Parts) -> Iterator[Mistake]:
    """All fields of all forms."""
    for checked, form, base in parts.forms():
        for number, section in enumerate(form.sections):
            for index, field in enumerate(section.fields):
                steps = (*base, "sections", number, "fields", index)
                yield from _asking(checked, field, steps)
                yield from _kind(checked, form, field, steps)
                if field.carried:
                    yield from _carried(checked, form, field, (*steps, "carried"))
                if field.consent is not None and field.consent not in form.consents:
                    valid = nearest(field.consent, form.consents) or "在表单开头的 consents 里写上这段同意书"
                    yield checked.mistake((*steps, "consent"), f"没有叫“{field.consent}”的单独同意", valid)
        yield from _declaration(checked, form, base)


def _asking(checked: Checked[Any], field: Field, steps: Steps) -> Iterator[Mistake]:
    """The applicant's fields have a question and, where an answer is typed, an example."""
    if field.filler != "applicant" or isinstance(field, DeclarationField):
        return
    if not field.ask.strip():
        yield checked.mistake(steps, "少了“ask”（怎样问）", "申请人填的字段都要有一句问话；不用问的写 filler: staff")
    if field.kind not in _WITHOUT_EXAMPLE and not field.example.strip():
        yield checked.mistake(steps, "少了“example”（例子）", "写一个好的回答，例如 example: 15吨")
    if field.volunteered and field.need != "optional":
        yield checked.mistake(
            (*steps, "volunteered"), "从不主动问的，不能是必填或容缺", "写 need: optional，或者去掉 volunteered"
        )
    if isinstance(field, NumberField) and field.example and not re.search(r"\d", field.example):
        yield checked.mistake((*steps, "example"), "数字题的例子里没有数字", "例如 example: 15吨")


def _kind(checked: Checked[Any], form: Form, field: Field, steps: Steps) -> Iterator[Mistake]:
    match field:
        case NumberField():
            if field.unit and field.units:
                yield checked.mistake(
                    (*steps, "units"), "unit 和 units 只能写一个", "单位固定写 unit，让申请人选单位写 units"
                )
            if field.most < field.least:
                yield checked.mistake((*steps, "most"), f"最大值 {field.most} 比最小值 {field.least} 还小", "对调一下")
        case YesNoField():
            if field.yes == field.no:
                yield checked.mistake((*steps, "no"), f"“是”和“否”都写成了“{field.yes}”", "例如 yes: 有，no: 无")
            yield from _count_within(checked, form, field, steps)
        case CodeField():
            yield from _code(checked, form, field, steps)
        case _:
            pass


def _count_within(checked: Checked[Any], form: Form, field: YesNoField, steps: Steps) -> Iterator[Mistake]:
    name = field.count_within
    if name is None or name in checked.broken:
        return
    at = (*steps, "count_within")
    whole = form.fields.get(name)
    if whole is None:
        yield checked.mistake(at, f"没有叫“{name}”的字段", nearest(name, form.fields))
    elif not isinstance(whole, NumberField):
        yield checked.mistake(at, f"“{whole.called}”不是数字题", "换成填总数的那一项的 id")
    elif not field.count_unit:
        yield checked.mistake(at, "没有写 count_unit，就没有数可比", "加上单位，例如 count_unit: 户")


def _code(checked: Checked[Any], form: Form, field: CodeField, steps: Steps) -> Iterator[Mistake]:
    if (field.scheme is None) == (field.by is None):
        yield checked.mistake(steps, "号码题要写 scheme 或 by，而且只能写一个", "例如 scheme: identity（身份证号）")
    if field.by is None or field.by.field in checked.broken:
        return
    decider = form.fields.get(field.by.field)
    if decider is None:
        problem = f"没有叫“{field.by.field}”的字段"
        yield checked.mistake((*steps, "by", "field"), problem, nearest(field.by.field, form.fields))
        return
    if isinstance(decider, ChoiceField):
        words = [option.text for option in decider.options]
    elif isinstance(decider, YesNoField):
        words = [decider.yes, decider.no]
    else:
        yield checked.mistake(
            (*steps, "by", "field"), f"“{decider.called}”不是勾选题或是否题", "换成勾选题或是否题的 id"
        )
        return
    for word in field.by.schemes:
        if word not in words:
            problem = f"“{decider.called}”没有“{word}”这个选项"
            yield checked.mistake((*steps, "by", "schemes", word), problem, nearest(word, words))


def _carried(checked: Checked[Any], form: Form, field: Field, steps: Steps) -> Iterator[Mistake]:
    """照上一件填 takes over what the applicant said of himself, and a number only together with what decides its kind."""
    if field.filler != "applicant" or isinstance(field, AttachmentField | DeclarationField):
        yield checked.mistake(steps, f"“{field.called}”不能照上一件填", "照片、承诺和不由申请人填的，每一件都要重新来")
    if isinstance(field, CodeField) and field.by is not None:
        decider = form.fields.get(field.by.field)
        if decider is not None and not decider.carried:
            valid = f"给“{decider.called}”也写上 carried: true"
            yield checked.mistake(steps, f"“{field.called}”照填时，不知道是哪种号码", valid)


def _declaration(checked: Checked[Any], form: Form, base: Steps) -> Iterator[Mistake]:
    """The declaration field and its text belong together (X60, X147)."""
    declared = [
        (*base, "sections", number, "fields", index)
        for number, section in enumerate(form.sections)
        for index, field in enumerate(section.fields)
        if isinstance(field, DeclarationField)
    ]
    if declared and form.declaration is None:
        yield checked.mistake(
            declared[0], "有承诺字段，但是没有承诺书的文字", "在表单开头写 declaration: 和它的 title、text"
        )
    for extra in declared[1:]:
        yield checked.mistake(extra, "承诺字段只能有一个", "去掉多余的")
    if form.declaration is not None and not declared and not checked.broken:
        problem = "有承诺书的文字，但是没有承诺字段"
        yield checked.mistake((*base, "declaration"), problem, "在最后一部分加一个 kind: declaration 的字段")

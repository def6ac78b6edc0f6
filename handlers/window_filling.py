"""补填 at the window: what a caller says of a form that was left open, field by field, as it is typed (X26)."""

import datetime as dt
from collections.abc import Sequence

from dialogs.as_data.filling import Problem
from dialogs.kinds import parse
from dialogs.reading import Context, Partial, Reading, Refusal, Understood
from handlers.web.api.portal import problem_of
from handlers.wording.catalogue import Catalogue
from model.case import Case
from model.commands.telephone import FillForm
from model.county import County
from model.draft import Answer
from model.edition import on_form
from model.fields import AttachmentField, ChoiceField, Field
from model.values import Words
from routing.open_form import fillable


class NotFilled(Exception):
    """It does not fit; the message says what is wrong with each field, or which there are."""


def window_fill(said: Sequence[str], case: Case, county: County, now: dt.datetime) -> FillForm:
    """The command that fills in these fields, each typed as `field=words`. `county`: under the process of the case.

    Raises `NotFilled`.
    """
    if case.telephone is None:
        return FillForm(answers={})  # the core says why not
    here = on_form(county, case.telephone.form_version)
    answers, wrong = dict(case.telephone.answers), list[str]()
    given, said_by = dict[str, Answer](), Catalogue(here)
    for one in said:
        field, words = _part(one, case, here)
        context = Context(now, here.area_code, here.calendar, answers)
        match _read(words, field, context):
            case Understood(value=value, certainty=certainty, warnings=warnings):
                given[field.id] = Answer(value=value, by="", at=now, certainty=certainty, warnings=warnings)
                answers[field.id] = given[field.id]
            case Refusal(code=code, about=about):
                wrong.append(mistake(Problem(field.id, code, about, field), field.called, words, context, said_by))
            case Partial(want=want, about=about):
                problem = Problem(field.id, f"want.{want}", about, field)
                wrong.append(mistake(problem, field.called, words, context, said_by))
    if wrong:
        raise NotFilled("\n".join(wrong))
    return FillForm(answers=given)


def _read(words: str, field: Field, context: Context) -> Reading:
    """As it would be read in chat; what is not typed at all, the core says so of."""
    if isinstance(field, AttachmentField) or field.kind == "declaration":
        return Understood(Words(text=words))
    return parse(words, field, context)


def _part(one: str, case: Case, county: County) -> tuple[Field, str]:
    name, equals, words = one.partition("=")
    fields = county.form.fields.values()
    field = next((field for field in fields if name.strip() in (field.id, field.called)), None)
    if field is None or not equals or not words.strip():
        left = "、".join(county.form.fields[name].called for name in fillable(case, None, county))
        raise NotFilled(f"请写成 项目=内容，例如 业务性质=商用；看不懂：{one}。还空着的：{left or '没有了'}")
    return field, words.strip()


def mistake(problem: Problem, name: str, words: str, context: Context, catalogue: Catalogue) -> str:
    """What was typed for a field of this name, what is wrong with it, and what would be right."""
    field, options = problem.field, list[str]()
    if isinstance(field, ChoiceField) and problem.code == "choice.unknown":
        options = [one.text for one in field.options]
    example = field.options[0].text if isinstance(field, ChoiceField) else field.example if field is not None else ""
    said = problem_of(problem, context, catalogue).problem
    return catalogue.say("form.mistyped", name=name, words=words, options=options, said=said, example=example).strip()

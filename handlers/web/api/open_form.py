"""补填 by other systems: what a telephone application left open, seen, filled in, and agreed to (X26, X60)."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import Field

from dialogs.as_data.filling import DECLARATION, Problem, read_answers
from dialogs.as_data.showing import plain
from dialogs.reading import Context, Partial, Refusal, Understood
from handlers.web.api.application import AgreedShape
from model.case import Case
from model.commands.telephone import ConfirmForm, FillForm
from model.county import County
from model.draft import Answer
from model.edition import on_form
from model.frozen import Frozen
from model.on_form import asked
from model.order import Order
from routing.form_acts import FILL, RIGHT, form_invitation, to_declare
from routing.open_form import fillable, lacking_of, unread


class FillStep(Frozen):
    """补填: fields of the form that a telephone application left open; several at a time, in as many requests as one likes."""

    do: Literal["fill_form"]
    answers: dict[str, Any] = Field(
        min_length=1, max_length=200, description="字段编号和答案，写法和提交时一样；空着的见 form.empty"
    )


class ConfirmStep(Frozen):
    """核对和承诺: what was filled in for the applicant is right, as he saw it or as it was read to him, and he declares it."""

    do: Literal["confirm_form"]
    agreements: dict[str, AgreedShape] = Field(
        default={}, description="form.declaration 有值时，要写他对承诺（declaration）的答复"
    )


class OpenFormShape(Frozen):
    """The form of a telephone application as it stands (电话报装的申请表)."""

    lacking: tuple[str, ...] = Field(description="还缺的必填项，填完了才算齐（字段编号）")
    empty: tuple[str, ...] = Field(description="现在还可以填的，必填的和可以不填的都在里面")
    to_confirm: dict[str, Any] = Field(description="别人替申请人填的，等他说对不对")
    declaration: int | None = Field(description="要他承诺的，是第几版；现在不用承诺的没有值")
    can: tuple[Literal["fill_form", "confirm_form"], ...] = Field(description="现在可以做的（do）")


def applicants_form(case: Case, county: County) -> OpenFormShape | None:
    """The whole form for whoever speaks for the applicant; None unless he applied by telephone. `county`: under the case's process."""
    if case.telephone is None:
        return None
    waits = set(case.telephone.unconfirmed)
    read_back = [name for name in case.telephone.read_back if name in waits]
    acts = {one.id for one in form_invitation(case, county, "").acts}
    return _shape(case, None, county, read_back, FILL in acts, RIGHT in acts)


def bodys_form(case: Case, order: Order, county: County, can: tuple[str, ...]) -> OpenFormShape | None:
    """The order's part of it for its body, with what of it is open among the steps that it `can` report."""
    if case.telephone is None:
        return None
    return _shape(case, order, county, unread(case, order, county), FILL in can, RIGHT in can)


def filling(
    given: Mapping[str, Any], order: str | None, case: Case, county: County, at: Context
) -> FillForm | list[Problem]:
    """The command to the routing core, or everything that cannot be read. Whether it may be filled in is the core's to say."""
    if case.telephone is None:
        return FillForm(order=order, answers={})  # the core says why not
    here = on_form(county, case.telephone.form_version)
    fields, problems = here.form.fields, list[Problem]()
    readings = read_answers(here, given, at.now, case.telephone.answers)
    answers = {
        name: Answer(value=None, by="", at=at.now) for name, value in given.items() if value is None and name in fields
    }
    for name in given:
        if name not in fields:
            problems.append(Problem(name, "form.unknown"))
        elif name not in answers and name not in readings:
            problems.append(Problem(name, "form.not_yours", field=fields[name]))
    for name, one in readings.items():
        match one:
            case Understood(value=value, certainty=certainty, warnings=warnings):
                answers[name] = Answer(value=value, by="", at=at.now, certainty=certainty, warnings=warnings)
            case Refusal(code=code, about=about):
                problems.append(Problem(name, code, about, fields[name]))
            case Partial(want=want, about=about):
                problems.append(Problem(name, f"want.{want}", about, fields[name]))
    return problems or FillForm(order=order, answers=answers)


def confirming(step: ConfirmStep, order: Order | None, case: Case, county: County) -> ConfirmForm | list[Problem]:
    """The command, or what is wrong with the declaration that is owed now. `county`: under the process of the case."""
    text = to_declare(case, order, county)
    said = step.agreements.get(DECLARATION)
    problems = [
        Problem(name, "agreement.unknown", {"names": DECLARATION}) for name in step.agreements if name != DECLARATION
    ]
    if text is not None and said is None:
        problems.append(Problem(DECLARATION, "agreement.missing"))
    elif text is not None and said is not None and said.version != text.version:
        problems.append(Problem(DECLARATION, "agreement.version", {"version": str(text.version)}))
    elif said is not None and not said.agreed:
        problems.append(Problem(DECLARATION, "agreement.declined"))
    return problems or ConfirmForm(order=order.id if order is not None else None)


def _shape(
    case: Case, order: Order | None, county: County, waits: tuple[str, ...] | list[str], fills: bool, confirms: bool
) -> OpenFormShape:
    assert case.telephone is not None
    here, form = on_form(county, case.telephone.form_version), case.telephone
    left, text = set(fillable(case, order, here)), to_declare(case, order, county)
    values = {name: form.answers[name].value for name in waits}
    return OpenFormShape(
        lacking=lacking_of(case, order, county),
        empty=tuple(one.id for one in asked(here.form, form.answers) if one.id in left),
        to_confirm={
            name: plain(value, here.form.fields[name])
            for name, value in values.items()
            if value is not None and name in here.form.fields
        },
        declaration=None if text is None else text.version,
        can=(*(("fill_form",) if fills else ()), *(("confirm_form",) if confirms else ())),
    )

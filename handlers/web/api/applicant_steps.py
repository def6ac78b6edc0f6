"""What an applicant does about his case on a platform, as its portal says it for him (X23, X30, X36, J35)."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from dialogs.as_data.filling import Problem
from dialogs.as_data.reading import read_value
from dialogs.folding import tidy
from dialogs.kinds.phone import read_phone
from dialogs.reading import Context, Partial, Refusal, Understood
from dialogs.visible import consent_of
from handlers.web.api.open_form import ConfirmStep, FillStep, confirming, filling
from handlers.web.api.times import Time
from model.case import Case
from model.command import Do
from model.commands.contact import ChangeContact, ConfirmContact, DenyContact
from model.commands.intake import Amend
from model.commands.rating import GiveReason, Rate
from model.commands.supplements import Handed, HandIn
from model.commands.survey import AgreeSurvey, MoveSurvey
from model.commands.unreached import SayReachable
from model.commands.urging import Urge
from model.commands.works import ReportInside
from model.county import County
from model.decision import Refused
from model.fields import Field as FormField
from model.frozen import Frozen
from model.order import Order
from model.submission import Submission
from model.values import Phone
from routing.acts import applicant_acts
from routing.works import waits_for_inside

Text = Annotated[str, StringConstraints(strict=True, max_length=500)]
OfOrder = Annotated[Text, Field(description="工单的编号，见 orders 里的 id")]


class AgreeStep(Frozen):
    """同意踏勘时间; `at` is the time he was shown, so that he never agrees to another (X30)."""

    do: Literal["agree_survey"]
    order: OfOrder
    at: Time


class MoveStep(Frozen):
    """改踏勘时间, in his own words (X36)."""

    do: Literal["move_survey"]
    order: OfOrder
    at: Time
    wish: Text = Field(description="方便的时间，例如 周四下午")


class InsideStep(Frozen):
    """内部完工: his own works are done, of one order or of all that wait for it (X44, J19)."""

    do: Literal["built_inside"]
    order: OfOrder | None = None


class ReachedStep(Frozen):
    """联系到了: he was reached, as his steward reported."""

    do: Literal["confirm_contact"]
    order: OfOrder


class NotReachedStep(Frozen):
    """没有联系到: nobody has reached him."""

    do: Literal["deny_contact"]
    order: OfOrder


class ReachableStep(Frozen):
    """可以打给我: he was called in vain, and can be called now."""

    do: Literal["reachable"]
    order: OfOrder


class UrgeStep(Frozen):
    """催办: he wants to hear of an order, or of all that is open."""

    do: Literal["urge"]
    order: OfOrder | None = None


class AmendStep(Frozen):
    """更正: what is wrong in what he handed in, and what is right."""

    do: Literal["amend"]
    wish: Text = Field(description="哪一项要更正、改成什么")


class PhoneStep(Frozen):
    """换电话: he is to be called at another number."""

    do: Literal["change_contact"]
    phone: Text


class AnswerStep(Frozen):
    """补填: what he had left open (容缺) or was asked for (补正); papers are not handed in here."""

    do: Literal["hand_in"]
    answers: dict[str, Any] = Field(min_length=1, description="字段编号和答案，写法和提交时一样")


class RateStep(Frozen):
    """评价: his mark once the case is closed (J35)."""

    do: Literal["rate"]
    mark: Text


class ReasonStep(Frozen):
    """评价的原因: why his mark is a bad one."""

    do: Literal["reason"]
    reason: Text


ApplicantStep = Annotated[
    AgreeStep
    | MoveStep
    | InsideStep
    | ReachedStep
    | NotReachedStep
    | ReachableStep
    | UrgeStep
    | AmendStep
    | PhoneStep
    | AnswerStep
    | FillStep
    | ConfirmStep
    | RateStep
    | ReasonStep,
    Field(discriminator="do"),
]


def applicants_command(
    step: ApplicantStep, county: County, case: Case, submission: Submission, context: Context
) -> Do | Refused | list[Problem]:
    """The command to the routing core; refused for a time that does not stand; or what does not fit a field.

    `county` is on the form of the submission.
    """
    match step:
        case AgreeStep() | MoveStep():
            return _survey(step, case)
        case InsideStep(order=order):
            return ReportInside(order=order)
        case ReachedStep(order=order):
            return ConfirmContact(order=order)
        case NotReachedStep(order=order):
            return DenyContact(order=order)
        case ReachableStep(order=order):
            return SayReachable(order=order)
        case UrgeStep(order=order):
            return Urge(order=order)
        case AmendStep(wish=wish):
            return Amend(wish=tidy(wish))
        case PhoneStep(phone=phone):
            read = read_phone(phone, county.area_code)
            if isinstance(read, Understood) and isinstance(read.value, Phone):
                return ChangeContact(phone=read.value.number)
            return [Problem("phone", read.code, read.about, _phone_of(county))] if isinstance(read, Refusal) else []
        case AnswerStep(answers=answers):
            return _handed_in(answers, county, submission, context)
        case FillStep(answers=answers):
            return filling(answers, None, case, county, context)
        case ConfirmStep():
            return confirming(step, None, case, county)
        case RateStep(mark=mark):
            return Rate(mark=mark)
        case ReasonStep(reason=reason):
            return GiveReason(reason=tidy(reason))


def can_do(case: Case, order: Order, county: County) -> tuple[str, ...]:
    """What the applicant can do about an order now, beside urging it."""
    if case.closed_at is not None:
        return ()
    found = [
        act.id
        for name, one in case.appointments.items()
        if order.id in one.orders and not one.wish
        for act in applicant_acts(case, name, county)
    ]
    found += ["confirm_contact", "deny_contact"] if order.deniable_until is not None else []
    found += ["reachable"] if order.unreached and order.ending is None else []
    found += ["built_inside"] if waits_for_inside(case, order) else []
    return tuple(found)


def _survey(step: AgreeStep | MoveStep, case: Case) -> AgreeSurvey | MoveSurvey | Refused:
    time = next(((name, one) for name, one in case.appointments.items() if step.order in one.orders), None)
    if time is None:
        return Refused(code="survey.none")
    name, one = time
    if one.at != step.at:
        return Refused(code="survey.outdated")
    if isinstance(step, AgreeStep):
        return AgreeSurvey(appointment=name, sequence=one.sequence)
    return MoveSurvey(appointment=name, sequence=one.sequence, wish=tidy(step.wish))


def _handed_in(
    answers: Mapping[str, Any], county: County, submission: Submission, context: Context
) -> HandIn | list[Problem]:
    handed, unfit = list[Handed](), list[Problem]()
    for name, given in answers.items():
        field = county.form.fields.get(name)
        if field is None:
            unfit.append(Problem(name, "form.unknown"))
            continue
        match read_value(given, field, context):
            case Understood(value=value):
                consent = consent_of(field, submission.answers)
                said = submission.agreements.get(consent) if consent else None
                if consent and (said is None or not said.agreed):
                    unfit.append(Problem(name, "form.consent", field=field))
                handed.append(Handed(supplement=name, value=value))
            case Refusal(code=code, about=about):
                unfit.append(Problem(name, code, about, field))
            case Partial(want=want, about=about):
                unfit.append(Problem(name, f"want.{want}", about, field))
    return unfit or HandIn(handed=tuple(handed))


def _phone_of(county: County) -> FormField | None:
    """Where the number stands on the form: what it is called, and an example."""
    return county.form.fields.get(county.places.applicant_phone)

"""The steps of an order as the system of its body reports them: the commands of a steward, as data (X23, J33)."""

import datetime as dt
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import Field, StrictBool, StrictInt, StringConstraints, TypeAdapter

from dialogs.folding import tidy
from handlers.web.api.agreed_shape import TickItemStep
from handlers.web.api.cell_step import CellsStep
from handlers.web.api.check_shape import FailCheckStep, PassCheckStep
from handlers.web.api.open_form import ConfirmStep, FillStep
from handlers.web.api.times import Time
from model.command import Do
from model.commands.consultations import TickItem
from model.events.works import Part
from model.frozen import Frozen

_DO: Final[TypeAdapter[Do]] = TypeAdapter(Do)


Text = Annotated[str, StringConstraints(strict=True, max_length=500)]


class TakeStep(Frozen):
    """接单: a member of staff takes the order; `steward` may be left out where the order has one already."""

    do: Literal["take"]
    steward: Text | None = Field(default=None, description="由谁接，见 GET /api/v1/staff 的 id；已经派给人的可以不写")


class _Done(Frozen):
    """A step that may be reported later than it was done (X59)."""

    happened_at: Time | None = Field(
        default=None, description="实际办的时间，早于上报的才写；隔得久的，要写 late_reason，负责人同意以后才按它算"
    )
    late_reason: Text = Field(default="", description="当时没报的原因，负责人会看到")


class ContactStep(_Done):
    """已联系: the applicant was reached (X20); of a telephone application with the outline of the scheme (X25)."""

    do: Literal["contact"]
    outline: Text = Field(default="", description="方案大致内容，电话报装的要写")


class UnreachedStep(Frozen):
    """没打通: the applicant was called in vain; the third half-day in which he was makes the limit stand still (X20)."""

    do: Literal["unreached"]


class SurveyStep(Frozen):
    """约踏勘: a time is proposed to the applicant (X30)."""

    do: Literal["propose_survey"]
    at: Time


class OpinionStep(_Done):
    """踏勘意见: what was found on the spot (X38–X41)."""

    do: Literal["opinion"]
    opinion: Text = Field(description="本县的意见之一，例如 符合")
    remark: Text = Field(default="", description="整改内容；不符合的，原因和依据。申请人会看到")


class SchemeStep(_Done):
    """接入方案: what is to be built (X35, J18)."""

    do: Literal["scheme"]
    scheme: Text = Field(description="方案的要点，申请人会看到")
    days: StrictInt | None = Field(default=None, ge=1, le=3650, description="承诺几个工作日完工")
    inside: StrictBool = Field(default=False, description="用户自己（红线内）要先施工")
    digs: tuple[Text, ...] = Field(
        default=(), description="红线外施工要动到什么，写本县流程里的名称；要办哪些审批由它定"
    )


class BuiltStep(_Done):
    """外线完工: the body's own works are done (X44)."""

    do: Literal["built"]


class BuiltInsideStep(Frozen):
    """内部完工: the user's own works are done (X44, J19)."""

    do: Literal["built_inside"]


class AcceptanceStep(_Done):
    """验收结果: passed, or not with the reasons (X52, X55)."""

    do: Literal["acceptance"]
    result: Text = Field(description="本县的结果之一，例如 通过")
    remark: Text = Field(default="", description="不通过的原因，申请人会看到")
    mend: tuple[Part, ...] = Field(
        default=(), max_length=2, description="不通过的，哪一边要改：outside 外线，inside 用户内部；不写就是都要改"
    )


class ConnectStep(_Done):
    """接通: the service is connected."""

    do: Literal["connect"]


class ReplyStep(Frozen):
    """答复催办: an answer to the applicant who has urged."""

    do: Literal["reply_urge"]
    text: Text = Field(description="要告诉申请人的话，他会原样看到")


class BackdateStep(Frozen):
    """补报时间: the step that was reported last was done earlier (X59)."""

    do: Literal["backdate"]
    at: Time
    reason: Text = Field(default="", description="当时没报的原因；隔得久的要写，负责人会看到")


class ExplainBackdatingStep(Frozen):
    """补报的原因, where the earlier time was reported without one and waits for it."""

    do: Literal["explain_backdating"]
    reason: Text


class ExplainDelayStep(Frozen):
    """说明延期: why the promised day has passed, and the new one (X35, J30)."""

    do: Literal["explain_delay"]
    reason: Text = Field(description="没能按时办好的原因，申请人会原样看到")
    day: dt.date = Field(description="新的日期，例如 2026-12-05")


class MoreStep(Frozen):
    """要补材料: all that is lacking, told in one go (一次性告知, 补正, J39)."""

    do: Literal["ask_more"]
    fields: tuple[Text, ...] = Field(default=(), description="表上的哪几项，写字段编号")
    words: tuple[Text, ...] = Field(default=(), description="表上没有的，写出名称")
    reason: Text = Field(default="", description="第二次要补的，写明为什么第一次没有说")


class CheckStep(Frozen):
    """看补的材料: it will do, or not, and then what is wrong with it."""

    do: Literal["check"]
    supplement: Text
    passes: StrictBool
    wrong: Text = Field(default="", description="不行的写明哪里不行、怎样才行，申请人会看到")


class WaiveStep(Frozen):
    """免交: it is not needed after all."""

    do: Literal["waive"]
    supplement: Text


class OriginalStep(Frozen):
    """原件已收: the stamped original is in the hands of the staff (X127)."""

    do: Literal["tick_original"]
    supplement: Text


StepReport = Annotated[
    TakeStep
    | ContactStep
    | UnreachedStep
    | SurveyStep
    | OpinionStep
    | SchemeStep
    | BuiltStep
    | BuiltInsideStep
    | AcceptanceStep
    | ConnectStep
    | ReplyStep
    | BackdateStep
    | ExplainBackdatingStep
    | ExplainDelayStep
    | MoreStep
    | CheckStep
    | WaiveStep
    | OriginalStep
    | CellsStep
    | FillStep
    | ConfirmStep
    | PassCheckStep
    | FailCheckStep
    | TickItemStep,
    Field(discriminator="do"),
]

REPORTED: Final = frozenset(get_args(one.model_fields["do"].annotation)[0] for one in get_args(get_args(StepReport)[0]))
"""The names of these steps; what a steward can do beside them in chat is not reported here."""


def command_of(step: StepReport, order: str) -> Do:
    """The command to the routing core; words without what no screen shows."""
    if isinstance(step, TickItemStep):
        return TickItem(item=step.item)
    said = step.model_dump(exclude={"steward", "happened_at", "late_reason"})
    plain = {name: _tidy(value) for name, value in said.items()}
    return _DO.validate_python({**plain, "order": order})


def done_earlier(step: StepReport) -> tuple[dt.datetime | None, str]:
    """When the step was done, if that was before it is reported, and why it was not reported then."""
    return (step.happened_at, tidy(step.late_reason)) if isinstance(step, _Done) else (None, "")


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        return tidy(value)
    return tuple(tidy(one) for one in value) if isinstance(value, tuple) else value

"""The steps of an order as the system of its body reports them: the commands of a steward, as data (X23, J33)."""

import datetime as dt
from typing import Annotated, Any, Final, Literal

from pydantic import AwareDatetime, BeforeValidator, Field, StrictBool, StrictInt, StringConstraints, TypeAdapter

from dialogs.folding import tidy
from model.command import Do
from model.frozen import Frozen

_DO: Final[TypeAdapter[Do]] = TypeAdapter(Do)


def _told(given: Any) -> Any:
    """A number is no time here: nobody would know in which unit it counts."""
    if not isinstance(given, str | dt.datetime):
        raise ValueError("a time is a text")  # noqa: TRY004 - pydantic tells of a ValueError alone
    return given


Text = Annotated[str, StringConstraints(strict=True, max_length=500)]
Time = Annotated[
    AwareDatetime, BeforeValidator(_told), Field(description="带时区的时间，例如 2026-12-01T09:30:00+08:00")
]


class TakeStep(Frozen):
    """接单: a member of staff takes the order; `steward` may be left out where the order has one already."""

    do: Literal["take"]
    steward: Text | None = Field(default=None, description="由谁接，见 GET /api/v1/staff 的 id；已经派给人的可以不写")


class ContactStep(Frozen):
    """已联系: the applicant was reached (X20)."""

    do: Literal["contact"]


class SurveyStep(Frozen):
    """约踏勘: a time is proposed to the applicant (X30)."""

    do: Literal["propose_survey"]
    at: Time


class OpinionStep(Frozen):
    """踏勘意见: what was found on the spot (X38–X41)."""

    do: Literal["opinion"]
    opinion: Text = Field(description="本县的意见之一，例如 符合")
    remark: Text = Field(default="", description="整改内容；不符合的，原因和依据。申请人会看到")


class SchemeStep(Frozen):
    """接入方案: what is to be built (X35, J18)."""

    do: Literal["scheme"]
    scheme: Text = Field(description="方案的要点，申请人会看到")
    days: StrictInt | None = Field(default=None, ge=1, le=3650, description="承诺几个工作日完工")
    inside: StrictBool = Field(default=False, description="用户自己（红线内）要先施工")


class BuiltStep(Frozen):
    """外线完工: the body's own works are done (X44)."""

    do: Literal["built"]


class BuiltInsideStep(Frozen):
    """内部完工: the user's own works are done (X44, J19)."""

    do: Literal["built_inside"]


class AcceptanceStep(Frozen):
    """验收结果: passed, or not with the reasons (X52, X55)."""

    do: Literal["acceptance"]
    result: Text = Field(description="本县的结果之一，例如 通过")
    remark: Text = Field(default="", description="不通过的原因，申请人会看到")


class ConnectStep(Frozen):
    """接通: the service is connected."""

    do: Literal["connect"]


class ReplyStep(Frozen):
    """答复催办: an answer to the applicant who has urged."""

    do: Literal["reply_urge"]
    text: Text = Field(description="要告诉申请人的话，他会原样看到")


StepReport = Annotated[
    TakeStep
    | ContactStep
    | SurveyStep
    | OpinionStep
    | SchemeStep
    | BuiltStep
    | BuiltInsideStep
    | AcceptanceStep
    | ConnectStep
    | ReplyStep,
    Field(discriminator="do"),
]


def command_of(step: StepReport, order: str) -> Do:
    """The command to the routing core; words without what no screen shows."""
    said = step.model_dump(exclude={"steward"})
    plain = {name: tidy(value) if isinstance(value, str) else value for name, value in said.items()}
    return _DO.validate_python({**plain, "order": order})

"""An application as a portal sends it."""

from typing import Any, Literal

from pydantic import Field, StrictBool, StrictInt

from model.frozen import Frozen


class AgreedShape(Frozen):
    """What the applicant said to a text that he was shown."""

    version: StrictInt = Field(description="他看到的是第几版，见表里的 notice、consents、declaration")
    agreed: StrictBool = Field(default=True, description="同意没有；不同意证件号码的，号码留空，到时当面核对")


class Application(Frozen):
    """一表申请: the whole form as an applicant filled it in on a platform (X23, J22)."""

    channel: Literal["api", "telephone"] = Field(
        default="api", description="telephone 是电话报装：只要基本信息，其余以后补（X24、X26）"
    )
    form_version: StrictInt = Field(description="照第几版的表填的，见 GET /api/v1/forms/{county}")
    answers: dict[str, Any] = Field(
        description="字段编号和答案；答案怎样写见表里每个字段的 kind 和 example，null 是留空"
    )
    agreements: dict[str, AgreedShape] = Field(
        description="申请人对个人信息告知（notice）、证件号码（consents 里的编号）、承诺（declaration）的答复；"
        "电话报装的承诺可以以后补"
    )

"""加办 as a portal sends it: services more for a case that it has handed in (X19, X23, J22)."""

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from handlers.web.api.application import AgreedShape
from model.frozen import Frozen

Name = Annotated[str, StringConstraints(strict=True, max_length=64)]


class Addition(Frozen):
    """加办: the services, and what they bring with them on the form; what the case knows already is not sent again."""

    services: tuple[Name, ...] = Field(min_length=1, max_length=16, description="业务的编号，见办件的 addable")
    answers: dict[str, Any] = Field(
        default={}, description="只写这几项业务带来的字段，照交这件时的那一版表；写法和提交时一样"
    )
    agreements: dict[str, AgreedShape] = Field(
        default={}, description="申请人这次的承诺（declaration）；以前同意过的不用再写"
    )

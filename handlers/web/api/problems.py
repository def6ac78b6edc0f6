"""What went wrong, as RFC 9457 says it: a code for the program, a title and a detail in plain Chinese for its people."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from aiohttp import web
from pydantic import Field

from handlers.wording.catalogue import Catalogue
from model.frozen import Frozen

MEDIA_TYPE: Final = "application/problem+json"


class FieldProblem(Frozen):
    """What is wrong with one field of what was sent."""

    field: str = Field(description="字段编号；不是表上的字段时，是它在正文里的位置")
    label: str = Field(default="", description="这一项的名称，和申请表上一样")
    code: str = Field(description="原因的代码，不会变")
    problem: str = Field(description="原因，可以给人看")
    example: Any = Field(default=None, description="一个合适的值")


class Problem(Frozen):
    """RFC 9457: problem details."""

    type: str = Field(description="urn:lianban:problem: 后面接代码")
    title: str
    status: int
    detail: str
    code: str = Field(description="原因的代码，不会变")
    fields: tuple[FieldProblem, ...] = Field(default=(), description="哪些字段不对，一次全部列出")


class Refusing(Exception):
    """A request that is not carried out; `code` names its texts (`api.problem.<code>`), `about` fills them."""

    def __init__(
        self,
        status: int,
        code: str,
        *,
        about: Mapping[str, str] | None = None,
        fields: Sequence[FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
        said: str = "",
    ) -> None:
        """`said` is a code of its own with the same texts: the reason why the core refused."""
        super().__init__(code)
        self.status = status
        self.code = code
        self.about = dict(about or {})
        self.fields = tuple(fields)
        self.headers = dict(headers or {})
        self.said = said or code


def problem_response(refusing: Refusing, catalogue: Catalogue) -> web.Response:
    """The answer that tells of it."""
    problem = Problem(
        type=f"urn:lianban:problem:{refusing.said}",
        title=catalogue.say(f"api.problem.{refusing.code}.title"),
        status=refusing.status,
        detail=catalogue.say(f"api.problem.{refusing.code}.detail", **refusing.about),
        code=refusing.said,
        fields=refusing.fields,
    )
    return web.Response(
        status=refusing.status,
        body=problem.model_dump_json().encode(),
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store", **refusing.headers},
    )

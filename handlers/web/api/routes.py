"""The routes of the API, in one table: it is served by it, and described by it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, Literal

from handlers.web.api.addition import Addition
from handlers.web.api.applicant_steps import ApplicantStep
from handlers.web.api.application import Application
from handlers.web.api.call import Call
from handlers.web.api.case_shape import Accepted, CaseStatus
from handlers.web.api.desk import BodyDesk
from handlers.web.api.form_shape import FormShape
from handlers.web.api.order_shape import OrderPage, OrderShape, StaffList
from handlers.web.api.portal import Portal
from handlers.web.api.steps import StepReport
from model.frozen import Frozen

Audience = Literal["anybody", "portal", "body"]
"""Which clients a route is for: those without a body, those of one, or both."""

EVERYWHERE: Final = (400, 401, 403, 404, 405, 429, 500, 503)
"""Problems that any route may answer with."""


@dataclass(frozen=True, slots=True)
class Route:
    """One route below `/api/v1`: its name for programs, what it is for, what goes in and what comes out.

    With a `request` it also wants an `Idempotency-Key`. `query` are the parameters behind the question mark.
    """

    method: Literal["GET", "POST"]
    path: str
    name: str
    summary: str
    audience: Audience
    handle: Callable[[Call], Awaitable[Frozen]]
    response: type[Frozen]
    status: int = 200
    request: Any = None
    query: tuple[tuple[str, str], ...] = ()

    @property
    def problems(self) -> tuple[int, ...]:
        """The statuses of everything that can go wrong here."""
        return EVERYWHERE if self.request is None else tuple(sorted((*EVERYWHERE, 408, 409, 413, 415, 422)))


def routes(portal: Portal, desk: BodyDesk) -> tuple[Route, ...]:
    """All routes but the one that describes them."""
    cursor = (("cursor", "上一页的 next"), ("limit", "一页最多几条，1到100，默认50"))
    return (
        Route("GET", "/forms/{county}", "getForm", "取申请表", "anybody", portal.form, FormShape),
        Route(
            "POST",
            "/cases",
            "submitCase",
            "提交申请",
            "portal",
            portal.submit,
            Accepted,
            status=201,
            request=Application,
        ),
        Route("GET", "/cases/{number}", "getCase", "查一件办到哪一步", "portal", portal.status, CaseStatus),
        Route(
            "POST",
            "/cases/{number}/steps",
            "answerCase",
            "申请人的答复",
            "portal",
            portal.answer,
            CaseStatus,
            request=ApplicantStep,
        ),
        Route(
            "POST",
            "/cases/{number}/services",
            "addServices",
            "加办",
            "portal",
            portal.add,
            CaseStatus,
            request=Addition,
        ),
        Route("GET", "/orders", "listOrders", "本单位在办的工单", "body", desk.orders, OrderPage, query=cursor),
        Route("GET", "/orders/{order}", "getOrder", "一张工单和本单位用得着的内容", "body", desk.order, OrderShape),
        Route(
            "POST",
            "/orders/{order}/steps",
            "reportStep",
            "上报一步",
            "body",
            desk.report,
            OrderShape,
            request=StepReport,
        ),
        Route("GET", "/staff", "listStaff", "本单位登记的人员", "body", desk.staff, StaffList),
    )

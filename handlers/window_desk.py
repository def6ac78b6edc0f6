"""The case on the window's desk and what was typed about it: names become its orders, bodies and people, or a word says what there is."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from dialogs.folding import plain_words
from dialogs.withdrawing import service_names
from handlers.wording.orders import order_name
from model.case import Case
from model.county import County
from model.order import Order
from model.staff import Staff
from model.submission import Submission


class NotUnderstood(Exception):
    """What was typed names nothing of this case; the message says what there is."""


class Typed(NamedTuple):
    """What was typed, when, and by whom: the names behind the act, a body and a member of staff, and words (a reason, an
    answer, a number).
    """

    names: tuple[str, ...] = ()
    body: str = ""
    steward: str = ""
    words: str = ""
    at: dt.datetime | None = None
    by: str = ""


class Desk(NamedTuple):
    """The case on the desk, with whoever serves the county."""

    case: Case
    county: County
    staff: Sequence[Staff]
    signed: Submission | None = None


def orders_named(desk: Desk, names: Sequence[str]) -> list[Order]:
    """The orders that are called so: a service, or a service and its body (用网业务（电信）). Raises `NotUnderstood`."""
    called = {one.id: order_name(desk.county, desk.case, one) for one in desk.case.orders}
    found, services = list[Order](), service_names(desk.county)
    for name in names:
        service = services.get(plain_words(name), name)
        hits = [
            one
            for one in desk.case.orders
            if name in (one.id, called[one.id], desk.county.service[one.service].name) or service == one.service
        ]
        if not hits:
            raise NotUnderstood(f"{desk.case.number}没有这项业务：{name}；有：{'、'.join(called.values())}")
        found += hits
    return found


def one_named(desk: Desk, typed: Typed) -> str:
    """The one order that is named; where the case has only one it need not be. Raises `NotUnderstood`."""
    found = orders_named(desk, typed.names) or list(desk.case.orders)
    if len(found) != 1:
        names = "、".join(order_name(desk.county, desk.case, one) for one in found)
        raise NotUnderstood(f"请写明是哪一项业务：{names}")
    return found[0].id


def some_named(desk: Desk, typed: Typed) -> tuple[str, ...]:
    """The orders that are named. Raises `NotUnderstood`."""
    return tuple(one.id for one in orders_named(desk, typed.names))


def body_named(desk: Desk, name: str) -> str:
    """The body of this name. Raises `NotUnderstood`."""
    found = next((one.id for one in desk.county.bodies if name in (one.id, one.short, one.name)), None)
    if found is None:
        names = "、".join(one.short for one in desk.county.bodies if one.kind == "service")
        raise NotUnderstood(
            f"没有这个单位：{name or '（没写）'}；有：{names}。例如：--body {desk.county.bodies[0].short}"
        )
    return found


def steward_named(desk: Desk, body: str, name: str) -> str | None:
    """Who of the body is called so; None for no name. Raises `NotUnderstood`."""
    if not name:
        return None
    found = [one.id for one in desk.staff if one.body == body and name in (one.id, one.name)]
    if len(found) != 1:
        names = "、".join(f"{one.name}（{one.id}）" for one in desk.staff if one.body == body) or "还没有人"
        raise NotUnderstood(f"{desk.county.body[body].short}没有这个人，或有几个同名：{name}；有：{names}")
    return found[0]


def words_of(typed: Typed, what: str) -> str:
    """The words that were typed; `what` they should be. Raises `NotUnderstood` for none."""
    if not typed.words.strip():
        raise NotUnderstood(f"请写{what}，例如：--words “…”")
    return typed.words.strip()

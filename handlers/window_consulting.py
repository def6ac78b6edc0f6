"""会商 at the window: asked for, its time named, what came of it written down (X57, J34), as it is typed."""

import datetime as dt

from handlers.window_desk import Desk, NotUnderstood, Typed, body_named, orders_named, words_of
from model.calendar import CHINA
from model.command import Do
from model.commands.consultations import (
    AskConsultation,
    GiveItem,
    NameConsultation,
    RecordConsultation,
    TickItem,
)
from model.consultation import Consultation


def consult(desk: Desk, typed: Typed) -> Do:
    """提请会商 (X57, J34): names are services, or bodies that should come."""
    called = {name for one in desk.county.bodies for name in (one.id, one.short, one.name)}
    bodies = tuple(body_named(desk, one) for one in typed.names if one in called)
    about = orders_named(desk, [one for one in typed.names if one not in called]) or list(desk.case.orders)
    return AskConsultation(order=about[0].id, reason=words_of(typed, "为什么会商"), bodies=bodies)


def newest(desk: Desk) -> Consultation:
    """The newest of the case."""
    if not desk.case.consultations:
        raise NotUnderstood(f"{desk.case.number}没有会商；提请请用 consult。")
    return desk.case.consultations[-1]


def consult_time(desk: Desk, typed: Typed) -> Do:
    """定会商时间: the day and the hour are the names, the words are the place."""
    try:
        at = dt.datetime.fromisoformat(" ".join(typed.names)).replace(tzinfo=CHINA)
    except ValueError:
        raise NotUnderstood("看不懂时间，例如：consult-time 2026-11-26 10:00 --words 三楼会议室") from None
    return NameConsultation(consultation=newest(desk).id, at=at, place=words_of(typed, "在哪里开"))


def consult_minutes(desk: Desk, typed: Typed) -> Do:
    """会商纪要: the names are what the applicant is told."""
    public = " ".join(typed.names)
    return RecordConsultation(consultation=newest(desk).id, decision=words_of(typed, "议定的结果"), public=public)


def consult_item(desk: Desk, typed: Typed) -> Do:
    """What a body does by a day: the names are the body and the day."""
    body, *rest = typed.names or ("",)
    try:
        day = dt.date.fromisoformat(" ".join(rest))
    except ValueError:
        raise NotUnderstood("请写单位和日子，例如：consult-item 供水公司 2026-12-01 --words 出图") from None
    one = newest(desk)
    return GiveItem(consultation=one.id, body=body_named(desk, body), words=words_of(typed, "要做的事"), day=day)


def consult_done(desk: Desk, typed: Typed) -> Do:
    """What a body was to do is done."""
    body = body_named(desk, " ".join(typed.names))
    owing = [item for one in desk.case.consultations for item in one.open_items if item.body == body]
    if not owing:
        raise NotUnderstood(f"{desk.county.body[body].short}没有要办的会商事项。")
    return TickItem(item=owing[0].id)

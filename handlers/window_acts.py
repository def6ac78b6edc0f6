"""What the window (综合窗口, hotline) does to a case, by the name of the act: from what was typed to the command of the core."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from dialogs.folding import plain_words
from dialogs.kinds.phone import read_phone
from dialogs.reading import Understood
from dialogs.withdrawing import service_names
from handlers.window_adding import window_add
from handlers.window_filling import NotFilled, window_fill
from handlers.wording.orders import order_name
from model.calendar import CHINA
from model.case import Case
from model.command import Command, Do
from model.commands.backdating import AnswerBackdating
from model.commands.consultations import (
    AskConsultation,
    DeclineConsultation,
    GiveItem,
    NameConsultation,
    RecordConsultation,
    SettleConsultation,
    TickItem,
)
from model.commands.contact import ChangeContact
from model.commands.ending import AnnounceEnd, ConfirmDecline, KeepOn, Resume, ReturnDecline, Terminate, Withdraw
from model.commands.intake import Assign
from model.commands.rating import CallBack
from model.commands.sheet import ChooseDepartments
from model.commands.supplements import TickOriginal
from model.commands.survey import AgreeSurvey
from model.commands.telephone import ConfirmForm
from model.commands.urging import ReplyToUrge, Urge
from model.commands.works import ReportInside
from model.consultation import Consultation
from model.county import County
from model.message import Actor
from model.order import Order
from model.staff import Staff
from model.submission import Submission
from model.values import Phone
from routing.supplement_acts import supplement_name


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


class _Desk(NamedTuple):
    """The case on the desk, with whoever serves the county."""

    case: Case
    county: County
    staff: Sequence[Staff]
    signed: Submission | None = None


def window_act(
    act: str, typed: Typed, case: Case, county: County, staff: Sequence[Staff], signed: Submission | None = None
) -> Do:
    """The command; `signed` is the form of the case as it stands. Raises `NotUnderstood`."""
    if act not in ACTS:
        raise NotUnderstood(f"没有这个动作：{act}；有：{'、'.join(ACTS)}")
    return ACTS[act].made(_Desk(case, county, staff, signed), typed)


def window_command(case: Case, do: Do, by: str) -> Command:
    """The command as `by` (a staff id) gives it. What is in it and the case's version make its id: the same twice at the same state is
    done once, and something else after a refusal is something else.
    """
    actor = Actor(person="window", role="staff", staff=by)
    same = hashlib.sha256(f"{by} {do.model_dump_json()}".encode()).hexdigest()[:16]
    return Command(id=f"window:{case.id}:{case.version}:{do.do}:{same}", case=case.id, actor=actor, do=do)


def _orders(desk: _Desk, names: Sequence[str]) -> list[Order]:
    """The orders that are called so: a service, or a service and its body (用网业务（电信）)."""
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


def _one(desk: _Desk, typed: Typed) -> str:
    """The one order that is named; where the case has only one it need not be."""
    found = _orders(desk, typed.names) or list(desk.case.orders)
    if len(found) != 1:
        names = "、".join(order_name(desk.county, desk.case, one) for one in found)
        raise NotUnderstood(f"请写明是哪一项业务：{names}")
    return found[0].id


def _some(desk: _Desk, typed: Typed) -> tuple[str, ...]:
    return tuple(one.id for one in _orders(desk, typed.names))


def _body(desk: _Desk, name: str) -> str:
    found = next((one.id for one in desk.county.bodies if name in (one.id, one.short, one.name)), None)
    if found is None:
        names = "、".join(one.short for one in desk.county.bodies if one.kind == "service")
        raise NotUnderstood(
            f"没有这个单位：{name or '（没写）'}；有：{names}。例如：--body {desk.county.bodies[0].short}"
        )
    return found


def _steward(desk: _Desk, body: str, name: str) -> str | None:
    if not name:
        return None
    found = [one.id for one in desk.staff if one.body == body and name in (one.id, one.name)]
    if len(found) != 1:
        names = "、".join(f"{one.name}（{one.id}）" for one in desk.staff if one.body == body) or "还没有人"
        raise NotUnderstood(f"{desk.county.body[body].short}没有这个人，或有几个同名：{name}；有：{names}")
    return found[0]


def _words(typed: Typed, what: str) -> str:
    if not typed.words.strip():
        raise NotUnderstood(f"请写{what}，例如：--words “…”")
    return typed.words.strip()


def _assign(desk: _Desk, typed: Typed) -> Do:
    body = _body(desk, typed.body)
    steward = _steward(desk, body, typed.steward)
    return Assign(order=_one(desk, typed), body=body, steward=steward, reason=typed.words)


def _phone(desk: _Desk, typed: Typed) -> Do:
    read = read_phone(_words(typed, "新电话"), desk.county.area_code)
    if isinstance(read, Understood) and isinstance(read.value, Phone):
        return ChangeContact(phone=read.value.number)
    raise NotUnderstood(f"“{typed.words}”看不出是哪个电话；手机号11位，固话带区号，例如：--words 13800000000")


def _agree(desk: _Desk, typed: Typed) -> Do:
    """The time that waits for the applicant, as he says on the telephone."""
    named = set(_some(desk, typed))
    waits = {
        key: one
        for key, one in desk.case.appointments.items()
        if not (one.agreed or one.wish or one.released) and (not named or named & set(one.orders))
    }
    if len(waits) != 1:
        raise NotUnderstood("有几个时间在等答复，请写明是哪一项业务。" if waits else "没有时间在等申请人答复。")
    ((key, one),) = waits.items()
    return AgreeSurvey(appointment=key, sequence=one.sequence)


def _fill(desk: _Desk, typed: Typed) -> Do:
    """What a telephone application left open, as the caller says it now (X26)."""
    try:
        return window_fill(typed.names, desk.case, desk.county, typed.at or desk.case.accepted_at)
    except NotFilled as error:
        raise NotUnderstood(str(error)) from error


def _add(desk: _Desk, typed: Typed) -> Do:
    """Services that the caller wants too, with what they bring on the form (X19, X24)."""
    if desk.signed is None:
        raise NotUnderstood(f"{desk.case.number}的申请表已经删除，加不了。")
    try:
        return window_add(typed.names, desk.case, desk.county, desk.signed, typed.by, typed.at or desk.case.accepted_at)
    except NotFilled as error:
        raise NotUnderstood(str(error)) from error


def _departments(desk: _Desk, typed: Typed) -> Do:
    return ChooseDepartments(departments=tuple(_body(desk, one) for one in typed.names))


def _original(desk: _Desk, typed: Typed) -> Do:
    """The stamped original that somebody has brought to the window (X127)."""
    lacking = {supplement_name(desk.county, one): one for one in desk.case.supplements if one.paper_lacking}
    name = " ".join(typed.names)
    if name not in lacking:
        raise NotUnderstood(f"没有在等这份原件：{name or '（没写）'}；在等：{'、'.join(lacking) or '没有'}")
    return TickOriginal(order=lacking[name].orders[0], supplement=lacking[name].id)


def _consult(desk: _Desk, typed: Typed) -> Do:
    """提请会商 (X57, J34): names are services, or bodies that should come."""
    called = {name for one in desk.county.bodies for name in (one.id, one.short, one.name)}
    bodies = tuple(_body(desk, one) for one in typed.names if one in called)
    about = _orders(desk, [one for one in typed.names if one not in called]) or list(desk.case.orders)
    return AskConsultation(order=about[0].id, reason=_words(typed, "为什么会商"), bodies=bodies)


def _consultation(desk: _Desk) -> Consultation:
    """The newest of the case."""
    if not desk.case.consultations:
        raise NotUnderstood(f"{desk.case.number}没有会商；提请请用 consult。")
    return desk.case.consultations[-1]


def _consult_time(desk: _Desk, typed: Typed) -> Do:
    try:
        at = dt.datetime.fromisoformat(" ".join(typed.names)).replace(tzinfo=CHINA)
    except ValueError:
        raise NotUnderstood("看不懂时间，例如：consult-time 2026-11-26 10:00 --words 三楼会议室") from None
    return NameConsultation(consultation=_consultation(desk).id, at=at, place=_words(typed, "在哪里开"))


def _consult_minutes(desk: _Desk, typed: Typed) -> Do:
    public = " ".join(typed.names)
    return RecordConsultation(consultation=_consultation(desk).id, decision=_words(typed, "议定的结果"), public=public)


def _consult_item(desk: _Desk, typed: Typed) -> Do:
    body, *rest = typed.names or ("",)
    try:
        day = dt.date.fromisoformat(" ".join(rest))
    except ValueError:
        raise NotUnderstood("请写单位和日子，例如：consult-item 供水公司 2026-12-01 --words 出图") from None
    one = _consultation(desk)
    return GiveItem(consultation=one.id, body=_body(desk, body), words=_words(typed, "要做的事"), day=day)


def _consult_done(desk: _Desk, typed: Typed) -> Do:
    body = _body(desk, " ".join(typed.names))
    owing = [item for one in desk.case.consultations for item in one.open_items if item.body == body]
    if not owing:
        raise NotUnderstood(f"{desk.county.body[body].short}没有要办的会商事项。")
    return TickItem(item=owing[0].id)


class Act(NamedTuple):
    """An act: what stands for it on the list, and how the command is made of what was typed."""

    told: str
    made: Callable[[_Desk, Typed], Do]


ACTS: Final[Mapping[str, Act]] = {
    "assign": Act("指派：业务 --body 单位 [--steward 姓名] [--words 原因]", _assign),
    "withdraw": Act(
        "撤回：[业务…] [--words 原因]；不写业务就是全部",
        lambda desk, typed: Withdraw(orders=_some(desk, typed), reason=typed.words),
    ),
    "resume": Act("恢复：[业务…]", lambda desk, typed: Resume(orders=_some(desk, typed))),
    "announce-end": Act(
        "拟终止，先告诉申请人：业务 --words 原因",
        lambda desk, typed: AnnounceEnd(order=_one(desk, typed), reason=_words(typed, "原因")),
    ),
    "keep-on": Act("申请人还要办：业务", lambda desk, typed: KeepOn(order=_one(desk, typed))),
    "terminate": Act(
        "终止：业务 [--words 原因]", lambda desk, typed: Terminate(order=_one(desk, typed), reason=typed.words)
    ),
    "confirm-decline": Act("同意不办：业务", lambda desk, typed: ConfirmDecline(order=_one(desk, typed))),
    "return-decline": Act("不同意不办：业务", lambda desk, typed: ReturnDecline(order=_one(desk, typed))),
    "agree-time": Act(
        "同意补报的时间：业务", lambda desk, typed: AnswerBackdating(order=_one(desk, typed), agrees=True)
    ),
    "refuse-time": Act(
        "不同意补报的时间：业务", lambda desk, typed: AnswerBackdating(order=_one(desk, typed), agrees=False)
    ),
    "agree": Act("申请人同意上门时间：[业务]", _agree),
    "built-inside": Act(
        "申请人说内部做完了：[业务]",
        lambda desk, typed: ReportInside(order=_one(desk, typed) if typed.names else None),
    ),
    "phone": Act("申请人换电话：--words 号码", _phone),
    "fill": Act("补填电话报装的申请表：项目=内容…", _fill),
    "add": Act("加办：业务… 项目=内容…；先念给申请人听，他同意了再加 --read-out", _add),
    "read-out": Act(
        "已念给申请人听，都对：[业务]",
        lambda desk, typed: ConfirmForm(order=_one(desk, typed) if typed.names else None),
    ),
    "urge": Act("催办：[业务]", lambda desk, typed: Urge(order=_one(desk, typed) if typed.names else None)),
    "reply-urge": Act(
        "答复催办：业务 --words 答复",
        lambda desk, typed: ReplyToUrge(order=_one(desk, typed), text=_words(typed, "答复")),
    ),
    "call-back": Act("已回访：--words 结果", lambda _, typed: CallBack(text=_words(typed, "结果"))),
    "departments": Act("勘验部门：单位…", _departments),
    "original": Act("收到盖章原件：材料名", _original),
    "consult": Act("提请会商：[业务] [单位…] --words 原因；不写单位就是正在办的各单位", _consult),
    "consult-time": Act("定会商时间：日子 钟点 --words 地点", _consult_time),
    "consult-decline": Act(
        "会商不用开：--words 原因",
        lambda desk, typed: DeclineConsultation(consultation=_consultation(desk).id, reason=_words(typed, "原因")),
    ),
    "consult-minutes": Act("会商纪要：告诉申请人的话 --words 议定的结果", _consult_minutes),
    "consult-item": Act("会商议定事项：单位 日子 --words 要做的事", _consult_item),
    "consult-settled": Act("会商事项记完了", lambda desk, _: SettleConsultation(consultation=_consultation(desk).id)),
    "consult-done": Act("会商事项已办：单位", _consult_done),
}

"""What the window (综合窗口, hotline) does to a case, by the name of the act: from what was typed to the command of the core."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from dialogs.kinds.phone import read_phone
from dialogs.reading import Understood
from handlers.window_adding import window_add
from handlers.window_consulting import consult, consult_done, consult_item, consult_minutes, consult_time, newest
from handlers.window_desk import Desk, NotUnderstood, Typed, body_named, one_named, some_named, steward_named, words_of
from handlers.window_filling import NotFilled, window_fill
from model.case import Case
from model.command import Command, Do
from model.commands.backdating import AnswerBackdating
from model.commands.consultations import (
    DeclineConsultation,
    SettleConsultation,
)
from model.commands.contact import ChangeContact
from model.commands.ending import AnnounceEnd, ConfirmDecline, KeepOn, Resume, ReturnDecline, Terminate, Withdraw
from model.commands.follow_up import CarryFollowUp, CloseFollowUp
from model.commands.intake import Assign
from model.commands.rating import CallBack
from model.commands.sheet import ChooseDepartments, KeepCopy, RemindDepartments, ReturnCopy
from model.commands.supplements import TickOriginal
from model.commands.survey import AgreeSurvey
from model.commands.telephone import ConfirmForm
from model.commands.urging import ReplyToUrge, Urge
from model.commands.works import ReportInside
from model.county import County
from model.message import Actor
from model.staff import Staff
from model.submission import Submission
from model.values import Phone
from routing.supplement_acts import supplement_name


def window_act(
    act: str, typed: Typed, case: Case, county: County, staff: Sequence[Staff], signed: Submission | None = None
) -> Do:
    """The command; `signed` is the form of the case as it stands. Raises `NotUnderstood`."""
    if act not in ACTS:
        raise NotUnderstood(f"没有这个动作：{act}；有：{'、'.join(ACTS)}")
    return ACTS[act].made(Desk(case, county, staff, signed), typed)


def window_command(case: Case, do: Do, by: str) -> Command:
    """The command as `by` (a staff id) gives it. What is in it and the case's version make its id: the same twice at the same state is
    done once, and something else after a refusal is something else.
    """
    actor = Actor(person="window", role="staff", staff=by)
    same = hashlib.sha256(f"{by} {do.model_dump_json()}".encode()).hexdigest()[:16]
    return Command(id=f"window:{case.id}:{case.version}:{do.do}:{same}", case=case.id, actor=actor, do=do)


def _assign(desk: Desk, typed: Typed) -> Do:
    body = body_named(desk, typed.body)
    steward = steward_named(desk, body, typed.steward)
    return Assign(order=one_named(desk, typed), body=body, steward=steward, reason=typed.words)


def _phone(desk: Desk, typed: Typed) -> Do:
    read = read_phone(words_of(typed, "新电话"), desk.county.area_code)
    if isinstance(read, Understood) and isinstance(read.value, Phone):
        return ChangeContact(phone=read.value.number)
    raise NotUnderstood(f"“{typed.words}”看不出是哪个电话；手机号11位，固话带区号，例如 13800000000")


def _agree(desk: Desk, typed: Typed) -> Do:
    """The time that waits for the applicant, as he says on the telephone."""
    named = set(some_named(desk, typed))
    waits = {
        key: one
        for key, one in desk.case.appointments.items()
        if not (one.agreed or one.wish or one.released) and (not named or named & set(one.orders))
    }
    if len(waits) != 1:
        raise NotUnderstood("有几个时间在等答复，请写明是哪一项业务。" if waits else "没有时间在等申请人答复。")
    ((key, one),) = waits.items()
    return AgreeSurvey(appointment=key, sequence=one.sequence)


def _fill(desk: Desk, typed: Typed) -> Do:
    """What a telephone application left open, as the caller says it now (X26)."""
    try:
        return window_fill(typed.names, desk.case, desk.county, typed.at or desk.case.accepted_at)
    except NotFilled as error:
        raise NotUnderstood(str(error)) from error


def _add(desk: Desk, typed: Typed) -> Do:
    """Services that the caller wants too, with what they bring on the form (X19, X24)."""
    if desk.signed is None:
        raise NotUnderstood(f"{desk.case.number}的申请表已经删除，加不了。")
    try:
        return window_add(typed.names, desk.case, desk.county, desk.signed, typed.by, typed.at or desk.case.accepted_at)
    except NotFilled as error:
        raise NotUnderstood(str(error)) from error


def _departments(desk: Desk, typed: Typed) -> Do:
    return ChooseDepartments(departments=tuple(body_named(desk, one) for one in typed.names))


def _original(desk: Desk, typed: Typed) -> Do:
    """The stamped original that somebody has brought to the window (X127)."""
    lacking = {supplement_name(desk.county, one): one for one in desk.case.supplements if one.paper_lacking}
    name = " ".join(typed.names)
    if name not in lacking:
        raise NotUnderstood(f"没有在等这份原件：{name or '（没写）'}；在等：{'、'.join(lacking) or '没有'}")
    return TickOriginal(order=lacking[name].orders[0], supplement=lacking[name].id)


def _later(desk: Desk, typed: Typed) -> str:
    """What a department still has to hand in, by itself or by the department, if that has one such thing."""
    items, name = desk.case.sheet.open_items if desk.case.sheet else (), " ".join(typed.names)
    named = {one.id: desk.county.body[one.body] for one in items}
    found = [one for one, body in named.items() if name in (one, body.id, body.short, body.name)]
    if len(found) != 1:
        left = "、".join(f"{named[one.id].short}（{one.id}，{one.text}）" for one in items)
        raise NotUnderstood(f"请写明是哪一项后补：{left}" if items else f"{desk.case.number}没有要交的后补")
    return found[0]


class Act(NamedTuple):
    """An act: what stands for it on the list, and how the command is made of what was typed."""

    told: str
    made: Callable[[Desk, Typed], Do]


ACTS: Final[Mapping[str, Act]] = {
    "assign": Act("指派：业务 --body 单位 [--steward 姓名] [--words 原因]", _assign),
    "withdraw": Act(
        "撤回：[业务…] [--words 原因]；不写业务就是全部",
        lambda desk, typed: Withdraw(orders=some_named(desk, typed), reason=typed.words),
    ),
    "resume": Act("恢复：[业务…]", lambda desk, typed: Resume(orders=some_named(desk, typed))),
    "announce-end": Act(
        "拟终止，先告诉申请人：业务 --words 原因",
        lambda desk, typed: AnnounceEnd(order=one_named(desk, typed), reason=words_of(typed, "原因")),
    ),
    "keep-on": Act("申请人还要办：业务", lambda desk, typed: KeepOn(order=one_named(desk, typed))),
    "terminate": Act(
        "终止：业务 [--words 原因]", lambda desk, typed: Terminate(order=one_named(desk, typed), reason=typed.words)
    ),
    "confirm-decline": Act("同意不办：业务", lambda desk, typed: ConfirmDecline(order=one_named(desk, typed))),
    "return-decline": Act("不同意不办：业务", lambda desk, typed: ReturnDecline(order=one_named(desk, typed))),
    "agree-time": Act(
        "同意补报的时间：业务", lambda desk, typed: AnswerBackdating(order=one_named(desk, typed), agrees=True)
    ),
    "refuse-time": Act(
        "不同意补报的时间：业务", lambda desk, typed: AnswerBackdating(order=one_named(desk, typed), agrees=False)
    ),
    "agree": Act("申请人同意上门时间：[业务]", _agree),
    "built-inside": Act(
        "申请人说内部做完了：[业务]",
        lambda desk, typed: ReportInside(order=one_named(desk, typed) if typed.names else None),
    ),
    "phone": Act("申请人换电话：--words 号码", _phone),
    "fill": Act("补填电话报装的申请表：项目=内容…", _fill),
    "add": Act("加办：业务… 项目=内容…；先念给申请人听，他同意了再加 --read-out", _add),
    "read-out": Act(
        "已念给申请人听，都对：[业务]",
        lambda desk, typed: ConfirmForm(order=one_named(desk, typed) if typed.names else None),
    ),
    "urge": Act("催办：[业务]", lambda desk, typed: Urge(order=one_named(desk, typed) if typed.names else None)),
    "reply-urge": Act(
        "答复催办：业务 --words 答复",
        lambda desk, typed: ReplyToUrge(order=one_named(desk, typed), text=words_of(typed, "答复")),
    ),
    "call-back": Act("已回访：--words 结果", lambda _, typed: CallBack(text=words_of(typed, "结果"))),
    "departments": Act("勘验部门：单位…", _departments),
    "remind-rows": Act("催勘验意见", lambda _desk, _typed: RemindDepartments()),
    "copy": Act("意见表副本已给：单位", lambda desk, typed: KeepCopy(body=body_named(desk, " ".join(typed.names)))),
    "return-copy": Act("窗口已收到意见表", lambda _desk, _typed: ReturnCopy()),
    "follow-up": Act(
        "后补已交：单位 --words 交了什么",
        lambda desk, typed: CloseFollowUp(item=_later(desk, typed), words=words_of(typed, "交了什么")),
    ),
    "carry-follow-up": Act(
        "后补转为后续，不等它办结：单位 --words 原因",
        lambda desk, typed: CarryFollowUp(item=_later(desk, typed), reason=words_of(typed, "原因")),
    ),
    "original": Act("收到盖章原件：材料名", _original),
    "consult": Act("提请会商：[业务] [单位…] --words 原因；不写单位就是正在办的各单位", consult),
    "consult-time": Act("定会商时间：日子 钟点 --words 地点", consult_time),
    "consult-decline": Act(
        "会商不用开：--words 原因",
        lambda desk, typed: DeclineConsultation(consultation=newest(desk).id, reason=words_of(typed, "原因")),
    ),
    "consult-minutes": Act("会商纪要：告诉申请人的话 --words 议定的结果", consult_minutes),
    "consult-item": Act("会商议定事项：单位 日子 --words 要做的事", consult_item),
    "consult-settled": Act("会商事项记完了", lambda desk, _: SettleConsultation(consultation=newest(desk).id)),
    "consult-done": Act("会商事项已办：单位", consult_done),
}

"""Which ways are open to this account: asked by what is left of each, so that nothing is sent."""

from collections.abc import Mapping
from typing import Final

from bot.channels.wechat.account import Account
from bot.channels.wechat.results import Failed, Refusal
from bot.doctor import places
from bot.doctor.answers import Quota, Templates
from bot.doctor.finding import Check, Finding, act, good, unseen
from bot.doctor.quota import COUNTED
from bot.doctor.refusals import UNAUTHORISED

_TEMPLATE: Final = "/cgi-bin/message/template/send"
_SUBSCRIPTION: Final = "/cgi-bin/message/subscribe/bizsend"
_MENU: Final = "/cgi-bin/menu/create"
BESIDE: Final[dict[str, str]] = {
    _MENU: "菜单",
    _SUBSCRIPTION: "订阅通知",
    "/cgi-bin/ticket/getticket": "网页里的按钮（JS-SDK）",
    "/cv/ocr/idcard": "证件识别",
}
"""Asked beside what is counted."""
_NAMES: Final = COUNTED | BESIDE
_NEEDED: Final = frozenset({"/cgi-bin/message/custom/send", _TEMPLATE, "/cgi-bin/media/get", _MENU})


def needed(account: Account) -> frozenset[str]:
    """Without these the program cannot do its work; the others it can do without. 订阅通知 only where the file has some; a
    subscription account has fewer by its kind.
    """
    lacks = {_MENU, "/cgi-bin/message/custom/send"} if not account.may_text else set()
    asked = {_SUBSCRIPTION} if account.subscriptions.templates else set()
    return (_NEEDED | asked) - lacks - (set() if account.may_card else {_TEMPLATE, _SUBSCRIPTION})


def judged(
    found: Mapping[str, Quota | Failed], templates: Templates | Failed, wanted: frozenset[str] = _NEEDED
) -> Finding:
    """48001 (接口未授权) of the list of templates, 48001 or 76022 (no permission) of quota/get: not open. A limit: open."""
    is_open = {path for path, one in found.items() if isinstance(one, Quota) and one.daily_limit > 0}
    closed = {path for path, one in found.items() if _refused(one)}
    if _refused(templates):
        is_open, closed = is_open - {_TEMPLATE}, closed | {_TEMPLATE}
    said = _said(("开着", is_open), ("没开", closed), ("看不出", _NAMES.keys() - is_open - closed))
    lacking = closed & wanted
    if lacking:
        template = [f"模板消息：{places.TEMPLATES}，申请开通（要认证的服务号）"] if _TEMPLATE in lacking else []
        return act(
            Check.RIGHTS,
            said,
            f"{places.RIGHTS}：看这几个是不是“已获得”：{'、'.join(_NAMES[path] for path in _NAMES if path in lacking)}",
            *template,
            "没有获得的多半是没有认证，或者认证过期：先办认证",
        )
    if not is_open >= wanted:
        return unseen(Check.RIGHTS, said, f"{places.RIGHTS}：看看不出的几个是不是“已获得”")
    return good(Check.RIGHTS, said)


def _refused(one: object) -> bool:
    return isinstance(one, Refusal) and one.code in UNAUTHORISED


def _said(*groups: tuple[str, set[str]]) -> str:
    named = [(title, "、".join(name for path, name in _NAMES.items() if path in paths)) for title, paths in groups]
    return "；".join(f"{title}：{names}" for title, names in named if names)

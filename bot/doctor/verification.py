"""Whether it is a service account, and until when it is verified (微信认证)."""

import datetime as dt
from typing import Final

from bot.channels.wechat.results import Failed, Refusal
from bot.doctor import places
from bot.doctor.answers import BasicInfo, Templates
from bot.doctor.finding import Check, Finding, act, good, unseen
from bot.doctor.refusals import UNAUTHORISED, code, failed
from model.calendar import CHINA

_KINDS: Final = {1: "订阅号", 2: "服务号", 3: "小程序"}
_SERVICE: Final = 2
_SOON: Final = dt.timedelta(days=60)
_VERIFY: Final = f"{places.VERIFIED}：点“申请微信认证”，政府的号免费，材料照页面上列的备"


def judged(info: BasicInfo | Failed, templates: Templates | Failed, now: dt.datetime) -> Finding:
    """获取基本信息 (account/getaccountbasicinfo). An account is mostly not allowed to ask it of itself (platform rule: only with a
    token granted to a third-party platform); then its rights tell: only a verified service account may list templates.
    """
    if not isinstance(info, BasicInfo):
        return _by_rights(info, templates)
    verified, kind = info.wx_verify_info, _KINDS.get(info.account_type, f"类型 {info.account_type}")
    who = f"{kind}，主体“{info.principal_name}”"
    if info.account_type != _SERVICE:
        return act(
            Check.VERIFICATION,
            f"{who}：要认证的服务号才能用模板消息、客服消息",
            "微信公众平台（mp.weixin.qq.com）→ 立即注册 → 服务号，另外注册一个；或者问微信客服能不能迁移",
        )
    if not verified.qualification_verify:
        return act(Check.VERIFICATION, f"{who}，还没有认证，或者认证已经过期", _VERIFY)
    ends = _day(verified.annual_review_end_time)
    if ends is None:
        return good(Check.VERIFICATION, f"{who}，已认证；微信没有说到哪一天")
    if ends <= now:
        return act(Check.VERIFICATION, f"{who}，认证 {_said(ends)} 已过期，接口会被收回", _VERIFY)
    if verified.annual_review or ends - now <= _SOON:
        return act(
            Check.VERIFICATION,
            f"{who}，要年审了，{_said(ends)} 以前要办完，过期接口会被收回",
            f"{places.VERIFIED}：点“年审”，材料和第一次认证一样，审核要几天",
        )
    named = "" if verified.naming_verify else "；名称没有认证（不影响接口，账号上没有认证的标志）"
    return good(Check.VERIFICATION, f"{who}，认证到 {_said(ends)}{named}")


def _by_rights(info: Failed, templates: Templates | Failed) -> Finding:
    if not (isinstance(info, Refusal) and info.code in UNAUTHORISED):
        return failed(Check.VERIFICATION, info)
    if isinstance(templates, Templates):
        return unseen(
            Check.VERIFICATION,
            "能用模板消息，所以是认证过的服务号；认证到哪一天，微信不让号自己问",
            f"{places.VERIFIED}：看认证到哪一天，提前两个月办年审",
        )
    if isinstance(templates, Refusal) and templates.code in UNAUTHORISED:
        return act(
            Check.VERIFICATION,
            f"看样子不是认证过的服务号，或者没有开模板消息：问模板时{code(templates)}",
            f"{places.VERIFIED}：看是不是服务号、有没有认证、有没有过期",
            _VERIFY,
            f"认证过的：{places.TEMPLATES}，申请开通",
            "确认清单里的 AppID 是服务号的，不是订阅号或小程序的",
        )
    return unseen(Check.VERIFICATION, "微信不让号自己问，也没有问到模板", f"{places.VERIFIED}：看类型和认证到哪一天")


def _day(seconds: int | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(seconds, CHINA) if seconds else None
    except (OverflowError, OSError, ValueError):
        return None


def _said(moment: dt.datetime) -> str:
    return f"{moment:%Y年%m月%d日}"

"""The accounts file, one account after the other: a mistake in one hides nothing about the others, and quotes no secret."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import ValidationError

from bot.channels.wechat.account import PUBLIC_API, Account, Mode
from bot.channels.wecom.app import WeComApp
from bot.doctor import places
from bot.doctor.finding import Check, Finding, act, good
from model.county import County

_APPID: Final = re.compile(r"wx[0-9a-f]{16}", re.ASCII)
_ORIGINAL: Final = re.compile(r"gh_[0-9a-zA-Z]{6,}", re.ASCII)
_TOKEN: Final = re.compile(r"[A-Za-z0-9]{3,32}", re.ASCII)
"""Platform rule: 3 to 32 letters and digits."""

_MEANT: Final[dict[str, str]] = {
    "id": "自己起的短名字，字母、数字、横线，会出现在网址里，例如 xinxiang",
    "county": "县的文件夹名，例如 xinxiang",
    "original_id": "原始 ID，gh_ 开头",
    "appid": "AppID，wx 开头，18 个字符",
    "appsecret": "AppSecret，后台只显示一次",
    "token": "自己定的 Token，3 到 32 个字母和数字",
    "aes_key": "EncodingAESKey，43 个字母和数字",
    "previous_aes_key": "换下来的 EncodingAESKey，没有就不写",
    "mode": "plain、compatible、safe 里的一个，写 safe",
    "kind": "service、verified_subscription、subscription 里的一个；不写就是服务号",
    "api_base": "不写就是微信的接口地址",
    "open_base": "不写就是微信的网页授权地址",
    "sdk_url": "不写就是微信的 JS-SDK 的地址",
    "previous": '{"url": "以前的服务器地址"} 或 {"autoreplies": "account save 存下的文件"}，见 docs/existing-account.md',
    "templates": '{"程序里的名字": "后台的模板编号"}',
    "subscriptions": '{"one_time": {"程序里的名字": "订阅通知的模板编号"}, "long_term": {…}}，一个名字、一个编号只能是一种',
    "fields": '{"后台的模板编号": {"程序里的栏名": "后台的栏名"}}，两栏不能对到同一栏',
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One account of the file, or why it is none."""

    name: str
    account: Account | None
    findings: tuple[Finding, ...]


def entries(text: str, counties: Mapping[str, County]) -> tuple[Entry, ...] | Finding:
    """Everything in the file, in its order; or why it cannot be read as a whole."""
    try:
        listed = json.loads(text)
    except ValueError as error:
        at = f"第 {error.lineno} 行第 {error.colno} 个字符附近" if isinstance(error, json.JSONDecodeError) else ""
        return act(
            Check.ACCOUNTS,
            f"不是 JSON：{at}读不下去",
            "多半是少了或多了逗号、引号、括号，或者引号是中文的；样子见 docs/installing.md",
        )
    if not isinstance(listed, list) or not listed:
        return act(Check.ACCOUNTS, "里面应该是 [ … ]，方括号里一个号一段", "样子见 docs/installing.md")
    return alike(tuple(_entry(number, one, counties) for number, one in enumerate(listed, 1)))


def alike(found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The same, with what two of them must not share."""
    twice = {
        what: {value for value, count in Counter(_values(found, what)).items() if count > 1}
        for what in ("id", "appid", "original_id")
    }
    made = list[Entry]()
    for one in found:
        shared = [what for what in twice if one.account and getattr(one.account, what) in twice[what]]
        more = tuple(
            act(Check.ENTRY, f"有两个号的 {what} 一样：{getattr(one.account, what)}", f"{places.FILE}：改掉其中一个")
            for what in shared
        )
        made.append(Entry(one.name, one.account, (*one.findings, *more)))
    return tuple(made)


def judged(account: Account, counties: Mapping[str, County]) -> tuple[Finding, ...]:
    """What is to be said of an account that can be read."""
    wrong = list[Finding]()

    def field(name: str, said: str) -> None:
        wrong.append(act(Check.ENTRY, f"{name} {said}", f"{places.FILE}：{name} 应该是{_MEANT[name]}"))

    if account.county not in counties:
        field("county", f"写的是“{account.county}”，没有这个县；有：{'、'.join(counties)}")
    if not _APPID.fullmatch(account.appid):
        field("appid", f"写的是“{account.appid}”，不像 AppID")
    if not _ORIGINAL.fullmatch(account.original_id):
        field("original_id", f"写的是“{account.original_id}”，不像原始 ID")
    if not account.appsecret.strip() or account.appsecret != account.appsecret.strip():
        field("appsecret", "是空的，或者前后有空格")
    if not _TOKEN.fullmatch(account.token):
        field("token", "不是 3 到 32 个字母和数字，后台不会收")
    if account.mode is not Mode.SAFE:
        wrong.append(
            act(
                Check.ENTRY,
                f"加密方式是 {account.mode}，来往的内容没有加密",
                f"{places.PUSH}：消息加解密方式选“安全模式”",
                f"{places.FILE}：mode 写 safe，aes_key 写后台的 EncodingAESKey，重新启动",
            )
        )
    if wrong:
        return tuple(wrong)
    elsewhere = "" if account.api_base == PUBLIC_API else f"；接口不在微信，在 {account.api_base}"
    return (good(Check.ENTRY, f"各项齐全，县是{counties[account.county].name}，安全模式{elsewhere}"),)


def _entry(number: int, listed: object, counties: Mapping[str, County]) -> Entry:
    name = f"第 {number} 个"
    if isinstance(listed, dict) and isinstance(listed.get("id"), str):
        name = listed["id"]
    if isinstance(listed, dict) and listed.get("kind") == "wecom":
        return Entry(name, None, (_app(listed, counties),))
    try:
        account = Account.model_validate(listed)
    except ValidationError as error:
        return Entry(name, None, tuple(_mistakes(error)))
    return Entry(name, account, judged(account, counties))


def _app(listed: dict[str, Any], counties: Mapping[str, County]) -> Finding:
    """Of a WeCom app only what stands in the file."""
    try:
        app = WeComApp.model_validate(listed)
    except ValidationError as error:
        wrong = "、".join(".".join(map(str, one["loc"])) or "aes_key" for one in error.errors(include_input=False))
        return act(Check.ENTRY, f"企业微信应用的 {wrong} 没有写，或者写得不对", f"{places.FILE}：样子见 docs/wecom.md")
    if app.county not in counties:
        county = f"county 写的是“{app.county}”，没有这个县；有：{'、'.join(counties)}"
        return act(Check.ENTRY, county, f"{places.FILE}：county 应该是{_MEANT['county']}")
    return good(Check.ENTRY, "企业微信应用：各项齐全；通不通见 docs/wecom.md")


def _mistakes(error: ValidationError) -> Iterable[Finding]:
    for one in error.errors(include_url=False, include_input=False, include_context=False):
        where = ".".join(map(str, one["loc"]))
        meant = _MEANT.get(str(one["loc"][0]) if one["loc"] else "", "")
        match one["type"]:
            case "missing":
                said = f"没有写 {where}"
            case "extra_forbidden":
                said, meant = f"不认识 {where}", f"认识的是：{'、'.join(_MEANT)}"
            case "value_error" if not where:  # of the keys together
                said, meant = "aes_key 不对，或者没有写", _MEANT["aes_key"]
            case _:
                said = f"{where or '这一段'} 写得不对"
        yield act(
            Check.ENTRY, said, f"{places.FILE}：{meant}" if meant else f"{places.FILE}：样子见 docs/installing.md"
        )


def _values(found: Iterable[Entry], what: str) -> Iterable[str]:
    return (getattr(one.account, what) for one in found if one.account is not None)

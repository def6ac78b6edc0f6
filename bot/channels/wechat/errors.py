"""What the platform's error codes mean and what to do about them, as data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Reaction(StrEnum):
    """What the sender does next."""

    RETRY = "retry"  # the platform is busy: the client has already tried again, the outbox may later
    REFRESH_TOKEN = "refresh_token"  # noqa: S105 - the client did, once; as a result it means: alert
    OTHER_CHANNEL = "other_channel"  # this way is closed for this person now
    PERMANENT = "permanent"  # the same message will be refused again
    STOP = "stop"  # this person must not be written to: worklist
    DELAY = "delay"  # not before Meaning.delay seconds
    ALERT = "alert"  # somebody must change a setting first


class Correction(StrEnum):
    """What of ours the answer proves wrong."""

    NOT_FOLLOWING = "not_following"
    WINDOW_CLOSED = "window_closed"  # no message of theirs within the window after all
    COUNT_USED = "count_used"
    OPT_IN_SPENT = "opt_in_spent"
    TEMPLATE_OFF = "template_off"
    FEATURE_OFF = "feature_off"
    BREAKER_OPEN = "breaker_open"  # until the next day
    SPLIT = "split"
    REPAIR = "repair"  # once, with the field errmsg names
    COALESCE = "coalesce"  # with what else waits for this person
    BLACKLISTED = "blacklisted"
    WRONG_PERSON = "wrong_person"
    NOT_MEMBER = "not_member"  # not within the visible range of the WeCom app
    TOO_FAST = "too_fast"  # all of us, for a minute
    MEDIA_GONE = "media_gone"  # its three days are over, or it was never there: uploaded anew, once
    BAD_FILE = "bad_file"  # the platform does not take this file; said in words instead
    ACCOUNT_SHUT = "account_shut"  # nothing of this account goes through until a setting is changed


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code means. `delay` is the least wait in seconds; add jitter. `note` is for logs and the worklist."""

    reaction: Reaction
    note: str
    delay: float = 0
    alert: bool = False
    correction: Correction | None = None


DAY: Final = 86_400.0

_TOKEN = Meaning(Reaction.REFRESH_TOKEN, "access_token 无效或过期")
_NOT_FOLLOWING = Meaning(Reaction.OTHER_CHANNEL, "未关注公众号", correction=Correction.NOT_FOLLOWING)
_TOO_MUCH = Meaning(Reaction.PERMANENT, "内容超长或图文超过一条", correction=Correction.SPLIT)
_BAD_FIELD = Meaning(Reaction.PERMANENT, "数据格式或模板字段不合规则", correction=Correction.REPAIR)
_NOT_ALLOWED = Meaning(Reaction.ALERT, "接口未授权或被封禁", alert=True, correction=Correction.FEATURE_OFF)
_NOT_BOUGHT = Meaning(
    Reaction.DELAY, "服务市场的识别次数没领取或用完", delay=DAY, alert=True, correction=Correction.BREAKER_OPEN
)
_BAD_CREDENTIALS = Meaning(Reaction.ALERT, "appid 或 appsecret 不正确", alert=True, correction=Correction.ACCOUNT_SHUT)


def _bad_file(note: str) -> Meaning:
    return Meaning(Reaction.PERMANENT, note, correction=Correction.BAD_FILE)


MEANINGS: Final[dict[int, Meaning]] = {
    -1: Meaning(Reaction.RETRY, "系统繁忙", delay=1),
    40001: _TOKEN,
    40014: _TOKEN,
    42001: _TOKEN,
    40003: Meaning(Reaction.OTHER_CHANNEL, "openid 不属于本公众号", correction=Correction.WRONG_PERSON),
    40004: _bad_file("素材种类不对"),
    40005: _bad_file("文件格式平台不收"),
    40006: _bad_file("文件大小平台不收"),
    40007: Meaning(Reaction.PERMANENT, "media_id 无效或过期", correction=Correction.MEDIA_GONE),
    40009: _bad_file("图片大小平台不收"),
    41005: _bad_file("上传里没有文件"),
    44001: _bad_file("文件是空的"),
    45001: _bad_file("文件太大"),
    40013: _BAD_CREDENTIALS,
    40125: _BAD_CREDENTIALS,
    40037: Meaning(Reaction.PERMANENT, "模板不存在", alert=True, correction=Correction.TEMPLATE_OFF),
    40164: Meaning(Reaction.ALERT, "服务器 IP 不在白名单", alert=True, correction=Correction.ACCOUNT_SHUT),
    40200: Meaning(Reaction.PERMANENT, "账号不支持菜单消息", correction=Correction.FEATURE_OFF),
    43004: _NOT_FOLLOWING,
    50005: _NOT_FOLLOWING,
    43019: Meaning(Reaction.STOP, "用户在黑名单中", correction=Correction.BLACKLISTED),
    43101: Meaning(Reaction.OTHER_CHANNEL, "订阅授权已用完", correction=Correction.OPT_IN_SPENT),
    43117: Meaning(Reaction.DELAY, "对此人发送过于频繁", delay=600, correction=Correction.COALESCE),
    45009: Meaning(Reaction.DELAY, "当日接口次数用尽", delay=DAY, alert=True, correction=Correction.BREAKER_OPEN),
    45011: Meaning(Reaction.DELAY, "每分钟次数用尽", delay=60, correction=Correction.TOO_FAST),
    45015: Meaning(Reaction.OTHER_CHANNEL, "客服消息时限已过", correction=Correction.WINDOW_CLOSED),
    45047: Meaning(Reaction.OTHER_CHANNEL, "客服消息条数用完", correction=Correction.COUNT_USED),
    45002: _TOO_MUCH,
    45008: _TOO_MUCH,
    47001: _BAD_FIELD,
    47003: _BAD_FIELD,
    48001: _NOT_ALLOWED,
    48004: _NOT_ALLOWED,
    101000: Meaning(Reaction.PERMANENT, "识别不了这张图片"),
    101001: Meaning(Reaction.PERMANENT, "图片里没有证件"),
    101002: _NOT_BOUGHT,
    101003: _NOT_BOUGHT,
}

SYSTEM_BUSY: Final = -1
TEMPLATE_UNKNOWN: Final = 40037
FIELD_INVALID: Final = 47003
FILE_UNREADABLE: Final = 44001


def meaning_of(code: int) -> Meaning:
    """The meaning of a code; one we do not know is not tried again and is shown to somebody."""
    return MEANINGS.get(code) or Meaning(Reaction.PERMANENT, f"未知错误 {code}", alert=True)

"""What WeCom's error codes mean and what to do about them (platform: 全局错误码). Some numbers mean other things than elsewhere."""

from typing import Final

from bot.channels.wechat.errors import Correction, Meaning, Reaction, meaning_of

TASK_ID_TAKEN: Final = 42014
"""A card with this task id was sent before, or the id is none."""

_TOKEN = Meaning(Reaction.REFRESH_TOKEN, "access_token 无效或过期")
_MINUTE: Final = 60.0


def _settings(note: str) -> Meaning:
    return Meaning(Reaction.ALERT, note, alert=True, correction=Correction.ACCOUNT_SHUT)


_CARD = Meaning(Reaction.PERMANENT, "卡片内容不合规则", correction=Correction.REPAIR)

MEANINGS: Final[dict[int, Meaning]] = {
    40014: _TOKEN,
    42001: _TOKEN,
    40001: _settings("企业微信应用的 Secret 不正确"),
    40091: _settings("企业微信应用的 Secret 不正确"),
    40013: _settings("企业微信的 CorpID 不正确"),
    40056: _settings("企业微信的 AgentId 不正确"),
    301002: _settings("AgentId 和 Secret 不是同一个应用的"),
    93000: Meaning(Reaction.ALERT, "群机器人的地址不对", alert=True),
    60020: _settings("服务器 IP 不在企业可信 IP 里"),
    48001: Meaning(Reaction.ALERT, "接口未授权", alert=True, correction=Correction.FEATURE_OFF),
    48002: Meaning(Reaction.ALERT, "接口未授权", alert=True, correction=Correction.FEATURE_OFF),
    81013: Meaning(Reaction.OTHER_CHANNEL, "不在应用的可见范围", correction=Correction.NOT_MEMBER),
    60011: Meaning(Reaction.OTHER_CHANNEL, "不在应用的可见范围", correction=Correction.NOT_MEMBER),
    60021: Meaning(Reaction.OTHER_CHANNEL, "不在应用的可见范围", correction=Correction.NOT_MEMBER),
    45009: Meaning(Reaction.DELAY, "接口调用太频繁", delay=_MINUTE, alert=True, correction=Correction.TOO_FAST),
    45033: Meaning(Reaction.DELAY, "接口并发太多", delay=_MINUTE, correction=Correction.TOO_FAST),
    40016: _CARD,
    40058: _CARD,
    41016: _CARD,
    TASK_ID_TAKEN: _CARD,
} | dict.fromkeys(range(42027, 42052), _CARD)


def wecom_meaning(code: int) -> Meaning:
    """The meaning of a code of WeCom; -1 and what is alike everywhere, as for official accounts."""
    return MEANINGS.get(code) or (
        meaning_of(code) if code in _ALIKE else Meaning(Reaction.PERMANENT, f"未知错误 {code}", alert=True)
    )


_ALIKE: Final = frozenset({-1, 40004, 40005, 40006, 40007, 40009, 41005, 44001, 45001, 45002, 47001})

"""The automatic replies of an account in plain words, for whoever enters them by hand: the API cannot set them (platform rule)."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_MATCHES: Final = {"contain": "包含", "equal": "等于"}
_KINDS: Final = {"img": "图片", "voice": "语音", "video": "视频", "news": "图文"}


def told_replies(found: Mapping[str, Any]) -> list[str]:
    """The answer of get_current_autoreply_info, line by line; nothing where there are none."""
    return [*_single("关注后自动回复", found, "is_add_friend_reply_open", "add_friend_autoreply_info"),
            *_single("收到消息自动回复", found, "is_autoreply_open", "message_default_autoreply_info"),
            *_keywords(found)]  # fmt: skip


def _single(title: str, found: Mapping[str, Any], switch: str, name: str) -> Iterator[str]:
    reply = found.get(name)
    if isinstance(reply, Mapping):
        yield f"{title}（{'开着' if found.get(switch) == 1 else '关着'}）：{_said(reply)}"


def _keywords(found: Mapping[str, Any]) -> Iterator[str]:
    rules = found.get("keyword_autoreply_info")
    for rule in _dicts(rules.get("list")) if isinstance(rules, Mapping) else []:
        words = "、".join(
            f"{_MATCHES.get(str(one.get('match_mode')), '')}“{one.get('content', '')}”"
            for one in _dicts(rule.get("keyword_list_info"))
        )
        mode = "全部回复" if rule.get("reply_mode") == "reply_all" else "随机回复一条"
        yield f"关键词回复“{rule.get('rule_name', '')}”：{words}，{mode}："
        yield from (f"  {_said(one)}" for one in _dicts(rule.get("reply_list_info")))


def _said(reply: Mapping[str, Any]) -> str:
    kind, content = reply.get("type"), reply.get("content", "")
    if kind == "text":
        return str(content)
    news = reply.get("news_info")
    titles = (
        [f"《{one.get('title', '')}》{one.get('content_url', '')}" for one in _dicts(news.get("list"))]
        if isinstance(news, Mapping)
        else []
    )
    return f"［{_KINDS.get(str(kind), kind)}］{'；'.join(titles) or '在素材库里重新选'}"


def _dicts(found: Any) -> list[Mapping[str, Any]]:
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []

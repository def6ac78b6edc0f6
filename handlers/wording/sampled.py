"""Invented facts for any text: whatever a template names has an example, so that it can be looked at before anybody gets it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from handlers.wording.catalogue import Catalogue
from handlers.wording.values import moment
from model.calendar import CHINA
from model.county import Body, County


class _Moment(dt.datetime):
    """A time that reads as people write it, where a text does not say how; a limit is one with its `at`."""

    @property
    def at(self) -> dt.datetime:
        """Itself."""
        return self

    def __str__(self) -> str:
        return moment(self)


_TIME: Final = _Moment(2026, 12, 30, 14, 30, tzinfo=CHINA)
_TIMES: Final = frozenset(
    {
        "at", "at_time", "agreed_at", "survey_at", "happened_at", "given_up", "due", "until", "ask_until", "day", "ends",
        "begins", "closes", "reply_by", "first", "last", "agreed", "missed", "late_at", "released",
    }
)  # fmt: skip
_NUMBERS: Final = frozenset(
    {
        "count", "today", "overdue", "left", "open_forms", "empty_count", "undo_days", "days", "round", "filled", "unassigned",
        "mark", "drafts", "pages", "sequence",
    }
)  # fmt: skip
_WORDS: Final = {
    "number": "LIANBAN2026000001",
    "name": "欧阳示例",
    "phone": "13800000000",
    "asker_phone": "13800000000",
    "address": "示范镇示范路1号",
    "place": "示范镇示范路1号",
    "road": "示范路",
    "by": "12月30日（周三）17:30前",
    "may_change": "以前",
    "when": "12月30日（周三）14:30",
    "wish": "想改到下午",
    "wished": "12月30日（周三）上午",
    "reason": "现场路面在修，车进不去",
    "remark": "表箱位置要让出一米",
    "opinion": "符合条件",
    "result": "通过",
    "wrong": "照片看不清",
    "words": "电话写错了，请改一下",
    "text": "从路东接入",
    "answer": "已经安排，请留意电话",
    "step": "现场踏勘",
    "basis": "《示例办法》第八条",
    "granted": "2个工作日",
    "supplement.name": "房产证明",
    "lacking.name": "房产证明",
    "missing": "房产证明",
    "originals": "申请表",
    "permit.name": "破路许可",
    "consult.name": "会商",
    "visit.name": "踏勘",
    "visit.does": "上门看现场",
    "visit.goes": "上门看现场",
    "visit.must": "请带上工作证",
    "visit.ask": "您哪几天在家？",
    "example": "周三下午、周四",
    "agreed_for": "踏勘",
    "connected": "用水报装",
    "handled": "用电报装",
    "returned": "用水报装",
    "decision": "从路东接入",
    "asker": "示例单位",
    "convener": "示例单位",
    "complaints": "12345",
    "cells.name": "受理编号",
    "cells.value": "0411200231",
    "written.name": "用水量",
    "mended.name": "用水量",
    "value": "10吨/日",
    "ended": "用水报装",
    "dropped": "用水报装",
    "gone": "用水报装",
    "alternative": "先接临时用水",
    "outline": "从路东接入",
}
_EXAMPLE: Final = "示例内容"
_BODIES: Final = frozenset({"body", "part", "lead", "lead_was", "item_body", "bodies", "departments", "again", "owing"})


class _Sample:
    """What stands for a fact: it reads as an example, holds whatever is asked of it, and is a list of one as well."""

    def __init__(self, county: County, name: str, of: str = "") -> None:
        self._county = county
        self._name = name
        self._of = of

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if self._name in _BODIES and name in ("name", "short", "phone", "address"):
            return getattr(_body(self._county), name)
        return _example(self._county, name, self._name)

    def __getitem__(self, key: int | slice | str) -> "_Sample":
        if isinstance(key, str):
            raise TypeError(key)  # `map(attribute=…)` asks for an attribute then
        return self  # its words are short, and it is a list of one: the beginning of either is the same

    def __iter__(self) -> Iterator["_Sample"]:
        return iter((self,))

    def __len__(self) -> int:
        return 1

    def __str__(self) -> str:
        if self._name in _BODIES:
            return _body(self._county).short
        return _WORDS.get(f"{self._of}.{self._name}") or _WORDS.get(self._name, _EXAMPLE)


def sampled(catalogue: Catalogue, county: County, key: str, *, aloud: bool = False) -> str:
    """The text of this key with an example for everything it names; `aloud`: as it is said on the telephone. Raises KeyError for an
    unknown key.

    A county's own text passed `check`, but may do with a fact what an example does not bear: jinja2's errors, TypeError, ValueError.
    """
    return catalogue.say(key, **{name: _example(county, name) for name in catalogue.wants(key)}, aloud=aloud)


def _example(county: County, name: str, of: str = "") -> Any:
    if name in _TIMES:
        return _TIME
    if name in _NUMBERS or (of == "" and name == "times"):
        return 2
    match name:
        case "service":
            return max((one.name for one in county.services), key=len)
        case "services":
            return [one.name for one in county.services][:2]
        case "share":
            return 80
        case "telephone" | "passes":
            return True
    return _Sample(county, name, of)


def _body(county: County) -> Body:
    return max(county.bodies, key=lambda one: len(one.short))

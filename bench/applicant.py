"""A simulated applicant: knows what his story says, and answers a question with that and nothing else."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.scoring import measure, plain_label, same
from bench.stories import Story
from bot.values_out import value_out
from dialogs.focus import (
    Focus,
    OnConfirm,
    OnConsent,
    OnCopied,
    OnField,
    OnNotice,
    OnReview,
    OnRows,
    OnSure,
)
from model.county import County
from model.fields import (
    AttachmentField,
    ContactField,
    DateField,
    Field,
    NumberField,
    TableField,
    YesNoField,
)
from model.form import Form

LATER, NOTHING, SKIP, YES, NO = "后面补", "没有", "跳过", "对", "不对"
_AGREED = "同意"
_TRIES = 3
_PERSON = re.compile(r"[1-8]\d{5}(?:19|20)\d{9}[\dXx]")


@dataclass
class Applicant:
    """One person with one story.

    `known` is what he would write into each field, `allowed` those of them that the story allows and does not say; `given`
    counts his answers to each.
    """

    known: Mapping[str, Any]
    allowed: frozenset[str]
    given: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, county: County, story: Story) -> "Applicant":
        """The person of this story."""
        said = dict(_said(county, story))
        allowed = {name: value for name, value in _allowed(county, story) if name not in said}
        return cls(allowed | said, frozenset(allowed))

    def answer(self, on: Focus) -> str | None:
        """What he says to the question; None if he gives up: he has answered it three times."""
        match on:
            case OnNotice() | OnConsent():
                return _AGREED
            case OnConfirm(field=asked, answer=answer):
                right = asked.id not in self.known or self.agrees(asked, answer.value)
                return YES if right else said_of(asked, self.known[asked.id])
            case OnReview():
                return "0"
            case OnCopied():
                return "1"
            case OnSure():
                return NO
            case OnField(field=asked, want=want):
                return self._to(asked, want)
            case OnRows(field=asked, asking=True):
                return "没有了"
            case OnRows(field=asked):
                return self._to(asked, None)

    def agrees(self, asked: Field, value: Any) -> bool:
        """Whether a value of the draft is what he would have written."""
        if value is None or asked.id not in self.known:
            return False
        return _as_known(self.known[asked.id], value_out(asked, value), asked.called)

    def _to(self, asked: Field, want: str | None) -> str | None:
        times = self.given[asked.id] = self.given.get(asked.id, 0) + 1
        if times > _TRIES:
            return None
        if asked.id in self.known and times < _TRIES:
            whole = said_of(asked, self.known[asked.id])
            return whole if want is None else _part(asked, self.known[asked.id], want) or whole
        if want is not None:
            return {"half": "上午", "time": "上午9点", "count": "3", "note": "示例", "unit": "千伏安"}.get(
                want, asked.example
            )
        if times == _TRIES and asked.need != "required":
            return SKIP
        return _unknown(asked) if times == 1 else asked.example


def said_of(asked: Field, known: Any) -> str:
    """The value as one would type it when asked for it."""
    match asked, known:
        case TableField(), list():
            return "\n".join(_row(asked, row) for row in known)
        case TableField(columns=columns), {"_contains": pieces}:
            return " ".join(f"{one}{column.unit}" for one, column in zip(_each(pieces), columns, strict=False))
        case NumberField(unit=unit), {"_contains": [piece]}:
            return f"{_each([piece])[0]}{unit}"
        case DateField(), {"_contains": [month]}:
            return _date(f"{month}-15")
        case _, {"_contains": pieces}:
            return "，".join(_each(pieces))
        case ContactField(), Mapping():
            return " ".join(str(one) for one in known.values())
        case YesNoField(), Mapping():
            return "，".join([str(known["是否"]), *([f"{known['户数']}户"] if "户数" in known else [])])
        case NumberField(), {"数值": number, "单位": unit}:
            return f"{number}{unit}"
        case NumberField(unit=unit), _:
            return f"{known}{unit}"
        case DateField(), _:
            return _date(str(known))
        case _, list():
            return "、".join(map(str, known))
        case _:
            return str(known)


def _unknown(asked: Field) -> str:
    """To a question the story says nothing about: nothing where there may be nothing, else what anybody might say."""
    if isinstance(asked, YesNoField):
        return asked.no
    if isinstance(asked, AttachmentField) or asked.need == "deferrable":
        return LATER
    if asked.need == "optional":
        return NOTHING
    return asked.example


def _said(county: County, story: Story) -> Iterator[tuple[str, Any]]:
    """The value of each field, printed or not, as far as the story settles it."""
    expected = story["expected"]
    named = {name: value for name, value in expected.items() if not name.startswith("_")}
    for asked in county.form.fields.values():
        if asked.id == county.places.services:
            yield asked.id, expected["选择事项"]
        elif (found := _at(named, county.form, asked)) is not None:
            yield asked.id, found
        elif asked.called == "外线工程" and "_外线工程" in expected:
            yield asked.id, expected["_外线工程"]
        elif (found := _following(asked.id, named, expected.get("_不应填写", ()))) is not None:
            yield asked.id, found


def _allowed(county: County, story: Story) -> Iterator[tuple[str, Any]]:
    """What is right if it is there."""
    for asked in county.form.fields.values():
        if (found := _at(story["expected"].get("_可填", {}), county.form, asked)) is not None:
            yield asked.id, found


def _following(name: str, named: Mapping[str, Any], closed: Sequence[str]) -> str | None:
    """What no cell is printed for, or what other cells imply."""
    basics = named.get("基本信息", {})
    match name:
        case "applicant_kind":
            code = str(basics.get("统一社会信用代码(身份证号)", ""))
            person = "法定代表人" in closed or bool(_PERSON.fullmatch(code))
            return ("自然人" if person else "建设单位") if code or person or "法定代表人" in basics else None
        case "gas_class":
            gas = named.get("燃气", {})
            return (
                "工、商业用户"
                if {"用气性质", "用气设备、数量"} & set(gas)
                else "居民客户"
                if "报装户数" in gas
                else None
            )
        case "heat_fee_paid":
            return "已缴" if "热力配套费缴纳面积" in named.get("热力", {}) else None
        case "net_more":
            return "需要" if "其他服务" in named.get("用网业务", {}) else None
        case _:
            return None


def _at(tree: Mapping[str, Any], form: Form, asked: Field) -> Any:
    """What stands under section, row and label."""
    place: Any = tree
    for name in filter(None, (form.section_of[asked.id].title, asked.cell, asked.called)):
        if not isinstance(place, Mapping):
            return None
        place = next((inner for label, inner in place.items() if plain_label(label) == plain_label(name)), None)
    return place


def _as_known(known: Any, out: Any, label: str) -> bool:
    if isinstance(known, Mapping) and not {"_contains", "数值", "选项"} & set(known):
        return isinstance(out, Mapping) and all(same(value, out.get(name, ""), name) for name, value in known.items())
    return out is not None and same(known, out, label)


def _part(asked: Field, known: Any, want: str) -> str | None:
    """The part that was left out of a half-given answer."""
    match want, known:
        case "half", str():
            return known.partition(" ")[2] or "全天"
        case "count", {"户数": count}:
            return str(count)
        case "unit", {"单位": unit}:
            return str(unit)
        case "phone", {"电话": phone}:
            return str(phone)
        case "name", {"姓名": name}:
            return str(name)
        case "note", {"_contains": pieces}:
            return said_of(asked, {"_contains": pieces[1:]}) if len(pieces) > 1 else None
        case _:
            return None


def _each(pieces: Sequence[Any]) -> list[str]:
    """One spelling of each piece."""
    return [str(one[-1] if isinstance(one, list) else one) for one in pieces]


def _row(asked: TableField, row: Any) -> str:
    cells = {plain_label(name): value for name, value in row.items()}
    told = list[str]()
    for column in asked.columns:
        value = cells.get(plain_label(column.label))
        if value is not None:
            told.append(("每台" if "单台" in column.label else "") + f"{value}{column.unit}")
    return " ".join(told)


def _date(text: str) -> str:
    day, _, half = text.partition(" ")
    if measure(day) is not None or day.count("-") != 2:
        return text
    year, month, date = day.split("-")
    return f"{int(year)}年{int(month)}月{int(date)}日{half}"

"""What a template message's fields may say, by the kind in their key."""

import re
from typing import Any

from .accounts import TemplateConfig
from .errors import ApiError
from .phones import CardField

_KEY = re.compile(
    r"(thing|character_string|number|letter|symbol|phrase|name|phone_number|car_number|amount|time|date|const|keyword)\d*"
)
_STRIPPED = {"first", "remark"}
"""Platform rule: since 2023 the first line and the remark are not shown any more."""
_EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d\u20e3]")

_CLOCK = r"(?:[01]?\d|2[0-3])[:：][0-5]\d(?:[:：][0-5]\d)?"
_DAY = r"\d{4}(?:年(?:0?[1-9]|1[0-2])月(?:0?[1-9]|[12]\d|3[01])日|([-/.])(?:0?[1-9]|1[0-2])\1(?:0?[1-9]|[12]\d|3[01]))"
_MOMENT = re.compile(f"(?:{_DAY})?\\s*(?:{_CLOCK})?")
_HAN = r"\u4e00-\u9fff\u3400-\u4dbf〇"

_PATTERNS = {
    "thing": re.compile(r".{1,20}"),
    "character_string": re.compile(r"[\x20-\x7e]{1,32}"),
    "number": re.compile(r"(?=.{1,32}$)[-+]?\d+(?:\.\d+)?"),
    "letter": re.compile(r"[A-Za-z]{1,32}"),
    "symbol": re.compile(rf"[^\w\s{_HAN}]{{1,5}}"),
    "phrase": re.compile(rf"[{_HAN}]{{1,5}}"),
    "name": re.compile(rf"[{_HAN}]{{1,10}}|[A-Za-z .·'-]{{1,20}}"),
    "phone_number": re.compile(r"[\d+()（） *-]{1,17}"),
    "car_number": re.compile(rf"[{_HAN}A-Za-z0-9][A-Za-z0-9·]{{0,6}}[{_HAN}A-Za-z0-9]?"),
    "amount": re.compile(r"[¥￥$€£]?(?=[\d.]{1,11}(?:元)?$)\d{1,10}(?:\.\d+)?元?"),
    "const": re.compile(r".{1,20}"),
    "keyword": re.compile(r".{1,200}"),
}
"""Platform rule: thing ≤20 characters; character_string ≤32, no Chinese; number and letter ≤32; symbol ≤5;
phrase ≤5 汉字; name ≤10 汉字 or 20 letters; phone_number ≤17; car_number ≤8; amount ≤10 digits and a currency;
const: one of an enum."""

_LABELS = {
    "thing": "事项", "character_string": "编号", "number": "数量", "letter": "代码", "symbol": "标记", "phrase": "状态",
    "name": "姓名", "phone_number": "电话", "car_number": "车牌", "amount": "金额", "time": "时间", "date": "日期",
    "const": "类型", "keyword": "内容",
}  # fmt: skip


def card_fields(data: Any, template: TemplateConfig | None) -> list[CardField]:
    """Check a template message's data and give the lines of its card; 47003 names the first bad field."""
    if not isinstance(data, dict) or not data:
        raise ApiError(47003, "argument invalid! data is empty")
    labels = template.fields if template else {}
    for key in labels:
        if key not in data:
            raise ApiError(47003, f"argument invalid! data.{key}.value is empty")
    lines: list[CardField] = []
    for key, given in data.items():
        if key in _STRIPPED or (labels and key not in labels):
            continue
        value = given.get("value") if isinstance(given, dict) else None
        kind = _check(key, value, template)
        lines.append(CardField(key=key, label=labels.get(key, _LABELS[kind]), value=str(value)))
    if not lines:
        raise ApiError(47003, "argument invalid! data has no field to show")
    return lines


def _check(key: str, value: Any, template: TemplateConfig | None) -> str:
    match = _KEY.fullmatch(key)
    if match is None:
        raise ApiError(47003, f"argument invalid! data.{key} is not a field name")
    kind = match.group(1)
    # The platform takes bare numbers where it takes digits.
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not text.strip():
        raise ApiError(47003, f"argument invalid! data.{key}.value is empty")
    enum = template.enums.get(key) if template else None
    if "\n" in text or "\r" in text or _EMOJI.search(text) or not _fits(kind, text) or (enum and text not in enum):
        raise ApiError(47003, f"argument invalid! data.{key}.value invalid")
    return kind


def _fits(kind: str, text: str) -> bool:
    if kind in {"time", "date"}:
        parts = [part.strip() for part in text.split("~")]
        return len(parts) <= 2 and all(part and _moment(kind, part, first=part is parts[0]) for part in parts)
    return _PATTERNS[kind].fullmatch(text) is not None


def _moment(kind: str, text: str, *, first: bool) -> bool:
    """Platform rule: a 24-hour time, with or without a day; a date needs its day; two joined by ~ make a range."""
    if _MOMENT.fullmatch(text) is None:
        return False
    return kind == "time" or not first or re.match(r"\d{4}\D", text) is not None

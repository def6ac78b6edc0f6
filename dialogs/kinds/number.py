"""A number in the field's unit, or in one of several units the person names (R16, R20: never converted)."""

import re
from decimal import Decimal

from dialogs.folding import fold
from dialogs.numerals import NUMBER, read_number
from dialogs.reading import Context, Partial, Reading, Refusal, Understood
from model.fields import NumberField
from model.values import Amount

#: Other spellings of the units the forms use; a multiple is the same quantity on another scale, not a conversion.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "千伏安": ("kva", "个千伏安", "千伏安"),
    "千瓦": ("kw", "个千瓦", "千瓦"),
    "平方米": ("平方米", "平方", "平米", "平", "㎡", "m2", "方"),
    "平米": ("平方米", "平方", "平米", "平", "㎡", "m2", "方"),
    "米": ("米", "m"),
    "毫米": ("毫米", "mm", "dn"),
    "元": ("元", "块钱", "块", "人民币", "元人民币"),
    "户": ("户", "家", "户人家"),
    "栋": ("栋", "幢", "座", "栋楼"),
    "吨/日": (
        "吨/日",
        "吨每天",
        "吨每日",
        "吨一天",
        "吨/天",
        "方/天",
        "方/日",
        "立方/天",
        "吨水",
        "方水",
        "吨",
        "t/d",
        "t/天",
        "t/日",
        "t每天",
        "t一天",
        "m3/天",
        "m3/d",
        "立方每天",
        "立方一天",
        "方每天",
        "方一天",
        "立方米",
        "立方",
        "个立方",
        "m3",
        "方",
    ),
    "kPa": ("kpa", "千帕", "千怕"),
    "千帕": ("kpa", "千帕", "千怕"),
    "方/小时": (
        "方/小时",
        "个方",
        "个立方",
        "方每小时",
        "立方/小时",
        "立方米/小时",
        "m3/h",
        "方/时",
        "方一小时",
        "立方每小时",
        "立方一小时",
        "立方米/小时",
        "立方/时",
        "m3/时",
        "nm3/h",
        "标方",
        "立方米",
        "立方",
        "m3",
        "方气",
        "方",
    ),
    "m³/时": (
        "个立方",
        "个方",
        "m3/时",
        "个方",
        "个立方",
        "m3/h",
        "方/时",
        "方/小时",
        "方每小时",
        "方一小时",
        "立方/时",
        "立方米/时",
        "立方米/小时",
        "立方每小时",
        "立方一小时",
        "nm3/h",
        "标方",
        "立方米",
        "立方",
        "m3",
        "方气",
        "方",
    ),
    "兆": ("兆", "m", "mb", "mbps", "mb/s", "兆宽带"),
    "MB": ("mb", "兆", "m", "mbps", "mb/s", "兆宽带"),
    "门": ("门", "部", "个", "台"),
    "台": ("台", "部", "个", "套"),
    "块": ("块", "只", "个"),
    "芯": ("芯",),
    "孔": ("孔", "个孔", "个"),
    "期": ("期",),
    "个": ("个", "间"),
}
SCALED: dict[str, dict[str, int | Decimal]] = {
    "千瓦": {"兆瓦": 1000, "mw": 1000},
    "兆": {"g": 1000, "个g": 1000, "gb": 1000, "gbps": 1000},
    "MB": {"g": 1000, "个g": 1000, "gb": 1000, "gbps": 1000},
    "吨/日": {"公斤": Decimal("0.001"), "千克": Decimal("0.001"), "kg": Decimal("0.001")},
    "米": {"公里": 1000, "km": 1000, "千米": 1000},
    "元": {"万元": 10_000, "万块": 10_000},
    "毫米": {"公分": 10, "厘米": 10, "cm": 10},
    "千帕": {"兆帕": 1000, "mpa": 1000, "帕": Decimal("0.001"), "pa": Decimal("0.001")},
    "kPa": {"兆帕": 1000, "mpa": 1000, "帕": Decimal("0.001"), "pa": Decimal("0.001")},
}
_ABOUT = re.compile(
    r"^(?:大概|大约|约|差不多|一共|总共|总|共|就|是|有|要|需要|申请|第|每天|每日|一天|每小时|面积|容量|金额|数量|户数|压力|带宽|用水量?|长度?)+"
    r"|(?:左右|上下|吧|的样子|就行|就够了?)$"
)
_NUMBER = re.compile(rf"({NUMBER})\s*(.*)", re.DOTALL)


def parse(text: str, field: NumberField, _: Context) -> Reading:
    """The number (`number.none`, `number.unit`, `number.whole`, `number.small`, `number.large`); a missing unit is asked for."""
    words = re.sub(r"(?<=\d) (?=[百千万亿])", "", fold(text))
    for _round in range(3):
        words = _ABOUT.sub("", words).strip(" 。,;:")
    match = _NUMBER.fullmatch(words)
    number = read_number(match[1]) if match else None
    if match is None or number is None or number < 0:
        return Refusal("number.none")
    told = match[2].strip().lower().replace(" ", "")
    units = field.units or (field.unit,)
    unit, factor = _unit(told, units)
    if told and unit is None and not _continues(told, field):
        return Refusal("number.unit", {"given": match[2].strip()[:12], "unit": "或".join(units)})
    if field.units and unit is None:
        return Partial("unit", {"number": format(number.normalize(), "f")})
    return check(number * factor, unit or field.unit, field)


def check(number: Decimal, unit: str, field: NumberField) -> Reading:
    """Whether a number fits the cell."""
    if field.whole and number != number.to_integral_value():
        return Refusal("number.whole")
    if number < field.least:
        return Refusal("number.small", {"least": str(field.least)})
    if number > field.most:
        return Refusal("number.large", {"most": f"{field.most:,}"})
    return Understood(Amount(number=_plain(number), unit=unit))


def read_unit(told: str, units: tuple[str, ...]) -> str | None:
    """The unit that these words spell, out of those allowed."""
    return _unit(told.lower().replace(" ", ""), units)[0]


def _unit(told: str, units: tuple[str, ...]) -> tuple[str | None, int | Decimal]:
    for unit in units:
        if told == unit.lower() or told in SPELLINGS.get(unit, ()):
            return unit, 1
        if told in SCALED.get(unit, {}):
            return unit, SCALED[unit][told]
    return None, 1


def _continues(told: str, field: NumberField) -> bool:
    """A field without a printed unit takes any short counter word (个, 间 …)."""
    return not field.unit and not field.units and len(told) <= 2


def _plain(number: Decimal) -> Decimal:
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()

"""What the data model finds wrong, in words for people who do not program: the problem, and what would be valid."""

from collections.abc import Callable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from config.nearest import nearest

Context = dict[str, Any]

_ID = "只能用小写英文字母、数字和下划线，字母开头，例如 water_kind"
_PATTERNS = {r"^[a-z][a-z0-9_]*$": _ID, r"^0\d{2,3}$": '区号写成带引号的数字，例如 "0373"'}
_LIST = "写成 [甲, 乙]，或者每项一行、以“- ”开头"
_MAPPING = "写成“名称: 内容”，一行一个"
_NUMBER = "只写数字，例如 3"
_TRUE = "写 true（是）或 false（否）"
_DAY = "日期写成 2026-10-01"
_TIME = "时间写成 17:30"
_HOURS = '例如 [["08:30", "12:00"], ["14:00", "17:30"]]'

_PLAIN: Mapping[str, tuple[str, str]] = {
    "string_type": ("这里应是一段文字", "写一段文字；有冒号、井号或方括号时用引号括起来"),
    "int_parsing": ("这里应是整数", _NUMBER),
    "int_type": ("这里应是整数", _NUMBER),
    "int_from_float": ("这里应是整数", _NUMBER),
    "int_parsing_size": ("这个数太大了", _NUMBER),
    "decimal_parsing": ("这里应是数字", _NUMBER),
    "decimal_type": ("这里应是数字", _NUMBER),
    "finite_number": ("这里应是数字", _NUMBER),
    "bool_parsing": ("这里应是“是”或“否”", _TRUE),
    "bool_type": ("这里应是“是”或“否”", _TRUE),
    "tuple_type": ("这里应是一个列表", _LIST),
    "list_type": ("这里应是一个列表", _LIST),
    "frozen_set_type": ("这里应是一个列表", _LIST),
    "model_type": ("这里应是一组设置", _MAPPING),
    "model_attributes_type": ("这里应是一组设置", _MAPPING),
    "dict_type": ("这里应是一组设置", _MAPPING),
    "date_type": ("这里应是日期", _DAY),
    "date_parsing": ("这里应是日期", _DAY),
    "date_from_datetime_parsing": ("这里应是日期", _DAY),
    "date_from_datetime_inexact": ("这里应是日期", _DAY),
    "time_type": ("这里应是时间", _TIME),
    "time_parsing": ("这里应是时间", _TIME),
    "hours_not_spans": ("上班时间要一段一段写，每段有起有止", _HOURS),
    "hours_in_disorder": ("上班时间的先后不对：每段从早到晚，一段接一段，不重叠", _HOURS),
    "one_length_of_three": (
        "期限要写一种长度，也只能写一种",
        "写 days（工作日）、working_hours（工作小时）或 hours（小时，不分昼夜）中的一个",
    ),
    "count_first_of_days": ("count_first（当天算第一天）只能和 days 一起写", "去掉 count_first，或者期限用 days"),
}


def explain(error: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """Problem and valid writing of one error of `model`."""
    kind, given, about = error["type"], error["input"], error.get("ctx", {})
    last = error["loc"][-1] if error["loc"] else ""
    if kind == "extra_forbidden":
        return f"没有“{last}”这个设置", nearest(last, _keys(model, error["loc"][:-1]))
    if kind == "missing" and isinstance(last, int):
        return "这里少了一项", _LIST
    if kind == "missing":
        return f"少了“{last}”", f"补上 {last}: …"
    if given is None:
        return "这里是空的", "填上内容，不需要就把这一行删掉"
    if kind in _WITH_CONTEXT:
        return _WITH_CONTEXT[kind](given, about)
    return _PLAIN.get(kind, (f"“{given}”写得不对", "对照现有的县"))


def _literal(given: object, about: Context) -> tuple[str, str]:
    return f"不能写“{given}”", nearest(given, _words(about["expected"]))


def _unknown_kind(_: object, about: Context) -> tuple[str, str]:
    return f"没有“{about['tag']}”这种字段", nearest(about["tag"], _words(about["expected_tags"]))


def _pattern(given: object, about: Context) -> tuple[str, str]:
    return f"“{given}”的写法不对", _PATTERNS.get(about["pattern"], "")


def _too_short(_: object, about: Context) -> tuple[str, str]:
    return f"至少要有 {about['min_length']} 项，现在有 {about['actual_length']} 项", _LIST


def _too_small(given: object, about: Context) -> tuple[str, str]:
    return f"{given} 太小了", f"不小于 {about['ge']}"


def _too_big(given: object, about: Context) -> tuple[str, str]:
    return f"{given} 太大了", f"不大于 {about['le']}"


def _too_many_spellings(_: object, about: Context) -> tuple[str, str]:
    problem = f"“{about['word']}”摊开有 {about['many']} 种说法，一条最多 {about['most']} 种"
    return problem, "括号少用几个：拆成几条，或者中间用 … 代替"


def _untagged(given: object, _: Context) -> tuple[str, str]:
    if isinstance(given, dict) and "label" in given:
        kinds = "例如 kind: text（文字）、number（数字）、choice（勾选）；全部种类见《新增一个县》"
        return "少了“kind”，不知道是哪种字段", kinds
    tests = "{field: 字段, has: [选项]}、{field: 字段, yes: true}、{field: 字段, answered: true}"
    return "看不懂这个条件", f"写成 {tests}，或用 all、any、not 组合"


_WITH_CONTEXT: Mapping[str, Callable[[object, Context], tuple[str, str]]] = {
    "literal_error": _literal,
    "union_tag_invalid": _unknown_kind,
    "union_tag_not_found": _untagged,
    "string_pattern_mismatch": _pattern,
    "too_short": _too_short,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_big,
    "too_many_spellings": _too_many_spellings,
}


def _words(expected: str) -> list[str]:
    return [word.strip().strip("'") for word in expected.replace(" or ", ", ").split(",")]


def _keys(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The settings that exist at this place of the data."""
    types: list[Any] = [model]
    for step in loc:
        types = [inner for one in types for inner in _follow(one, step)]
    models = [one for one in types if isinstance(one, type) and issubclass(one, BaseModel)]
    return [info.alias or name for one in models for name, info in one.model_fields.items()]


def _follow(kind: Any, step: str | int) -> list[Any]:
    """The types behind one step of an error's place: a setting, an item of a list, or the tag of a kind."""
    inside = get_args(kind)
    if inside and get_origin(kind) is dict:
        return list(_models(inside[-1]))
    if inside and isinstance(step, int):
        return list(_models(inside[0]))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, info in kind.model_fields.items():
            if step in {name, info.alias}:
                return list(_models(info.annotation))
        return [kind] if step in _tags(kind) else []
    return []


def _models(kind: Any) -> Iterator[Any]:
    """The classes and collections an annotation can hold, without its wrapping."""
    if get_origin(kind) is Annotated:
        yield from _models(get_args(kind)[0])
    elif get_origin(kind) in (Union, UnionType):
        for inner in get_args(kind):
            yield from _models(inner)
    elif kind is not type(None):
        yield kind


def _tags(kind: type[BaseModel]) -> set[str]:
    """The words by which a union tells this class apart: its `kind`, or the setting that marks a condition."""
    info = kind.model_fields.get("kind")
    if info is not None and get_origin(info.annotation) is Literal:
        return set(get_args(info.annotation))
    return {info.alias or name for name, info in kind.model_fields.items()}

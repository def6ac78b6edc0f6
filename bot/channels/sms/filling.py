"""A body as data, with placeholders: `{phone}` is replaced by a value and nothing is ever evaluated."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeAlias

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
Values: TypeAlias = Mapping[str, Json]

_HOLE: Final = re.compile(r"\{\{|\}\}|\{([a-z_]+(?:\.[A-Za-z0-9_]+)?)\}|[{}]")


def holes(shape: Json) -> Iterator[str]:
    """The names of all placeholders of a shape. Raises ValueError where a brace belongs to none; `{{` is a brace."""
    for text in _texts(shape):
        for found in _HOLE.finditer(text):
            if found.group(1):
                yield found.group(1)
            elif len(found.group()) == 1:
                raise ValueError(f"花括号不成对或里面不是名称：{text}（要写花括号本身，写两个）")


def filled(shape: Json, values: Values) -> Json:
    """The shape with its placeholders replaced. A text that is one placeholder and nothing else becomes the value itself."""
    match shape:
        case str():
            whole = _HOLE.fullmatch(shape)
            if whole is not None and whole.group(1):
                return values[whole.group(1)]
            return _HOLE.sub(_in(values), shape)
        case list():
            return [filled(one, values) for one in shape]
        case dict():
            return {key: filled(one, values) for key, one in shape.items()}
        case _:
            return shape


def filled_text(shape: str, values: Values) -> str:
    """The same, of a text that stays one."""
    return _HOLE.sub(_in(values), shape)


def _in(values: Values) -> Callable[[re.Match[str]], str]:
    return lambda found: str(values[found.group(1)]) if found.group(1) else found.group()[0]


def _texts(shape: Json) -> Iterator[str]:
    match shape:
        case str():
            yield shape
        case list():
            for one in shape:
                yield from _texts(one)
        case dict():
            for one in shape.values():
                yield from _texts(one)

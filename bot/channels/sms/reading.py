"""A gateway's answer: a place in it, by a dotted path, and what stands there."""

import json
from typing import Any


def json_in(body: bytes) -> Any:
    """The answer as JSON, None if it is none."""
    try:
        return json.loads(body, strict=False)
    except (ValueError, RecursionError):
        return None


def at(answer: Any, path: str) -> str | None:
    """What stands at `SendStatusSet.0.Code`, as a text; None where there is nothing, or no single value."""
    for step in path.split("."):
        match answer:
            case dict() if step in answer:
                answer = answer[step]
            case list() if step.isascii() and step.isdecimal() and int(step) < len(answer):
                answer = answer[int(step)]
            case _:
                return None
    return as_text(answer)


def as_text(value: Any) -> str | None:
    """A value as settings write it: 0, "0" and true are `0`, `0` and `true`; None for lists, objects and null."""
    match value:
        case bool():
            return "true" if value else "false"
        case str() | int() | float():
            return str(value)
        case _:
            return None

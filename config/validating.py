"""A file's data as a frozen model. Where it does not fit, the mistakes are kept and the rest is read all the same.

So that an operator sees all mistakes at once: what cannot be read is left out of a copy, the rest becomes a model, and
the cross checks run on that; they stay silent about what was left out (`broken`).
"""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from config.document import Document, Steps
from config.explaining import explain
from config.mistakes import Mistake

M = TypeVar("M", bound=BaseModel)

_ROUNDS = 400
# What stands in for a setting that is missing or wrong, until one of them fits; no check looks at the setting itself.
_STAND_INS = ("x", "1", "0999", "true")


@dataclass(slots=True)
class Checked(Generic[M]):
    """A file, the model read from it (None if nothing could be saved), its mistakes, and the ids not to be trusted."""

    document: Document
    value: M | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    data: Any = None
    order: dict[int, list[int]] = field(default_factory=dict)

    def mistake(self, steps: Steps, problem: str, valid: str = "") -> Mistake:
        """A mistake at a place of the model, told at its place in the file."""
        return self.document.mistake(self._written(steps), problem, valid)

    def line(self, steps: Steps) -> int:
        """The line of the file where a place of the model stands."""
        return self.document.spot(self._written(steps))[0]

    def _written(self, steps: Steps) -> Steps:
        """The steps as they are in the file: left out items of a list count again."""
        written: list[str | int] = []
        at = self.data
        for step in steps:
            if isinstance(at, list) and isinstance(step, int) and step < len(at):
                written.append(self.order.get(id(at), range(len(at)))[step])
                at = at[step]
            else:
                written.append(step)
                at = at.get(step) if isinstance(at, dict) else None
        return tuple(written)


def validate(model: type[M], document: Document) -> Checked[M]:
    """Read the document as `model`."""
    checked = Checked[M](document, mistakes=list(document.mistakes))
    if document.data is None:
        return checked
    if not isinstance(document.data, dict):
        checked.mistakes.append(document.mistake((), "文件应是“名称: 内容”的样子", "对照现有的县"))
        return checked
    checked.data = deepcopy(document.data)
    checked.order = {id(one): list(range(len(one))) for one in _lists(checked.data)}
    repairs: dict[Steps, int] = {}
    for turn in range(_ROUNDS):
        try:
            checked.value = model.model_validate(checked.data)
        except ValidationError as failed:
            errors = _own(failed.errors(include_url=False))
            if turn == 0:
                checked.mistakes += [_mistake(error, model, document) for error in errors]
            if not any(_repair(checked, error, repairs) for error in errors):
                break
        else:
            break
    return checked


def _own(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without lists that are only too short because what is in them is wrong."""
    places = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if error["type"] != "too_short"
        or not any(place[: len(error["loc"])] == error["loc"] != place for place in places)
    ]


def _mistake(error: ErrorDetails, model: type[BaseModel], document: Document) -> Mistake:
    steps = _place(document.data, error["loc"])
    if error["type"] == "union_tag_invalid":
        steps = (*steps, "kind")
    return document.mistake(steps, *explain(error, model))


def _place(data: Any, loc: Steps) -> Steps:
    """The place in the file an error is about; the model's own marks (kinds, condition tags) are not in the file."""
    if not loc:
        return ()
    first, rest = loc[0], loc[1:]
    ways: list[Steps] = []
    if isinstance(data, dict) and first in data:
        ways.append((first, *_place(data[first], rest)))
    if isinstance(data, list) and isinstance(first, int) and first < len(data):
        ways.append((first, *_place(data[first], rest)))
    if isinstance(first, str):
        ways.append(_place(data, rest))
    return max(ways, key=len, default=())


def _repair(checked: Checked[Any], error: ErrorDetails, repairs: dict[Steps, int]) -> bool:
    """Leave out what does not fit, or put something in its place; false if neither can be done."""
    steps = _place(checked.data, error["loc"])
    if error["type"] == "missing":
        place = (*steps, error["loc"][-1])
        turn = repairs[place] = repairs.get(place, -1) + 1
        holder = _at(checked.data, steps)
        if isinstance(holder, dict) and turn < len(_STAND_INS):
            holder[str(place[-1])] = _STAND_INS[turn]
            return True
    elif steps and isinstance(holder := _at(checked.data, steps[:-1]), dict):
        # An id that cannot be read is still what others mean.
        checked.broken |= {str(holder[steps[-1]])} if steps[-1] == "id" else set()
        del holder[steps[-1]]
        return True
    return _leave_out(checked, steps)


def _leave_out(checked: Checked[Any], steps: Steps) -> bool:
    """Leave out the innermost item of a list that holds this place."""
    for depth in range(len(steps) - 1, -1, -1):
        holder, step = _at(checked.data, steps[:depth]), steps[depth]
        if isinstance(holder, list) and isinstance(step, int) and step < len(holder):
            checked.broken |= set(_ids(holder[step])) | _owner(checked.data, steps[:depth])
            del holder[step]
            del checked.order[id(holder)][step]
            return True
    return False


def _owner(data: Any, steps: Steps) -> set[str]:
    """The id of the nearest thing around this place."""
    for depth in range(len(steps), -1, -1):
        at = _at(data, steps[:depth])
        if isinstance(at, dict) and isinstance(at.get("id"), str):
            return {at["id"]}
    return set()


def _at(data: Any, steps: Steps) -> Any:
    for step in steps:
        data = data[step]
    return data


def _ids(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield data["id"]
        for value in data.values():
            yield from _ids(value)
    elif isinstance(data, list):
        for value in data:
            yield from _ids(value)


def _lists(data: Any) -> Iterator[list[Any]]:
    if isinstance(data, list):
        yield data
    if isinstance(data, (dict, list)):
        for value in data.values() if isinstance(data, dict) else data:
            yield from _lists(value)

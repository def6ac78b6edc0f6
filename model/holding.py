"""Whether a condition holds for these answers; a hidden answer does not count (design §3, conditions)."""

from collections.abc import Mapping
from typing import assert_never

from model.condition import AllOf, Answered, AnyOf, Condition, Has, Not, Says
from model.draft import Answer
from model.values import Picks, YesNo


def holds(condition: Condition | None, answers: Mapping[str, Answer]) -> bool:
    """Whether the condition holds; no condition always holds."""
    match condition:
        case None:
            return True
        case Has(field=name, has=options):
            value = _value(answers, name)
            return isinstance(value, Picks) and any(pick.option in options for pick in value.picks)
        case Says(field=name, yes=yes):
            value = _value(answers, name)
            return isinstance(value, YesNo) and value.yes == yes
        case Answered(field=name, answered=answered):
            return (_value(answers, name) is not None) == answered
        case AllOf(all=parts):
            return all(holds(part, answers) for part in parts)
        case AnyOf(any=parts):
            return any(holds(part, answers) for part in parts)
        case Not(not_=part):
            return not holds(part, answers)
        case _:
            assert_never(condition)


def looks_at(condition: Condition | None) -> frozenset[str]:
    """The fields whose answers decide whether the condition holds."""
    match condition:
        case None:
            return frozenset()
        case Has(field=name) | Says(field=name) | Answered(field=name):
            return frozenset({name})
        case AllOf(all=parts) | AnyOf(any=parts):
            return frozenset().union(*map(looks_at, parts))
        case Not(not_=part):
            return looks_at(part)
        case _:
            assert_never(condition)


def _value(answers: Mapping[str, Answer], name: str) -> object:
    answer = answers.get(name)
    return answer.value if answer else None

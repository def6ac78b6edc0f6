"""Which scheme a number is checked by: the field's own, or one chosen by another answer (X72, R24)."""

from collections.abc import Mapping

from model.draft import Answer
from model.fields import ByAnswer, CodeField
from model.values import Picks, Scheme, YesNo

PERSONAL: tuple[Scheme, ...] = ("identity", "document")
"""Numbers of people, which need their consent; those of firms do not."""


def scheme_of(field: CodeField, answers: Mapping[str, Answer]) -> Scheme:
    """The scheme, given the other answers."""
    return _by_answer(field.by, answers) if field.by else field.scheme or "document"


def _by_answer(by: ByAnswer, answers: Mapping[str, Answer]) -> Scheme:
    answer = answers.get(by.field)
    match answer.value if answer else None:
        case Picks(picks=picks):
            return by.schemes.get(picks[0].option, by.otherwise)
        case YesNo(yes=yes):
            return by.schemes.get("是" if yes else "否", by.otherwise)
        case _:
            return by.otherwise

"""Conditions as structured data: when a section or field is shown (design §4; no code is evaluated from YAML)."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from model.frozen import Frozen


class Has(Frozen):
    """The choice `field` has one of these options ticked: `{field: water_kind, has: [改表, 分表]}`."""

    field: str
    has: tuple[str, ...] = Field(min_length=1)


class Says(Frozen):
    """The yes/no `field` was answered 是 (true) or 否 (false): `{field: heat_meter, yes: true}`."""

    field: str
    yes: bool


class Answered(Frozen):
    """The `field` has an answer (true) or has been left open (false): `{field: power_2_kw, answered: true}`."""

    field: str
    answered: bool


class AllOf(Frozen):
    """Every condition of the list holds."""

    all: tuple[Condition, ...] = Field(min_length=1)


class AnyOf(Frozen):
    """At least one condition of the list holds."""

    any: tuple[Condition, ...] = Field(min_length=1)


class Not(Frozen):
    """The condition does not hold."""

    not_: Condition = Field(alias="not")


_TAGS = ("has", "yes", "answered", "all", "any", "not")


def _tag(raw: Any) -> str | None:
    if isinstance(raw, dict):
        return next((tag for tag in _TAGS if tag in raw), None)
    return next((tag for tag in _TAGS if hasattr(raw, tag if tag != "not" else "not_")), None)


Condition = Annotated[
    Annotated[Has, Tag("has")]
    | Annotated[Says, Tag("yes")]
    | Annotated[Answered, Tag("answered")]
    | Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_tag),
]

AllOf.model_rebuild()
AnyOf.model_rebuild()
Not.model_rebuild()


def options_named(condition: Condition | None, field: str) -> frozenset[str]:
    """The options of this choice that a condition speaks of."""
    match condition:
        case Has(field=name, has=options) if name == field:
            return frozenset(options)
        case AllOf(all=parts) | AnyOf(any=parts):
            return frozenset().union(*(options_named(part, field) for part in parts))
        case _:
            return frozenset()

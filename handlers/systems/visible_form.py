"""Which part of the form a body sees: the common sections and those of its own services, nothing of the others' (X19)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from model.county import County
from model.draft import Answer
from model.form import Section
from model.holding import holds, looks_at
from model.values import Pick, Picks

_NEVER: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


def visible_sections(county: County, services: Iterable[str]) -> tuple[Section, ...]:
    """The sections that concern these services, in form order.

    A section belongs to a service if its condition asks for the chosen services: then it is shown to whom it would be
    shown if only his were chosen. One that does not ask for them is common to all.
    """
    wanted = [_chosen(county, name) for name in services if name in county.service]
    asks = county.places.services
    return tuple(
        section
        for section in county.form.sections
        if asks not in looks_at(section.when) or any(holds(section.when, only) for only in wanted)
    )


def visible_answers(county: County, services: Iterable[str], answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers in those sections."""
    seen = {field.id for section in visible_sections(county, services) for field in section.fields}
    return {name: answer for name, answer in answers.items() if name in seen}


def _chosen(county: County, service: str) -> dict[str, Answer]:
    """Answers as they would be if this one service were chosen and nothing else said."""
    pick = Picks(picks=(Pick(option=county.service[service].option),))
    return {county.places.services: Answer(value=pick, by="", at=_NEVER)}

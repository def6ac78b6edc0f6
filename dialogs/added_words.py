"""What is said of services in the breath that adds them (再加个气，点火通气; 还想装有线电视): nothing of it is asked again."""

from collections.abc import Mapping
from typing import NamedTuple

from dialogs.drafting import open_draft
from dialogs.reading import Understood
from dialogs.turn import Turn
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.understand import understand
from model.draft import Answer
from model.fields import Field


class Heard(NamedTuple):
    """The services that are understood, and answers that are certain."""

    services: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = {}


def heard(turn: Turn, text: str) -> Heard:
    """As on a form nobody has begun; nothing where the words say where it is to be, for that is another application."""
    before = turn.conversation
    open_draft(turn, turn.county.form)
    meant = understand(turn.county, turn.form, turn.draft, turn.focus, turn.context, text)
    said = {
        one.field: turn.made(one.reading.value, text)
        for one in meant.taken
        if isinstance(one.reading, Understood) and _is_sure(one, one.reading, turn.form.fields[one.field])
    }
    turn.conversation = before
    places = turn.county.places
    if {places.address, places.district} & {one.field for one in meant.taken}:
        return Heard()
    options = meant.services or ()
    services = tuple(one.id for one in turn.county.services if one.option in options)
    return Heard(services, {name: one for name, one in said.items() if name != places.services})


def _is_sure(one: Candidate, reading: Understood, field: Field) -> bool:
    """Said so, and nothing that needs a consent of its own first."""
    return one.certainty == "said" and not one.unsure and not reading.warnings and field.consent is None

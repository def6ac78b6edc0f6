"""How a draft or a case is called where a person has several: by who applies and where, else by when it was begun."""

from collections.abc import Mapping

from dialogs.visible import visible_fields
from handlers.parties import parties
from handlers.wording.catalogue import Catalogue
from handlers.wording.values import show
from model.calendar import CHINA
from model.county import County
from model.draft import Answer, Draft

NAME_SHOWN, PLACE_SHOWN = 14, 12
"""Characters of a name and of the end of an address: two names of it fit beside a number in one line."""


def draft_name(catalogue: Catalogue, county: County, draft: Draft) -> str:
    """金水饭店 · 西关路12号; without a name and an address: 11月23日 用水、用电."""
    form = county.form if draft.adding is not None else county.forms.get(draft.form)
    shown = {field.id for field in visible_fields(form, draft.answers)} if form else set()
    answers = {name: answer for name, answer in draft.answers.items() if name in shown}
    who = answers_name(catalogue, county, answers)
    services = answers.get(county.places.services)
    chosen = show(services.value) if services and services.value else ""
    return who or catalogue.say("name.opened", at=draft.opened_at.astimezone(CHINA), services=chosen)


def answers_name(catalogue: Catalogue, county: County, answers: Mapping[str, Answer]) -> str:
    """The name and the end of the address among these answers; empty if they hold neither."""
    name = parties(county, answers).applicant.name
    place = answers.get(county.places.address)
    where = show(place.value) if place and place.value else ""
    where = next((where.removeprefix(town) for town in county.towns if where.startswith(town) and where != town), where)
    if not (name or where):
        return ""
    return catalogue.say(
        "name.whose", name=_end(name), place=("…" if len(where) > PLACE_SHOWN else "") + where[-PLACE_SHOWN:]
    )


def _end(name: str) -> str:
    """A long firm's name by its end: its beginning is the county's, as with all the others."""
    return name if len(name) <= NAME_SHOWN else "…" + name[-NAME_SHOWN:]

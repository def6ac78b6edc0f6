"""A service of which something stays as it is: 煤气管子不改 就换名字 keeps it, 电留着 不销 takes it out of those ended."""

import re

from dialogs.understanding.fillable import fillable
from dialogs.understanding.scene import Scene
from model.fields import ChoiceField, Option
from model.values import Picks

_THING = re.compile(
    r"(?P<thing>管子|管道|管线|管|表箱|表|线路|线|灶台?)?(?:的?(?:位置|地方|样子))?(?:都|也|就|先|还是){0,2}"
    r"(?:不|别|甭)(?:用|要)?[动挪移改换拆迁](?=$|[ ,。;动了的])"
)
_STAYS = re.compile(
    r"(?:那边|那块|那个|的?户|先|都|也|就|还|得|要|给我?|,){0,4}"
    r"(?:(?:留着|保留|留下|留用)(?!的?[户号])|留给|(?:继续|接着|还要?)用|[不别甭](?:用|要)?[销停拆退])"
)
_ENDS = re.compile("[销停拆退]")


def only_a_thing_stays(scene: Scene, end: int, service: str) -> bool:
    """Whether a pipe or a meter is left where it is, and what is to be done with the service is something else."""
    marked = scene.marked
    at = end - 1 if marked.text[end - 1] == "表" else end
    found = _THING.match(marked.text, at)
    if found is None or found.end() <= end or not (thing := found["thing"]):
        return False
    done = _done(scene, service)
    return bool(done) and not any(thing in of or of in thing for one in done for act in one.acts for of in act.of)


def is_not_ended(scene: Scene, end: int, service: str) -> bool:
    """Whether a service that was to be ended is kept on."""
    done = _done(scene, service)
    return bool(done) and all(_ENDS.search(one.text) for one in done) and bool(_STAYS.match(scene.marked.text, end))


def can_be_ended(scene: Scene, service: str) -> bool:
    """Whether the form knows how to end this service."""
    section = scene.service_sections.get(service)
    return any(
        _ENDS.search(option.text)
        for field in (section.fields if section else ())
        if isinstance(field, ChoiceField) and field.id in fillable(scene.form).doings
        for option in field.options
    )


def _done(scene: Scene, service: str) -> list[Option]:
    """What is to be done with this service, as it was told before."""
    section = scene.service_sections.get(service)
    found = list[Option]()
    for field in section.fields if section else ():
        kept = scene.before[field.id].value if field.id in scene.before else None
        if isinstance(field, ChoiceField) and field.id in fillable(scene.form).doings and isinstance(kept, Picks):
            found += [one for one in field.options if one.text in kept.options]
    return found

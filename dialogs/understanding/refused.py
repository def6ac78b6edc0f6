"""Numbers that were refused, put right by a part: 年份听岔了 是1971, 生日是0912, 把1975换成1957, or told to their end."""

import re
from collections.abc import Iterator

from dialogs.kinds import code
from dialogs.kinds.phone import read_phone
from dialogs.reading import Reading, Refusal, Understood
from dialogs.schemes import scheme_of
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.scene import Scene
from model.fields import CodeField, PhoneField

_BORN = re.compile(
    r"(?:生日|出生(?:的)?(?:日期|月日|那[几四]位)|月日)[^\d,。;\n]{0,8}(?:[\s,][^\d,。;\n]{0,8})?(?P<day>(?:0[1-9]|1[0-2])[0-3]\d)(?!\d)"
    r"|(?:年份|出生年份?|哪年生|年头)[^\d。;\n]{0,14}(?P<year>(?:19|20)\d\d)(?!\d)"
)
"""Which digits of the number of an identity card are put right by being called what they are."""
_YEAR, _DAY = slice(6, 10), slice(10, 14)
_SCORE = 232


def refused(scene: Scene) -> list[tuple[CodeField | PhoneField, str]]:
    """The numbers that were refused, with their fields."""
    found = list[tuple[CodeField | PhoneField, str]]()
    for name, said in scene.draft.slips.items():
        field = scene.form.fields.get(name)
        if isinstance(field, CodeField | PhoneField):
            found.append((field, re.sub(r"[\s\-]", "", said)))
    return found


def read_again(scene: Scene, field: CodeField | PhoneField, number: str) -> Reading:
    """The number as its field reads it."""
    if isinstance(field, PhoneField):
        return read_phone(number, scene.context.area_code) if len(number) > 10 else Refusal("phone.short")
    match "identity" if field.by is not None and number[:17].isdigit() else scheme_of(field, scene.answers):
        case "identity":
            return code.identity(number, scene.context.now.date())
        case "organisation":
            return code.organisation(number)
        case "project":
            return code.project(number)
        case _:
            return Refusal("account.digits")


def refused_mended(scene: Scene, old: str, new: str) -> Iterator[tuple[CodeField | PhoneField, Reading]]:
    """The refused numbers that are right with these digits exchanged."""
    if not (old.isdigit() and new.isdigit() and len(old) == len(new) > 1):
        return
    for field, said in refused(scene):
        reading = read_again(scene, field, said.replace(old, new, 1)) if said.count(old) == 1 else None
        if isinstance(reading, Understood):
            yield field, reading


def reborn(scene: Scene) -> Iterator[Candidate]:
    """The refused number of an identity card with the year or the day of birth that is told."""
    held = [(field, said) for field, said in refused(scene) if isinstance(field, CodeField) and len(said) == 18]
    match = _BORN.search(scene.marked.text) if held else None
    if match is None:
        return
    part, digits = (_DAY, match["day"]) if match["day"] else (_YEAR, match["year"])
    for field, said in held:
        reading = read_again(scene, field, f"{said[: part.start]}{digits}{said[part.stop :]}")
        if isinstance(reading, Understood):
            yield Candidate(field.id, reading, *match.span(), _SCORE, "号码里的生日改了")

"""Days."""

import re

from dialogs.kinds import date as dates
from dialogs.reading import Reading, Refusal, Understood
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.finding import Finding
from model.fields import DateField
from model.values import Day

_ANEW = re.compile(r"[日号底\d][\s,\-—]{1,4}(?:改|更正|不对|哦不|错了)(?![^\d]{0,3}吗)")
"""11月15日 ——改 赶不上 按12月1日."""


def day_said(scene: Scene, field: DateField, start: int, end: int) -> Finding | None:
    """A day; a vague one (上旬) as a refusal that says so."""
    marked = scene.marked
    others = (hit.start for hit in marked.hits_from(start, end) if hit.of("yes", "no"))
    end = next((at for at in others if at > start and marked.piece_at(at).start == at), end)
    said = marked.said(start, end).split("\n")[0]
    if "月" not in said and any(one.shape == "buildings" for one in scene.marked.atoms_from(start, start + len(said))):
        return None  # 供暖也是11到19号
    if re.search(r"[上中下]旬|前后|左右", said):
        return (
            Finding(Refusal("date.vague", {"given": said.strip()[:20]}), start, start + len(said))
            if re.search(r"\d|月", said)
            else None
        )
    reading = dates.parse(said, field, scene.context)
    if anew := _ANEW.search(said):
        later = dates.parse(said[anew.end() :], field, scene.context)
        reading = later if isinstance(later, Understood) else reading
    if isinstance(reading, Refusal) and reading.code == "date.none":
        return None
    return Finding(reading, start, start + len(said), rests(scene, field, reading))


def rests(scene: Scene, field: DateField, reading: Reading) -> bool:
    """Whether an appointment falls on a day on which nobody works: kept, and asked."""
    day = reading.value if isinstance(reading, Understood) else None
    return field.halves and isinstance(day, Day) and not scene.context.calendar.is_workday(day.date)

"""The service section, and the printed row, that a place of the message is about, and how well a field goes with it."""

from bisect import bisect_left, bisect_right

from dialogs.understanding.fillable import fillable
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import Field
from model.form import Section


class TopicAt:
    """The service section, and the printed row of several cells, that a place of the message is about."""

    def __init__(self, marks: list[tuple[int, Section | None]], scene: Scene) -> None:
        """From the marks of `topics`, and the names of fields in the message."""
        self._marks, self._starts = marks, [start for start, _ in marks]
        self._row_starts, self._rows = _printed_rows(scene.marked)
        self._several = {start: options for start, _, options in scene.marked.services if len(options) > 1}

    def __call__(self, at: int) -> Section | None:
        """The section at this place."""
        before = bisect_right(self._starts, at)
        return self._marks[before - 1][1] if before else None

    def among(self, at: int) -> tuple[str, ...]:
        """The services named in one breath that this place is about, where there are several (水电过户)."""
        before = bisect_right(self._starts, at)
        start, section = self._marks[before - 1] if before else (0, None)
        return self._several.get(start, ()) if section is None else ()

    def within(self, start: int, end: int) -> int | None:
        """Where in this stretch a service is named, if one is."""
        inside = self._marks[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return next((at for at, section in inside if section is not None), None)

    def row(self, at: int) -> str | None:
        """The printed row (第一路电源容量) named last before this place."""
        before = bisect_left(self._row_starts, at)
        return self._rows[before - 1] if before else None


@once
def _printed_rows(marked: Marked) -> tuple[list[int], list[str]]:
    """Where a printed row is named, and which."""
    row_of = fillable(marked.form).row_of
    rows = [(hit.start, {row_of.get(one.field.id, one.field.cell) for one in hit.of("label")}) for hit in marked.labels]
    found = [(start, cell) for start, cells in rows if len(cells) == 1 and (cell := next(iter(cells))) is not None]
    return [start for start, _ in found], [cell for _, cell in found]


def fit(scene: Scene, field: Field, at: int, topic_at: TopicAt) -> tuple[int, str]:
    """How well a field goes with what is spoken of at this place."""
    section, topic = scene.form.section_of[field.id], topic_at(at)
    score, why = 0, ""
    if section is topic or scene.option_of(section) in topic_at.among(at):
        score, why = score + 12, f"，正说到{section.title}"
    elif topic is not None and scene.option_of(section) is not None:
        score -= 8
    own = fillable(scene.form).row_of.get(field.id, field.cell)
    if own is not None and (row := topic_at.row(at)) is not None:
        score += 14 if row == own else -16
    elif field.id in fillable(scene.form).later_rows:
        score -= 14  # the first row, unless another is named
    if scene.open(field):
        score, why = score + 5, f"{why}，还没填"
    if field.id == scene.focused:
        score, why = score + 6, f"{why}，正问着"
    if field.id not in scene.visible:
        score -= 4
    return score, why[1:]


def of_all(scene: Scene, field: Field, at: int, topic_at: TopicAt) -> bool:
    """Whether something said before any service is spoken of is said of all the chosen ones that ask for it."""
    if scene.option_of(scene.form.section_of[field.id]) not in scene.chosen:
        return False
    topic = topic_at(at)
    return topic is None or topic.id not in fillable(scene.form).asking(field)

"""Which service a place in a message is about: the one named last before it, else the one spoken of before."""

from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.form import Section


def topics(scene: Scene) -> list[tuple[int, Section | None]]:
    """From which place on which service is spoken of; the first entry begins at 0. None where several are (水电过户)."""
    found: list[tuple[int, Section | None]] = [(0, scene.spoken)]
    for start, _, options in scene.marked.services:
        if len(options) > 1:
            found.append((start, None))
        elif section := scene.service_sections.get(options[0]):
            found.append((start, section))
    wanted = {option for _, _, options in scene.marked.services for option in options}
    named = min((start for start, _ in found[1:]), default=len(scene.marked.text))
    for start, section, is_label in _sections(scene.marked):
        if not is_label and named <= start:
            continue  # where services are named, a word of another's options does not change the subject
        option = scene.option_of(section)
        if option is not None and option in (scene.chosen or wanted or (option,)):
            found.append((start, section))
    return sorted(found, key=lambda one: one[0])


@once
def _sections(marked: Marked) -> list[tuple[int, Section, bool]]:
    """Where words stand that belong to one section alone, and whether they name a field."""
    found = list[tuple[int, Section, bool]]()
    for hit in marked.hits:
        if all(one.role == "fact" for one in hit.senses):
            continue  # 住宅 may be said of anything
        sections = {section.id: section for one in hit.senses for section in (marked.form.section_of[one.field.id],)}
        if len(sections) == 1:
            found.append((hit.start, next(iter(sections.values())), bool(hit.of("label"))))
    return found

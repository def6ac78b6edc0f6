"""Which service a place in a message is about: the one named last before it, else the one spoken of before."""

from dialogs.understanding.scene import Scene
from model.form import Section


def topics(scene: Scene) -> list[tuple[int, Section | None]]:
    """From which place on which service is spoken of; the first entry begins at 0."""
    found: list[tuple[int, Section | None]] = [(0, scene.spoken)]
    for start, _, options in scene.marked.services:
        if len(options) == 1 and (section := scene.service_sections.get(options[0])):
            found.append((start, section))
    named = [start for start, _ in found[1:]]
    for hit in scene.marked.hits:
        if not hit.of("label") and any(start <= hit.start for start in named):
            continue  # where services are named, a word of another's options does not change the subject
        sections = {scene.form.section_of[one.field.id].id: scene.form.section_of[one.field.id] for one in hit.senses}
        if len(sections) == 1:
            section = next(iter(sections.values()))
            option = scene.option_of(section)
            if option is not None and (not scene.chosen or option in scene.chosen):
                found.append((hit.start, section))
    return sorted(found, key=lambda one: one[0])

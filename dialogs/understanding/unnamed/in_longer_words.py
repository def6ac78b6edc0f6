"""A shorter word inside a longer one that only another service has: 水是新装一块表, where 新装一块表 is a word for power."""

from dialogs.understanding.fillable import fillable
from dialogs.understanding.lexicon import Hit, Sense, lexicon
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt
from model.form import Section


def of_service_spoken(
    scene: Scene, hit: Hit, senses: tuple[Sense, ...], at: int, topic_at: TopicAt
) -> tuple[Sense, ...]:
    """What the word says of the service spoken of here, if it is a word for what is to be done with others alone."""
    doings = fillable(scene.form).doings
    section = topic_at(at)
    spoken = {section.id} if section else {one.id for one in _among(scene, at, topic_at)}
    of = scene.form.section_of
    if not spoken or any(one.field.id not in doings or of[one.field.id].id in spoken for one in senses):
        return senses
    if any(word in hit.text for word in scene.service_words):
        return senses  # 新装电表: it says itself of what it is
    for shorter in lexicon(scene.form).inside(hit.text):
        told = tuple(
            one for one in shorter.of(("option", "fact")) if one.field.id in doings and of[one.field.id].id in spoken
        )
        if told:
            return told
    return senses


def _among(scene: Scene, at: int, topic_at: TopicAt) -> list[Section]:
    """The sections of the services named in one breath."""
    return [scene.service_sections[one] for one in topic_at.among(at) if one in scene.service_sections]

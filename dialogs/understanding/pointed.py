"""同上 and the like behind the name of a field, or as the whole answer to the question asked."""

from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.pointing import pointed
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt, fit


def pointed_behind(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """同上 and the like behind the name of a field, or as the whole answer to the question asked."""
    marked = scene.marked
    labels = marked.labels
    for hit in labels:
        stop = marked.sentence_end(hit.start)
        for sense in hit.of("label"):
            needs = scene.needs(sense.field)
            if needs is None:
                continue
            found = pointed(scene, sense.field, hit.end, stop)
            if found is not None and isinstance(found.reading, Understood):
                bonus, _ = fit(scene, sense.field, hit.start, topic_at)
                yield Candidate(
                    sense.field.id,
                    found.reading,
                    min(hit.start, found.start),
                    max(hit.end, found.end),
                    52 + bonus,
                    f"“{hit.text}”{found.why}",
                    needs,
                    found.certainty,
                )
    if scene.focused and len(marked.text) <= 12:
        asked = scene.form.fields[scene.focused]
        found = pointed(scene, asked, 0, len(marked.text))
        if found is not None:
            yield Candidate(asked.id, found.reading, 0, len(marked.text), 40, "和前面一样", (), "derived")

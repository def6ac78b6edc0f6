"""其他, and what is to be written beside it."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.sought import Sought
from dialogs.understanding.beside_option import BESIDE
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.topic_at import TopicAt, fit
from model.fields import ChoiceField, Field
from model.values import Pick, Picks

_CHOSEN = (
    r"(?:(?:勾|选|挑|填|归|算|登|打|写|放)(?:个|上|了|到|成|在)?"
    r"|(?:那|只好|只能)(?:就|归|走|按|是)?|就(?=其[他它][\s,，]{0,2}写)"
    r"|(?<=[,，:、;；\s])(?=.{2,4}(?:后|旁|边|括号|注明|说明)))"
)
_OTHER = Sought(rf"{_CHOSEN}[“‘]?(?P<option>其他|其它)[”’]?{BESIDE}")


@once
def _noted(marked: Marked) -> list[re.Match[str]]:
    """Where 其他 is to be chosen and what is to be written beside it."""
    return list(_OTHER.finditer(marked.text))


def other_options(scene: Scene, topic_at: TopicAt) -> Iterator[Candidate]:
    """性质勾其他 写影视拍摄: the option beside which something is written, of the field named, else of the service."""
    marked = scene.marked
    for match in _noted(marked):
        label = marked.label_before(match.start())
        named = [one.field for one in label.of("label")] if label else []
        near = [one for one in named if _takes_note(one)]
        section = topic_at(match.start())
        asked = near or [one for one in (section.fields if section else ()) if _takes_note(one)]
        for field in asked:
            needs = scene.needs(field)
            if needs is None or not isinstance(field, ChoiceField):
                continue
            bonus, why = fit(scene, field, match.start(), topic_at)
            option = next(one.text for one in field.options if one.text == "其他")
            value = Picks(picks=(Pick(option=option, note=match["note"]),))
            group = (f"several:{field.id}",) if field.several else ()
            begin = label.start if near and label else match.start()
            yield Candidate(
                field.id,
                Understood(value),
                begin,
                match.end(),
                82 + bonus,
                f"其他：{match['note']}，{why}",
                needs,
                group=group,
            )


def _takes_note(field: Field) -> bool:
    return isinstance(field, ChoiceField) and any(one.text == "其他" and one.blank != "none" for one in field.options)

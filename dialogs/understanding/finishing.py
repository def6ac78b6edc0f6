"""The missing part of a half-given answer, beside other things: 是千伏安 变压器不装."""

import re
from collections.abc import Iterator

from dialogs.kinds import parse
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.scene import Scene
from model.draft import Unfinished
from model.fields import ContactField

_FIRMS = re.compile(r"(?:公司|单位|厂里?|店里?|学校|医院|办公室?|值班)的?(?:电话|号码)|座机|总机|固话")


def finishing(scene: Scene) -> Iterator[Candidate]:
    """The missing part of a half-given answer, beside other things: 是千伏安 变压器不装."""
    attention = scene.draft.attention
    if not isinstance(attention, Unfinished) or attention.field not in scene.form.fields:
        return
    asked = scene.form.fields[attention.field]
    several = sum(one.shape == "phone" for one in scene.marked.numbered) > 1
    for piece in scene.marked.pieces[:3]:
        if several and isinstance(asked, ContactField) and _FIRMS.search(scene.marked.text, piece.start, piece.end):
            continue  # 公司电话508…,她本人手机156…: the second is hers
        said = re.sub(r"^(?:单位|应该|应|都|就)*(?:是|用|按|有|共)", "", scene.marked.said(piece.start, piece.end))
        reading = parse(f"{attention.text}{' ' if attention.want != 'unit' else ''}{said}", asked, scene.context)
        if isinstance(reading, Understood):
            yield Candidate(asked.id, reading, piece.start, piece.end, 80, "接着前面没说完的")
            return

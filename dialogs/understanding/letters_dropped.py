"""One character of a name that is to be left out: 老字不要 执照上没有, 清源前头那个百字去掉."""

import re
from collections.abc import Iterator

from dialogs.reading import Understood
from dialogs.shaped import is_titled
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.scene import Scene
from model.fields import TextField
from model.values import Words

_DROPPED = re.compile(
    r"(?:多[打写填报说]了?一?个|去掉|删掉|删去|划掉|不要)(?:那个|这个)?[“\"‘']?(?P<behind>[一-鿿])[”\"’']?字(?=$|[\s,。;!了])"
    r"|[“\"‘']?(?P<ahead>[一-鿿])[”\"’']?字(?:也|是|给我|帮我|请|应该|要|就|得)?(?:去掉|删掉|删了|删去|划掉|去了|不要|多余|是?多[打写填报说余]?了?的?)(?=$|[\s,。;!了吧])"
)
_SCORE, _LEAST = 230, 3


def letters_dropped(scene: Scene) -> Iterator[Candidate]:
    """The names told before, without the character; the last one told that has it once."""
    for match in _DROPPED.finditer(scene.marked.text) if "字" in scene.marked.text else ():
        char = match["ahead"] or match["behind"]
        for name in dict.fromkeys((*reversed(scene.draft.trail), *scene.before)):
            field, answer = scene.form.fields.get(name), scene.before.get(name)
            value = answer.value if answer is not None else None
            if not isinstance(value, Words) or not (
                isinstance(field, TextField) and (field.name_only or is_titled(field))
            ):
                continue
            if value.text.count(char) == 1 and len(value.text) > _LEAST:
                made = Understood(Words(text=value.text.replace(char, "")))
                yield Candidate(name, made, *match.span(), _SCORE, f"去掉{char}字", how="own")
                break

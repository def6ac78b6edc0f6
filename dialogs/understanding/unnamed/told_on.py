"""A message that goes on with the text the one before it began, without its name: 管径PE160, 还有沿街商铺30间."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.talk import is_talk
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.goes_on import goes_on_long, same_kind
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.left_open import LATER, NOTHING
from model.fields import TextField
from model.values import Words

_SCORE, _WRITE = 30, 93
"""Below whatever else the words may mean; but 也写上 is said of nothing else."""
_BESIDES = re.compile(
    r"^(?:对了|哦|嗯)?[,\s]?(?:还有|还要|另外?还?有?|再就是|再有|再加|此外|外加|补充(?:一[点下句])?|也?要?加上?)[:,\s]{0,2}"
)
_WROTE = r"(?:[写填记加]上?|注明|算上|算进去)"
_TOO = re.compile(rf"[,\s]?(?:也|都)(?:要|得|是|算|一起|一并)?(?:{_WROTE}|接|报?批|审批|办|算)(?:进去|一下)?[吧的呢]?$")
_SAYS_TO_US = re.compile(
    r"[我你您他她俺咱]|谢|麻烦|联系|电话|手机|身份证|\d{7}|[吗?]|不|没|叫|是不是|明天|今天|上午|下午"
)
_MOST = 60


def told_on(scene: Scene) -> Iterator[Candidate]:
    """The words of the message, for the text that the last message filled."""
    marked = scene.marked
    said = marked.text.strip(" ,。;")
    if len(said) > _MOST or "\n" in said or asks(said) or is_talk(said):
        return
    for field in _just_told(scene):
        lead, behind = _BESIDES.match(said), _TOO.search(said)
        body = said[lead.end() if lead else 0 : behind.start() if behind else len(said)].strip(" ,。;")
        kept = scene.before[field.id].value
        named = bool(lead or behind)
        if len(body) < 3 or NOTHING.match(body) or LATER.search(body) or not isinstance(kept, Words):
            continue
        if any(one.of("label") for one in marked.hits_from(0, len(marked.text)) if one.start <= 1):
            continue
        fits = any(one in body.upper() for one in field.tells) if field.tells else named or bool(re.search(r"\d", body))
        if not fits or (not named and (_SAYS_TO_US.search(body) or same_kind(kept.text, body))):
            continue
        text = kept.text if body in kept.text else f"{kept.text}，{body}"
        if len(text) <= field.most:
            group = (BESIDE,) if named and field.tells else ()
            score = _WRITE if behind and re.search(_WROTE, behind[0]) else _SCORE
            yield Candidate(
                field.id, Understood(Words(text=text)), 0, len(marked.text), score, "接着上面那句说的", group=group
            )
        return


def _just_told(scene: Scene) -> Iterator[TextField]:
    """The long texts among what the last message filled; what is being asked for now is another matter."""
    last = scene.draft.last
    for change in last.changes if last is not None else ():
        field = scene.form.fields.get(change.field)
        if (
            isinstance(field, TextField)
            and goes_on_long(field)
            and field.id in scene.before
            and field.id != scene.focused
        ):
            yield field

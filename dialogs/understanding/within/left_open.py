"""没有 and 后面补 in the place of a value."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from dialogs.understanding.within.finding import Finding
from model.fields import Field, YesNoField

NOTHING = re.compile(
    r"^(?:先|就|都|也|暂时|目前|现在|还|那个|呢|,)*(?:没有|没得|没带|没办|没|无|不要|不用|不需要|不报|不装|不上|暂无|空着|不填|免了|算了)(?!线|锡|纺|缝)"
)


LATER = re.compile(
    r"(?:后面|以后|回头|稍后|晚点|过后|下次|改天|到时候?|过两天|明天)再?(?:补|发|给|报|交|说|填|送|告诉)|先欠着|手边没有|没带|先跳过|先空着|在办|还没办|没下来|没拿到|先不填"
)


UNSURE = re.compile(
    r"^[\s,:]{0,2}不(?:清|准|懂|上来)(?![洁洗理])|[答讲说道]不(?:上来|出来|清|准|好)|不好讲|没把握|拿不定|没谱|说不好|不好说|吃不准|没定|未定|没想好|没决定|不清楚|不知道|不晓得|说不清|说不准|不确定|不懂|不了解|不明白|外行|拿不准|没数|搞不清|弄不清|看不清|看不见|认不出|看不出"
)


def left_open(scene: Scene, field: Field, start: int, end: int) -> Finding | None:
    """没有 / 后面补 right behind the field's name."""
    found = _left_open(scene.marked, start, end)
    return None if found is not None and found.why == "没有" and isinstance(field, YesNoField) else found


@once
def _left_open(marked: Marked, start: int, end: int) -> Finding | None:
    said = marked.said(start, end)
    head = _STOPS.split(said, maxsplit=1)[0]
    first = head.split(" ")[0] or head
    if LATER.search(head) or UNSURE.search(first):
        return Finding(None, start, start + len(head), why="后面补")
    if match := NOTHING.match(first):
        return Finding(None, start, start + match.end(), why="没有")
    return None


_STOPS = re.compile(r"[,。;\n]")

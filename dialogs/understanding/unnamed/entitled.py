"""What a project is called, told without the word for it: before its code, or as 恒信二期厂房这个项目."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.understanding.candidate import Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.kinship import related
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import CodeField
from model.values import Words

_SCORE = 66
_MOST = 30
_GAP = re.compile(r"[\s,:(/、]{0,3}$")
_WORK = re.compile(
    r"项目|工程|改造|[扩新迁改]建|建设|[一二三四五六七八九十\d]期|标段|厂房|车间|生产线|基地|中心|大厦|[园苑府庭城湾院]$|小区|家园|花园|广场|公寓|综合楼|[\u4e00-\u9fff]楼$|站$|仓库|扩产|技改|升级|迁移|安装|接入|亮化|配套|增容"
)
_THIS = re.compile(r"(?:这个|该|的)(?:项目|工程)(?!部|经理|负责|地|名|代|编)")
_NO_NAME = re.compile(
    r"[我你他她您俺咱们这那]|[是在要报办想了]|千瓦|千伏安|电话|身份证|法人|负责人|经办|地址|代码|公司$"
)
_LEAD = re.compile(r"(?:项目|工程)?(?:名称|名)?(?:叫|是|为|:)?\s?")


def entitled(scene: Scene, fields: Fillable) -> Iterator[Candidate]:
    """Names of the project whose code the form asks for too."""
    coded = [one for one in fields.codes if one.scheme == "project"]
    for field in fields.written:
        if field.most >= 300 or scene.needs(field) != () or not scene.open(field):
            continue
        if not any(related(field, one) for one in coded):
            continue
        for start, end in _names(scene.marked):
            value = Understood(Words(text=scene.marked.said(start, end)))
            yield Candidate(field.id, value, start, end, _SCORE, "项目代码前面的名称")


@once
def _names(marked: Marked) -> list[tuple[int, int]]:
    before = [_before_code(marked, one.start) for one in marked.numbered if one.shape == "project"]
    ends = [*before, *(one.start() for one in _THIS.finditer(marked.text))]
    return [span for end in ends if (span := _name(marked, end)) is not None]


def _before_code(marked: Marked, at: int) -> int:
    """Where the words end before a code, without the word for it (…一期,代码2503-…)."""
    label = marked.label_before(at)
    if label is not None and at - label.end <= 2 and any(isinstance(one.field, CodeField) for one in label.of("label")):
        at = label.start
    gap = _GAP.search(marked.text, max(0, at - 3), at)
    return gap.start() if gap else at


def _name(marked: Marked, end: int) -> tuple[int, int] | None:
    if end <= 0:
        return None
    start = marked.piece_at(end - 1).start
    lead = _LEAD.match(marked.text, start, end)
    start = lead.end() if lead else start
    said = marked.said(start, end)
    if not 4 <= len(said) <= _MOST or not _WORK.search(said) or _NO_NAME.search(said) or asks(said):
        return None
    taken = [(one.start, one.end) for one in marked.firms] + [(one.start, one.end) for one in marked.places]
    if any(first <= start and end <= last for first, last in taken):
        return None
    return start, end

"""What a project is called, told without the word for it: before its code, as 恒信二期厂房这个项目, or as 机房叫云谷数据中心."""

import re
from collections.abc import Iterator

from dialogs.asking import asks
from dialogs.reading import Understood
from dialogs.shaped import is_title
from dialogs.sought import Sought
from dialogs.understanding.candidate import BESIDE, Candidate
from dialogs.understanding.fillable import Fillable
from dialogs.understanding.kinship import related
from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once
from dialogs.understanding.scene import Scene
from model.fields import CodeField
from model.values import Words

_SCORE, _CALLED_SCORE = 66, 82
_LEAST, _MOST = 3, 30
_GAP = re.compile(r"[\s,:(/、]{0,3}$")
_WORK = re.compile(
    r"项目|工程|改造|[扩新迁改]建|建设|[一二三四五六七八九十\d]期|标段|厂房|车间|生产线|基地|中心|大厦|[园苑府庭城湾院]$|小区|家园|花园|广场|公寓|综合楼|[\u4e00-\u9fff]楼$|站$|(?:园|苑|[A-Z一二三四五六七八九十东西南北])区$|仓库|扩产|技改|升级|迁移|安装|接入|亮化|配套|增容"
    r"|[冷仓]库|煤改|扩能|提标|整治|拓宽|管网|机房"
)
_THIS = re.compile(r"(?:这个|该|的)(?:项目|工程)(?!部|经理|负责|地|名|代|编)")
_NO_NAME = re.compile(
    r"[我你他她您俺咱们这那]|[是在要报办想了]|千瓦|千伏安|电话|身份证|法人|负责人|经办|地址|代码|公司$"
)
_LEAD = re.compile(r"(?:项目|工程)?(?:名称|名)?(?:叫|是|为|:)?\s?")

_THING = (
    r"(?:项目|工程|立项|批文|批复|备案|案子?|[新大小]?楼|楼盘|盘子?|小区|机房|冷?库房?|厂房|车间|新[园区校院馆站]|园区|公寓|基地|地块|标段|泵站"
    r"|[新改扩]建的[\u4e00-\u9fff]{1,4})"
)
_WHOSE = r"(?:(?:[这那本该咱]|我们?|俺们?|他们)[个座栋]?)?"
_NAME = r"名(?:字|称)?"
_IS = r"(?:[叫是为作]|定为|写|登记?|报)"
_GIVES = r"(?:[取起定命报]|登记?|备案?)(?:的|了)?个?"
_NAMED = (
    rf"(?:{_GIVES}{_NAME}(?:就|也)?{_IS}?|{_NAME}[,\s]?(?:就|也|先)?{_IS}|案名{_IS}?|叫[做作]?|称[为作]?|写的?是|定为?)"
)
_CALL = Sought(
    rf"{_WHOSE}(?P<thing>{_THING})(?:[这那]?(?:呢|嘛|吧|上面?|里))?[,\s]?(?:就|也|先|暂时?|统一|给它|给)?{_NAMED}[:\s]?"
    rf"|(?<![\u4e00-\u9fff])(?:给它|就|也|暂时?|先)?(?:(?:[取起定命]了?个?名字?|名)(?:就|也)?[叫是为作登]|就叫|名称|名字|案名)[:是叫为登写报\s]{{0,2}}"
    r"|(?:立项|批文|批复|备案|规划)(?:上|里|手续|文件|证)?的?(?:名[字称]?)?(?:写的?)?[是为叫][:\s]?"
    r"|(?<=[\u4e00-\u9fff])给它[取起定命]了?个?名字?[叫是为作]?"
    rf"|(?:登记|备案|立项|批|报)的{_NAME}{_IS}"
)
"""What is called by its name, and the words that say so."""
_ENDS = re.compile(r"[\s,。;、!?()]|$")
_QUOTES = "“”\"'‘’「」『』《》"
_NOT_OURS = re.compile(r"去年|前年|以前|之前|隔壁|对门|旁边|上一?次|上回|不是|没有?(?:取|起|定|叫)|别人|人家|那个盘")
_NOT_CALLED = re.compile(r"^(?:什么|啥|人|他|她|它|不|没|谁|哪|待|还|未|错|我|你|这|那|个|停|开|过)|什么|没定|的那个")

_ESTATE = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,6}(?:小区|花园|家园|嘉园|佳苑|雅苑|华府|新城))(?:[一二三四五六]期)?[\s,、:]{1,2}(?!\d|[\u4e00-\u9fff]{0,3}[号栋楼])"
)
"""An estate with which a message begins: 幸福里小区 六样都报."""
_ALL_OF_IT = 3
"""Who applies for so many services there builds it."""


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
        for start, end in _called(scene.marked):
            value = Understood(Words(text=scene.marked.said(start, end)))
            yield Candidate(field.id, value, start, end, _CALLED_SCORE, "说了叫什么")
        if (estate := _ESTATE.match(scene.marked.text)) and len(scene.chosen) >= _ALL_OF_IT:
            value = Understood(Words(text=estate["name"]))
            yield Candidate(field.id, value, *estate.span("name"), _SCORE, "报的小区", unsure=True, group=(BESIDE,))
        for start, end in _alone(scene.marked) if scene.firm or scene.focused == field.id else ():
            value = Understood(Words(text=scene.marked.said(start, end)))
            yield Candidate(field.id, value, start, end, _CALLED_SCORE, "单独一行的工程名")


_WORKS = r"(?:改扩建|改造|扩建|新建|技改|扩能|扩产|提标|迁改|整治|翻建|重建|升级|亮化)"
_ENTITLES = re.compile(
    rf"(?P<firm>.{{4,}}?(?:项目|工程))(?:[一二三四五六七八九1-9]期|[一二三四1-4]?标段?)?"
    rf"|.{{2,}}?{_WORKS}(?:项目|工程)?|.{{2,}}?(?:[一二三四五六七八九1-9]期|[一二三四五六七八九1-9]标段?|[A-Z]区)"
)
_NO_TITLE = re.compile(
    r"^(?:[我你他她您俺咱们这那本该]|[是在要报办想做搞有没不先就也还再等了因为]|需要?|申请|打算|准备|目前|正在|用[水电气网]|新?装|接|给|为|由|跟|和|与|第|共|分|本次|一共|总共"
    r"|装修|房[子屋]|老房|家里|水[管表]|电[线表]|其他|另|如果|假如|隔壁|去年|前年|以前|[一二三四五六七八九]期$)"
    r"|\d{5}|[,;:!?()]|年[工期]|的(?:项目|工程)$|[要想在把被给跟]|什么|哪|多少|[叫:]|名[字称定为是登写]|^(?:项目|工程|小区|楼盘|批文|立项|备案)|定为|登记"
)


@once
def _alone(marked: Marked) -> list[tuple[int, int]]:
    """What stands alone on a line and is built like the name of a work: 示例花园三期, 食堂改造工程."""
    found, start = list[tuple[int, int]](), 0
    for line in marked.text.split("\n"):
        said, at = line.strip(" .、"), start + len(line) - len(line.lstrip(" .、"))
        start += len(line) + 1
        if not _LEAST < len(said) <= _MOST or _ENTITLES.fullmatch(said) is None or " " in said:
            continue
        spans = [(one.start, one.end) for one in marked.firms] + [(one.start, one.end) for one in marked.numbered]
        taken = any(first < at + len(said) and at < last for first, last in spans)
        if taken or _NO_TITLE.search(said) or asks(said) or not is_title(said):
            continue
        found.append((at, at + len(said)))
    return found


@once
def _called(marked: Marked) -> list[tuple[int, int]]:
    return [span for call in _CALL.finditer(marked.text) if (span := _behind(marked, call)) is not None]


def _behind(marked: Marked, call: re.Match[str]) -> tuple[int, int] | None:
    """The name that is told behind these words, if it is one of what is built."""
    ends = _ENDS.search(marked.text, call.end())
    start, end = call.end(), min(ends.start() if ends else call.end(), call.end() + _MOST)
    said = marked.said(start, end)
    start += len(said) - len(said.lstrip(_QUOTES))
    said = said.strip(_QUOTES)
    for last in ("吧", "呗", "就行", "这个名", "好了"):
        said = said.removesuffix(last).strip(_QUOTES)
    before = marked.said(max(0, call.start() - _MOST), call.end())
    if len(said) < _LEAST or _NOT_CALLED.search(said) or not is_title(said) or _NOT_OURS.search(before):
        return None
    if asks(f"{before}{said}") or re.search(r"\d{5}", said):
        return None
    if call["thing"] is None and not _WORK.search(said):
        return None
    if any(one.sure and one.start <= start < one.end for one in marked.firms):
        return None
    return start, start + len(said)


@once
def _names(marked: Marked) -> list[tuple[int, int]]:
    before = [_before_code(marked, one.start) for one in marked.numbered if one.shape == "project"]
    ends = [*before, *(one.start() for one in _THIS.finditer(marked.text))]
    found = [span for end in ends if (span := _words_before(marked, end)) is not None]
    found += [one.span("name") for one in _SAID_BEHIND.finditer(marked.text) if not _NO_NAME.search(one["name"])]
    return found + [one.span("name") for one in _BUILT.finditer(marked.text) if not _NOT_OURS.search(one[0])]


_SAID_BEHIND = re.compile(
    r"(?:^|(?<=[\n,。;]))\s?(?P<name>[^\s,。;:!?]{4,30})[\s,]{1,2}(?:这|就)?是(?:个|我们的?|俺的?)?(?:项目|工程)(?:的?名称?|的?名字)(?=$|[\s,。;])"
)
"""锤锻车间升级 这是项目名."""
_BUILT = re.compile(
    r"(?:因|为|由于|正在|目前)(?:我[们司]|公司)?(?:修建|建设|实施|承建|新建|开展)(?P<name>[\u4e00-\u9fffA-Za-z\d]{4,24}?)(?:项目|工程)(?=$|[\s,。;需]|施工)"
)
"""因修建经三路雨污管网分流项目,需申请临时用电."""


def _before_code(marked: Marked, at: int) -> int:
    """Where the words end before a code, without the word for it (…一期,代码2503-…)."""
    label = marked.label_before(at)
    if label is not None and at - label.end <= 2 and any(isinstance(one.field, CodeField) for one in label.of("label")):
        at = label.start
    at = _without_gap(marked, at)
    place = next((one for one in marked.places if one.end == at), None)
    return _without_gap(marked, place.start) if place is not None and place.sure else at  # 智造园C区 大召营镇… 2506-…


def _without_gap(marked: Marked, at: int) -> int:
    gap = _GAP.search(marked.text, max(0, at - 3), at)
    return gap.start() if gap else at


def _words_before(marked: Marked, end: int) -> tuple[int, int] | None:
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

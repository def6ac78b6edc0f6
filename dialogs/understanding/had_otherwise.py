"""Services that are had in another way, or that another place has: 水我们买桶装, 屋里那头水电都齐 不动它."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.once import once

_LEAD = r"(?:那块|这块|那边|这边|自己|我们?|俺们?|咱们?|家里|厂里|店里|都|也|就|还|一直|现在|目前){0,4}"
_WELL = (
    r"(?:自家|自己|自打|自己[打挖抽]|村里|家里|院里|老)?的?(?:[机深山水压土]|手压)?"
    r"(?:井|山泉|河水|雨水|塘水|桶装|洒?水车|[罐送]车|消防车)"
)
_FUEL = r"(?:柴|煤(?!气)|竹|木|颗粒|生物|液化|罐装?|秸秆|稻壳|糠)"
_OTHERWISE = re.compile(
    rf"{_LEAD}(?:是|有|用|吃|抽|打|买|喝|使|浇)?(?:的|了)?(?:是|都是)?{_WELL}"
    rf"|{_LEAD}(?:没有?|不用|不烧)[ ,]?{_LEAD}(?:烧|用)的?(?:都?是)?{_FUEL}"
    r"|[^,。;\s]{0,12}?(?<!不)(?:够用?|够使)(?:的|了)?,?\s?(?:不[报办动搞弄加]|别[报办动])"
)
_AFTER_ALL = re.compile(
    r"[^,。; \n]{0,14}?(?:[ ,](?:但是?|不过|现在|眼下|如今|这[回次]|今年|[我俺咱]们?|就|也|所以|还是){0,3})?"
    r"(?:想|(?<![不别])要|改|换|[接装]新|新[接装]|不够|[停断]了|干了)"
)
"""水是井水 想接自来水: something is to be done all the same."""
_PLACE = re.compile(
    r"(?:(?:老|旧|另外那?|原先那?|原来那?)(?:房子|厂|店|站|校区|院子?|宅子?|屋|家|办公)|住家|住处|家里|屋里|宿舍|洗手间|厕所|卫生间|门卫|值班室|[两二]口子?住|住在?[^,。;\s]{1,5}[镇乡村]"
    r"|办公(?:室|楼)?在|(?:那边|那头)(?=水|电|气|网|暖|自来|用|煤))"
)
_LEFT = re.compile(
    r"[^。;\n]{0,14}?(?:(?<![带拉推])不[动销管报弄碰办]|不(?:要|用|需要)(?:你们?|您|恁)?们?(?:动|管|弄|碰|报|办|来)|别[动管碰弄]|甭[动管]|现成|物业管|留给|(?:自己|自个儿?|单独|另外|回头)(?:再|去|来)?(?:退|销|拆|停|办|处理)|好好的|都齐|够用)"
)
_NOT_OURS = re.compile(r"(?:都|也|就)?不是(?:我们?|俺们?|咱们?|自己|本[厂店院])的?")
_BACK = 24
_HERE = re.compile(r"这边|这里|这次|这回|新(?:厂|店|站|房|址)|现在(?!住)|作坊|主要是|就是")


def had_otherwise(marked: Marked, end: int) -> bool:
    """Whether the service named up to here comes from somewhere else, and nothing is said to be done about it."""
    found = _OTHERWISE.match(marked.text, end)
    return found is not None and not _AFTER_ALL.match(marked.text, found.end())


@once
def is_of_another_place(marked: Marked, start: int, end: int) -> bool:
    """Whether what is left alone here belongs to a house or a firm elsewhere, or to others: no word about this application."""
    if _NOT_OURS.match(marked.text, end):
        return True
    before = marked.said(max(0, start - _BACK), start)
    places = list(_PLACE.finditer(marked.said(max(0, start - _BACK), min(len(marked.text), end + 1))))
    if not places or _HERE.search(before, places[-1].end()):
        return False
    return bool(_LEFT.match(marked.text, end)) and len(marked.services) > 1

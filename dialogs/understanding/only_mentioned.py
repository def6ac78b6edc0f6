"""Services a message speaks of beside the one it is about: 燃气公司的人来过, 洗澡用燃气热水器, 物业已经把电接好了, 天然气没铺到我们村."""

import re

from dialogs.understanding.marked import Marked
from dialogs.understanding.of_neighbours import is_others
from dialogs.understanding.once import once
from dialogs.understanding.unwanted import OFF, OFF_BEFORE

_OFFICE = re.compile(
    r"(?:集团|总|分)?(?:公司|局|所|站|厂|营业厅|大厅|窗口|柜台|管理[所处站])|(?<=公司)|(?<=供[电水气暖热])[所局站]"
)
_AT_AN_OFFICE = re.compile(
    r"(?:的?(?:人|师傅|老板|工作人员|工人|员工|职工|亲戚|朋友|同学|客服|经理|宿舍|家属[院楼区])"
    r"|(?:里|那边)?(?:上班|工作|退休|干了|做事|当)|来人|来过|说|讲|告诉|通知|答复|旁边?|边上|对[面过]|隔壁|附近|斜对|门口|后面|前面|往[东西南北]|(?=$|[,。;]))"
)
"""What makes it the place or the people: 燃气公司的人, 供电所旁边, 在自来水公司上班."""
_ASKED_TO = re.compile(r"(?:请|让|叫|麻烦|申请|想|要|报|跟|向|给)[^,。;\s]{0,2}$")
"""请自来水公司来装: it is asked for."""
_STRUCTURE = re.compile(
    r"(?:信号|发射|基站|铁)?(?:基站|塔|机房|大楼|大厦|宿舍|家属[院楼区])(?!要|想|得|新?[装接报拉]|用[水电气网])"
)
_DEVICE = re.compile(r"(?:的?(?:热水器|灶台?|炉子?|取暖炉|壁挂炉|烤箱|烤炉|锅炉?|热水))(?!要|想|得|新|没|[接通])")
_USES = re.compile(r"(?:(?<![改要想换])[用烧使靠]|有|买了)(?:的|着)?(?:是|都是)?(?:个|台|一[台个])?$")
"""洗澡用燃气热水器: what one has."""
_PARTY = (
    r"(?:物业|房东|开发商|甲方|总包|村里|村委会?|园区|商场|市场|业主|上家|施工队|[原前]房主|小区|镇里|社区|对方|人家)"
)
_DONE = r"(?:[通装办接报开弄拉搞]|安装|开通|报装|通上)(?:好|完|上|过|通){0,2}"
_NOTHING_TO_DO = (
    r"(?=$|[ ,。;](?![^。;\n]*(?:户名|名字|名下|过户|[改换挪移迁增销停拆]|不够|[两三四]样|都(?:要|想|办|报))))"
)
_BY_ANOTHER = re.compile(
    rf"{_PARTY}(?:那边|他们|方面)?(?:已经|早就?|都|统一|也|全|会|来|就)*(?:把|给|将)[^,。;\s]{{0,8}}$"
)
_MANAGED = re.compile(
    rf"{_PARTY}(?:那边|他们|方面)?(?:已经|早就?|都|统一|也|全|就)*(?:管|包|负责|{_DONE}了)(?:着|了|的)?$"
)
_DONE_BEHIND = re.compile(rf"(?:线路?|管子?|表)?(?:都|全|也)?(?:已经|早就?|都|全|给)*{_DONE}(?:了|的){_NOTHING_TO_DO}")
"""物业已经把电 接好了."""
_WHEN = r"(?:去年|前年|大前年|上个?月|上[周回次]|年前|年初|月初|以前|之前|前[几两]天|昨天|前天|早就?|老早|已经?|刚|才|头年|那年)"
_LONG_DONE = re.compile(
    rf"(?:的?(?:事|表|线|管子|那块|这块|方面))?(?:是|都|也|我们?|家里)*{_WHEN}[^,。;\n\s]{{0,8}}?(?<![没不未])(?<!没有){_DONE}(?:了|的){_NOTHING_TO_DO}"
)
"""网去年电信就装好了."""
_HANDLED = re.compile(
    rf"(?:的?(?:事情?|表|那块|这块|方面))?(?:是|由|归|就|都|也|让|等)*(?:{_PARTY}|[我俺咱]们?家?(?:儿子|女儿|闺女|老公|老婆|爱人|媳妇|哥|弟|姐|妹|爸|妈|爹|娘|老板|领导)|同事)"
    rf"(?:那边|他们|他|她|自己)?(?:会|来|要|去|正在|在|统一|另外|已经|自己|负责|单独|管)*(?:去?[^,。;\s]{{1,6}}(?:厅|公司|那边))?(?:负责|来|去|统一)*"
    rf"(?:管|负责|{_DONE}|跑)(?:了|的|着|呢)?{_NOTHING_TO_DO}"
)
"""网的事我儿子去营业厅办."""
_NOT_YET_HERE = re.compile(
    r"(?:管道?|管网|管子|线路?)?(?:还|一直|都|也|暂时|目前|到现在)*(?:没有?|未)(?:铺|修|通|拉|接)(?:设|过)?(?:到|进)(?:我们|俺们?|咱们?|这|那|本)?[^,。;\s]{0,3}?"
    rf"(?:[村镇乡组边里]|小区|这儿|这里|这边|这片|这条街){_NOTHING_TO_DO}"
)
"""天然气还没铺到我们村: it cannot be had."""
_NO_LONGER = re.compile(
    r"(?:机|线)?(?:都|也|家里)?(?:早|已经|好久|好几年|几年|多年)[^,。;\s]{0,3}?(?:不|没)(?:人)?[看用烧开]了?"
    rf"{_NOTHING_TO_DO}"
)
"""电视早就不看了."""
_NEXT_YEAR = re.compile(
    rf"(?:公司|管网|管道|那边|这块|那块)?(?:说|讲|可能|估计|大概|要|得|听说|的话)*(?:等)?(?:明年|后年|下半年|年后|开春|过两年|以后)[^,。;\s]{{0,4}}?(?:再|才|会)[^,。;\s]{{0,6}}{_NOTHING_TO_DO}"
)
"""热力公司说明年才通."""
_BEHIND = (_LONG_DONE, _HANDLED, _NOT_YET_HERE, _NO_LONGER, _NEXT_YEAR)
_BACK = 18


def is_only_mentioned(marked: Marked, start: int, end: int, opened: bool) -> bool:
    """Whether a service named here is only spoken of, and another is what it is about: named, or one that is `opened`."""
    return _is_mention(marked, start, end) and (opened or _is_another_named(marked))


@once
def _is_another_named(marked: Marked) -> bool:
    return any(
        not _is_mention(marked, first, last)
        and not is_others(marked, first, True)
        and not OFF.match(marked.text, last)
        and not OFF_BEFORE.search(marked.text, max(0, first - 10), first)
        for first, last, _ in marked.services
    )


@once
def _is_mention(marked: Marked, start: int, end: int) -> bool:
    text = marked.text
    before = text[max(marked.sentence_start(start), start - _BACK) : start]
    office = _OFFICE.match(text, end)
    if office and _AT_AN_OFFICE.match(text, office.end()) and not _ASKED_TO.search(before):
        return True
    if _STRUCTURE.match(text, end) or (_DEVICE.match(text, end) and _USES.search(before)):
        return True
    if _MANAGED.search(before) or (_BY_ANOTHER.search(before) and _DONE_BEHIND.match(text, end)):
        return True
    return any(one.match(text, end) for one in _BEHIND)

"""How an address goes on behind a blank, a bracket or a comma: 小冀镇文化街5号(老邮局对面), 北杨庄村,三组九号."""

import re

from dialogs.understanding.place_words import SPOT, STOP, WAY

_NUMBER_MOST = 12
"""Characters before its end in which an address may have its number."""
_ROOMS = re.compile(
    r"\s*\n\s*(?:第?[\dA-Za-z一二三四五六七八九十]{1,4}(?:号楼|栋|幢|座|单元|楼|层|室|户))+(?=\s*(?:\n|$))"
)
"""Lines of their own with a building or a room."""


_ASIDE = re.compile(
    rf"\((?:原|老|即|就是|靠近?|挨着)?[\u4e00-\u9fff\dA-Za-z]{{1,16}}?(?:{SPOT}|院|工业园|厂|店|站|家|街|路|段)\)"
    r"[\u4e00-\u9fff\dA-Za-z#\-]{0,16}"
)
"""小冀镇文化街5号(老邮局对面)."""


_NTH = r"第[一二三四五六七八九十\d]{1,3}(?:间|家|户|个|排)(?:门面|门脸|铺面|门店|商铺|店面|门|铺)?"
_BESIDE = re.compile(
    rf"[ ,](?:[由从]?[东西南北](?:[向往][东西南北]|头|边|面)?数?{_NTH}"
    r"|[\u4e00-\u9fff]{2,8}?(?:[东西南北](?:面|侧|边|邻|隔壁)|[东西][南北]角|斜?对面|旁边|隔壁|后面|前面|附近|后院|那块)"
    rf"(?:{_NTH})?|从[\u4e00-\u9fff\d]{{2,8}}?[到至][\u4e00-\u9fff\d]{{2,8}})(?=$|[\s,。;!?)])"
)
"""What tells a place without a number more exactly: 荷花路口,由南向北数第四间门面; 新村路,镇卫生院综合楼那块."""
_NO_SPOT = re.compile(
    r"[我你他她俺咱在要有没装放接管表线是从](?!龙|[\u4e00-\u9fff\d]{2,8}[到至])|[水电气](?:管|表|线)|房东|邻居|变压器"
)


_ROOM = re.compile(r"(?<=[栋幢座楼元]) \d{3,4}室?(?=$|[\s,。;、])")
"""3栋2单元 502."""


_NO_DOOR_YET = re.compile("[村组队庄屯路街巷道]$")
_DOOR = re.compile(
    r"[ ,]\s?(?:(?:门牌号?|靠[东西南北][,\s]?)?(?:[\d一二三四五六七八九十]{1,3}(?:组|队|排|号院?|弄|幢|栋)){1,3}){1,2}"
    r"(?:[ ,]\s?[\d一二三四五六七八九十]{1,3}号)?(?=$|[\s,。;!?)])"
)
"""The number of the house said for itself: 北杨庄村,三组九号; not that of one that has it already."""


_LISTED = re.compile(r"\s?\d{1,2}[)）]")
"""The number of the next thing in a list: 5)古固寨镇示例路18号 6)联系电话."""


def goes_on(text: str, end: int) -> int:
    """An address goes on over a blank where the next words are about a place too (加油站斜对面)."""
    while rooms := _ROOMS.match(text, end):
        end = rooms.end()
    if aside := _ASIDE.match(text, end):
        end = aside.end()
    if (door := _DOOR.match(text, end)) and _NO_DOOR_YET.search(text, max(0, end - 1), end):
        end = door.end()
    beside = _BESIDE.match(text, end)
    if beside and not re.search(r"\d号", text[max(0, end - _NUMBER_MOST) : end]) and not _NO_SPOT.search(beside[0]):
        end = beside.end()
    while (
        text[end : end + 1] in (" ", "、")
        and not _LISTED.match(text, end)
        and (not re.match(r"[ ,]\(?[\d一二三四五六七八九零〇幺]{3}", text[end:]) or _ROOM.match(text, end))
        and (more := re.match(rf"[^{STOP} /]+", text[end + 1 :]))
    ):
        said = more[0]
        if re.search(
            r"[:：]|^工地$|.[在是也都就还]|隔着|隔条|从|往[东西南北].*[拉接穿引]|新(?:车间|厂|店|房|大棚|库)|\d{5}|电话|手机|固话|座机|总机|电化|回拨|联系|公司|单位|打\d|原\d|地址|身份证|代码|法人|负责人|经办|项目|报装|新装|户号|已|没|不|要|就是这|我|他|她|千瓦|千伏安|吨|兆|方|年|月(?!亮)|上午|下午|发电|水表|电表|一样|同|现在|以前|从|横穿|穿过|走|到|新的|老的|旧的|新园|老园|新店|老店|原来|现在|镇|乡|先|帮|来|勾|选|写|^[俺咱租买]|嘞",
            said,
        ):
            break
        if text[end] == "、" and not re.search(rf"{WAY}|以[东南西北]", said):
            break
        if (
            not re.search(rf"(?:{SPOT}|以[东南西北]|{WAY}\d*号?)$|(?<!\d)\d{{1,4}}(?:号|室|栋|幢|单元)?$", said)
            or re.fullmatch(r"[\d.\-]+", said)
            and len(said) > 5
        ):
            break
        end += 1 + more.end()
    return end
